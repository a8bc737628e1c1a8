"""The form filled in again: from a file that was kept, or from what was handed in."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
import requests

from red_catalog.register.desk import Desk
from red_catalog.serve.keeping import add, find
from red_catalog.serve.request.refusal import Refusal
from tests.serve.conftest import Client
from tests.serve.test_declaring import declaring, filled, send

__all__ = ["declaring"]


def fields(page: str) -> dict[str, list[str]]:
    """What a page has in the fields of the form."""
    form = unescape(page.partition('class="declare-form"')[2])
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf' {one}="([^"]*)"', tag) for one in ("name", "value"))
        if name and value and value[1] and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(value[1])
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        if text:
            found[name] = [text]
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form):
        if chosen := re.findall(r'value="([^"]+)" selected', options):
            found[name] = chosen
    return {name: given for name, given in found.items() if "." in name}


def resume(
    client: Client, path: str = "declare/form", do: str = "resume", **more: str
) -> requests.Response:
    """What the form answers to who resumes what was handed in."""
    return client.session.post(client.url + path, data={"do": do} | more, timeout=60)


def test_a_file_that_was_kept_fills_the_form_in_again(declaring: tuple[Client, str]) -> None:
    """Every field has what it had, in the language it was written in, whichever form is asked."""
    client, _ = declaring
    written = {
        "texts": "pl",
        "datasets.0.records": "douze",
        "datasets.0.description": "Un\nDeux « trois »",
    }
    shown = fields(send(client, do="check", **written).text)
    kept = send(client, do="turtle", **written).content
    for path in ("declare/form", "en/declare/form"):
        again = client.session.post(
            client.url + path,
            data={"do": "resume"},
            files={"file": ("TAM-URG.ttl", kept)},
            timeout=60,
        )
        assert again.status_code == 200
        assert '<html lang="fr"' in again.text
        assert fields(again.text) == shown
        assert '<option value="pl" selected' in again.text
    assert shown["datasets.0.records"] == ["douze"]


def test_whatever_the_form_takes_can_be_taken_up_from_its_file(
    declaring: tuple[Client, str],
) -> None:
    """The file has everything twice: it may weigh more than the fields."""
    client, _ = declaring
    long = {"datasets.0.title": (None, "Cohorte"),
            "datasets.0.description": (None, "Séjours « longs »\n" * 33_000)}  # fmt: skip
    form = client.url + "declare/form"
    kept = client.session.post(form, files=long | {"do": (None, "turtle")}, timeout=60)
    assert (kept.status_code, len(kept.content) > 1_200_000) == (200, True)
    sent = {"do": (None, "resume"), "file": ("cohorte.ttl", kept.content)}
    again = client.session.post(form, files=sent, timeout=60)
    assert again.status_code == 200
    assert again.text.count("Séjours « longs »") == 33_000


def test_what_was_handed_in_is_taken_up_with_the_key(declaring: tuple[Client, str]) -> None:
    """By its name, as it was filled in, what is private too; another name or key gets nothing."""
    client, key = declaring
    own = {"datasets.0.identifier": "TAM-AN", "datasets.0.note": "Convention à renouveler"}
    assert send(client, do="submit", key=key, **own).status_code == 200
    again = resume(client, name="TAM-AN", key=key)
    assert again.status_code == 200
    assert fields(again.text)["datasets.0.note"] == ["Convention à renouveler"]
    assert key not in again.text
    unknown = resume(client, name="TAM-AUTRE", key=key)
    assert unknown.status_code == 404
    assert "moissonne se modifie à sa source" in unknown.text  # where such a name may come from
    for other in ("une-autre", ""):
        answer = resume(client, name="TAM-AN", key=other)
        assert answer.status_code == 401
        assert "Convention" not in answer.text
        assert "Description non déposée" not in answer.text


def test_a_key_that_only_hands_in_reads_nothing(declaring: tuple[Client, str]) -> None:
    """What is private is for keys of the scope `read`, here as anywhere."""
    client, key = declaring
    own = {"datasets.0.identifier": "TAM-W", "datasets.0.note": "Convention à renouveler"}
    assert send(client, do="submit", key=key, **own).status_code == 200
    with Desk.open(client.place.config.register) as desk:
        _, narrow = desk.create_token("tamaris", ("write",), None, datetime.now(UTC))
    answer = resume(client, name="TAM-W", key=narrow)
    assert (answer.status_code, "Convention" in answer.text) == (403, False)


def test_another_dataset_begins_with_one_that_is_there(declaring: tuple[Client, str]) -> None:
    """Its identifier and its address stay its own."""
    client, key = declaring
    own = {"datasets.0.identifier": "TAM-C", "datasets.0.iri": "https://ch-tamaris.example/jeu/c"}
    assert send(client, do="submit", key=key, **own).status_code == 200
    copied = fields(resume(client, do="copy", name="TAM-C", key=key).text)
    assert copied["datasets.0.title"] == filled()["datasets.0.title"]
    assert not {"datasets.0.identifier", "datasets.0.iri"} & set(copied)


def test_handing_in_again_what_was_taken_up_changes_nothing(declaring: tuple[Client, str]) -> None:
    """The same fields give the same content, which is asked about no more than kept twice."""
    client, key = declaring
    form, button = client.url + "declare/form", {"do": "submit", "key": key}
    shown = fields(send(client, do="check", **{"datasets.0.identifier": "TAM-I"}).text)
    assert client.session.post(form, data=shown | button, timeout=60).status_code == 200
    again = fields(resume(client, name="TAM-I", key=key).text)
    answer = client.session.post(form, data=again | button, timeout=60)
    assert (answer.status_code, "La description remplace" in answer.text) == (200, False)


def test_the_same_from_the_form_in_the_other_language_is_no_other_dataset(
    declaring: tuple[Client, str],
) -> None:
    """What would change is the language of the form alone: nothing is asked."""
    client, key = declaring
    given = {"datasets.0.identifier": "TAM-PL", "texts": "pl", "do": "submit", "key": key}
    given |= {name: "" for name in filled() if name.endswith("@")}  # of the form's other language
    first = send(client, **given)
    again = send(client, "en/declare/form", **given)
    assert [one.status_code for one in (first, again)] == [200, 200]
    assert "This description replaces" not in again.text
    changed = send(client, "en/declare/form", **given, **{"datasets.0.records": "12"})
    assert changed.status_code == 409


def test_what_the_form_did_not_write_is_not_taken_up(declaring: tuple[Client, str]) -> None:
    """Neither what a program handed in, nor a file that was changed by hand: it would be lost."""
    client, key = declaring
    kept = send(client, do="turtle", key=key, **{"datasets.0.identifier": "TAM-P"}).content
    changed = kept.replace(b"TAM-P", b"TAM-Q", 1)
    plain = kept[: kept.index(b"# What was filled in")]
    for content, said in ((changed, "a été modifié depuis"), (plain, "pas été écrite par ce")):
        answer = client.session.post(
            client.url + "declare/form", data={"do": "resume"}, files={"file": content}, timeout=60
        )
        assert answer.status_code == 422
        assert said in answer.text.replace("\xa0", " ")
    headers = {"X-API-Key": key, "Content-Type": "text/turtle"}
    address = client.url + "ingest/datasets/origin?originalId=TAM-P"
    assert client.session.put(address, plain, headers=headers, timeout=60).ok
    assert resume(client, name="TAM-P", key=key).status_code == 422


@pytest.mark.parametrize(
    "behind", ["{", "[" * 100_000, '["datasets.0.title"]', '{"datasets.0.title": "a", "x": ["b"]}',
               '{"datasets.0.title": [1, null]}'],
)  # fmt: skip
def test_whatever_stands_behind_a_file_breaks_nothing(behind: str) -> None:
    """What is no field of the form, or no text, is left out."""
    turtle = add("<https://a.example/> a <https://b.example/> .\n", {}, "fr")
    kept = find(turtle.replace("# {}", f"# {behind}"))
    assert [text for texts in kept.values.values() for text in texts] == []


def test_a_field_may_quote_a_file_that_was_kept() -> None:
    """What stands in it is not taken for what stands behind the file."""
    body = "<https://a.example/> a <https://b.example/> .\n"
    quoted = add(body, filled(), "fr")
    assert find(add(body, {"datasets.0.note": [quoted]}, "fr")).values == {
        "datasets.0.note": [quoted]
    }


def test_a_file_is_known_after_a_trip(declaring: tuple[Client, str]) -> None:
    """Line ends of Windows and a mark at its head do not count as changes."""
    turtle = add("<https://a.example/> a <https://b.example/> .\n", filled(), "en")
    assert find("\ufeff" + turtle.replace("\n", "\r\n")).values["datasets.0.identifier"] == [
        "TAM-URG"
    ]
    with pytest.raises(Refusal):
        find("")


def test_an_empty_file_is_not_taken_for_a_missing_key(declaring: tuple[Client, str]) -> None:
    """Nothing is said of keys where a file was chosen."""
    client, _ = declaring
    answer = client.session.post(
        client.url + "declare/form", data={"do": "resume"}, files={"file": b""}, timeout=60
    )
    assert (answer.status_code, "Aucune clé" in unescape(answer.text)) == (422, False)
