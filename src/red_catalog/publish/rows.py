"""What a release remembers of each dataset, so that the next one reads only what changed.

It lies in parts by a digest of the datasets' names: those without a change are taken over.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, Final

from red_catalog.model import (
    Completeness,
    Entry,
    Level,
    Mqa,
    Report,
    Reviewed,
    Severity,
    Verdict,
)
from red_catalog.publish import spreading
from red_catalog.publish.folder import Draft
from red_catalog.publish.lists import facets
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.lists.kinds import Kind
from red_catalog.publish.record.graph import Words

FOLDER: Final = "cards"
# About so many datasets in a part.
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A dataset's light card, and a digest of all that its data files depend on.

    `altered`: what is published is not what was harvested; something may be private in it.
    `sought`: a digest of what Pagefind is told of it, where it is told. `near`: the datasets
    nearest to it, by page name.
    """

    card: Card
    key: str
    altered: bool = False
    sought: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shared:
    """What many rows share stands once in the first line: these rows have its numbers."""

    kinds: dict[str, int]
    codes: dict[tuple[str, ...], int]


def write(draft: Draft, rows: Mapping[str, Row], fresh: Iterable[str]) -> None:
    """Writes the rows by page name; `fresh`: those that are not as in the live release."""
    number = spreading.count(len(rows), _MOST)
    parts: list[list[Row]] = [[] for _ in range(number)]
    for slug, row in rows.items():
        parts[spreading.part(slug, number)].append(row)
    touched = {spreading.part(slug, number) for slug in fresh}
    for one, some in enumerate(parts):
        name = f"{FOLDER}/{one + 1}-of-{number}.jsonl"
        if one in touched or not draft.keep([name]):
            draft.write(name, _lines(some))


def _lines(rows: Iterable[Row]) -> bytes:
    """The rows as JSON Lines; what many share stands in the first line."""
    shared = _Shared({}, {})
    lines = [_json(_to_plain(row, shared)) for row in rows]
    head = _json([list(shared.kinds), [_json(one) for one in shared.codes]])
    return "\n".join([head, *lines, ""]).encode()


def read(release: Path) -> dict[str, Row]:
    """The rows of a release by page name; none where they cannot be read."""
    files = list((release / FOLDER).glob("*.jsonl"))
    if not all(one.name.endswith(f"-of-{len(files)}.jsonl") for one in files):
        return {}
    try:
        rows = [row for one in files for row in _read_part(one)]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return {row.card.entry.slug: row for row in rows}


def _read_part(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as file:
        kinds, codes = json.loads(file.readline())
        shared = [_kind(one) for one in kinds], [_codes(one) for one in codes]
        return [_row(json.loads(line), *shared) for line in file]


@lru_cache(20_000)
def _kind(plain: str) -> Kind:
    severity, *said = json.loads(plain)
    return Kind(Severity(severity), *said)


@lru_cache(20_000)
def _codes(plain: str) -> tuple[str, ...]:
    return tuple(map(intern, json.loads(plain)))


def _to_plain(row: Row, shared: _Shared) -> list[Any]:
    card, entry, report = row.card, row.card.entry, row.card.entry.report
    kinds = [_json(_kind_to_plain(one)) for one in card.kinds]
    known, codes = shared.codes, card.codes
    counted, mqa, seen = entry.completeness, entry.mqa, entry.reviewed
    return [
        row.key, entry.iri, entry.slug, entry.holder, entry.source, entry.digest,
        entry.verdict.value, entry.first_seen.isoformat(), entry.changed.isoformat(),
        entry.versions, _moment(entry.absent_since), _moment(entry.withdrawn_at),
        counted and [counted.given, counted.applicable],
        mqa and [mqa.met, mqa.unchecked],
        [report.profile, report.release, report.shapes, report.level.value],
        [_words(card.titles), _words(card.descriptions), _words(card.keywords)],
        card.series, card.mentions, card.people,
        [known.setdefault(codes[one], len(known)) for one in facets.ORDER], card.blocking,
        [shared.kinds.setdefault(one, len(shared.kinds)) for one in kinds], row.altered,
        row.sought, row.near,
        seen and [seen.moment.isoformat(), seen.version, seen.digest],
    ]  # fmt: skip


def _row(plain: list[Any], shared: list[Kind], known: list[tuple[str, ...]]) -> Row:
    (key, iri, slug, holder, source, digest, verdict, first, changed, versions, absent,
     withdrawn, counted, mqa, report, words, series, mentions, people, codes, blocking, kinds,
     altered, sought, near, seen) = plain  # fmt: skip
    profile, release, shapes, level = map(intern, report)
    entry = Entry(
        iri=iri,
        slug=slug,
        holder=intern(holder),
        source=intern(source),
        canonical=b"",
        digest=digest,
        verdict=Verdict(verdict),
        report=Report(profile, release, shapes, Level(level)),
        first_seen=datetime.fromisoformat(first),
        changed=datetime.fromisoformat(changed),
        versions=versions,
        absent_since=datetime.fromisoformat(absent) if absent else None,
        withdrawn_at=datetime.fromisoformat(withdrawn) if withdrawn else None,
        completeness=counted and Completeness(*counted),
        mqa=mqa and Mqa(*(tuple(map(intern, some)) for some in mqa)),
        reviewed=seen and Reviewed(datetime.fromisoformat(seen[0]), *seen[1:]),
    )
    titles, descriptions, keywords = (tuple(Words(*one) for one in some) for some in words)
    card = Card(
        entry, titles, descriptions, keywords, tuple(series),
        dict(zip(facets.ORDER, map(known.__getitem__, codes), strict=True)), blocking,
        tuple(shared[n] for n in kinds), tuple(mentions), people,
    )  # fmt: skip
    return Row(card, key, altered, sought, tuple(near))


def _kind_to_plain(one: Kind) -> list[str | None]:
    return [one.severity.value, one.path, one.fr, one.en, one.rule, one.page]


def _words(some: Iterable[Words]) -> list[tuple[str, str | None, str]]:
    return [(one.text, one.language, one.datatype) for one in some]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
