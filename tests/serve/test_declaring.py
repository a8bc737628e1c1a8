"""The form: filled in, checked, kept as Turtle, handed in with a key."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from red_catalog.config import load
from red_catalog.harvesters.spreadsheet.fields import CONTACT_KEYS, IMPLIED, known, parted, parts
from red_catalog.harvesters.spreadsheet.forms import own_name, read_form
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.namespaces import term
from red_catalog.publish.web.languages import language
from red_catalog.register.desk import Desk
from red_catalog.serve import declaring as form
from tests import catalogue
from tests.harvesters.spreadsheet.declaration import declaration
from tests.serve.conftest import Client

# What leads back to a form that was filled in.
BACK = re.compile("bouton Précédent|Back button")
CONFIG = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire d'essai", en = "Test register" }
publisher = { fr = "Agence d'essai", en = "Test agency" }
contact = "contact@red.example.fr"
hdab = { fr = "Organisme d'accès d'essai", en = "Test access body" }
application_url = "https://orad.example/demandes?jeu={identifier}&langue={lang}"
[publication]
rules = []
[serve]
checks_per_minute = 100_000
[[holder]]
id = "tamaris"
name = { fr = "Hôpital des Tamaris", en = "Tamaris Hospital" }
namespaces = ["https://ch-tamaris.example/jeu/"]
[[source]]
id = "depot"
holder = "tamaris"
kind = "ingest"
"""


def filled(level: str = "NON_PUBLIC", **changes: str) -> dict[str, list[str]]:
    """The hospital's declaration as somebody would fill the form in."""
    rows = declaration(level)
    values: dict[str, list[str]] = {}
    contacts = {"ORGANISATION": rows["contacts"][0], "CONTACT": rows["contacts"][1],
                "ORAD": rows["contacts"][2]}  # fmt: skip
    written = {
        "datasets": [{k: v for k, v in rows["datasets"][0].items() if k not in IMPLIED}],
        "distributions": rows["distributions"],
        "variables": rows["variables"],
        "contacts": [contacts[key] for key in CONTACT_KEYS],
    }
    for sheet, found in written.items():
        for number, row in enumerate(found):
            for key, value in row.items():
                name = f"{sheet}.{number}.{key}"
                if name in known():
                    values[name] = [str(value)]
    for name, value in changes.items():
        values[name.replace("__", ".")] = [value]
    return values


def test_the_organisation_is_the_contact_beside_one_not_to_be_published() -> None:
    """As where no department is given; the other one is kept, and marked."""
    found = read_form(
        filled(contacts__1__private="oui"), ("https://ch-tamaris.example/jeu/",), "fr"
    )
    assert found.mistakes == ()
    assert found.content is not None
    graph = Graph().parse(data=found.content, format="nt")
    name, private = (URIRef(term(one)[1:-1]) for one in ("vcard:fn", "red:private"))
    told = {
        (str(graph.value(one, name)), (one, private, None) in graph)
        for one in graph.objects(None, DCAT.contactPoint)
    }
    assert told == {("Centre hospitalier des Tamaris", False),
                    ("Entrepôt de données de santé des Tamaris", True)}  # fmt: skip


def test_a_contact_not_to_be_published_is_told_at_its_answer() -> None:
    """Its name, which is given, is not called missing; it is said what to give instead."""
    alone = {f"contacts__0__{key}": "" for key in ("name", "email", "homepage", "type", "note")}
    found = read_form(
        filled(contacts__1__private="oui", **alone), ("https://ch-tamaris.example/jeu/",), "fr"
    )
    told = {one.field: one.message["fr"] for one in found.mistakes}
    assert "n'est pas à publier" in told["contacts.1.private"]
    assert "contacts.1.name" not in told


@pytest.mark.parametrize("row", [0, 1])
def test_an_address_without_a_name_is_not_lost_in_silence(row: int) -> None:
    """Another contact takes its place, so nothing is missing: the name is asked for once."""
    found = read_form(
        filled(**{f"contacts__{row}__name": " "}), ("https://ch-tamaris.example/jeu/",), "fr"
    )
    (one,) = found.mistakes
    assert one.field == f"contacts.{row}.name"
    assert one.message["fr"] == "Le nom manque : sans lui, le reste n'est pas repris."


def test_a_contact_left_empty_is_not_asked_for() -> None:
    """The organisation is the contact where no department is given."""
    values = {n: v for n, v in filled().items() if not n.startswith("contacts.1.")}
    assert read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").mistakes == ()


@pytest.mark.parametrize("level", ["PUBLIC", "RESTRICTED", "NON_PUBLIC"])
def test_a_whole_form_has_no_mistakes(level: str) -> None:
    """Everything that was filled in is said, under the holder's own namespace."""
    found = read_form(filled(level), ("https://ch-tamaris.example/jeu/",), "fr")
    assert [(m.field, m.message["fr"]) for m in found.mistakes] == []
    assert found.content is not None
    graph = Graph().parse(data=found.content, format="nt")
    me = URIRef("https://ch-tamaris.example/jeu/TAM-URG")
    assert graph.value(me, DCTERMS.identifier)
    assert len(set(graph.objects(me, DCAT.distribution))) == 1
    names = {str(name) for name in graph.objects(None, URIRef("http://www.w3.org/ns/csvw#name"))}
    assert names == {"passage_id", "age", "ccmu", "arrivee", "hospitalise"}


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("datasets.0.access", "semi-public", "datasets.0.access"),
        ("datasets.0.records", "une douzaine", "datasets.0.records"),
        ("datasets.0.description", "", "datasets.0.description"),
        ("distributions.0.access_url", "pas une adresse", "distributions.0.access_url"),
        ("variables.1.datatype", "chose", "variables.1.datatype"),
        ("variables.2.label", "", "variables.2.label"),
        ("contacts.0.email", "personne", "contacts.0.email"),
        ("contacts.2.name", "", "contacts.2.name"),
        ("datasets.0.period_end", "1999", "datasets.0.period_end"),
    ],
)
def test_each_mistake_leads_to_its_field(name: str, value: str, field: str) -> None:
    """What is wrong, or missing, is told at the field, without rows and columns."""
    values = filled() | {name: [value]}
    found = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr")
    mine = [m for m in found.mistakes if m.field == field]
    assert mine, [(m.field, m.message) for m in found.mistakes]
    assert not any("ligne" in m.message["fr"] or "feuille" in m.message["fr"] for m in mine)


@pytest.mark.parametrize(
    ("beginning", "part"),
    [("distributions.", "Comment obtenir les données"), ("variables.", "Variables"),
     ("datasets.0.title", None), ("datasets.0.identifier", None), ("", None)],
)  # fmt: skip
def test_the_form_does_not_speak_of_sheets(beginning: str, part: str | None) -> None:
    """What is left empty is told in the form's own words: its parts and its fields."""
    values = {name: given for name, given in filled().items() if not name.startswith(beginning)}
    mistakes = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").mistakes
    told = " ".join(f"{m.message['fr']} {m.fix['fr']}" for m in mistakes)
    assert mistakes
    assert not re.search("feuille|ligne|colonne", told), told
    names = {one.name["fr"] for one in parts()}
    assert part is None or (part in names and f"la partie « {part} »" in told)


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("âge, sexe", "Écrivez une seule valeur par case. Choisissez une valeur de la liste du "
                      "champ, ou laissez-le vide."),
        ("Age, Gender", "Écrivez une seule valeur par case."),
        ("oui", "Choisissez une valeur de la liste du champ, ou laissez-le vide."),
        ("à compléter", "Écrivez la valeur, ou videz le champ."),
    ],
)  # fmt: skip
def test_what_the_form_cannot_read_is_told_of_its_field(written: str, fix: str) -> None:
    """It has no columns and no cells, and a box for each value."""
    values = filled() | {"datasets.0.personal": [written]}
    mistakes = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").mistakes
    (one,) = (m for m in mistakes if m.field == "datasets.0.personal" and not m.absent)
    assert one.fix["fr"] == fix
    assert not re.search("cell", one.message["en"] + one.fix["en"])
    assert not re.search("column", one.message["en"] + one.fix["en"])


@pytest.mark.parametrize(
    ("field", "fix"),
    [("coding_system", "Choisissez une valeur de la liste du champ, ou laissez-le vide."),
     ("category", "Choisissez une valeur de la liste du champ.")],
)  # fmt: skip
def test_what_need_not_be_said_may_be_left_out(field: str, fix: str) -> None:
    """A code that is in no list is no dead end where the field may stay empty."""
    values = filled() | {f"datasets.0.{field}": ["CCAM"]}
    mistakes = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").mistakes
    assert [m.fix["fr"] for m in mistakes if m.field == f"datasets.0.{field}" and not m.absent] == [
        fix
    ]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("contacts.1.phone", "199000000"),
        ("datasets.0.rights", "#N/A"),
        ("datasets.0.quality", ""),
        ("datasets.0.version", "Ex. : 3.2"),
        ("datasets.0.language", "fr-en"),
        ("datasets.0.records", "Err:502"),
        ("datasets.0.activity", "=A1"),
    ],
)
def test_what_is_written_in_a_field_is_not_called_a_cell(field: str, written: str) -> None:
    """Whoever fills in a form has no spreadsheet before them."""
    found = read_form(filled() | {field: [written]}, ("https://ch-tamaris.example/jeu/",), "fr")
    told = [text for m in found.mistakes for text in (*m.message.values(), *m.fix.values())]
    assert told
    spoken = re.compile(r"\b(?:cellules?|cells?|tableur|colonne|column|format|modèle|template)\b")
    assert [text for text in told if spoken.search(text)] == []


def test_a_variable_that_stands_twice_is_told_without_its_row() -> None:
    """The link to it has its row."""
    values = filled() | {"variables.1.name": filled()["variables.0.name"]}
    (one,) = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").mistakes
    assert one.field == "variables.1.name"
    assert one.message["fr"] == "Cette variable est déjà décrite plus haut."
    assert parted()[one.field] == {"fr": "Variables, ligne 2", "en": "Variables, row 2"}


def test_without_a_title_the_title_alone_is_told() -> None:
    """However many variables there are, and whether the dataset is named or not."""
    titles = {name: [""] for name in filled() if name.startswith("datasets.0.title")}
    for names in (titles, titles | {"datasets.0.identifier": [""]}):
        values = filled() | names
        found = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr")
        assert [m.field for m in found.mistakes] == ["datasets.0.title"]


def test_who_cannot_be_reached_is_called_by_name() -> None:
    """Nobody sees what the form calls the row; a refused address is told once."""
    at = {n: f"contacts.1.{n}" for n in ("name", "email", "page")}
    bare = filled() | {at["name"]: ["Service des données"], at["email"]: [""], at["page"]: [""]}
    (one,) = read_form(bare, ("https://ch-tamaris.example/jeu/",), "fr").mistakes
    assert one.message["fr"].startswith("« Service des données » n'a ni courriel ni page")
    (one,) = read_form(
        bare | {at["email"]: ["donnees @ch-tamaris.example"]},
        ("https://ch-tamaris.example/jeu/",), "fr",
    ).mistakes  # fmt: skip
    assert "n'est pas une adresse électronique" in one.message["fr"]


def test_texts_are_in_the_language_that_the_form_is_told() -> None:
    """All but those of fields that name another one; a mistake leads to its field all the same."""
    values = filled(texts="pl", **{"datasets.0.title@": "Emergency visits"})
    content = read_form(values, ("https://ch-tamaris.example/jeu/",), "fr").content
    assert content
    told = {one[1] for one in re.findall(r'"((?:[^"\\\\]|\\\\.)*)"@(\w+)', content.decode())}
    assert told == {"pl", "en"}
    (one,) = read_form(values | {"datasets.0.title": [""], "datasets.0.title@": [""]},
                       ("https://ch-tamaris.example/jeu/",), "fr").mistakes  # fmt: skip
    assert one.field == "datasets.0.title"
    odd = read_form(filled(texts="xx"), ("https://ch-tamaris.example/jeu/",), "fr")
    assert odd == read_form(filled(), ("https://ch-tamaris.example/jeu/",), "fr")


def test_the_form_asks_for_the_language_of_texts(declaring: tuple[Client, str]) -> None:
    """Its own first, then the others of Europe by name; what was chosen comes back."""
    client, _ = declaring
    page = send(client, texts="pl", do="check").text
    chosen = re.search(r'<select id="texts".*?</select>', page)
    assert chosen
    offered = re.findall(r'value="(\w*)"( selected)?>([^<]+)', chosen[0])
    assert offered[:2] == [("", "", "français"), ("sq", "", "albanais")]
    assert ("pl", " selected", "polonais") in offered
    assert "en" not in {tag for tag, _, _ in offered}  # it has fields of its own


def test_the_form_has_every_column_of_the_spreadsheet() -> None:
    """Nothing that the sheets can say is missing, but what the form knows by itself."""
    shown = {field.column.key + " " + name.split(".")[0] for name, field in known().items()}
    every = {f"{column.key} {sheet.key}" for sheet in SHEETS for column in sheet.columns}
    implied = {f"{key} datasets" for key in IMPLIED}
    rows = {"dataset distributions", "dataset variables", "table variables", "key contacts"}
    assert every - shown == implied | rows


@pytest.fixture(scope="module")
def declaring(
    tmp_path_factory: pytest.TempPathFactory, run_server: Callable[[Any], Client]
) -> tuple[Client, str]:
    """A server on a catalogue that takes descriptions in, and a holder's key."""
    root: Path = tmp_path_factory.mktemp("declaring")
    (root / "red.toml").write_text(CONFIG, "utf-8")
    key = catalogue.json_of(root, "token", "create", "tamaris")["key"]

    class Place:
        config = load(root / "red.toml")

    return run_server(Place()), str(key)


def send(client: Client, path: str = "declare/form", **more: Any) -> requests.Response:
    """POSTs the form."""
    return client.session.post(client.url + path, data=filled() | more, timeout=60)


def test_the_empty_form_knows_what_everybody_writes(declaring: tuple[Client, str]) -> None:
    """The law, the theme and the access body are there; both languages have their labels."""
    client, _ = declaring
    french = client.get("declare/form").text
    assert "Organisme d&#39;accès d&#39;essai" in french
    assert re.search(r'value="http://data.europa.eu/eli/reg/2025/327/oj"[^>]* checked', french)
    assert "Conditions d&#39;accès" in french or "Conditions d’accès" in french
    english = client.get("en/declare/form").text
    assert "Article 51 category" in english
    assert 'value="https://orad.example/demandes"' in french
    assert 'value="https://orad.example/demandes"' in english


def test_the_empty_form_is_written_once(
    declaring: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for it again and again keeps the server from nothing else."""
    client, _ = declaring
    first = [client.get(f"{path}declare/form").content for path in ("", "en/")]
    monkeypatch.delattr(form, "page")
    assert [client.get(f"{path}declare/form").content for path in ("", "en/")] == first
    assert "Décrire un jeu de données" in first[0].decode()


@pytest.mark.parametrize(("path", "first"), [("", "a)"), ("en/", "(a)")])
def test_the_categories_stand_as_in_the_law(
    declaring: tuple[Client, str], path: str, first: str
) -> None:
    """In the order of Article 51, each with its letter."""
    client, _ = declaring
    text = client.get(f"{path}declare/form").text
    shown = re.findall(r'healthcategories/\w+"[^>]*> (\(?([a-z])\)) ', text)
    assert shown[0][0] == first
    assert "".join(one for _, one in shown) == "abcdefghijklmnopq"


def test_the_help_is_set_as_french_print_is(declaring: tuple[Client, str]) -> None:
    """No sign stands alone at the beginning of a line, and apostrophes are curled."""
    client, _ = declaring
    text = unescape(client.get("declare/form").text)
    hints = re.findall(r'<p class="hint"[^>]*>(.*?)</p>', text)
    assert len(hints) > 60
    assert not [one for one in hints if re.search(r" [;:?!»]|« |\w'\w", one)]


def test_an_error_does_not_repeat_the_help(declaring: tuple[Client, str]) -> None:
    """What to write in a field stands beside it once, whether it is missing there or not."""
    client, _ = declaring
    text = unescape(send(client, do="check", **{"datasets.0.description": ""}).text)
    told = re.search(r'id="datasets.0.description-wrong">(.*?)</p>', text)
    assert told
    assert told[1].split() == ["Ce", "champ", "est", "obligatoire."]


@pytest.mark.parametrize("path", ["", "en/"])
def test_how_much_fits_in_the_form_is_said_in_it(declaring: tuple[Client, str], path: str) -> None:
    """How many variables and forms it takes, and that the workbook takes more."""
    client, _ = declaring
    text = client.get(f"{path}declare/form").text
    told = re.findall(r'<p class="hint">([^<]*)(?:classeur|workbook)', text)
    assert [re.findall(r"\d+", one) for one in told[:2]] == [["3"], ["40"]]
    assert "(adresses ELI)" not in text


def test_the_minimum_elements_that_are_missing_are_named(declaring: tuple[Client, str]) -> None:
    """Beside how many are given."""
    client, _ = declaring
    text = send(client, do="check", **{"datasets.0.records": "", "datasets.0.spatial": ""}).text
    told = unescape(text.partition("éléments minimaux applicables")[2].partition("</p>")[0])
    named = told.replace("\xa0", " ").partition("Il manque : ")[2]
    assert named == "Territoire couvert, Nombre d'enregistrements."
    whole = send(client, do="check").text
    assert (
        "Il manque" not in whole.partition("éléments minimaux applicables")[2].partition("</p>")[0]
    )


@pytest.mark.parametrize("path", ["", "en/"])
def test_no_two_licences_have_one_name(declaring: tuple[Client, str], path: str) -> None:
    """Where two codes share a name, each is shown with its code."""
    client, _ = declaring
    text = client.get(f"{path}declare/form").text
    select = text.partition('id="distributions.0.licence"')[2].partition("</select>")[0]
    names = re.findall(r"<option[^>]*>([^<]+)", select)
    assert any(name.endswith("[CC_BY_4_0]") for name in names)
    assert len(names) == len(set(names)) > 40


def test_each_list_of_suggestions_stands_once(declaring: tuple[Client, str]) -> None:
    """All rows of a form of the data suggest from the same one; no id stands twice."""
    client, _ = declaring
    text = client.get("declare/form").text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert [one for one in set(ids) if ids.count(one) > 1] == []
    assert set(re.findall(r'\slist="([^"]+)"', text)) == set(
        re.findall(r'<datalist id="([^"]+)"', text)
    )


def test_checking_tells_what_is_missing_and_keeps_what_was_written(
    declaring: tuple[Client, str],
) -> None:
    """The report stands above the form, which still holds every value."""
    client, _ = declaring
    answer = send(client, **{"datasets.0.records": "douze", "do": "check"})
    assert answer.status_code == 200
    text = unescape(answer.text)
    assert "«\xa0douze\xa0» n’est pas un nombre entier" in text
    assert 'value="TAM-URG"' in text
    assert "Rien ne manque de ce que HealthDCAT-AP exige" in text
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_file_is_turtle_that_gives_no_violation(declaring: tuple[Client, str]) -> None:
    """What is kept can be checked and harvested; our terms are this catalogue's."""
    client, _ = declaring
    answer = send(client, do="turtle")
    assert answer.headers["Content-Type"].startswith("text/turtle")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="TAM-URG.ttl"'
    assert "red-catalog.invalid" not in answer.text
    assert "<https://red.example.fr/ns/red#feeNote>" in answer.text
    checked = requests.post(
        client.url + "api/check", answer.content, timeout=60,
        headers={"Content-Type": "text/turtle", "Accept": "application/json"},
    ).json()  # fmt: skip
    found = checked["datasets"][0]["findings"]
    assert [f for f in found if f["severity"] == "violation"] == []


def test_a_file_kept_with_a_key_has_the_holders_address(declaring: tuple[Client, str]) -> None:
    """Handed in later it is the same dataset; a key that opens nothing gives no file."""
    client, key = declaring
    kept = send(client, do="turtle", key=key)
    assert kept.headers["Content-Type"].startswith("text/turtle")
    assert "<https://ch-tamaris.example/jeu/TAM-URG>" in kept.text
    assert not kept.text.startswith("#")
    assert key not in kept.text
    assert send(client, do="turtle", key="une-autre").status_code == 401


@pytest.mark.parametrize(("path", "told"), [("", "est provisoire"), ("en/", "is provisional")])
def test_a_file_kept_without_a_key_belongs_to_nobody(
    declaring: tuple[Client, str], path: str, told: str
) -> None:
    """The file says so, and is not taken in as it is: two holders would meet there."""
    client, key = declaring
    kept = send(client, f"{path}declare/form", do="turtle")
    assert told in kept.text.splitlines()[0]
    answer = client.session.post(
        client.url + "ingest/datasets", kept.content, timeout=60,
        headers={"X-API-Key": key, "Content-Type": "text/turtle", "Accept-Language": "en"},
    )  # fmt: skip
    assert answer.status_code == 403
    assert "Yours begin with https://" in answer.json()["detail"]
    own = send(
        client, f"{path}declare/form", do="turtle",
        **{"datasets.0.iri": "https://ch-tamaris.example/jeu/urgences"},
    )  # fmt: skip
    assert not own.text.startswith("#")


def test_a_key_hands_it_in(declaring: tuple[Client, str]) -> None:
    """It is taken in under the holder's namespace, and again under the same name."""
    client, key = declaring
    for _ in range(2):
        answer = send(client, "en/declare/form", do="submit", key=key)
        assert answer.status_code == 200, answer.text
        assert "Handed in." in answer.text
        assert "<b>TAM-URG</b>" in answer.text
        assert "https://ch-tamaris.example/jeu/TAM-URG" in unescape(answer.text)
        assert key not in answer.text


@pytest.mark.parametrize(
    ("written", "name"),
    [("à définir", None), ("-", None), (" N/A ", None), ("#N/A", None), ("\u200b", None),
     (" TAM\u200b-1 ", "TAM-1"), ("TAM-1; TAM-2", "TAM-1")],
)  # fmt: skip
def test_the_name_of_a_dataset_is_the_one_that_is_read(written: str, name: str | None) -> None:
    """What stands for an identifier to come is none; of two the first is taken, as it is seen."""
    assert own_name({"datasets.0.identifier": [written]}) == name


def test_datasets_without_an_identifier_yet_do_not_replace_each_other(
    declaring: tuple[Client, str],
) -> None:
    """“À définir” twice is no name that both have."""
    client, key = declaring
    for title in ("Registre des AVC", "Cohorte de naissances"):
        answer = send(
            client, "en/declare/form", do="submit", key=key,
            **{"datasets.0.identifier": "à définir", "datasets.0.title": title},
        )  # fmt: skip
        assert answer.status_code == 200
        assert "is taken back" not in answer.text
        assert "<b>à définir</b>" not in answer.text


def test_an_identifier_too_long_is_refused(declaring: tuple[Client, str]) -> None:
    """The form takes what the interface for programs takes."""
    client, key = declaring
    answer = send(client, do="submit", key=key, **{"datasets.0.identifier": "T" * 501})
    assert answer.status_code == 400
    assert "donnez-en un de 500 caractères au plus" in answer.text


def agreed(answer: requests.Response) -> dict[str, Any]:
    """What ticks every box that asks whether something is to be replaced."""
    return {"replaces": re.findall(r'name="replaces" value="(\w+)"', answer.text)}


@pytest.mark.parametrize("path", ["declare/form", "en/declare/form"])
def test_another_dataset_of_the_same_name_is_asked_about_first(
    declaring: tuple[Client, str], path: str
) -> None:
    """Its title, name, day and losses are told; nothing is replaced before the answer."""
    client, key = declaring
    named = {"datasets.0.identifier": f"TAM-{path[:2]}", "do": "submit", "key": key}
    assert send(client, path, **named, **{"datasets.0.title": "Passages aux urgences"}).ok
    named |= {"datasets.0.title": "Séjours en réanimation", "datasets.0.records": ""}
    asked = send(client, path, **named)
    assert asked.status_code == 409
    told = unescape(asked.text).partition('id="outcome"')[2].partition("<form")[0]
    assert "Passages aux urgences" in told
    assert f"TAM-{path[:2]}" in told
    assert (
        language(path[:2] if path.startswith("en") else "fr").date(datetime.now(UTC).date()) in told
    )
    (lost,) = re.findall(r"<br>(?:Ce qu’il dit|What it says)[^:]*:(.*?)</li>", told)
    assert lost.strip() in {"Nombre d’enregistrements", "Number of records"}
    assert send(client, path, **named).status_code == 409
    done = send(client, path, **named, **agreed(asked))
    assert done.status_code == 200
    assert "Passages aux urgences" in unescape(done.text)


@pytest.mark.parametrize(
    ("field", "lost"),
    [
        ("variables.2.description", "Variables – Description (5 → 4)"),
        ("variables.2.label", "Variables – Libellé (5 → 4)"),
        ("datasets.0.period_start", "Début de la période"),
        ("datasets.0.retention_end", "Fin de conservation"),
        ("datasets.0.assessed", "Date d’évaluation du label"),
        ("contacts.1.phone", "Contacts – Téléphone"),
        ("distributions.0.rights", "Distributions – Conditions d’utilisation"),
    ],
)
def test_what_a_new_description_drops_is_told_by_its_name(
    declaring: tuple[Client, str], field: str, lost: str
) -> None:
    """Whatever is described in the form: a variable is no contact, and a period has two ends."""
    client, key = declaring
    named = {"datasets.0.identifier": f"TAM-{field}", "do": "submit", "key": key}
    assert send(client, **named).status_code == 200
    asked = send(client, **named, **{field: ""})
    assert asked.status_code == 409
    told = unescape(asked.text).partition('id="outcome"')[2].partition("<form")[0]
    (found,) = re.findall(r"<br>Ce qu’il dit[^:]*:(.*?)</li>", told)
    assert re.sub(r"\s", " ", found).strip() == lost


def test_an_address_that_is_taken_is_asked_about(declaring: tuple[Client, str]) -> None:
    """A copy with another identifier and the same permanent address is no second dataset."""
    client, key = declaring
    given = {"datasets.0.iri": "https://ch-tamaris.example/jeu/cohorte", "do": "submit", "key": key}
    first = {"datasets.0.identifier": "COHORTE-A", "datasets.0.title": "Cohorte cardiologie"}
    second = {"datasets.0.identifier": "COHORTE-B", "datasets.0.title": "Cohorte diabète"}
    assert send(client, **given, **first).status_code == 200
    asked = send(client, **given, **second)
    assert asked.status_code == 409
    assert "Cohorte cardiologie" in asked.text
    assert "COHORTE-A" in asked.text


def test_what_was_agreed_to_is_one_version(declaring: tuple[Client, str]) -> None:
    """Where a colleague handed in another one since, the same form is asked again."""
    client, key = declaring
    named = {"datasets.0.identifier": "TAM-REA", "do": "submit", "key": key}
    send(client, **named, **{"datasets.0.title": "Réanimation"})
    mine = named | {"datasets.0.title": "Réanimation adulte"}
    ticked = agreed(send(client, **mine))
    assert send(client, **mine, **ticked).status_code == 200
    theirs = named | {"datasets.0.title": "Réanimation pédiatrique"}
    assert send(client, **theirs, **agreed(send(client, **theirs))).status_code == 200
    again = send(client, **mine, **ticked)
    assert again.status_code == 409
    assert "Réanimation pédiatrique" in again.text


def test_what_came_of_a_hand_in_can_be_asked_for_again(declaring: tuple[Client, str]) -> None:
    """The answer leads to a page of its own, without the fields: a reload hands nothing in."""
    client, key = declaring
    given = filled() | {"datasets.0.identifier": "TAM-F5", "do": "submit", "key": key}
    answer = client.session.post(
        client.url + "declare/form", data=given, timeout=60, allow_redirects=False
    )
    assert answer.status_code == 303
    assert key not in answer.headers["Location"]
    shown = client.get(f"declare/form{answer.headers['Location']}")
    assert "TAM-F5" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert "datasets.0" not in shown.text


@pytest.mark.parametrize(
    ("path", "said"), [("", "ne garde plus la réponse"), ("en/", "no longer keeps the answer")]
)
def test_an_answer_that_is_not_kept_is_not_the_empty_form(
    declaring: tuple[Client, str], path: str, said: str
) -> None:
    """Who asks for it is told how to look, rather than to hand in again."""
    client, _ = declaring
    for token in ("inconnu", "", f"{'0' * 20}-{'a' * 22}"):
        answer = client.get(f"{path}declare/form?handed={token}")
        assert (answer.status_code, said in answer.text) == (404, True)
        assert "datasets.0" not in answer.text
        assert not BACK.search(answer.text)


def test_what_takes_the_place_of_another_address_is_told(declaring: tuple[Client, str]) -> None:
    """The same identifier for a dataset with another address takes the first one back."""
    client, key = declaring
    named = {"datasets.0.identifier": "TAM-V", "do": "submit", "key": key}
    assert send(client, "en/declare/form", **named).status_code == 200
    named["datasets.0.iri"] = "https://ch-tamaris.example/jeu/v2"
    answer = send(client, "en/declare/form", **named)
    assert answer.status_code == 409
    answer = send(client, "en/declare/form", **named, **agreed(answer))
    assert "https://ch-tamaris.example/jeu/TAM-V is taken back." in unescape(answer.text)


def test_a_wrong_key_loses_nothing(declaring: tuple[Client, str]) -> None:
    """The answer says so, with the form as it was."""
    client, _ = declaring
    answer = send(client, do="submit", key="une-autre")
    assert answer.status_code == 401
    assert "Description non déposée." in answer.text
    assert 'value="TAM-URG"' in answer.text
    assert "une-autre" not in answer.text


@pytest.mark.parametrize(
    ("do", "key", "status", "said"),
    [
        ("submit", "une-autre", 401, "Clé inconnue, expirée ou révoquée"),
        ("submit", "", 401, "Aucune clé n’a été donnée"),
        ("check", "une-autre", 200, "« Vérifier » ne dépose rien : saisissez de nouveau votre clé"),
    ],
)
def test_what_was_not_handed_in_leads_to_the_key(
    declaring: tuple[Client, str], do: str, key: str, status: int, said: str
) -> None:
    """Wrong, missing, or sent with the button that checks: its field says so too."""
    client, _ = declaring
    answer = send(client, do=do, key=key)
    text = re.sub(r"\s", " ", unescape(answer.text))
    assert answer.status_code == status
    assert re.search(f'role="alert">Description non déposée. {said}[^<]*<a href="#key">', text)
    assert f'id="key-wrong">{said}' in text
    (field,) = re.findall(r'<input id="key"[^>]*>', text)
    assert 'aria-describedby="key-help key-wrong" aria-invalid="true"' in field
    assert 'id="key-wrong"' not in send(client, do="check").text


@pytest.mark.parametrize(
    ("path", "place"), [("", "Variables, ligne 2"), ("en/", "Variables, row 2")]
)
def test_each_variable_has_its_row_in_its_names(
    declaring: tuple[Client, str], path: str, place: str
) -> None:
    """Fields of one column are told apart; a mistake is tied to its field, and has its row."""
    client, _ = declaring
    name = "variables.1.name"
    text = unescape(send(client, f"{path}declare/form", do="check", **{name: ""}).text)
    panel = text.partition('id="outcome"')[2].partition("<form")[0]
    assert re.search(rf'<a href="#{name}">[^<]* \({place}\)</a>', panel)
    (field,) = re.findall(rf'<input id="{name}"[^>]*>', text)
    assert 'aria-labelledby="head-name row-2"' in field
    assert f'aria-describedby="help-name {name}-wrong" aria-invalid="true"' in field
    for one in ("head-name", "row-2", "help-name", f"{name}-wrong"):
        assert text.count(f' id="{one}"') == 1
    assert '<th scope="row" id="row-2">2</th>' in text
    (head,) = re.findall(r'<th scope="col"><span id="head-name">.*?</th>', text)
    assert 'class="needed"' in head


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("declare/form", "saisissez la vôtre dans le champ de la clé"),
        (
            "en/declare/form",
            "Unknown, expired or revoked key: type yours into the field of the key.",
        ),
    ],
)
@pytest.mark.parametrize("browser_language", ["fr", "en"])
def test_a_refusal_is_in_the_language_of_the_page(
    declaring: tuple[Client, str], path: str, said: str, browser_language: str
) -> None:
    """Whatever the browser prefers: the form is one page in one language."""
    client, _ = declaring
    answer = client.session.post(
        client.url + path, data=filled() | {"do": "submit", "key": "une-autre"}, timeout=60,
        headers={"Accept-Language": browser_language},
    )  # fmt: skip
    assert said in unescape(answer.text)


def test_an_empty_form_asks_for_a_title(declaring: tuple[Client, str]) -> None:
    """Nothing can be made of it; nothing breaks."""
    client, _ = declaring
    answer = client.session.post(client.url + "declare/form", data={"do": "check"}, timeout=60)
    assert answer.status_code == 200
    assert "donnez au moins un titre" in answer.text


def test_without_a_title_nothing_is_handed_in(declaring: tuple[Client, str]) -> None:
    """The answer says so, and is no success."""
    client, key = declaring
    given = {"contacts.0.name": "Hôpital des Tamaris", "do": "submit", "key": key}
    for path, said in (("declare", "Description non déposée."), ("en/declare", "Not handed in.")):
        answer = client.session.post(f"{client.url}{path}/form", data=given, timeout=60)
        assert (answer.status_code, said in answer.text) == (422, True)
        assert "Hôpital des Tamaris" in unescape(answer.text)
    assert "Give a title at least, then hand in again." in answer.text


def test_what_was_written_is_escaped(declaring: tuple[Client, str]) -> None:
    """Markup in a field comes back as text."""
    client, _ = declaring
    title = '"><script>alert(1)</script>'
    answer = send(client, **{"datasets.0.title": title, "do": "check"})
    assert "<script>alert(1)" not in answer.text


@pytest.mark.parametrize(
    ("path", "said"), [("", "Retour au formulaire"), ("en/", "Back to the form")]
)
def test_too_much_is_refused_on_a_page(declaring: tuple[Client, str], path: str, said: str) -> None:
    """Over a megabyte is not read, in one line far less: a page in its language leads back."""
    client, _ = declaring
    long = {"datasets.0.description": (None, "x" * 1_100_000)}
    answer = client.session.post(f"{client.url}{path}declare/form", files=long, timeout=60)
    assert (answer.status_code, said in answer.text) == (413, True)
    answer = send(client, f"{path}declare/form", **{"datasets.0.description": "x" * 270_000})
    assert (answer.status_code, said in answer.text) == (413, True)
    assert "multipart/form-data" in answer.text
    assert BACK.search(answer.text)


@pytest.mark.parametrize("apart", [";", "|", "\n", ", https://a.example/"])
def test_too_many_values_are_refused_unread(declaring: tuple[Client, str], apart: str) -> None:
    """Each makes statements: to read and to show a megabyte of them would take a minute."""
    client, _ = declaring
    for number, status in ((25_000, 413), (100, 200)):
        given = {"datasets.0.page": (None, f"https://a.example/{apart}" * number)}
        answer = client.session.post(f"{client.url}en/declare/form", files=given, timeout=60)
        assert (answer.status_code, "too many values" in answer.text) == (status, status == 413)


@pytest.mark.parametrize(
    ("path", "said"), [("", "depuis un autre site"), ("en/", "sent from another site")]
)
def test_another_site_fills_in_no_form(declaring: tuple[Client, str], path: str, said: str) -> None:
    """It would take the place of its visitor's draft; Back leads to that site, and is not told."""
    client, _ = declaring
    given = {"do": "check", "datasets.0.title": "Passages aux urgences"}
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        answer = client.session.post(
            f"{client.url}{path}declare/form", data=given, timeout=60,
            headers={"Sec-Fetch-Site": site},
        )  # fmt: skip
        refused = status == 403
        assert (answer.status_code, said in answer.text) == (status, refused)
        assert ("Passages aux urgences" in answer.text) != refused
        assert not BACK.search(answer.text)


@pytest.mark.parametrize(
    ("path", "said"), [("", "Plus de 1 demandes par minute"), ("en/", "More than 1 requests")]
)
def test_who_checks_too_often_loses_nothing(
    tmp_path: Path, run_server: Callable[[Any], Client], path: str, said: str
) -> None:
    """The form comes back as it was sent; who takes something up keeps the browser's draft."""
    few = CONFIG.replace("checks_per_minute = 100_000", "checks_per_minute = 1")
    (tmp_path / "red.toml").write_text(few, "utf-8")

    class Place:
        config = load(tmp_path / "red.toml")

    client = run_server(Place())
    sent = {"do": "check", "datasets.0.title": "Passages aux urgences"}
    answers = [send(client, f"{path}declare/form", **sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 429]
    assert said in unescape(answers[1].text)
    assert 'value="Passages aux urgences"' in answers[1].text
    assert "Retry-After" in answers[1].headers
    assert "Description non déposée" not in answers[1].text
    asked = {"do": "resume", "draft": "1859100000000", "name": "TAM-URG", "key": "une-clef"}
    refused = client.session.post(f"{client.url}{path}declare/form", data=asked, timeout=60)
    assert (refused.status_code, asked["draft"] in refused.text) == (429, False)
    assert "data-theme/HEAL" in refused.text


def test_a_strict_catalogue_gives_its_reasons_as_points_of_the_form(
    tmp_path: Path, run_server: Callable[[Any], Client]
) -> None:
    """What is recommended is no reason, and nobody wrote lines; programs are told the points."""
    strict = CONFIG.replace("[publication]\n", '[publication]\ngate = "strict"\n')
    (tmp_path / "red.toml").write_text(strict, "utf-8")
    key = str(catalogue.json_of(tmp_path, "token", "create", "tamaris")["key"])

    class Place:
        config = load(tmp_path / "red.toml")

    client = run_server(Place())
    lacking = {"datasets.0.description": "", "datasets.0.provenance": ""}
    answer = send(client, do="submit", key=key, **lacking)
    assert answer.status_code == 422
    (alert,) = re.findall(r'role="alert">(.*?)</p>', unescape(answer.text))
    told = re.sub(r"\s", " ", alert)
    assert told.endswith("Points bloquants : 2 ; ce catalogue ne publie pas cette description.")
    assert '<a href="#datasets.0.description">' in answer.text
    turtle = send(client, do="turtle", key=key, **lacking).content
    detail = client.session.post(
        client.url + "ingest/datasets", turtle, timeout=60,
        headers={"X-API-Key": key, "Content-Type": "text/turtle"},
    ).json()["detail"]  # fmt: skip
    assert detail.count("(ligne ") == 2
    assert "serait utile" not in detail


def test_the_form_is_sent_in_parts_and_in_utf8(declaring: tuple[Client, str]) -> None:
    """What the page sends is read as UTF-8, whatever encoding its header names."""
    client, _ = declaring
    assert 'enctype="multipart/form-data"' in client.get("declare/form").text
    part = '--b\r\nContent-Disposition: form-data; name="datasets.0.title"\r\n\r\nSéjours d’été'
    for charset in ("punycode", "undefined"):
        answer = client.session.post(
            client.url + "declare/form", f"{part}\r\n--b--\r\n".encode(), timeout=60,
            headers={"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"},
        )  # fmt: skip
        assert (answer.status_code, "Séjours d’été" in answer.text) == (200, True)


def test_holders_without_a_namespace_do_not_meet(
    tmp_path: Path, run_server: Callable[[Any], Client]
) -> None:
    """Two hospitals give a dataset the same name: each has an address of its own, and only it."""
    spare = CONFIG.replace('namespaces = ["https://ch-tamaris.example/jeu/"]\n', "")
    second = spare[spare.index("[[holder]]") :].replace("tamaris", "cyprès".replace("è", "e"))
    (tmp_path / "red.toml").write_text(spare + second.replace('"depot"', '"depot-2"'), "utf-8")
    keys = {
        one: str(catalogue.json_of(tmp_path, "token", "create", one)["key"])
        for one in ("tamaris", "cypres")
    }

    class Place:
        config = load(tmp_path / "red.toml")

    client = run_server(Place())
    for one, key in keys.items():
        answer = send(client, do="submit", key=key)
        assert f"https://red.example.fr/declared/{one}/TAM-URG" in unescape(answer.text)
        assert "Description déposée." in answer.text
    turtle = send(client, do="turtle").content
    with Desk.open(Place.config.register) as desk:
        # The form once gave addresses without a folder: whoever has one keeps it.
        now = datetime(2029, 3, 26, tzinfo=UTC)
        token, _ = desk.create_token("tamaris", ("write",), None, now)
        iri = "https://red.example.fr/declared/ancien"
        desk.hand_in(token, Place.config.source("depot"), (iri, b"..."), now)
    for place, status in (
        ("declared/tamaris/autre", 200), ("declared/cypres/autre", 403), ("declared/autre", 403),
        ("declared/ancien", 200), ("legal.html", 403), ("", 403),
    ):  # fmt: skip
        described = turtle.replace(
            b"https://red.example.fr/declared/TAM-URG", f"https://red.example.fr/{place}".encode()
        )
        answer = client.session.post(
            client.url + "ingest/datasets", described, timeout=60,
            headers={"X-API-Key": keys["tamaris"], "Content-Type": "text/turtle"},
        )  # fmt: skip
        assert (place, answer.status_code) == (place, status), answer.text
        if place in {"declared/cypres/autre", "declared/autre"}:
            mine = "Les vôtres commencent par https://red.example.fr/declared/tamaris/."
            assert mine in answer.json()["detail"]


def told(answer: requests.Response) -> list[str]:
    """What the page lists above the form: fields to look at, what blocks, our own checks."""
    panel = answer.text.partition('id="outcome"')[2].partition("<details")[0]
    return [unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<li>.*?</li>", panel)]


@pytest.mark.parametrize("path", ["", "en/"])
def test_each_point_leads_to_its_field(declaring: tuple[Client, str], path: str) -> None:
    """Once each, in the order of the form and without the addresses of codes."""
    client, _ = declaring
    given = {"datasets.0.title": "Séjours en réanimation", "do": "check"}
    answer = client.session.post(f"{client.url}{path}declare/form", data=given, timeout=60)
    panel = answer.text.partition('id="outcome"')[2].partition("<details")[0]
    led = re.findall(r'<li><a href="#([^"]+)">', panel)
    assert len(led) == panel.count("<li>") >= 9, told(answer)
    assert [name for name in known() if name in led] == sorted(led, key=list(known()).index)
    assert len(set(led)) == len(led)
    assert all(answer.text.count(f'id="{name}"') == 1 for name in led)
    assert "http" not in panel


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"datasets.0.access": ""}, ["Niveau d’accès – Choisissez : « non public »"]),
        ({"datasets.0.access": "semi"}, ["« semi » n’est pas dans la liste"]),
        ({"distributions.0.access_url": "http://"}, ["« http:// » n’est pas une adresse web"]),
        ({"contacts.1.email": "donnees @ch-tamaris.example", "contacts.1.page": ""},
         ["n’est pas une adresse électronique"]),
        ({"contacts.2.email": "", "contacts.2.page": ""}, ["n’a ni courriel ni page"]),
        ({"variables.0.label": "", "variables.0.label@": ""}, ["Il manque « Libellé"]),
        ({"contacts.1.email": "jeanne.martin@ch-tamaris.example", "contacts.1.private": "non",
          "contacts.0.email": "accueil", "contacts.0.page": "https://ch-tamaris.example/"},
         ["« accueil » n’est pas", "celle d’une personne"]),
        ({"datasets.0.legislation": "loi n° 78-17"}, ["« loi n° 78-17 » n’est pas dans la liste"]),
        ({"datasets.0.legislation": ""}, ["Législation applicable – "]),
        ({"datasets.0.spatial": "Isère"}, ["« Isère » n’est pas dans la liste"]),
        ({"datasets.0.period_start": "2026", "datasets.0.period_end": "2012"}, ["(2012)"]),
        ({"datasets.0.min_age": "80", "datasets.0.max_age": "18"}, ["L’âge maximal (18)"]),
    ],
)  # fmt: skip
def test_a_mistake_in_the_form_is_told_once(
    declaring: tuple[Client, str], changes: dict[str, str], expected: list[str]
) -> None:
    """By its field or by the report; nor is a refused value said to be all that is asked."""
    client, _ = declaring
    answer = send(client, do="check", **changes)
    found = [one.replace("\xa0", " ") for one in told(answer)]
    assert len(found) == len(expected), found
    assert all(wanted in one for wanted, one in zip(expected, found, strict=True)), found
    fine = "Rien ne manque" in answer.text
    assert fine is bool(re.search("period_|_age|private|spatial", " ".join(changes)))
