"""Letters over TLS, to a real mail server on loopback."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from red_catalog.config import Notify
from red_catalog.errors import RedError
from red_catalog.pipeline.letters import posting
from tests.certificates import certify
from tests.http.loopback import free_port

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
USER, PASSWORD = "catalogue", "ouvre-toi"


class Sink:
    """Keeps what it receives, and how it came."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bool]] = []

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes one message."""
        self.received.append((envelope.rcpt_tos[0], bool(session.ssl)))
        return "250 OK"


def _knows(_server: SMTP, _session: Any, _envelope: Any, _way: str, given: Any) -> AuthResult:
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Sink, Notify]]:
    """A mail server that speaks only after STARTTLS and to whom it knows, and its settings."""
    monkeypatch.setenv("RED_SMTP_PASSWORD", PASSWORD)
    context, authority = certify(tmp_path)
    sink, port = Sink(), free_port()
    controller = Controller(
        sink, hostname="localhost", port=port, tls_context=context, require_starttls=True,
        authenticator=_knows, auth_required=True,
    )  # fmt: skip
    controller.start()
    yield sink, Notify(
        sender="catalogue@operateur.example", smtp=f"localhost:{port}", starttls=True, user=USER,
        password="env:RED_SMTP_PASSWORD", ca_file=authority,
    )  # fmt: skip
    controller.stop()


def post(settings: Notify) -> None:
    """Sends one letter."""
    letter = posting.begin(settings, "donnees@chu-lille.example", "Relevé", "Bonjour", MONDAY)
    posting.post(settings, [("chu-lille", letter)], lost="The letter")


def test_a_letter_goes_over_tls_to_whom_we_trust(server: tuple[Sink, Notify]) -> None:
    """STARTTLS, then the password, then the letter."""
    sink, settings = server
    post(settings)
    assert sink.received == [("donnees@chu-lille.example", True)]


def test_port_465_is_tls_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the port is that of SMTP over TLS, no STARTTLS is needed."""
    context, authority = certify(tmp_path)
    sink, port = Sink(), free_port()
    monkeypatch.setattr(posting, "_TLS_PORT", port)
    controller = Controller(sink, hostname="localhost", port=port, ssl_context=context)
    controller.start()
    try:
        post(Notify(sender="c@operateur.example", smtp=f"localhost:{port}", ca_file=authority))
    finally:
        controller.stop()
    assert [to for to, _ in sink.received] == ["donnees@chu-lille.example"]


def test_every_letter_has_a_name_of_its_own_and_needs_no_eight_bits() -> None:
    """Replies and refusals name the letter; a mail server from before 8BITMIME takes it."""
    settings = Notify(sender="Répertoire <red@hôpital.example>")
    letters = [
        posting.begin(settings, "donnees@chu-lille.example", "Relevé", "Été", MONDAY)
        for _ in range(2)
    ]
    names = {str(one["Message-ID"]) for one in letters}
    assert len(names) == 2
    assert all(one.endswith("@xn--hpital-ixa.example>") for one in names)
    assert bytes(letters[0]).isascii()
    assert letters[0].get_content() == "Été\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ca_file": None}, "certificate verify failed"),
        ({"ca_file": Path("absent.pem")}, "certificates of the mail server cannot be read"),
        ({"starttls": False}, "STARTTLS|AUTH"),
        ({"user": "autre"}, "535"),
    ],
)
def test_what_is_wrong_is_told(
    server: tuple[Sink, Notify], change: dict[str, Any], said: str
) -> None:
    """An unknown authority, a missing file, no TLS, a wrong user: one sentence, no letter."""
    sink, settings = server
    with pytest.raises(RedError, match=said):
        post(replace(settings, **change))
    assert sink.received == []
