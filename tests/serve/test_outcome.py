"""What the form tells of what was sent: each lack once, and at its own field."""

import json
from typing import Any

import pytest

from red_catalog.harvesters.spreadsheet.fields import known
from red_catalog.harvesters.spreadsheet.forms import Mistake, read_form
from red_catalog.model import Document
from red_catalog.publish.checks import WRITERS
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.writing import serialise
from red_catalog.serve.outcome import Outcome
from red_catalog.validation.documents import Manner, check_rdf
from tests.serve.test_declaring import filled

NOTHING = ("email", "page", "homepage")


def outcome(**changes: str) -> Outcome:
    """What becomes of the hospital's form with these changes, in French."""
    sent = filled(**changes)
    whole = read_form(sent, ("https://ch-tamaris.example/jeu/",), "fr")
    assert whole.content is not None
    turtle = serialise(whole.content, "ttl")
    (checked,) = check_rdf(
        Document("f.ttl", turtle), ("healthdcat-ap-8",), Limits(), Manner(beside=True)
    )
    report: Any = json.loads(WRITERS["json"]([checked], "fr"))
    mistakes: dict[str | None, list[Mistake]] = {}
    for one in whole.mistakes:
        mistakes.setdefault(one.field, []).append(one)
    return Outcome(mistakes, report["datasets"][0], turtle.decode())


def advised(one: Outcome) -> list[str | None]:
    """The fields that our own checks lead to."""
    return [point.field for point in one.points(one.own, "fr")]


def blocking(one: Outcome) -> list[tuple[str | None, str]]:
    """What blocks, each with the field that it leads to."""
    found = [p for p in one.problems if p["severity"] == "violation"]
    return [tuple(point) for point in one.points(found, "fr")]  # type: ignore[misc]


def field_of(one: Outcome, words: str) -> str | None:
    """The field that the recommendation with these words leads to."""
    better = [p for p in one.problems if p["severity"] != "violation"]
    (found,) = (point.field for point in one.points(better, "fr") if words in point.words)
    return found


@pytest.mark.parametrize("rows", [(0,), (0, 2), (2,)])
def test_an_organisation_without_an_address_is_told_once(rows: tuple[int, ...]) -> None:
    """It publishes the data and holds them: two organisations to the report, one to the form."""
    missing = {f"contacts__{row}__{key}": "" for row in rows for key in NOTHING}
    told = outcome(**missing)
    assert [point.field for point in told.to_review("fr")] == [f"contacts.{r}.email" for r in rows]
    assert blocking(told) == []


def test_what_a_distribution_lacks_does_not_lead_to_a_variable() -> None:
    """Both have descriptions: that of the variable is told as its own, that of forms at theirs."""
    form = {"distributions__0__description": "", "distributions__0__description@": ""}
    one = outcome(variables__0__description="", **form)
    assert [field for field, _ in blocking(one)] == ["variables.0.description"]
    assert field_of(one, "« Description » serait utile") == "distributions.0.description"


def test_values_are_called_as_the_lists_of_the_form_call_them() -> None:
    """Nobody is asked for true or false, nor for the name of a type of XML."""
    one = outcome(datasets__0__structured="", variables__0__datatype="")
    told = " ".join(words for _, words in blocking(one))
    assert "oui ou non" in told
    assert "« texte » ou « entier »" in told


@pytest.mark.parametrize("key", ["issued", "modified"])
def test_a_date_leads_to_its_own_field(key: str) -> None:
    """The date of the dataset is not taken for that of its quality label."""
    assert f"datasets.0.{key}" in advised(outcome(**{f"datasets__0__{key}": "2099-01-01"}))


@pytest.mark.parametrize("role", ["adms:sample", "healthdcatap:analytics"])
def test_a_sample_in_the_place_of_the_data_is_called_one(role: str) -> None:
    """Its address is not asked for, which is given; its role is what to look at."""
    one = outcome(distributions__0__role=role)
    ((field, words),) = blocking(one)
    assert field == "distributions.0.role"
    assert "les données elles-mêmes" in words


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"contacts__2__type": ""}, "contacts.2.type"),
        ({"contacts__2__type": "Institution administrative", "contacts__0__type": ""},
         "contacts.0.type"),
        ({"contacts__2__type": "", "contacts__0__type": ""}, "contacts.0.type"),
    ],
)  # fmt: skip
def test_the_type_of_an_organisation_is_asked_for_at_it(given: dict[str, str], field: str) -> None:
    """That of the access body, too, which the form can say."""
    assert field in known()
    assert field_of(outcome(**given), "le type d'organisme") == field


def test_a_sample_is_asked_for_at_the_next_form() -> None:
    """Its role says what it is, which a form left empty has not."""
    other = {f"distributions__1__{key}": "" for key in ("title", "access_url", "download_url")}
    nothing = {f"distributions__2__{key}": "" for key in ("title", "access_url")}
    alone = outcome(**other, **nothing, distributions__1__role="", distributions__2__role="")
    assert field_of(alone, "l'échantillon") == "distributions.1.role"
    both = outcome(**nothing, distributions__2__role="")
    assert field_of(both, "les analyses") == "distributions.2.role"
