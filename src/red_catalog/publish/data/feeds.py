"""News of the catalogue as Atom: what changed, and what was harvested."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from red_catalog.model import Entry, Holder, Run
from red_catalog.publish.lists.cards import Card
from red_catalog.publish.lists.deck import LATEST
from red_catalog.publish.web import links, wording
from red_catalog.publish.web.languages import CODES, language
from red_catalog.publish.web.site import Site
from red_catalog.publish.web.texts import clean, shorten

_NAME: Final = 120  # characters of a name in a title


def feeds(
    site: Site, latest: Sequence[Card], runs: Sequence[Run], moment: datetime
) -> Iterator[tuple[str, bytes]]:
    """The feeds of the whole catalogue. `latest`: the last to change or to be withdrawn."""
    passed = sorted(runs, key=lambda r: (r.ended, r.source), reverse=True)[:LATEST]
    for code in CODES:
        spoken = language(code)
        yield (
            links.file(code, "changes.atom"),
            changes(site, code, "changes.atom", "", latest[:LATEST], moment),
        )
        harvests = [_harvest(site, run, code) for run in passed]
        title = spoken.gettext("Harvests")
        yield (
            links.file(code, "harvests.atom"),
            _feed(site, code, "harvests.atom", title, harvests, moment),
        )


def changes(
    site: Site,
    code: str,
    path: str,
    among: str,
    latest: Sequence[Card],
    moment: datetime,
    page: str = "",
) -> bytes:
    """The feed of what last changed `among` some datasets, or among all; `page` lists them."""
    told = (shorten(clean(among), _NAME), language(code).gettext("Latest changes"))
    entries = [_change(site, card, code) for card in latest]
    return _feed(site, code, path, " – ".join(filter(None, told)), entries, moment, page)


def checks(
    site: Site, holder: Holder, due: Sequence[tuple[Card, date, date]], moment: datetime, code: str
) -> bytes:
    """The feed of a holder's yearly checks that are due: card, due day, overdue day of each."""
    spoken = language(code)
    name = f"holder/{links.slug(holder.id)}/checks.atom"
    checks_of = spoken.gettext("Yearly checks")
    title = f"{checks_of} – {clean(spoken.pick(holder.name))}"
    entries = [
        _entry(
            site.absolute(code, f"dataset/{card.entry.slug}.html"),
            f"{site.catalogue.base_iri}dataset/{card.entry.slug}#check-{first.isoformat()}",
            spoken.gettext("Check the description: %(title)s", title=card.title(code)),
            spoken.pick(holder.name),
            datetime(first.year, first.month, first.day, tzinfo=UTC),
            spoken.gettext("due from %(day)s, overdue from %(late)s",
                           day=spoken.date(first), late=spoken.date(late)),
        )
        for card, first, late in due
    ]  # fmt: skip
    return _feed(site, code, name, title, entries, moment)


def _change(site: Site, card: Card, code: str) -> str:
    if card.entry.withdrawn_at:
        return _withdrawal(site, card.entry, card.entry.withdrawn_at, code)
    spoken = language(code)
    fresh = card.entry.versions == 1
    kind = spoken.gettext("New dataset") if fresh else spoken.gettext("Changed description")
    about = card.summary(code)
    summary = f"{kind}. {clean(about.text)}" if about else f"{kind}."
    return _entry(
        site.absolute(code, f"dataset/{card.entry.slug}.html"),
        f"{site.catalogue.base_iri}dataset/{card.entry.slug}#{card.entry.versions}",
        card.title(code), spoken.pick(site.holder(card.entry.holder).name),
        card.entry.changed, summary, (card.tongue(code), (about and about.language) or ""),
    )  # fmt: skip


def _withdrawal(site: Site, entry: Entry, moment: datetime, code: str) -> str:
    # Without a title, as the tombstone: a dataset also leaves when it is marked private.
    spoken = language(code)
    return _entry(
        site.absolute(code, f"dataset/{entry.slug}.html"),
        f"{site.catalogue.base_iri}dataset/{entry.slug}#withdrawn-{_moment(moment)}",
        spoken.gettext("Dataset withdrawn: %(iri)s", iri=entry.iri),
        spoken.pick(site.holder(entry.holder).name), moment,
        spoken.gettext("Its source no longer gives it, or its holder or the operator took it out "
                       "of this catalogue."),
    )  # fmt: skip


def _harvest(site: Site, run: Run, code: str) -> str:
    spoken = language(code)
    source = site.source(run.source)
    status = spoken.gettext(wording.STATUS[run.status])
    holder = spoken.pick(site.holder(source.holder).name) if source.holder else run.source
    return _entry(
        site.absolute(code, f"harvest/{run.source}.html"),
        f"{site.catalogue.base_iri}harvest/{run.source}#{run.id}",
        f"{run.source}: {status}", holder, run.ended,
        spoken.gettext(wording.STATUS_SENTENCE[run.status]),
    )  # fmt: skip


def _feed(
    site: Site, code: str, name: str, title: str, entries: Sequence[str], moment: datetime,
    page: str = "",
) -> bytes:  # fmt: skip
    spoken = language(code)
    address = site.absolute(code, name)
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{code}">\n<id>{escape(address)}</id>\n'
        f"<title>{_text(f'{title} – {spoken.pick(site.catalogue.title)}')}</title>\n"
        f"<updated>{_moment(moment)}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address)}/>\n'
        f"<link href={quoteattr(site.absolute(code, page))}/>\n"
        f"<author><name>{_text(spoken.pick(site.catalogue.publisher))}</name></author>\n"
    )
    return (head + "".join(entries) + "</feed>\n").encode()


def _entry(
    address: str, identity: str, title: str, author: str, moment: datetime, summary: str,
    tongues: tuple[str, str] = ("", ""),
) -> str:  # fmt: skip
    """An entry; `tongues`: the languages of its title and summary, where the holder wrote them."""
    named, told = (f" xml:lang={quoteattr(one)}" if one else "" for one in tongues)
    return (
        f"<entry><id>{escape(identity)}</id><title{named}>{_text(shorten(title))}</title>"
        f"<updated>{_moment(moment)}</updated><author><name>{_text(author)}</name></author>"
        f"<link href={quoteattr(address)}/><summary{told}>{_text(summary)}</summary></entry>\n"
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
