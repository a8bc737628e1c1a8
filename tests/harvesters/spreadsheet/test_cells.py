"""Cells and headings that people write in their own way: what is read, and what is said."""

import re
from time import process_time
from urllib.parse import unquote

import pytest

from red_catalog.harvesters.spreadsheet import Conversion, convert_documents
from red_catalog.model import Defect, Document, Source
from red_catalog.rdf.limits import Limits

SOURCE = Source("s", "h", "spreadsheet", "", namespaces=("https://h.example/jeu/",))


def convert(table: str) -> Conversion:
    """What becomes of a file of CSV."""
    return convert_documents([Document("jeux.csv", table.encode())], SOURCE, Limits())


def defects(table: str, code: str) -> list[Defect]:
    """What is told of it under a code."""
    document = convert(table).document
    assert isinstance(document, Document)
    return [one for one in document.defects if one.code == f"sheet-{code}"]


@pytest.mark.parametrize("between", [";", " ; ", ", ", ",", "\n", " | "])
def test_two_web_addresses_in_a_cell_are_two(between: str) -> None:
    """Whatever stands between them, no address is made of both; one may hold such a mark."""
    first, second = "https://h.example/a;v=1,2", "https://h.example/b"
    document = convert(
        f'Identifiant;Titre;Documentation\nA;T;"{first}{between}{second}"\n'
    ).document
    assert isinstance(document, Document)
    said = document.content.decode()
    assert f"<http://xmlns.com/foaf/0.1/page> <{first}> ." in said
    assert f"<http://xmlns.com/foaf/0.1/page> <{second}> ." in said
    assert not document.defects


def test_a_bare_address_behind_another_is_told_alone() -> None:
    """It lacks its https://, and costs the one before nothing."""
    table = "Identifiant,Titre,Documentation\nA,T,https://h.example/a;www.h.example/b\n"
    (told,) = defects(table, "cell-link-bare")
    assert told.fix["fr"] == "Écrivez https://www.h.example/b"


def test_a_file_of_csv_has_no_drop_down_list() -> None:
    """Whoever wrote no code of the list is sent to the sheet of the template that has them."""
    (told,) = defects("Identifiant;Titre;Fréquence\nA;T;5 fois par an\n", "cell-code")
    assert told.fix == {
        "fr": "Prenez une valeur de la feuille « Listes » du modèle.",
        "en": "Take a value of the sheet “Lists” of the template.",
    }


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        ([""], "elle est vide.", "it is empty."),
        (["x"], "sa valeur n'a pas été lue.", "its value was not read."),
        (["x", "y"], "ses 2 valeurs n'ont pas été lues.", "its 2 values were not read."),
    ],
)
def test_values_under_an_unknown_heading_are_counted(
    values: list[str], french: str, english: str
) -> None:
    """In words for none, one and several."""
    rows = "".join(f"A{number};T;{value}\n" for number, value in enumerate(values))
    (told,) = defects(f"Identifiant;Titre;Commentaire\n{rows}", "unknown-heading")
    assert told.message["fr"].endswith(f"aucune colonne du modèle ne s'appelle ainsi : {french}")
    assert told.message["en"].endswith(f"no column of the template has this name: {english}")


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Origine des données", None),
        ("Volume des données", None),
        ("Langues des donnees", "Langue des données"),
        ("Detenteurs de données", "Détenteur des données"),
        ("Niveaux d'accés", "Niveau d'accès"),
        ("Date de publicaton", "Date de publication"),
        ("Frequence de mises à jours", "Fréquence de mise à jour"),
        ("Age minimum habituel", "Âge minimal habituel"),
        ("Documentation en anglais", "Documentation"),
        ("Population anglais", "Population couverte"),
        ("Langue anglaise", None),
        ("Unité française", None),
        ("Intitulés en français", "Titre"),
        ("Descripton (anglais)", "Description"),
    ],
)
def test_a_heading_is_proposed_for_the_words_that_tell_columns_apart(
    heading: str, meant: str | None
) -> None:
    """That two names end alike, as many do, makes neither of them the other."""
    (told,) = defects(f"Identifiant;Titre;{heading}\nA;T;x\n", "unknown-heading")
    assert ("peut-être" in told.message["fr"]) == bool(meant)
    assert f"« {meant} »" in told.message["fr"] or not meant


@pytest.mark.parametrize(
    ("heading", "tag"),
    [
        ("Titre (pl)", "pl"),
        ("Title [BG]", "bg"),
        ("dct:title@pt", "pt"),
        ("titre_fi", "fi"),
        ("Titre (is)", "is"),
        ("Titre (anglais)", "en"),
    ],
)
def test_a_heading_names_the_language_of_its_texts(heading: str, tag: str) -> None:
    """Any language of Europe by its two letters; the dataset has its title then."""
    document = convert(f"Identifiant;{heading};Fréquence\nA;Rak 2025;mensuelle\n").document
    assert isinstance(document, Document)
    assert f'title> "Rak 2025"@{tag} .' in document.content.decode()
    assert not {one.code for one in document.defects} & {"sheet-unknown-heading"}


@pytest.mark.parametrize("heading", ["Titre (xx)", "Fréquence (pl)"])
def test_no_language_is_made_up_for_a_heading(heading: str) -> None:
    """Two letters that are no language, or behind a column without texts, are told."""
    assert defects(f"Identifiant;Titre;{heading}\nA;T;x\n", "unknown-heading")


def test_a_missing_column_is_named_as_the_sheet_names_its_own() -> None:
    """In the language of its headings, whichever its texts are in."""
    found = convert("Identifier;Title (pl);Frequency\nA;Rak;monthly\n").absences
    named = [one.message["fr"] for one in found if one.code == "sheet-heading-missing"]
    assert [one for one in named if "« Access level »" in one]
    assert not [one for one in named if "« Niveau d'accès »" in one]


@pytest.mark.parametrize("heading", ["Documentation", "Mots-clés", "Fréquence"])
@pytest.mark.parametrize(
    "cell",
    ["x" + " " * 300_000 + "y", "fr." * 100_000 + " x", "; " * 150_000],
    ids=["blanks", "endings", "marks"],
)
def test_a_long_cell_takes_a_time_that_grows_with_its_length(heading: str, cell: str) -> None:
    """Neither a run of blanks nor a row of endings of addresses is gone over again and again."""
    began = process_time()
    assert convert(f'Identifiant,Titre,{heading}\nA,T,"{cell}"\n').document
    assert process_time() - began < 20


def test_titles_in_any_alphabet_give_addresses_of_their_own() -> None:
    """Without identifiers, Greek and Cyrillic titles are two datasets; letters and digits count."""
    document = convert(
        "Titre\nΜητρώο καρκίνου\nРаков регистър 2025\nРаков регистър 2026\nRegistre (été) 1\n"
    ).document
    assert isinstance(document, Document)
    found = re.findall(r"<https://h\.example/jeu/(\S*)> <\S+#type>", document.content.decode())
    assert sorted(map(unquote, found)) == [
        "registre-ete-1", "μητρωο-καρκινου", "раков-регистър-2025", "раков-регистър-2026",
    ]  # fmt: skip
