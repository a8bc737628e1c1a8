"""Telling holders, by mail or in files, what came of their harvest."""

import re
import smtplib
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from red_catalog.config import Config, Notify, secret
from red_catalog.errors import RedError
from red_catalog.model import Holder, Run, State

_SECONDS: Final = 30.0
_DEFECTS: Final = 50  # of a run, told one by one
_CHANGES: Final = (State.NEW, State.UPDATED, State.WITHDRAWN)
_STATES: Final = {
    "new": ("nouveaux", "new"),
    "updated": ("modifiés", "updated"),
    "unchanged": ("inchangés", "unchanged"),
    "quarantined": ("mis en quarantaine", "quarantined"),
    "conflict": ("en conflit", "in conflict"),
    "rejected": ("refusés", "rejected"),
    "absent": ("absents", "absent"),
    "withdrawn": ("retirés", "withdrawn"),
}
_STATUS: Final = {
    "ok": ("moisson complète", "complete harvest"),
    "incomplete": ("moisson incomplète : rien n'a été retiré",
                   "incomplete harvest: nothing was removed"),
    "failed": ("moisson impossible : la dernière version reste publiée",
               "harvest impossible: the last version stays published"),
    "guarded": ("moisson suspendue : trop de jeux de données disparaîtraient",
                "harvest suspended: too many datasets would vanish"),
}  # fmt: skip
_TITLE: Final = {"fr": "Moisson de vos descriptions", "en": "Harvest of your descriptions"}
# Nothing that a holder wrote may start a line of its own or hide another.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def notify(config: Config, runs: Sequence[Run]) -> int:
    """Sends what the configuration asks for; returns how many messages went out.

    Raises RedError where the mail server or the folder does not take them.
    """
    messages = list(_messages(config, runs))
    try:
        send(config.notify, messages)
    except (OSError, smtplib.SMTPException) as error:
        raise RedError(
            f"The reports could not be sent ({error}): check [notify]; the harvest itself is kept."
        ) from None
    return len(messages)


def compose(holder: Holder, runs: Sequence[Run]) -> str:
    """The report of a holder's harvests, in French and then in English."""
    return "\n\n-- \n\n".join(
        "\n".join(_lines(holder, runs, lang, position))
        for position, lang in enumerate(("fr", "en"))
    )


def is_told(mode: str, runs: Iterable[Run]) -> bool:
    """Whether these runs are worth a message in this mode."""
    runs = list(runs)
    failing = any(run.status != "ok" or any(o.reason for o in run.outcomes) for run in runs)
    changing = any(o.state in _CHANGES for run in runs for o in run.outcomes)
    return {"always": True, "on-error": failing, "on-change": failing or changing}.get(mode, False)


def _messages(config: Config, runs: Sequence[Run]) -> Iterable[EmailMessage]:
    for holder in config.holders:
        mine = [run for run in runs if config.source(run.source).holder == holder.id]
        if not mine or not is_told(config.notify.mode, mine):
            continue
        text = compose(holder, mine)
        receivers = [address for address in (holder.email, config.notify.to) if address]
        for receiver in dict.fromkeys(receivers):
            yield _message(config.notify, holder, receiver, text, mine)


def _message(
    settings: Notify, holder: Holder, receiver: str, text: str, runs: Sequence[Run]
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.sender.removeprefix("mailto:")
    message["To"] = receiver.removeprefix("mailto:")
    message["Subject"] = clean(f"{_TITLE['fr']} / {_TITLE['en']} – {holder.name['fr']}")
    message["Date"] = format_datetime(max(run.ended for run in runs))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def send(settings: Notify, messages: Sequence[EmailMessage]) -> None:
    """Hands messages to the mail server, or writes them to the folder.

    Raises OSError or SMTPException.
    """
    if not messages:
        return
    if settings.folder is not None:
        settings.folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            name = re.sub(r"[^\w.@-]", "_", message["To"])
            stamp = re.sub(r"\D", "", message["Date"].datetime.isoformat())[:14]
            (settings.folder / f"{stamp}-{name}.eml").write_bytes(bytes(message))
        return
    host, _, port = (settings.smtp or "").partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=_SECONDS) as server:
        if settings.starttls:
            server.starttls()
        if settings.user and settings.password:
            server.login(settings.user, secret(settings.password))
        for message in messages:
            server.send_message(message)


def _lines(holder: Holder, runs: Sequence[Run], lang: str, position: int) -> Iterable[str]:
    colon = " :" if lang == "fr" else ":"
    yield f"{_TITLE[lang]} – {clean(holder.name[lang])}"
    for run in runs:
        yield ""
        ended = f"{run.ended:%Y-%m-%d %H:%M} UTC"
        yield f"{run.source}{colon} {_STATUS[run.status][position]} ({ended})"
        counts = [f"{n} {_STATES[s][position]}" for s, n in run.totals().items() if n]
        yield f"  {', '.join(counts) or '0'}"
        for unreadable in run.unreadable:
            problem = unreadable.problem
            line = f"{'ligne' if lang == 'fr' else 'line'} {problem.line}" if problem.line else ""
            where = ", ".join(filter(None, [clean(unreadable.location), line]))
            said = clean(f"{problem.message[lang]} {problem.fix[lang]}")
            yield f"  - {where}{colon} {said}"
        for where, defect in run.repaired[:_DEFECTS]:
            said = clean(f"{defect.message[lang]} {defect.fix[lang]}")
            yield f"  - {clean(where)}{colon} {said}"
        more = len(run.repaired) - _DEFECTS
        if more > 0:
            yield f"  - {'et encore' if lang == 'fr' else 'and'} {more}…"
        for outcome in run.outcomes:
            if outcome.reason:
                yield f"  - {clean(outcome.iri)}{colon} {clean(outcome.reason[lang])}"


def clean(text: str) -> str:
    """The text without what could start a line of its own or hide another."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode())
