"""The duties of one holder, how it sends descriptions and by when: its guide, as page and text."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from red_catalog.config import INGEST
from red_catalog.config.kinds import SOURCE_KINDS
from red_catalog.ehds import categories
from red_catalog.model import HOLDER_KINDS, Holder, Source
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import Language, language
from red_catalog.publish.web.site import Site


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a guide: its title, sentences, and items with the address they lead to."""

    title: str
    texts: tuple[str, ...] = ()
    items: tuple[tuple[str, str | None], ...] = ()


def path(holder: Holder) -> str:
    """Where a holder's guide lies."""
    return f"holder/{links.slug(holder.id)}/guide.html"


def sections(site: Site, holder: Holder, described: Collection[str], code: str) -> list[Section]:
    """The parts of a holder's guide; the first is its head.

    `described`: codes of the categories of which it describes datasets.
    """
    spoken = language(code)
    return [
        _head(holder, spoken),
        _owed(site, holder, spoken),
        *_when(holder, described, spoken),
        _how(site, holder, spoken),
        _after(site, spoken),
    ]


def _head(holder: Holder, spoken: Language) -> Section:
    _ = spoken.gettext
    texts = [
        _("For this catalogue, %(name)s is a health data holder (%(kind)s).",
          name=spoken.pick(holder.name), kind=spoken.pick(HOLDER_KINDS[holder.kind]))
    ]  # fmt: skip
    if holder.exempt:
        texts.append(
            _("It is exempt from the duties below: %(reason)s. It may describe data all the same.",
              reason=spoken.pick(holder.exempt))
        )  # fmt: skip
    texts.append(
        _("The duties are those of Regulation (EU) 2025/327. This guide is not legal advice.")
    )
    return Section(_("Guide for %(name)s", name=spoken.pick(holder.name)), tuple(texts))


def _owed(site: Site, holder: Holder, spoken: Language) -> Section:
    _ = spoken.gettext
    items = [
        (_("Describe each dataset of the 17 categories to the access body (Articles 51 and 60). "
           "Failing to do so can lead to a fine (Article 64)."),
         site.absolute(spoken.code, "categories.html")),
        (_("Say which parts are protected by intellectual property or trade secrets, and why "
           "(Article 52)."), None),
        (_("Check each description at least once a year (Article 60(3)): reminders come at 11 "
           "months. A harvest is not a check.")
         if site.reminds and holder.email and not holder.exempt else
         _("Check each description at least once a year (Article 60(3)); a harvest is not a "
           "check."), None),
        (_("Provide the data within three months of a request, three more where extended "
           "(Article 60)."), None),
    ]  # fmt: skip
    if holder.funding in {"public", "mixed"}:
        items.append(
            (_("Give the data quality and utility label, since your data are publicly funded "
               "(Article 78); its specification is not adopted yet."), None)
        )  # fmt: skip
    return Section(_("Your duties"), (), tuple(items))


def _when(holder: Holder, described: Collection[str], spoken: Language) -> Iterator[Section]:
    """A part for each day from which categories apply."""
    _ = spoken.gettext
    by_day: dict[date, list[str]] = {}
    for one, letter in categories.LETTERS.items():
        state = (
            _("described") if one in described
            else _("you declared that you have none") if one in holder.holds_none
            else _("nothing declared so far")
        )  # fmt: skip
        told = f"{spoken.letter(letter)} {spoken.typeset(categories.name(one))} – {state}"
        by_day.setdefault(categories.applies_from(letter), []).append(told)
    rule = _("For each category, either describe what you have or declare that you have none: "
             "categories you say nothing about are shown as such.")  # fmt: skip
    for number, (day, some) in enumerate(sorted(by_day.items())):
        title = _("From %(day)s", day=spoken.date(day))
        yield Section(title, () if number else (rule,), tuple((text, None) for text in some))


def _how(site: Site, holder: Holder, spoken: Language) -> Section:
    _ = spoken.gettext
    mine = [s for s in site.sources.values() if s.holder == holder.id]
    texts = [
        _("This catalogue takes your descriptions from: %(sources)s.",
          sources=", ".join(f"{s.id} ({spoken.pick(SOURCE_KINDS[s.kind])})" for s in mine))
        if mine else _("No way is set up for you yet: choose one of these and write to us.")
    ]  # fmt: skip
    return Section(_("How to send descriptions"), tuple(texts), tuple(_ways(site, mine, spoken)))


def _ways(site: Site, mine: Sequence[Source], spoken: Language) -> Iterator[tuple[str, str | None]]:
    """How descriptions come: all ways for who has none yet, a key for who may hand in."""
    _ = spoken.gettext
    base = site.catalogue.base_iri
    yield (
        _("Without RDF: a workbook to fill in, with help in each column and drop-down lists, then "
          "to check and to send to %(contact)s.", contact=_mailbox(site)),
        site.absolute(spoken.code, "declare.html"),
    )  # fmt: skip
    yield _("With RDF: a file or a feed of HealthDCAT-AP, which we harvest."), None
    if not mine or any(one.kind == INGEST for one in mine):
        yield (
            _("From your own software: with a key, one description at a time, by POST to "
              "%(address)s.", address=f"{base}ingest/datasets"),
            None,
        )  # fmt: skip
    yield (
        _("Before you send a workbook, CSV files or RDF: check them, and correct what the report "
          "says."),
        site.absolute(spoken.code, "check.html"),
    )  # fmt: skip


def _after(site: Site, spoken: Language) -> Section:
    _ = spoken.gettext
    return Section(
        _("And then"),
        (
            _("Each harvest gives a report of what to correct; defective descriptions are "
              "published with their defects shown, unless this catalogue is strict."),
            _("Questions: %(contact)s", contact=_mailbox(site)),
        ),
        ((_("What holders must know"), site.absolute(spoken.code, "help-holders.html")),),
    )  # fmt: skip


def _mailbox(site: Site) -> str:
    """Where holders write to."""
    return site.catalogue.contact.removeprefix("mailto:")
