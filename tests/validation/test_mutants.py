"""One defect, one explained problem, one fix that works when it is pasted."""

import json
import re
from collections.abc import Iterable

import pytest
import rdflib
from rdflib.compare import to_canonical_graph

from red_catalog.model import Checked, Document, Problem
from red_catalog.pipeline.desk.checking import check
from red_catalog.rdf.describing import is_of_vocabulary
from tests import real

PROFILES = ("healthdcat-ap-8", "red")
UNCHANGED = "valid-unchanged.ttl"
# A variant that is right: data without structure need no variables.
HARMLESS = {"structured-false-without-variables.ttl"}
# What the official shapes see nothing of: the rules of our own layer speak.
OURS = {"empty-title.ttl", "modified-not-a-date.ttl"}

Key = tuple[str, str, str | None, tuple[str, ...]]


def mutants() -> list[str]:
    """The names of the defective variants; one that tells why, where they are absent."""
    found = [n.rpartition("/")[2] for n in real.names("mutants-r8/*.ttl")]
    return [n for n in found if n != UNCHANGED and n not in HARMLESS]


@pytest.fixture(scope="module")
def usual() -> set[Key]:
    """The problems that the unchanged file has."""
    return keys(problems(text_of(UNCHANGED)))


def text_of(name: str) -> str:
    """The document of this name."""
    return real.file(f"mutants-r8/{name}").read_text("utf-8")


def run(text: str) -> tuple[Checked, ...]:
    """A document checked against the official profile and ours."""
    return check(Document("mutant.ttl", text.encode()), PROFILES)


def problems(text: str) -> list[tuple[str, Problem]]:
    """All problems of a document, each with its profile."""
    return [(c.profile, p) for c in run(text) for d in c.datasets for p in d.problems]


def keys(found: Iterable[tuple[str, Problem]]) -> set[Key]:
    """What tells problems apart."""
    return {(profile, p.kind, p.path, p.subjects) for profile, p in found}


def paste(text: str, fix: str) -> str:
    """The document as its owner mends it: statements named are removed, the rest is added."""
    document = rdflib.Graph().parse(data=text, format="turtle")
    prefixes = "".join(re.findall(r"(?m)^@prefix .*\n", fix))
    for line in re.findall(r"(?m)^# - (.*)$", fix):
        for triple in rdflib.Graph().parse(data=prefixes + line, format="turtle"):
            assert triple in document, line
            document.remove(triple)
    # Of lines to choose from, the owner keeps the last one.
    for line in re.findall(r"(?m)^#   (<.*)$", fix)[:-1]:
        for triple in rdflib.Graph().parse(data=prefixes + line, format="turtle"):
            document.remove(triple)
    return f"{document.serialize(format='turtle')}\n{fix}"


def beyond(text: str, usual: set[Key]) -> list[tuple[str, Problem]]:
    """The problems that the unchanged file does not have."""
    return [
        (profile, problem)
        for profile, problem in problems(text)
        if (profile, problem.kind, problem.path, problem.subjects) not in usual
    ]


@pytest.mark.parametrize("name", mutants())
def test_a_defect_is_one_problem_and_its_fix_mends_it(name: str, usual: set[Key]) -> None:
    """Exactly one problem more than the unchanged file; pasted, its fix makes it go away.

    Our own layer tells what the official profile does not see, and nothing else.
    """
    text = text_of(name)
    ((profile, problem),) = beyond(text, usual)
    assert profile == ("red" if name in OURS else "healthdcat-ap-8")
    assert problem.turtle is not None
    for lang in ("fr", "en"):
        mended = paste(text, problem.turtle[lang])
        left = [by for by, _ in beyond(mended, usual)]
        assert left == [], problem.turtle[lang]


def test_the_official_profile_tells_all_but_what_its_shapes_cannot_see(usual: set[Key]) -> None:
    """Only two mutants need our own layer."""
    told = {name: {by for by, _ in beyond(text_of(name), usual)} for name in mutants()}
    assert {name for name, by in told.items() if by == {"red"}} == OURS
    assert all(by for by in told.values())


@pytest.mark.parametrize("name", sorted({UNCHANGED, *HARMLESS}))
def test_what_is_right_has_no_problem_of_its_own(name: str, usual: set[Key]) -> None:
    """The unchanged file has nothing that blocks, and a harmless change adds nothing."""
    assert beyond(text_of(name), usual) == []
    assert [p for _, p in problems(text_of(name)) if p.severity.value == "violation"] == []


def test_every_mutant_that_was_observed_is_tested() -> None:
    """The list of the observed mutants and that of the tested ones are the same."""
    observed = set(json.loads(text_of("expected.json")))
    assert observed == {*mutants(), *HARMLESS, UNCHANGED}


def test_each_finding_is_in_exactly_one_problem() -> None:
    """Nothing is lost and nothing is told twice: what repeats another profile's says so.

    Only advice on codes is left out.
    """
    for name in mutants():
        for checked in run(text_of(name)):
            for dataset in checked.datasets:
                told = [
                    (f.focus, f.path, f.value, f.component, f.severity)
                    for p in dataset.problems
                    for f in p.findings
                ]
                raw = [
                    (f.focus, f.path, f.value, f.component, f.severity)
                    for f in dataset.report.findings
                    if not f.repeats and not is_of_vocabulary(f.focus)
                ]
                assert sorted(told, key=str) == sorted(raw, key=str), name


REPEATED = {
    "category-r5-base.ttl",
    "category-r7-base.ttl",
    "numberOfRecords-negative.ttl",
    "personalData-canonical-pd.ttl",
}


@pytest.mark.parametrize("order", [PROFILES, PROFILES[::-1]])
def test_what_two_profiles_say_of_one_value_is_told_once(order: tuple[str, str]) -> None:
    """Our finding stays, marked, and the official profile's problem tells of it."""
    for name in mutants():
        document = Document("mutant.ttl", text_of(name).encode())
        checks = {c.profile: c.datasets[0] for c in check(document, order)}
        repeated = [f for f in checks["red"].report.findings if f.repeats]
        assert bool(repeated) == (name in REPEATED), name
        for finding in repeated:
            (told,) = [p for p in checks["healthdcat-ap-8"].problems
                       if finding.value in {f.value for f in p.findings}]  # fmt: skip
            assert (told.path, told.subjects) == (finding.path, (finding.focus,))
    alone = check(Document("mutant.ttl", text_of("category-r7-base.ttl").encode()), ("red",))
    assert [len(d.problems) for c in alone for d in c.datasets] == [1]


def test_lines_point_at_what_is_wrong() -> None:
    """The line of a wrong value holds it; that of a missing one is its subject's."""
    for name in mutants():
        text = text_of(name)
        for _, problem in problems(text):
            if problem.line is None:
                continue
            line = text.split("\n")[problem.line - 1]
            if problem.kind == "value" and problem.found:
                shown = next(f.value or "" for f in problem.findings if f.path == problem.path)
                end = re.split(r"[/#]", shown.strip('<>"').split('"')[0])[-1]
                assert end in line, (name, line)
            elif problem.kind == "missing":
                local = problem.subjects[0].strip("<>").rsplit("/", 1)[-1]
                assert local in line, (name, line)


def test_pasting_a_fix_keeps_the_document_the_same_otherwise() -> None:
    """A pasted fix adds and removes only what it names."""
    text = text_of("missing-title.ttl")
    before = to_canonical_graph(rdflib.Graph().parse(data=text, format="turtle"))
    (problem,) = [p for _, p in problems(text) if p.severity.value == "violation"]
    assert problem.turtle
    after = rdflib.Graph().parse(data=paste(text, problem.turtle["fr"]), format="turtle")
    assert len(to_canonical_graph(after) - before) == 1
