"""How good the descriptions are: by holder, by profile, and what they lack most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from red_catalog.model import Holder, Severity, Standing, Verdict
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.lists.kinds import Kind
from red_catalog.publish.record import properties
from red_catalog.publish.web import charts, links, rules
from red_catalog.publish.web.languages import Language, language
from red_catalog.publish.web.tables import write_csv

HOLDERS: Final = 100
PROBLEMS: Final = 25
_RANK: Final = {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}
# So many moments are drawn as a line.
_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over some datasets; `given` of `applicable` elements, `points` over `scored` ones."""

    datasets: int
    conformant: int
    to_correct: int
    given: int
    applicable: int
    points: int
    scored: int
    bar: Markup

    @property
    def completeness(self) -> float | None:
        """Share of the minimum elements given."""
        return self.given / self.applicable if self.applicable else None

    @property
    def mean_points(self) -> float | None:
        """Points of the average dataset in data.europa.eu's assessment."""
        return self.points / self.scored if self.scored else None

    @property
    def share(self) -> float:
        """Share of conformant descriptions."""
        return self.conformant / self.datasets if self.datasets else 0.0


@dataclass(frozen=True, slots=True)
class Common:
    """A problem that several descriptions share."""

    kind: Kind
    property: str | None
    page: str | None
    datasets: int
    bar: Markup


def tally(cards: Iterable[Card]) -> Tally:
    """The sums over these datasets."""
    cards = list(cards)
    found = [c.entry for c in cards]
    conformant = sum(e.verdict is Verdict.CONFORMANT for e in found)
    scored = [e for e in found if e.mqa is not None]
    measured = [e.completeness for e in found if e.completeness is not None]
    return Tally(
        datasets=len(found),
        conformant=conformant,
        to_correct=sum(c.blocking for c in cards),
        given=sum(c.given for c in measured),
        applicable=sum(c.applicable for c in measured),
        points=sum(e.mqa.points for e in scored if e.mqa),
        scored=len(scored),
        bar=charts.bar(
            (conformant, "part-good"), (len(found) - conformant, "part-warn"), whole=len(found)
        ),
    )


def by_holder(holders: Sequence[Holder], cards: Sequence[Card]) -> list[tuple[Holder, Tally]]:
    """The tally of each holder that has datasets, the one with most to correct first."""
    mine: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        mine[card.entry.holder].append(card)
    found = [(holder, tally(mine[holder.id])) for holder in holders if mine[holder.id]]
    return sorted(found, key=lambda one: (-one[1].to_correct, one[0].id))


def by_profile(cards: Sequence[Card]) -> list[tuple[str, str, str, Tally]]:
    """Profile, release, level and tally."""
    mine: dict[tuple[str, str, str], list[Card]] = defaultdict(list)
    for card in cards:
        report = card.entry.report
        mine[report.profile, report.release, report.level.value].append(card)
    return [(*key, tally(found)) for key, found in sorted(mine.items())]


def problems(cards: Sequence[Card]) -> list[Common]:
    """What most descriptions lack, blocking problems first."""
    counts = Counter(kind for card in cards for kind in card.kinds)
    ordered = sorted(
        counts, key=lambda k: (_RANK[k.severity], -counts[k], k.path or "", k.message["fr"])
    )
    return [
        Common(
            kind,
            kind.path and properties.of_path(kind.path),
            rules.checked(kind.page),
            counts[kind],
            charts.bar((counts[kind], "part-warn"), whole=len(cards)),
        )
        for kind in ordered
    ]


def trend(standings: Sequence[Standing], code: str) -> Mapping[str, Any] | None:
    """A holder or the catalogue through time, None before there are two moments to tell of."""
    if len(standings) < 2:
        return None
    rows, standings = standings[::-1][:12], _thin(standings)
    moments = [s.moment.timestamp() for s in standings]
    shares = [s.conformant / s.datasets if s.datasets else 0.0 for s in standings]
    spoken = language(code)
    days = (spoken.date(standings[n].moment.date()) for n in (0, -1))
    labels = (spoken.percent(1), spoken.percent(0), *days)
    return {
        "conformant": charts.line(moments, shares, 1.0, labels),
        "completeness": charts.line(moments, [s.completeness for s in standings], 1.0, labels),
        "rows": rows,
    }


def _thin(standings: Sequence[Standing]) -> Sequence[Standing]:
    """As many as a line can show, the first and the last among them."""
    last = len(standings) - 1
    if last < _POINTS:
        return standings
    return [standings[n * last // (_POINTS - 1)] for n in range(_POINTS)]


def path_of_trend(holder: Holder) -> str:
    """Where the table of a holder's trend lies."""
    return f"holder/{links.slug(holder.id)}/trend.csv"


def csv_trend(standings: Sequence[Standing], code: str) -> bytes:
    """A holder or the catalogue at each moment, the latest first."""
    _ = language(code).gettext
    heads = (_("Date"), _("Datasets"), _("Conformant"), _("Minimum elements given"),
             _("Minimum elements that apply"), _("Mean metadata quality points"))  # fmt: skip
    rows = [
        (one.moment.isoformat(), one.datasets, one.conformant, one.given, one.applicable,
         _rounded(one.mean_points))
        for one in standings[::-1]
    ]  # fmt: skip
    return write_csv(heads, rows)


def csv_profiles(found: Sequence[tuple[str, str, str, Tally]], code: str) -> bytes:
    """The tally of each profile, release and level of access."""
    _ = language(code).gettext
    heads = (_("Profile"), _("Release"), _("Access"), _("Datasets"), _("Conformant"),
             _("Blocking points"))  # fmt: skip
    rows = [(*key, one.datasets, one.conformant, one.to_correct) for *key, one in found]
    return write_csv(heads, rows)


def csv_holders(found: Sequence[tuple[Holder, Tally]], code: str) -> bytes:
    """The tally of each holder."""
    spoken = language(code)
    _ = spoken.gettext
    heads = (_("Holder"), _("Name"), _("Datasets"), _("Conformant"), _("Blocking points"),
             _("Minimum elements given"), _("Minimum elements that apply"),
             _("Mean metadata quality points"))  # fmt: skip
    rows = [
        (holder.id, spoken.pick(holder.name), one.datasets, one.conformant, one.to_correct,
         one.given, one.applicable, _rounded(one.mean_points))
        for holder, one in found
    ]  # fmt: skip
    return write_csv(heads, rows)


def csv_problems(found: Sequence[Common], code: str) -> bytes:
    """Every problem with the number of datasets that have it."""
    spoken: Language = language(code)
    _ = spoken.gettext
    heads = (_("Severity"), _("Property"), _("Problem"), _("Rule"), _("Datasets"))
    rows = [
        (one.kind.severity.value, properties.compact(one.property) if one.property else "",
         spoken.pick(one.kind.message), one.kind.rule or "", one.datasets)
        for one in found
    ]  # fmt: skip
    return write_csv(heads, rows)


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, 1)
