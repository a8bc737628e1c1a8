"""The report on a description that is handed in: what the next harvest will say of it."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from red_catalog.ehds import privacy
from red_catalog.model import OWN_PROFILE, Document, Reading, Source, Verdict
from red_catalog.publish.record import withholding
from red_catalog.rdf.reading import Reader
from red_catalog.rdf.terms import iri, is_iri
from red_catalog.serve.examining import Examiners
from red_catalog.serve.holders.counter import Counter
from red_catalog.serve.request.refusal import Refusal

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What is handed in, where to, and under which name of the holder's, if any."""

    source: Source
    document: Document
    name: str | None


async def examine(
    counter: Counter, examiners: Examiners, given: Given, lang: str
) -> dict[str, Any]:
    """The report on the one dataset of the document. Raises Refusal where there is not one.

    Against the profiles that decide at a harvest: their findings stand together. One marked
    private is taken where the holder has it already: the harvest must see the mark to withdraw it.
    """
    validation = counter.config.validation
    wanted = {
        "profiles": validation.gating, "lang": lang, "output": "json",
        "beside": OWN_PROFILE in validation.profiles,
    }  # fmt: skip
    reports = await _ask(examiners, given, wanted)
    if hidden := await _find_private(counter, given, reports[0]):
        return _tell_private(hidden, reports[0])
    _expect_one(reports[0], lang)
    if beside := await _find_described(counter, given, reports):
        # Few name others: only these are examined twice.
        told = {**wanted, "described": sorted(beside)}
        reports = await _ask(examiners, given, told)
    mine = [one["datasets"][0] for one in reports]
    every = {name: [f for one in mine for f in one[name]] for name in ("findings", "problems")}
    worst = max((one["verdict"] for one in mine), key=list(Verdict).index)
    repaired = reports[0]["document"]["repaired"]
    return {**mine[0], **every, "verdict": worst, "repaired": repaired}


async def hides_more(counter: Counter, given: Given, iri: str) -> bool:
    """Whether a description marks private what is public: no gate holds that back."""
    versions = await counter.work(lambda desk: desk.register.versions(iri))
    if not versions:
        return False
    before = [one.canonical for one in versions]

    def look() -> bool:
        with closing(Reader(counter.config.limits)) as reader:
            found = reader.read(given.document, given.source)
        records = found.records if isinstance(found, Reading) else ()
        return any(withholding.hides_more(one, lambda _: before) for one in records)

    return await run_in_threadpool(look)


def sentence_of(trouble: Plain, lang: str) -> str:
    """What is wrong and what to do, in one line; `lang`: that of the report."""
    word = "ligne" if lang == "fr" else "line"
    line = f" ({word} {trouble['line']})" if trouble.get("line") else ""
    return f"{trouble['message']}{line} {trouble['fix']}"


async def _ask(examiners: Examiners, given: Given, wanted: Plain) -> Sequence[Plain]:
    """The report of each profile. Raises Refusal where the document takes too much."""
    try:
        told = json.loads(await examiners.ask(given.document, wanted, given.source.holder))
    except Refusal as refused:
        if refused.status in {503, 504} and "Retry-After" not in refused.headers:
            raise _too_heavy() from None
        raise
    return told if isinstance(told, list) else [told]


async def _find_private(counter: Counter, given: Given, report: Plain) -> str | None:
    """The one dataset of the document, where it is marked private and its holder has it already."""
    held = report["quarantined"]
    if report["datasets"] or [one["code"] for one in held] != [privacy.PRIVATE.code]:
        return None
    iri = str(held[0]["iri"])
    has = await counter.work(lambda desk: desk.has(given.source, iri))
    return iri if has else None


def _tell_private(iri: str, report: Plain) -> dict[str, Any]:
    """The report on a dataset that leaves the catalogue: nothing of it is checked."""
    nothing = dict.fromkeys(("access_rights", "minimum_elements", "mqa"))
    none: dict[str, Any] = {name: [] for name in ("findings", "problems", "others")}
    repaired = report["document"]["repaired"]
    return {
        "iri": iri, "verdict": Verdict.REJECTED.value, **nothing, **none, "repaired": repaired,
        "private": True,
    }  # fmt: skip


def _expect_one(report: Plain, lang: str) -> None:
    """Raises Refusal where the document is not one dataset."""
    read, held = report["document"], report["quarantined"]
    if (count := len(report["datasets"]) + len(held)) > 1:
        # Of one that is marked private nothing is said here: an earlier version may be public.
        held = [one for one in held if one["code"] != privacy.PRIVATE.code]
    for trouble in (read if read["verdict"] == "unreadable" else None, *held):
        if trouble:
            sentence = sentence_of(trouble, lang)
            raise Refusal(400, sentence, sentence)
    if count != 1:
        fr, en = "", ""
        if count:
            fr = " à la fois, d'abord ceux que d'autres nomment"
            en = " at a time, first those that others name"
        raise Refusal(
            400,
            f"Jeux de données dans le document : {count}. Envoyez-en exactement un{fr}.",
            f"Datasets in the document: {count}. Send exactly one{en}.",
        )


async def _find_described(
    counter: Counter, given: Given, reports: Sequence[Plain]
) -> frozenset[str]:
    """Of what the findings object to, the datasets that the source will describe."""
    mine = [one["datasets"][0] for one in reports]
    findings = [f for one in mine for f in (*one["findings"], *_others(one))]
    named = {iri(f["value"]) for f in findings if is_iri(f["value"] or "")}
    if not named:
        return frozenset()
    handed = (given.name, mine[0]["iri"])
    return await counter.work(lambda desk: desk.described(given.source, named, handed))


def _too_heavy() -> Refusal:
    """Of one description: who sends it cannot send fewer at once, nor fare better soon."""
    return Refusal(
        413,
        "Vérifier cette description demande trop de temps ou de mémoire, ou le rapport serait trop "
        "long : allégez-la (moins de distributions ou de variables, ou moins d'erreurs).",
        "To check this description takes too much time or memory, or the report would be too long:"
        " make it lighter (fewer distributions or variables, or fewer mistakes).",
    )


def _others(dataset: Plain) -> list[Plain]:
    return [finding for other in dataset["others"] for finding in other["findings"]]
