"""Reports that reach the holders, through a real mail server or in files."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from red_catalog import config
from red_catalog.errors import RedError
from red_catalog.pipeline.notifying import notify
from tests.http.loopback import Route, Site, answer
from tests.pipeline.conftest import Catalogue
from tests.pipeline.feeds import turtle

Serve = Callable[[dict[str, Route]], Site]


class Sink:
    """A mail server that keeps what it receives."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes one message."""
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """A running mail server and its port."""
    handler = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def told(catalogue: Catalogue, serve: Serve, settings: str, body: bytes) -> int:
    """How many messages a harvest of this document sends."""
    site = serve({"/c.ttl": answer(body)})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[notify]\n{settings}", encoding="utf-8")
    runs = catalogue.harvest()
    return notify(config.load(path), runs)


def test_a_report_is_mailed(catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]) -> None:
    """The holder and the operator receive it, in French and in English."""
    handler, port = sink
    settings = f"""mode = "always"\nsmtp = "127.0.0.1:{port}"
from = "repertoire@red.exemple.fr"\nto = "operateur@red.exemple.fr"\n"""
    assert told(catalogue, serve, settings, turtle("ab")) == 2
    assert [to for to, _ in handler.received] == [
        ["donnees@chu-lille.exemple.fr"], ["operateur@red.exemple.fr"]
    ]  # fmt: skip
    message = message_from_bytes(handler.received[0][1], policy=policy.default)
    text = message.get_content()
    assert "2 nouveaux" in text
    assert "2 new" in text
    assert message["From"] == "repertoire@red.exemple.fr"


@pytest.mark.parametrize(
    ("mode", "good", "bad"), [("never", 0, 0), ("on-error", 0, 1), ("on-change", 1, 1)]
)
def test_modes(tmp_path: Path, serve: Serve, mode: str, good: int, bad: int) -> None:
    """Errors are always a reason but for `never`; changes are one where asked."""
    settings = f'mode = "{mode}"\nfolder = "mail"\nfrom = "repertoire@red.exemple.fr"\n'
    for number, (body, expected) in enumerate([(turtle("a"), good), (b"<", bad)]):
        catalogue = Catalogue(tmp_path / f"catalogue-{number}")
        assert told(catalogue, serve, settings, body) == expected
        assert len(list(catalogue.root.glob("mail/*.eml"))) == expected


def test_a_mail_server_that_is_away_is_a_sentence(catalogue: Catalogue, serve: Serve) -> None:
    """The harvest is kept, and the operator learns why nobody was told."""
    settings = 'mode = "always"\nsmtp = "127.0.0.1:9"\nfrom = "repertoire@red.exemple.fr"\n'
    with pytest.raises(RedError, match="could not be sent"):
        told(catalogue, serve, settings, turtle("a"))
    assert len(catalogue.entries()) == 1
