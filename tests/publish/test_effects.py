"""What a holder should mend first, and what would fail on the day the duty applies."""

from dataclasses import replace
from datetime import date

import pytest

from red_catalog.model import Completeness, Entry, Finding, Level, Problem, Report, Severity
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.pipeline.explaining import explain
from red_catalog.publish.dataset.problems import from_findings
from red_catalog.publish.lists.cards import card
from red_catalog.publish.pages.effects import effects, tell
from red_catalog.publish.pages.oversight import outlook
from red_catalog.validation.checking import validate
from tests.publish import records

GENERAL, DEFERRED = date(2029, 3, 26), date(2031, 3, 26)


def nobody(_entry: Entry, _report: Report) -> None:
    """Nobody explains more than the findings do."""


def one_by_one(entry: Entry, report: Report) -> list[Problem]:
    """Each finding is a problem of its own."""
    parts = [replace(report, findings=(one,)) for one in report.findings]
    return [problem for part in parts for problem in from_findings(entry, part)]


def with_problems(number: int, *names: str, severity: Severity = Severity.VIOLATION) -> Entry:
    """A dataset whose description has these problems."""
    iri = f"{records.CHU}{number}"
    findings = tuple(
        Finding(severity, f"<{iri}>", f"<https://exemple.fr/{name}>", None, "sh:MinCount", None,
                {"fr": name, "en": name})
        for name in names
    )  # fmt: skip
    report = Report("healthdcat-ap-8", "8", "sha256:00", Level.NON_PUBLIC, findings)
    return records.entry(iri, f"jeu-{number}", records.poor(iri, "Jeu"), report=report)


def test_what_frees_a_dataset_comes_before_what_many_share() -> None:
    """A problem that alone blocks two datasets comes before one that three share with others."""
    entries = [
        with_problems(1, "seul"), with_problems(2, "seul"), with_problems(3, "commun", "autre"),
        with_problems(4, "commun", "autre"), with_problems(5, "commun", "tiers"),
        with_problems(6, "conseil", severity=Severity.WARNING),
    ]  # fmt: skip
    told = effects(entries, nobody)
    found = [(one.message["fr"], one.freed, one.datasets) for one in told]
    assert found == [
        ("seul", 2, 2), ("commun", 0, 3), ("autre", 0, 2), ("tiers", 0, 1), ("conseil", 0, 1)
    ]  # fmt: skip
    assert told[0].slugs == ("jeu-1", "jeu-2")


def telling(number: int, *said: tuple[str, str]) -> Entry:
    """A dataset whose formats are not of the list, as these rules say with these fixes."""
    entry = with_problems(number, *("format" for _ in said))
    findings = tuple(
        replace(one, component=component, fix={"fr": fix, "en": fix})
        for one, (component, fix) in zip(entry.report.findings, said, strict=True)
    )
    return replace(entry, report=replace(entry.report, findings=findings))


def test_what_rules_say_in_the_same_words_is_told_once() -> None:
    """Two rules of a property with one sentence are one problem, and correcting it frees."""
    entries = [telling(1, ("sh:Class", "Mettez CSV."), ("sh:In", "Mettez CSV."))]
    (one,) = effects(entries, nobody)
    assert (one.datasets, one.freed, one.fix) == (
        1,
        1,
        {"fr": "Mettez CSV.", "en": "Mettez CSV."},
    )


@pytest.mark.parametrize(
    "entries",
    [[telling(1, ("sh:In", "Remplacez PARQUET.")), telling(2, ("sh:In", "Remplacez CSV."))],
     [telling(1, ("sh:In", "Remplacez PARQUET."), ("sh:In", "Remplacez CSV."))]],
)  # fmt: skip
def test_a_fix_is_told_where_it_is_that_of_all(entries: list[Entry]) -> None:
    """What corrects one value is not told of datasets that have another one."""
    (one,) = effects(entries, one_by_one)
    assert one.fix is None
    assert one.to_plain()["fix"] is None


def levelled(number: int, level: str) -> Entry:
    """A dataset with nothing wrong but that its level is this text."""
    iri = f"{records.CHU}{number}"
    right = f"<{EU_AUTHORITY}access-right/NON_PUBLIC>".encode()
    content = records.full(iri, "Activité par mois")
    assert content.count(right) == 1
    content = content.replace(right, records.words(level).encode())
    report = validate(iri, content)
    mine = tuple(one for one in report.findings if one.path == term("dct:accessRights"))
    return records.entry(iri, f"jeu-{number}", content, report=replace(report, findings=mine))


def test_one_wrong_level_is_one_problem_in_the_words_of_its_page() -> None:
    """A level that is no code is told once, and frees; nobody is told which level is the right."""
    entry = levelled(1, "ouvert à tous")
    assert len(entry.report.findings) > 1
    told = explain(entry, entry.report)
    assert told is not None
    (one,) = effects([entry], explain)
    assert (one.message, one.fix, one.freed) == (told[0].message, told[0].fix, 1)


def test_a_sentence_is_told_where_it_is_that_of_all() -> None:
    """Of different wrong values of one property only that there are some, and where to look."""
    entries = [levelled(1, "ouvert à tous"), levelled(2, "sur demande")]
    (one,) = effects(entries, explain)
    assert (one.datasets, one.freed) == (2, 2)
    assert one.message["fr"].startswith("« Niveau d'accès » : des valeurs ne conviennent pas")
    assert one.message["en"].endswith("the page of each dataset says which.")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("fr", "2 jeux de données concernés\u00a0; 1 deviendrait conforme par cela seul"),
     ("en", "2 datasets concerned; 1 would conform by this alone")],
)  # fmt: skip
def test_an_effect_is_a_sentence(code: str, expected: str) -> None:
    """How many have the problem, and how many it alone blocks."""
    assert expected == tell(2, 1, code)


def of_category(number: int, category: str | None, *missing: str) -> Entry:
    """A conformant dataset of a category, which lacks these minimum elements."""
    iri = f"{records.CHU}{number}"
    more = [("healthdcatap:healthCategory", records.health(f"healthcategories/{category}"))]
    content = records.poor(iri, "Jeu", *(more if category else []))
    counted = Completeness(27 - len(missing), 27, tuple({"fr": m, "en": m} for m in missing))
    return replace(records.entry(iri, f"jeu-{number}", content), completeness=counted)


@pytest.mark.parametrize(
    ("day", "bound", "lacking", "article"),
    [
        (date(2029, 3, 25), 1, 1, "105: the day before, only what may be of any category"),
        (GENERAL, 3, 2, "105: the general categories, and those without"),
        (date(2031, 3, 25), 3, 2, "105: the day before the deferred ones"),
        (DEFERRED, 4, 3, "105: all"),
    ],
)
def test_what_would_fail_on_a_day(day: date, bound: int, lacking: int, article: str) -> None:
    """A dataset is bound from its categories' day on; it fails where an element is missing."""
    entries = [
        of_category(1, "EHRS"), of_category(2, "EHRS", "titre"), of_category(3, "HGPD", "titre"),
        of_category(4, None, "catégorie"),
    ]  # fmt: skip
    found = outlook([card(one) for one in entries], day)
    assert (bound, lacking, 0) == (found["bound"], found["lacking"], found["nonconformant"]), (
        article
    )
