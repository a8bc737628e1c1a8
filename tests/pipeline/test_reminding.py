"""Reminders of the yearly check, through a real mail server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from red_catalog import config
from red_catalog.ehds.months import add_months
from red_catalog.errors import BusyError, RedError
from red_catalog.model import Announcement
from red_catalog.pipeline.explaining import explain_for
from red_catalog.pipeline.letters import reminding
from red_catalog.pipeline.letters.reminding import remind
from red_catalog.register.deliveries import Delivery
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from red_catalog.register.letters import Letter
from red_catalog.register.pen import writing
from red_catalog.register.reminders import Reminder
from red_catalog.serve.holders import boards
from tests import catalogue as command
from tests.http.loopback import Route, Site, answer, free_port
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import turtle
from tests.pipeline.test_notifying import Sink, sink

__all__ = ["sink"]
Serve = Callable[[dict[str, Route]], Site]
SETTINGS = 'smtp = "127.0.0.1:{port}"\nfrom = "repertoire@red.exemple.fr"\n'


def months_later(months: int) -> datetime:
    """The moment so many months after the first harvest."""
    day = add_months(MONDAY.date(), months)
    return MONDAY.replace(year=day.year, month=day.month, day=day.day)


def prepare(catalogue: Catalogue, serve: Serve, port: int, *, harvested: datetime = MONDAY) -> None:
    """Two datasets of a holder, harvested on MONDAY; mails go to this port."""
    site = serve({"/c.ttl": answer(turtle("ab"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    notify = f"\n[notify]\n{SETTINGS.format(port=port)}"
    path.write_text(path.read_text("utf-8") + notify, encoding="utf-8")
    catalogue.harvest(harvested)


def prepare_two(catalogue: Catalogue, serve: Serve, port: int, *, first: str = "a") -> Path:
    """One dataset each of two hospitals, harvested on MONDAY; the path of red.toml."""
    sites = {name: serve({"/c.ttl": answer(turtle(one, name))})
             for name, one in (("chu-lille", first), ("chu-nantes", "b"))}  # fmt: skip
    catalogue.configure(*((name, site, "/c.ttl") for name, site in sites.items()))
    path = catalogue.root / "red.toml"
    notify = f"\n[notify]\n{SETTINGS.format(port=port)}"
    path.write_text(path.read_text("utf-8") + notify, encoding="utf-8")
    catalogue.harvest()
    return path


def remind_on(catalogue: Catalogue, moment: datetime, *, dry_run: bool = False) -> list[str]:
    """The stages of the reminders of a day."""
    settings = config.load(catalogue.root / "red.toml")
    with Register.open(settings.register) as register:
        found = remind(settings, register, moment, dry_run=dry_run)
    return [one.stage for one in found.sent]


def test_one_mail_a_holder_at_each_stage(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """At 11 months, at 12, and 30 days later; not in between; a dry run sends nothing."""
    handler, port = sink
    prepare(catalogue, serve, port)
    assert remind_on(catalogue, months_later(10)) == []
    assert remind_on(catalogue, months_later(11), dry_run=True) == ["due", "due"]
    assert handler.received == []
    assert remind_on(catalogue, months_later(11)) == ["due", "due"]
    assert remind_on(catalogue, months_later(11).replace(hour=9)) == []
    assert remind_on(catalogue, months_later(12)) == ["overdue", "overdue"]
    assert remind_on(catalogue, months_later(13)) == ["overdue", "overdue"]
    assert [to for to, _ in handler.received] == [["donnees@chu-lille.exemple.fr"]] * 3
    mail = message_from_bytes(handler.received[0][1], policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert text.count("/attest/") == 4  # two datasets, two languages
    assert text.count("points bloquants à corriger à la source") == 2
    assert "reste valable 45 jours" in text
    assert text.count(config.load(catalogue.root / "red.toml").catalogue.title["fr"]) == 1
    (calendar,) = mail.iter_attachments()
    assert calendar["Content-Type"].startswith('text/calendar; charset="utf-8"')


def test_a_check_due_for_a_whole_month_is_told_once_until_it_is_overdue(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """First published on 26 November: due for 31 days, of which every night reminds but once."""
    _, port = sink
    prepare(catalogue, serve, port, harvested=MONDAY.replace(month=11))
    first = MONDAY.replace(year=2030, month=10)
    nights = [first + timedelta(days=n) for n in range(62)]
    told = [(night.date().isoformat(), remind_on(catalogue, night)) for night in nights]
    assert [(day, stages[0]) for day, stages in told if stages] == [
        ("2030-10-26", "due"), ("2030-11-26", "overdue"), ("2030-12-26", "overdue")
    ]  # fmt: skip


def test_a_reminder_tells_of_its_holder_alone_and_its_link_lasts(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """Each hospital has its own datasets in its mail, with a link that opens 44 days later."""
    handler, port = sink
    path = prepare_two(catalogue, serve, port)
    moment = months_later(11)
    assert remind_on(catalogue, moment) == ["due", "due"]
    told = handler.texts()
    for holder, mine, other in (("chu-lille", "a", "b"), ("chu-nantes", "b", "a")):
        text = told[f"donnees@{holder}.exemple.fr"]
        assert f"Séjours {mine} " in text
        assert f"Séjours {other} " not in text
        sealed = text.partition("/attest/")[2].split()[0]
        with Desk.open(config.load(path).register) as desk:
            letter = desk.open_letter(sealed, moment + timedelta(days=44))
            assert isinstance(letter, Letter)
            assert letter.holder == holder


def test_a_refused_receiver_does_not_keep_the_others_from_being_reminded(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """The first holder's mailbox is no more: the second is reminded, the operator told."""
    handler, port = sink
    path = prepare_two(catalogue, serve, port)
    text = path.read_text("utf-8").replace("donnees@chu-lille", "parti@chu-lille")
    path.write_text(text, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(
            RedError, match=r"reminders to parti@chu-lille\.exemple\.fr \(550 No such"
        ):
            remind_on(catalogue, months_later(11))
    assert [to for to, _ in handler.received] == [["donnees@chu-nantes.exemple.fr"]]


@pytest.mark.parametrize("gone", ["parti", "plein"])
def test_whoever_has_the_letter_is_not_reminded_again_for_the_sake_of_another(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], gone: str
) -> None:
    """One of two mailboxes is refused: the other has one letter, the operator is told."""
    handler, port = sink
    prepare(catalogue, serve, port)
    path = catalogue.root / "red.toml"
    both = f"{gone}@chu-lille.exemple.fr, donnees@chu-lille.exemple.fr"
    text = path.read_text("utf-8").replace("donnees@chu-lille.exemple.fr", both)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RedError, match=f"reminders to {gone}@.*; the others went out"):
        remind_on(catalogue, months_later(11))
    assert remind_on(catalogue, months_later(11) + timedelta(days=1)) == []
    assert [to for to, _ in handler.received] == [["donnees@chu-lille.exemple.fr"]]
    with Register.open(config.load(path).register) as register:
        assert [one.stage for one in register.reminders()] == ["due", "due"]


def test_a_letter_too_large_keeps_no_other_holder_from_being_reminded(
    catalogue: Catalogue, serve: Serve
) -> None:
    """The server refuses the first holder's letter for its size: the second has its own."""
    handler, port = Sink(), free_port()
    controller = Controller(
        handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False, data_size_limit=12_000
    )
    controller.start()
    prepare_two(catalogue, serve, port, first="abcdefgh")
    try:
        with pytest.raises(RedError, match=r"reminders to donnees@chu-lille\.exemple\.fr \(552 "):
            remind_on(catalogue, months_later(11))
    finally:
        controller.stop()
    assert [to for to, _ in handler.received] == [["donnees@chu-nantes.exemple.fr"]]


def test_very_many_datasets_are_told_in_several_letters(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mail servers refuse what is large: each letter says which of how many it is."""
    monkeypatch.setattr(reminding, "_MOST", 1)
    handler, port = sink
    prepare(catalogue, serve, port)
    assert remind_on(catalogue, months_later(11)) == ["due", "due"]
    mails = [message_from_bytes(content, policy=policy.default) for _, content in handler.received]
    assert [str(mail["Subject"])[-6:] for mail in mails] == [" (1/2)", " (2/2)"]
    for mail, mine, other in zip(mails, "ab", "ba", strict=True):
        body, (calendar,) = mail.get_body(("plain",)), mail.iter_attachments()
        assert body is not None
        for text in (body.get_content(), calendar.get_content()):
            assert f"Séjours {mine}" in text
            assert f"Séjours {other}" not in text


def test_a_server_that_is_often_busy_reminds_every_holder_in_one_night(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """All letters go over one connection, as long as the server takes them."""
    handler, port = sink
    prepare_two(catalogue, serve, port)
    assert remind_on(catalogue, months_later(11)) == ["due", "due"]
    assert (handler.greeted, len(handler.received)) == (1, 2)


def test_what_was_not_sent_is_due_again(catalogue: Catalogue, serve: Serve) -> None:
    """A mail server that is away is a sentence, and nobody counts as reminded."""
    prepare(catalogue, serve, 9)
    with pytest.raises(RedError, match="reminders could not be sent"):
        remind_on(catalogue, months_later(11))
    assert remind_on(catalogue, months_later(11), dry_run=True) == ["due", "due"]


def test_an_exempt_holder_is_not_reminded(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """The yearly check does not bind whom Article 50 exempts: no letter says that it does."""
    handler, port = sink
    path = prepare_two(catalogue, serve, port)
    mailbox = 'email = "donnees@chu-nantes.exemple.fr"'
    text = path.read_text("utf-8").replace(mailbox, f'{mailbox}\nexempt = "Microentreprise"')
    path.write_text(text, encoding="utf-8")
    assert remind_on(catalogue, months_later(12)) == ["overdue"]
    assert [to for to, _ in handler.received] == [["donnees@chu-lille.exemple.fr"]]


@pytest.mark.parametrize(
    ("more", "stages"), [("", ["due", "due"]), ('\nformer = ["chu-lille"]', [])]
)
def test_whoever_gets_a_dataset_of_another_hears_of_its_check(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], more: str, stages: list[str]
) -> None:
    """The reminder that another body had is none of its own; of a former id it is."""
    _, port = sink
    prepare(catalogue, serve, port)
    assert remind_on(catalogue, months_later(11)) == ["due", "due"]
    path = catalogue.root / "red.toml"
    text = path.read_text("utf-8").replace('holder = "chu-lille"', 'holder = "chu-nantes"')
    text = text.replace('id = "chu-lille"\nname', f'id = "chu-nantes"{more}\nname', 1)
    path.write_text(text, encoding="utf-8")
    later = months_later(11) + timedelta(days=1)
    catalogue.harvest(later)
    assert remind_on(catalogue, later) == stages
    settings = config.load(path)
    with Register.open(settings.register) as register:
        one, _ = boards.of_holder(
            settings, register, explain_for(settings), "chu-nantes", later.date(), "fr"
        )["late"]
    told = months_later(11) if more else later
    assert one["reminded"] == told.date().isoformat()


def test_who_cannot_be_reminded_is_told_to_the_operator(catalogue: Catalogue, serve: Serve) -> None:
    """A holder without a mailbox, or a catalogue without [notify]: not that nothing is due."""
    path = prepare_two(catalogue, serve, 9)
    later = {"SOURCE_DATE_EPOCH": str(int(months_later(12).timestamp()))}
    text = path.read_text("utf-8").replace('email = "donnees@chu-nantes.exemple.fr"\n', "")
    path.write_text(text, encoding="utf-8")
    done = command.red_catalog(catalogue.root, "remind", "--dry-run", **later)
    assert done.stdout == "chu-lille: 1 to check\n"
    assert done.stderr == "chu-nantes: 1 to check, not told: it has no `email`\n"
    path.write_text(text.partition("[notify]")[0], encoding="utf-8")
    done = command.red_catalog(catalogue.root, "remind", **later)
    assert done.stdout == ""
    assert done.stderr == "Nobody is reminded: [notify] has neither `smtp` nor `folder`.\n"


class Onlooker(Sink):
    """A mail server that sees whether a harvest could begin while it is written to."""

    def __init__(self, settings: config.Config) -> None:
        super().__init__()
        self.settings = settings
        self.kept_out: list[bool] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes one message, and the pen if it can."""
        try:
            with self.settings.locked():
                self.kept_out.append(False)
        except BusyError:
            self.kept_out.append(True)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.parametrize("verb", ["remind", "run"])
def test_no_harvest_begins_while_reminders_go_out(
    catalogue: Catalogue, serve: Serve, verb: str
) -> None:
    """What was mailed is noted before anybody else writes, so that nobody is reminded twice."""
    port = free_port()
    prepare(catalogue, serve, port)
    handler = Onlooker(config.load(catalogue.root / "red.toml"))
    controller = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    later = {"SOURCE_DATE_EPOCH": str(int(months_later(11).timestamp()))}
    try:
        with handler.settings.locked():
            held = command.red_catalog(catalogue.root, "remind", **later)
        assert (held.returncode, handler.received) == (6, [])
        assert command.red_catalog(catalogue.root, verb, **later).returncode == 0
    finally:
        controller.stop()
    assert handler.kept_out == [True]
    assert remind_on(catalogue, months_later(11), dry_run=True) == []


def test_who_notes_while_another_writes_is_told(catalogue: Catalogue, serve: Serve) -> None:
    """A register that is held for too long is a sentence (code 6), for releases and pushes too."""
    prepare(catalogue, serve, 9)
    path = config.load(catalogue.root / "red.toml").register
    iri = "https://chu-lille.exemple.fr/a"
    told = Announcement("eu", 1, MONDAY, "create", iri, "a", 1, 1, "d", {})
    with Register.open(path) as register, Register.open(path) as other:
        register._db.execute("PRAGMA busy_timeout = 1")
        notes: tuple[Callable[[], None], ...] = (
            lambda: register.note_reminders([Reminder(MONDAY, iri, "chu-lille", "due")]),
            lambda: register.keep_release("20290326T030000Z-abc", 1),
            lambda: register.note_delivery("eu", told, Delivery("acknowledged", MONDAY)),
            lambda: register.forget_deliveries("eu"),
        )
        for note in notes:
            with writing(other._db), pytest.raises(BusyError):
                note()
            note()
        assert [one.iri for one in register.reminders()] == [iri]
