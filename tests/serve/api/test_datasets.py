"""The read interface over a published catalogue."""

import csv
import io
import urllib.parse
from typing import Any

import pytest


def get(samples: Any, path: str, **headers: str) -> Any:
    """The JSON of an answer that must be there."""
    answer = samples.get(f"api/{path}", None, **headers)
    kind = answer.headers["content-type"]
    assert (answer.status_code, kind) == (200, "application/json")
    return answer.json()


def ids(samples: Any, path: str) -> set[str]:
    """The names of the datasets found, without their digits."""
    return {one["id"][:-9] for one in get(samples, path)["datasets"]}


@pytest.mark.parametrize("words", ["séjours", "sejour", "SEJOURS", "séjour hospitaliers"])
def test_accents_case_and_endings_do_not_matter(samples: Any, words: str) -> None:
    """A word finds itself with or without accents, capitals and plural."""
    assert "eds-sejours" in ids(samples, f"datasets?q={words}&size=100")


def test_english_words_find_too(samples: Any) -> None:
    """English titles are searched by their stems as well."""
    assert ids(samples, "datasets?q=hospital activities")


def test_every_word_counts(samples: Any) -> None:
    """More words find less; a word that nothing has finds nothing."""
    one = get(samples, "datasets?q=cancer")["total"]
    assert get(samples, "datasets?q=cancer+registre")["total"] <= one
    assert get(samples, "datasets?q=cancer+zzyzx")["total"] == 0


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("debit_noradrenaline", "monitorage-reanimation"),
        ("fraction inspirée d’oxygène", "monitorage-reanimation"),
        ("10.5072/mesange-genotypage", "mesange-genotypage"),
        ("https://cohorte-mesange.example/metadata#naissances", "naissances"),
        ("I21", "eds-sejours"),
        ("eds-sejours-dd3e5a86", "eds-sejours"),
    ],
)
def test_identifiers_codes_and_variables_are_found(samples: Any, words: str, name: str) -> None:
    """The name of a variable, a code or an identifier finds its dataset first, with few others."""
    asked = urllib.parse.quote(words)
    found = get(samples, f"datasets?q={asked}")["datasets"]
    assert [one["id"][:-9] for one in found][:1] == [name]
    assert len(found) <= 2


def test_a_variable_is_found_where_it_is_and_nowhere_else(samples: Any) -> None:
    """Others have both words of `id_patient` apart; four have that variable."""
    assert get(samples, "datasets?q=id_patient")["total"] == 4


@pytest.mark.parametrize("words", ["CIM-10", "CIM10", "ICD10"])
def test_a_coding_system_is_found_by_any_of_its_names(samples: Any, words: str) -> None:
    """What is coded in it, in the international or a national edition, is found by each."""
    named = ids(samples, "datasets?coding=ICD-10&coding=ICD-10-NAT&size=100")
    assert named
    assert named <= ids(samples, f"datasets?q={words}&size=100")


@pytest.mark.parametrize("words", ['"', "NEAR(a b)", "title:cancer", "a* OR b", "'); DROP", "-"])
def test_no_word_is_a_command(samples: Any, words: str) -> None:
    """What would be syntax to the index is only words."""
    assert (
        samples.session.get(
            samples.url + "api/datasets", params={"q": words}, timeout=5
        ).status_code
        == 200
    )


def test_facets_count_what_a_click_would_give(samples: Any) -> None:
    """Each count of each facet is the total of the search with that code."""
    for facet in get(samples, "datasets")["facets"]:
        for value in facet["values"]:
            found = get(samples, f"datasets?{facet['id']}={value['code']}&size=1")
            assert (facet["id"], value["code"], found["total"]) == (
                facet["id"], value["code"], value["count"],
            )  # fmt: skip


def test_codes_of_a_facet_add_and_facets_narrow(samples: Any) -> None:
    """Two codes of one facet give both; another facet narrows."""
    public, closed = (
        get(samples, f"datasets?access={a}")["total"] for a in ("public", "non-public")
    )
    both = get(samples, "datasets?access=public&access=non-public")
    assert both["total"] == public + closed
    narrowed = get(samples, "datasets?access=public&holder=institut-mesange")
    assert 0 < narrowed["total"] < public


def test_pages_hold_each_dataset_once(samples: Any) -> None:
    """Following `next` gives every dataset once, in the order asked for."""
    path, seen = "datasets?size=10&sort=title", []
    while path:
        page = get(samples, path)
        seen += page["datasets"]
        path = page["next"] and page["next"].partition("/api/")[2]
    assert len(seen) == page["total"] == len({one["id"] for one in seen}) > 30


def test_sorted_by_change(samples: Any) -> None:
    """The latest change comes first."""
    found = [one["changed"] for one in get(samples, "datasets?sort=changed&size=100")["datasets"]]
    assert found == sorted(found, reverse=True)


def test_language_of_names(samples: Any) -> None:
    """Names come in the language of `lang`, else of Accept-Language, else in French."""
    path = "datasets?q=hospital+activity&size=1"
    assert get(samples, path)["datasets"][0]["access"]["name"] == "Accès public"
    english = get(samples, path, **{"Accept-Language": "en-GB"})["datasets"][0]
    assert english["access"]["name"] == "Public access"
    assert english["title"].startswith("Hospital activity")
    assert get(samples, path + "&lang=en")["datasets"][0] == english


def test_table_opens_in_spreadsheets(samples: Any) -> None:
    """The same list as CSV: a row a dataset, and no cell that begins a formula."""
    answer = samples.get("api/datasets?size=100", "text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == get(samples, "datasets?size=1")["total"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert samples.get("api/datasets?output=csv").headers["content-type"].startswith("text/csv")


def test_one_dataset_tells_its_distributions(samples: Any) -> None:
    """A dataset's answer holds its card, contacts, distributions, and where its files lie."""
    listed = get(samples, "datasets?q=capacités&size=1")["datasets"][0]
    whole = get(samples, f"datasets/{listed['id']}")
    assert {**whole, **listed} == whole
    assert whole["distributions"][0]["formats"] == ["CSV"]
    assert whole["contacts"][0]["emails"] == ["entrepot-donnees@chu-valmorin.example"]
    assert whole["files"]["turtle"].endswith(f"dataset/{listed['id']}.ttl")


def test_only_what_needs_a_permit_is_applied_for(samples: Any) -> None:
    """Public data have no address to apply at, all others have."""
    for access in ("public", "non-public"):
        found = samples.get(f"api/datasets?access={access}&size=1").json()["datasets"][0]["id"]
        given = samples.get(f"api/datasets/{found}").json()["apply"]
        assert bool(given) == (access != "public")


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("datasets/inconnu-00000000", 404, "No dataset has this identifier."),
        ("datasets?qq=1", 400, "Unknown parameter: qq; did you mean q?"),
        ("datasets?page=0", 400, "The parameter page is a number from 1 to 1000000."),
        ("datasets?size=1001", 400, "The parameter size is a number from 1 to 1000."),
        ("datasets?q=a&q=b", 400, "Give the parameter q at most 1 times."),
        ("datasets?" + "theme=x&" * 21, 400, "Give the parameter theme at most 20 times."),
        ("datasets?q=" + "a" * 201, 400, "The parameter q is over 200 characters."),
        ("datasets?sort=age", 400, "Give sort one of these values: relevance, title, changed,"),
        ("datasets?q=%FF", 400, "The address is not UTF-8"),
        ("changes?since=hier", 400, "Write the parameter since as 2029-03-26"),
        ("changes?after=x", 400, "The parameter after is a number"),
        ("changes?feed=x", 400, "Give feed as one of"),
        ("changes?feed=", 400, "Give feed as one of"),
        ("nothing", 404, "There is no such address."),
    ],
)
def test_mistakes_are_told(samples: Any, path: str, status: int, detail: str) -> None:
    """What is wrong is a problem in JSON, with a sentence and what to do."""
    answer = samples.get(f"api/{path}", None, **{"Accept-Language": "en"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["detail"].startswith(detail)


def test_answer_is_cached_by_its_tag(samples: Any) -> None:
    """What a client has is not sent again."""
    tag = samples.get("api/datasets").headers["etag"]
    again = samples.get("api/datasets", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_holders_and_their_datasets(samples: Any) -> None:
    """Each holder is there with its number of datasets, which add up."""
    found = get(samples, "holders?lang=en")["holders"]
    assert sum(one["datasets"] for one in found) == get(samples, "datasets")["total"]
    assert "Valmorin University Hospital" in {one["name"] for one in found}


def test_changes_are_read_in_parts(samples: Any) -> None:
    """Following `next` gives every change once; since `until` there is nothing more to come."""
    path, seen = "changes?limit=7", []
    while path:
        page = get(samples, path)
        seen += page["changes"]
        path = page["next"] and page["next"].partition("/api/")[2]
    assert len({one["id"] for one in seen}) == len(seen) == get(samples, "datasets")["total"]
    assert {one["kind"] for one in seen} == {"create"}
    assert [one["number"] for one in seen] == list(range(1, len(seen) + 1))
    assert all(len(one["digest"]) == 71 for one in seen)
    assert get(samples, f"changes?after={len(seen)}")["changes"] == []
    assert get(samples, "changes?since=2999-01-01")["changes"] == []
    # What an empty ledger gives as its last number may be asked after.
    assert get(samples, "changes?after=0&limit=7")["changes"] == seen[:7]
