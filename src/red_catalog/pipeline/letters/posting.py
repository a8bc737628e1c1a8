"""Handing letters to the mail server, or to a folder of files."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Final

from red_catalog.config import Notify, secret
from red_catalog.errors import RedError
from red_catalog.pipeline.letters.letters import clean

_SECONDS: Final = 30.0
_PORT: Final = 25
_TLS_PORT: Final = 465
# Of one letter; the last one is for an address with an accent that the server cannot write to.
_REFUSALS: Final = (
    smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError,
)  # fmt: skip


class _Folding(EmailPolicy):
    """Keeps the blanks of a subject: Python 3.11 loses those between words that it encodes."""

    def fold(self, name: str, value: str) -> str:
        """A header as it is sent."""
        if name.lower() != "subject":
            return str(super().fold(name, value))
        folded = Header(value, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The same as bytes."""
        if name.lower() != "subject":
            return bytes(super().fold_binary(name, value))
        return self.fold(name, value).encode()


POLICY: Final = _Folding()
"""What the header lines of letters are written by."""


class RefusedError(RedError):
    """The mail server refuses some receivers; the others have their letters."""

    def __init__(self, lost: str, receivers: Sequence[str]) -> None:
        self.receivers = sorted(set(receivers))
        super().__init__(
            f"{lost} to {', '.join(self.receivers)} could not be sent, for the mail server "
            "refuses them: mend `email` of these holders, or [notify]; the others went out."
        )


def post(settings: Notify, letters: Sequence[tuple[str, EmailMessage]], *, lost: str) -> None:
    """Hands over letters, each with a name that no other of its second has.

    Raises RedError, which says what is `lost`, where some of them are not taken; the others are.
    """
    try:
        refused = _send(settings, letters)
    except (OSError, smtplib.SMTPException) as error:
        raise RedError(f"{lost} could not be sent ({error}): check [notify].") from None
    if refused:
        raise RefusedError(lost, refused)


def _send(settings: Notify, letters: Sequence[tuple[str, EmailMessage]]) -> list[str]:
    """Returns the receivers that the server refused."""
    if settings.folder is not None and letters:
        settings.folder.mkdir(parents=True, exist_ok=True)
        for name, message in letters:
            stamp = re.sub(r"\D", "", message["Date"].datetime.isoformat())[:14]
            (settings.folder / f"{stamp}-{name}.eml").write_bytes(bytes(message))
    if settings.folder is not None or not letters:
        return []
    refused = []
    with _connect(settings) as server:
        for _, message in letters:
            try:
                server.send_message(message)
            except _REFUSALS:
                refused.append(clean(message["To"]))
                server.rset()
    return refused


@contextmanager
def _connect(settings: Notify) -> Iterator[smtplib.SMTP]:
    host, colon, port = (settings.smtp or "").rpartition(":")
    host, number = (host, int(port)) if colon else (port, _PORT)
    host, trusted = host.strip("[]"), ssl.create_default_context()
    opening: smtplib.SMTP
    if number == _TLS_PORT:
        opening = smtplib.SMTP_SSL(host, number, timeout=_SECONDS, context=trusted)
    else:
        opening = smtplib.SMTP(host, number, timeout=_SECONDS)
    with opening as server:
        if settings.starttls:
            server.starttls(context=trusted)
        if settings.user and settings.password:
            server.login(settings.user, secret(settings.password))
        yield server
