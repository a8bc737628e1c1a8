"""Telling holders and the operator, by mail or in files, what came of their harvests."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from email.message import EmailMessage
from typing import Final

from red_catalog.config import Config, Notify
from red_catalog.model import Entry, Run, State
from red_catalog.pipeline.letters import owing
from red_catalog.pipeline.letters.letters import Digest, Letter
from red_catalog.pipeline.letters.posting import begin, post
from red_catalog.register.ledger import Register

_LOST: Final = "The harvest is kept, but its reports"


def notify(config: Config, register: Register, runs: Sequence[Run]) -> int:
    """Sends what the configuration asks for, and what is owed; returns how many messages went out.

    Raises RedError where the mail server or the folder does not take some of them.
    """
    settings = config.notify
    messages = [] if settings.mode == "never" else list(_messages(config, register, runs))
    try:
        if settings.smtp:
            return _mail(config, messages)
        post(settings, messages, lost=_LOST)
        return len(messages)
    finally:
        if runs:
            owing.give_up(config, max(run.ended for run in runs))


def _mail(config: Config, messages: Sequence[tuple[str, EmailMessage]]) -> int:
    owed = {one.name: one for one in owing.add(config, messages)}
    post(
        config.notify,
        [(one.name, one.message) for one in owed.values()],
        lost=_LOST,
        left=lambda name, left: owing.settle(config, owed[name], left),
    )
    return len(owed)


def is_told(mode: str, runs: Iterable[Run], news: Collection[int]) -> bool:
    """Whether these runs are worth a message in this mode.

    `news`: the numbers of those that brought or told something else than the one before. What is
    said of a dataset that did not change is said once, after an upgrade.
    """
    if mode == "on-error":
        return any(run.status != "ok" or any(o.reason for o in run.outcomes) for run in runs)
    return mode == "always" or any(run.id in news or _has_caution(run) for run in runs)


def _has_caution(run: Run) -> bool:
    return any(o.reason for o in run.outcomes if o.state is State.UNCHANGED)


def _messages(
    config: Config, register: Register, runs: Sequence[Run]
) -> Iterator[tuple[str, EmailMessage]]:
    """Each message, with a name that no other has."""
    settings, catalogue = config.notify, config.catalogue
    by_holder: dict[str, list[Run]] = {}
    for run in runs:
        by_holder.setdefault(config.source(run.source).holder, []).append(run)
    news = {one.id for run in runs for one in register.runs(run.source, only_eventful=True)}
    told = {id for id, mine in by_holder.items() if is_told(settings.mode, mine, news)}  # noqa: A001
    entries = _entries(register, told)
    for holder in config.holders:
        if holder.id in told and holder.email:
            mine = by_holder[holder.id]
            letter = Letter(holder, mine, catalogue, entries[holder.id], config.shapes)
            yield holder.id, _message(settings, holder.email, letter, mine)
    if settings.to and is_told(settings.mode, runs, news):
        yield "all", _message(settings, settings.to, Digest(runs, catalogue.base_iri), runs)


def _entries(register: Register, holders: set[str]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {holder: [] for holder in holders}
    for entry in register.entries():
        if entry.holder in found and entry.withdrawn_at is None:
            found[entry.holder].append(entry)
    return found


def _message(
    settings: Notify, receiver: str, letter: Letter | Digest, runs: Sequence[Run]
) -> EmailMessage:
    ended = max(run.ended for run in runs)
    return begin(settings, receiver, letter.subject, letter.text, ended)
