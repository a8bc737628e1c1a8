"""What holders and the operator are written after a harvest, in French and then in English."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from red_catalog.config import Catalogue
from red_catalog.model import READ, Entry, Holder, Outcome, Run, State, Text, Unreadable
from red_catalog.model.spelling import bind
from red_catalog.pipeline.explaining import explain
from red_catalog.pipeline.harvest.wording import place
from red_catalog.pipeline.letters.signing import sign
from red_catalog.publish.dataset.problems import count_blocking
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import language
from red_catalog.rdf.terms import make_iri
from red_catalog.validation.advice.subjects import name_of
from red_catalog.validation.compiled.data import index_triples, read_canonical

# How many harvests went how, in a subject: one, several. In English all are alike.
_ENDED: Final = {
    "ok": ("complète", "complètes", "complete"),
    "incomplete": ("incomplète", "incomplètes", "incomplete"),
    "failed": ("en échec", "en échec", "failed"),
    "guarded": ("suspendue", "suspendues", "suspended"),
}
# Of one dataset, and of descriptions: one, several. In English all are alike.
_FRENCH: Final = {
    "new": ("nouveau", "nouvelle", "nouvelles"),
    "updated": ("modifié", "modifiée", "modifiées"),
    "unchanged": ("inchangé", "inchangée", "inchangées"),
    "quarantined": ("mis en quarantaine", "mise en quarantaine", "mises en quarantaine"),
    "conflict": ("en conflit", "en conflit", "en conflit"),
    "rejected": ("refusé", "refusée", "refusées"),
    "absent": ("absent", "absente", "absentes"),
    "withdrawn": ("retiré", "retirée", "retirées"),
}
_ENGLISH: Final = {state: state for state in _FRENCH} | {"conflict": "in conflict"}
_STATUS: Final = {
    "ok": ("moisson complète", "complete harvest"),
    "incomplete": ("moisson incomplète : rien n'a été retiré",
                   "incomplete harvest: nothing was removed"),
    "failed": ("échec de la moisson : ce qui était publié le reste",
               "harvest failed: what was published stays so"),
    "guarded": ("moisson suspendue : trop de jeux de données disparaîtraient",
                "harvest suspended: too many datasets would vanish"),
}  # fmt: skip
_SAID: Final[dict[str, Text]] = {
    "title": {"fr": "Moisson de vos descriptions", "en": "Harvest of your descriptions"},
    "all": {"fr": "Moissons du catalogue", "en": "Harvests of the catalogue"},
    "read": {"fr": "descriptions lues : {} ({})", "en": "descriptions read: {} ({})"},
    "gone": {"fr": "descriptions disparues : {}", "en": "descriptions gone: {}"},
    "page": {"fr": "rapport complet : {}", "en": "full report: {}"},
    "published": {
        "fr": "Jeux de données publiés : {} ; à corriger : {}.",
        "en": "Published datasets: {}; to correct: {}.",
    },
    "points": {"fr": "{} – points bloquants : {} – {}", "en": "{} – blocking points: {} – {}"},
    "settings": {
        "fr": "Ce qui touche à la configuration de la source est à voir avec l'opérateur du "
        "catalogue, à l'adresse ci-dessous.",
        "en": "What concerns the configuration of the source is for the operator of the catalogue, "
        "at the address below.",
    },
    "more": {"fr": "… et {} autres.", "en": "… and {} others."},
    "one more": {"fr": "… et {} autre.", "en": "… and {} other."},
}
_LANGUAGES: Final = ("fr", "en")
_MOST: Final = 20  # of each list: a letter is read, its pages hold the rest
_PARTING: Final = "\n\n* * *\n\n"  # never `-- `: what follows that is a signature (RFC 3676, 4.3)
# Nothing that a holder wrote may start a line of its own or hide another.
_CONTROL: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """The harvests of one holder, and how its published datasets stand.

    `catalogue`: whose letter it is; `installed`: the folder of its own profiles.
    """

    holder: Holder
    runs: Sequence[Run]
    catalogue: Catalogue
    entries: Sequence[Entry] = field(default=())
    installed: Path | None = None

    @property
    def subject(self) -> str:
        """The line above it, in both languages."""
        return clean(f"{_SAID['title']['fr']} / {_SAID['title']['en']} – {self.holder.name['fr']}")

    @property
    def text(self) -> str:
        """All of it."""
        return join({lang: "\n".join(self._lines(lang)) for lang in _LANGUAGES})

    def _lines(self, lang: str) -> Iterator[str]:
        yield f"{_SAID['title'][lang]} – {clean(self.holder.name[lang])}"
        for run in self.runs:
            yield ""
            yield from tell_run(run, self.catalogue.base_iri, lang)
        if self.entries:
            yield ""
            yield from self._standing(lang)
        if any(run.unreadable for run in self.runs):
            yield ""
            yield _SAID["settings"][lang]
        yield from sign(self.catalogue, lang)

    def _standing(self, lang: str) -> Iterator[str]:
        told = partial(explain, installed=self.installed)
        counted = [(e, count_blocking(e, told)) for e in self.entries]
        flagged = [(entry, errors) for entry, errors in counted if errors]
        yield _SAID["published"][lang].format(len(counted), len(flagged))
        for entry, errors in flagged[:_MOST]:
            index = index_triples(read_canonical(entry.canonical))
            title = name_of(index, make_iri(entry.iri), lang) or entry.iri
            page = _address(self.catalogue.base_iri, lang, f"dataset/{entry.slug}.html")
            yield "  - " + _SAID["points"][lang].format(clean(title), errors, page)
        yield from _rest(flagged, lang)


@dataclass(frozen=True, slots=True)
class Digest:
    """All harvests in one letter, for the operator."""

    runs: Sequence[Run]
    base_iri: str

    @property
    def subject(self) -> str:
        """The line above it, in both languages, with how many went how."""
        counted = [(n, words) for status, words in _ENDED.items() if (n := self._count(status))]
        french = ", ".join(f"{n} {many if n > 1 else one}" for n, (one, many, _) in counted)
        english = ", ".join(f"{n} {word}" for n, (_, _, word) in counted)
        return f"{_SAID['all']['fr']} / {_SAID['all']['en']} – {french} / {english}"

    @property
    def text(self) -> str:
        """What went wrong first, then the rest."""
        order = sorted(self.runs, key=lambda run: run.status == "ok")
        return join({
            lang: "\n\n".join(["\n".join(tell_run(run, self.base_iri, lang)) for run in order])
            for lang in _LANGUAGES
        })  # fmt: skip

    def _count(self, status: str) -> int:
        return sum(run.status == status for run in self.runs)


def join(parts: Text) -> str:
    """The letter of its text in each language."""
    said = (bind(text) if lang == "fr" else text for lang, text in parts.items())
    return _PARTING.join(said) + "\n"


def tell_run(run: Run, base_iri: str, lang: str) -> Iterator[str]:
    """A harvest: how it ended, how many records in each state, and each thing to correct."""
    position = _LANGUAGES.index(lang)
    colon = " :" if lang == "fr" else ":"
    ended = language(lang).moment(run.ended)
    yield f"{run.source}{colon} {_STATUS[run.status][position]} ({ended})"
    totals = run.totals()
    shown = [s for s in State if totals[s] and (s not in READ or run.read)]
    read = ", ".join(_count(totals[s], s, lang) for s in shown if s in READ)
    yield "  " + _SAID["read"][lang].format(run.read, read or "–")
    if gone := ", ".join(_count(totals[s], s, lang) for s in shown if s not in READ):
        yield "  " + _SAID["gone"][lang].format(gone)
    page = _address(base_iri, lang, f"harvest/{run.source}.html")
    yield "  " + _SAID["page"][lang].format(page)
    told = [*map(_problem, run.unreadable), *(_held(o) for o in run.outcomes if o.reason)]
    told += [_problem(Unreadable(where, mended)) for where, mended in run.repaired]
    for one in told[:_MOST]:
        yield f"  - {clean(one[lang])}"
    yield from _rest(told, lang)


def _count(number: int, state: str, lang: str) -> str:
    named = _FRENCH[state][1 if number == 1 else 2] if lang == "fr" else _ENGLISH[state]
    return f"{number} {named}"


def clean(text: str) -> str:
    """The text on one line, without what could hide or deceive."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode())


def _problem(unreadable: Unreadable) -> Text:
    problem = unreadable.problem
    said = {lang: f"{problem.message[lang]} {problem.fix[lang]}" for lang in _LANGUAGES}
    return place(unreadable.location, said, problem.line)


def _held(outcome: Outcome) -> Text:
    assert outcome.reason is not None
    states = {"fr": _FRENCH[outcome.state][0], "en": _ENGLISH[outcome.state]}
    said = {lang: f"{outcome.iri} ({states[lang]})" for lang in _LANGUAGES}
    reason = outcome.reason
    return {"fr": f"{said['fr']} : {reason['fr']}", "en": f"{said['en']}: {reason['en']}"}


def _rest(told: Sequence[object], lang: str) -> Iterable[str]:
    left = len(told) - _MOST
    said = _SAID["one more" if left == 1 else "more"][lang]
    return [f"  {said.format(left)}"] if left > 0 else []


def _address(base_iri: str, lang: str, path: str) -> str:
    return links.url(base_iri, lang, path)
