"""Reminders of the yearly check, through a real mail server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.ehds.months import add_months
from red_catalog.errors import RedError
from red_catalog.pipeline.letters.reminding import remind
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from red_catalog.register.letters import Letter
from tests.http.loopback import Route, Site, answer
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


def prepare(catalogue: Catalogue, serve: Serve, port: int) -> None:
    """Two datasets of a holder, harvested on MONDAY; mails go to this port."""
    site = serve({"/c.ttl": answer(turtle("ab"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    notify = f"\n[notify]\n{SETTINGS.format(port=port)}"
    path.write_text(path.read_text("utf-8") + notify, encoding="utf-8")
    catalogue.harvest()


def prepare_two(catalogue: Catalogue, serve: Serve, port: int) -> Path:
    """One dataset each of two hospitals, harvested on MONDAY; the path of red.toml."""
    sites = {name: serve({"/c.ttl": answer(turtle(one, name))})
             for name, one in (("chu-lille", "a"), ("chu-nantes", "b"))}  # fmt: skip
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
        return [one.stage for one in remind(settings, register, moment, dry_run=dry_run)]


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
    assert body.get_content().count("/attest/") == 4  # two datasets, two languages
    (calendar,) = mail.iter_attachments()
    assert calendar["Content-Type"].startswith('text/calendar; charset="utf-8"')


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
        with pytest.raises(RedError, match=r"reminders to parti@chu-lille\.exemple\.fr could not"):
            remind_on(catalogue, months_later(11))
    assert [to for to, _ in handler.received] == [["donnees@chu-nantes.exemple.fr"]]


def test_what_was_not_sent_is_due_again(catalogue: Catalogue, serve: Serve) -> None:
    """A mail server that is away is a sentence, and nobody counts as reminded."""
    prepare(catalogue, serve, 9)
    with pytest.raises(RedError, match="reminders could not be sent"):
        remind_on(catalogue, months_later(11))
    assert remind_on(catalogue, months_later(11), dry_run=True) == ["due", "due"]
