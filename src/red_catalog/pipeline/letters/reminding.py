"""Reminding holders of their yearly check: by mail, with a link to attest and a calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final

from red_catalog.config import Config
from red_catalog.ehds.reviews import Standing
from red_catalog.model import Holder
from red_catalog.pipeline.explaining import explain_for
from red_catalog.pipeline.letters.letters import clean, join
from red_catalog.pipeline.letters.posting import begin, post
from red_catalog.pipeline.letters.signing import sign
from red_catalog.publish.dataset.problems import count_blocking
from red_catalog.publish.lists.cards import card
from red_catalog.publish.pages import calendars
from red_catalog.publish.pages.dues import Due, reviews
from red_catalog.publish.record.withholding import open_entry
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import site
from red_catalog.register import letters
from red_catalog.register.ledger import Register
from red_catalog.register.letters import Letter
from red_catalog.register.reminders import Reminder

LINK_DAYS: Final = 45
"""How long a link opens its page: longer than from one reminder to the next."""
_AGAIN: Final = timedelta(days=30)
_MOST: Final = 1_000  # of a letter, which is 2 MB then: many a mail server takes 10
_SUBJECT: Final = "Vérification annuelle de vos descriptions / Yearly check of your descriptions"
_INTRO: Final = {
    "fr": "Le règlement (UE) 2025/327 (article 60, paragraphe 3) demande de vérifier chaque "
    "description au moins une fois par an. Pour chaque jeu de données ci-dessous, ouvrez le lien, "
    "lisez la description, puis confirmez avec le bouton de la page. Si elle n'est plus juste, "
    "corrigez-la à sa source d'abord.",
    "en": "Regulation (EU) 2025/327 (Article 60(3)) asks for each description to be checked at "
    "least once a year. For each dataset below, open the link, read the description, then confirm "
    "with the button on the page. Where it is no longer right, correct it at its source first.",
}
_LASTS: Final = {
    "fr": "Chaque lien reste valable {} jours. Quiconque l'ouvre peut confirmer : ne le "
    "transmettez qu'à la personne qui répond de la description.",
    "en": "Each link is good for {} days. Whoever opens it can confirm: pass it on only to the "
    "person who answers for the description.",
}
_BLOCKING: Final = {
    "fr": "points bloquants à corriger à la source : {} – {}",
    "en": "blocking points to correct at the source: {} – {}",
}
_STATE: Final = {
    ("due", "fr"): "à vérifier avant le {day}",
    ("due", "en"): "to be checked before {day}",
    ("overdue", "fr"): "en retard depuis le {day}",
    ("overdue", "en"): "overdue since {day}",
}


@dataclass(frozen=True, slots=True)
class Reminded:
    """The reminders that went out, and how many checks are due of holders without a mailbox."""

    sent: list[Reminder]
    untold: dict[str, int]


def remind(config: Config, register: Register, now: datetime, *, dry_run: bool = False) -> Reminded:
    """Mails what was not told yet at its stage, or is overdue and was told 30 days ago.

    Raises RedError where the mail server or the folder does not take some, once the others were
    written to: a holder none of whose mailboxes has its letter is due again next time.
    """
    if not (config.notify.smtp or config.notify.folder):
        return Reminded([], {})
    found = reviews(register.entries(), now.date(), config.exempt)
    late = [one for one in found if one.standing is not Standing.CURRENT]
    mine = [(h, [d for d in late if _is_to_tell(register, d, h, now)]) for h in config.holders]
    parcels = [one for h, some in mine if h.email for one in _parcels(h, some)]
    told = {one.name: one.reminders(now) for one in parcels}
    if not dry_run:
        letters = [(one.name, _message(config, register, one, now)) for one in parcels]
        # Each is noted at once: whoever has it is not reminded again, whatever becomes of others.
        post(
            config.notify, letters, lost="The reminders",
            taken=lambda name: register.note_reminders(told[name]),
        )  # fmt: skip
    sent = [one for some in told.values() for one in some]
    return Reminded(sent, {h.id: len(some) for h, some in mine if some and not h.email})


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What one letter to a holder tells; which it is of how many."""

    holder: Holder
    mine: Sequence[Due]
    number: int
    of: int

    @property
    def name(self) -> str:
        """That no other letter of these has."""
        return f"{self.holder.id}.verifications" + (f"-{self.number}" if self.number > 1 else "")

    @property
    def subject(self) -> str:
        """The line above it."""
        return _SUBJECT + (f" ({self.number}/{self.of})" if self.of > 1 else "")

    def reminders(self, now: datetime) -> list[Reminder]:
        """What is noted once somebody has it."""
        return [Reminder(now, d.entry.iri, self.holder.id, d.standing.value) for d in self.mine]


def _parcels(holder: Holder, mine: Sequence[Due]) -> list[_Parcel]:
    parts = [mine[start : start + _MOST] for start in range(0, len(mine), _MOST)]
    return [_Parcel(holder, part, n, len(parts)) for n, part in enumerate(parts, 1)]


def _is_to_tell(register: Register, due: Due, holder: Holder, now: datetime) -> bool:
    entry, whose = due.entry, {holder.id, *holder.former}
    if entry.holder != holder.id:
        return False
    since = entry.reviewed.moment if entry.reviewed else entry.first_seen
    # What was told another holder, who had the dataset before, this one did not hear.
    told = [r for r in register.reminders(entry.iri) if r.moment >= since and r.holder in whose]
    if not told or told[-1].stage != due.standing:
        return True
    # From due to overdue there are 31 days at times: that is no reason for two letters in a row.
    return due.standing is Standing.OVERDUE and now - told[-1].moment >= _AGAIN


def _message(config: Config, register: Register, parcel: _Parcel, now: datetime) -> EmailMessage:
    key, holder, mine = register.link_key(), parcel.holder, parcel.mine
    said = {lang: "\n".join(_lines(config, holder, mine, key, now, lang)) for lang in ("fr", "en")}
    message = begin(config.notify, holder.email or "", parcel.subject, join(said), now)
    entries = [one.entry for one in mine]
    calendar = calendars.calendar(site(config), holder, [card(e) for e in entries], "fr")
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        params={"charset": "utf-8"},
        filename=f"{holder.id}-verifications.ics",
    )
    return message


def _lines(
    config: Config, holder: Holder, mine: Iterable[Due], key: bytes, now: datetime, lang: str
) -> Iterator[str]:
    yield clean(holder.name[lang])
    yield ""
    yield _INTRO[lang]
    yield _LASTS[lang].format(LINK_DAYS)
    base, explain = config.catalogue.base_iri, explain_for(config)
    for one in mine:
        entry = one.entry
        letter = Letter(entry.slug, holder.id, now, now + timedelta(days=LINK_DAYS))
        state = _STATE[one.standing.value, lang].format(day=language(lang).date(one.days.overdue))
        yield ""
        yield f"* {clean(card(entry).title(lang))} – {state}"
        yield f"  {links.url(base, lang, f'attest/{letters.seal(key, letter)}')}"
        if blocking := count_blocking(open_entry(entry)[0], explain):
            page = links.url(base, lang, f"dataset/{entry.slug}.html#quality")
            yield f"  {_BLOCKING[lang].format(blocking, page)}"
    yield from sign(config.catalogue, lang)
