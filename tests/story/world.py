"""A catalogue with a clock, and the people around it: operator, hospital, start-up, access body."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import requests

from red_catalog import config
from red_catalog.cli import run_command
from red_catalog.http import Http
from red_catalog.model import Run
from red_catalog.pipeline.explaining import explain_for
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.pipeline.letters.notifying import notify
from red_catalog.pipeline.letters.reminding import remind
from red_catalog.pipeline.publishing import publish
from red_catalog.register import letters
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register
from red_catalog.register.letters import Letter
from red_catalog.register.reminders import Reminder
from red_catalog.serve.running import listen, make_server

CONFIG = """[catalogue]
base_iri = "https://red.exemple.fr/"
title = { fr = "Répertoire des données de santé", en = "Health dataset catalogue" }
publisher = { fr = "Opérateur du répertoire (fictif)", en = "Catalogue operator (fictitious)" }
contact = "mailto:repertoire@red.exemple.fr"
hdab = { fr = "Organisme d'accès (fictif)", en = "Access body (fictitious)" }
application_url = "https://guichet.exemple.fr/demande?jeu={identifier}&langue={lang}"
[publication]
rules = []
[sparql]
workers = 1
[serve]
access_log = false
[notify]
mode = "always"
from = "repertoire@red.exemple.fr"
folder = "mail"
"""


@dataclass
class World:
    """The catalogue's folder and its day. Whatever happens there happens on that day."""

    root: Path
    now: datetime = datetime(2029, 4, 2, 8, tzinfo=UTC)
    url: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def settings(self) -> config.Config:
        """The configuration as it now stands."""
        return config.load(self.root / "red.toml")

    def on(self, day: str) -> None:
        """Makes it the morning of a day."""
        self.now = datetime.fromisoformat(f"{day}T08:00:00+00:00")

    def operator(self, *arguments: str) -> None:
        """A command of the operator, which succeeds."""
        assert run_command([*arguments, "--config", str(self.root / "red.toml")]) == 0

    def harvest(self) -> list[Run]:
        """A harvest with its mails, and a release."""
        settings = self.settings
        with (
            Register.open(settings.register) as register,
            Http(settings.var / "cache", "red-catalog/test", settings.limits) as http,
        ):
            harvester = Harvester(settings, register, http, clock=lambda: self.now)
            runs = list(harvester.harvest_all(settings.sources))
            publish(settings, register)
            notify(settings, register, runs)
        return runs

    def remind(self) -> list[Reminder]:
        """The reminders of the day."""
        with Register.open(self.settings.register) as register:
            return remind(self.settings, register, self.now).sent

    def link(self, slug: str, holder: str) -> str:
        """The end of a link as a reminder has it."""
        with Register.open(self.settings.register) as register:
            letter = Letter(slug, holder, self.now, self.now + timedelta(days=45))
            return letters.seal(register.link_key(), letter)

    def key(self, holder: str, *scopes: str) -> str:
        """A key, as the operator hands it over."""
        with Desk.open(self.settings.register) as desk:
            return desk.create_token(holder, scopes, None, self.now)[1]

    def mails(self) -> list[EmailMessage]:
        """The mails of the day, the oldest first."""
        stamp = f"{self.now:%Y%m%d}"
        found = sorted((self.root / "mail").glob(f"{stamp}*.eml"))
        return [message_from_bytes(p.read_bytes(), policy=policy.default) for p in found]

    def get(self, path: str, **headers: str) -> requests.Response:
        """A page or an answer of the server; addresses of the catalogue lead to it as well."""
        local = path.removeprefix("https://red.exemple.fr/")
        return self.session.get(self.url + local, headers=headers, timeout=60)

    def post(self, path: str, data: dict[str, str] | None = None, **headers: str) -> Any:
        """A form that is sent."""
        local = path.removeprefix("https://red.exemple.fr/")
        return self.session.post(self.url + local, data=data or {}, headers=headers, timeout=60)


def text_of(mail: EmailMessage) -> str:
    """What a mail says."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def links_of(mail: EmailMessage) -> list[str]:
    """The links by which a mailbox attests, French ones first."""
    return re.findall(r"https://red\.exemple\.fr/(?:en/)?attest/\S+", text_of(mail))


@contextmanager
def serving(world: World) -> Iterator[None]:
    """The catalogue served on the loopback, by the world's clock."""
    listener = listen("127.0.0.1", 0)
    server = make_server(world.settings, explain_for(world.settings), lambda: world.now)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        world.url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        yield
    finally:
        server.should_exit = True
        thread.join(60)
        world.session.close()
        listener.close()
