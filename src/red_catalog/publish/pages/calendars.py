"""The yearly checks of a holder as a calendar to subscribe to (iCalendar, RFC 5545)."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

from red_catalog import __version__
from red_catalog.ehds.reviews import calendar as days_of
from red_catalog.model import Holder
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.pages.contents import Contents
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site, site_key
from red_catalog.publish.web.texts import clean

_LINE = 75  # bytes of a line, before it is folded


def calendars(contents: Contents, code: str) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The calendar of each holder: file name, a digest of what it tells, and what writes it."""
    site, mine = contents.site, contents.deck.by_holder()
    shared = site_key(site)
    for holder in contents.holders():
        cards = mine.get(holder.id, ())
        told = [(c.face, c.entry.first_seen, c.entry.reviewed) for c in cards]
        key = hashlib.sha256(repr((shared, code, holder, told)).encode()).hexdigest()[:32]
        name = links.file(code, f"holder/{links.slug(holder.id)}/checks.ics")
        yield name, key, partial(calendar, site, holder, cards, code)


def calendar(site: Site, holder: Holder, cards: Sequence[Card], code: str) -> bytes:
    """Two whole-day events for each dataset: the day its check is due, and the last day for it."""
    spoken = language(code)
    title = spoken.gettext("Yearly checks")
    name = f"{title} – {clean(spoken.pick(holder.name))}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//red-catalog//{__version__}//{code.upper()}",
        "CALSCALE:GREGORIAN",
        _fold(f"X-WR-CALNAME:{_text(name)}"),
    ]
    article = spoken.gettext("Article 60(3) of Regulation (EU) 2025/327")
    description = _fold(f"DESCRIPTION:{_text(article)}")
    for card in cards:
        lines += _events(site, card, code, description)
    lines += ["END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def _events(site: Site, card: Card, code: str, description: str) -> Iterator[str]:
    spoken, entry = language(code), card.entry
    days, title = days_of(entry.counted_from), card.title(code)
    page = _fold("URL:" + site.absolute(code, f"dataset/{entry.slug}.html"))
    stamp = entry.reviewed.moment if entry.reviewed else entry.first_seen
    for kind, day, summary in (
        ("due", days.due, spoken.gettext("Check the description: %(title)s", title=title)),
        ("last", days.overdue - timedelta(days=1),
         spoken.gettext("Last day to check the description: %(title)s", title=title)),
    ):  # fmt: skip
        yield "BEGIN:VEVENT"
        uid = f"{entry.slug}-{days.since.isoformat()}-{kind}@{site.catalogue.base_iri}"
        yield _fold(f"UID:{uid}")
        yield f"DTSTAMP:{_moment(stamp)}"
        yield f"DTSTART;VALUE=DATE:{_day(day)}"
        yield f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1))}"
        yield _fold(f"SUMMARY:{_text(clean(summary))}")
        yield description
        yield page
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _text(text: str) -> str:
    flat = " ".join(text.split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> str:
    """The line in pieces of 75 bytes at most, no character cut."""
    if len(line.encode()) <= _LINE:
        return line
    pieces, piece = [], ""
    for character in line:
        if len(f"{piece}{character}".encode()) > _LINE:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join([*pieces, piece])


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
