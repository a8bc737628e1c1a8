"""Handing letters to the mail server, or to a folder of files."""

import re
import smtplib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Final

from red_catalog.config import Notify, secret
from red_catalog.config.mailboxes import addresses
from red_catalog.errors import RedError, writing
from red_catalog.http import trust
from red_catalog.pipeline.letters.letters import clean

_SECONDS: Final = 30.0
_PORT: Final = 25
_TLS_PORT: Final = 465
_FOR_GOOD: Final = 500  # from this code on: RFC 5321, 4.2.1
_TOO_LARGE: Final = 552  # of one letter, though servers say so of its sender: RFC 1870
_PATIENCE: Final = 3  # letters that fail one after the other on a second connection, too
_CLOSED: Final = (421, b"it closed the connection")
_SAID: Final = 200  # characters of what the server says


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


class UnsentError(RedError):
    """The mail server takes some letters not, for the reason beside each receiver."""

    def __init__(self, lost: str, unsent: Mapping[str, str], *, others: bool) -> None:
        told = ", ".join(f"{to} ({why})" if why else to for to, why in sorted(unsent.items()))
        super().__init__(
            f"{lost} to {told} could not be sent, for the mail server does not take them, or not "
            "now (codes of 4xx, tried again at the next run): correct `email` of these holders, or "
            "[notify]"
            f"{'; the others went out' if others else ''}."
        )


def begin(
    settings: Notify, receivers: str, subject: str, text: str, moment: datetime
) -> EmailMessage:
    """A letter of this text, which every mail server takes as it is: none needs 8BITMIME."""
    message = EmailMessage(POLICY)
    message["From"] = addresses(settings.sender)
    message["To"] = addresses(receivers)
    message["Subject"] = subject
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = make_msgid(domain=message["From"].addresses[0].domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message


def post(
    settings: Notify,
    letters: Sequence[tuple[str, EmailMessage]],
    *,
    lost: str,
    taken: Callable[[str], None] = lambda _: None,
    left: Callable[[str, Sequence[str]], None] = lambda _, __: None,
) -> None:
    """Hands over letters, each with a name that no other of its second has.

    `taken` is told the name of each letter as soon as one of its receivers has it; `left`, after
    each try, who has it neither nor is refused for good.
    Raises RedError, which says what is `lost`, where no letter is taken, and UnsentError where
    some are not, or not by each of their receivers.
    """
    if settings.folder is not None and letters:
        keep(settings.folder, letters, taken)
    if settings.folder is not None or not letters:
        return
    sending = [_Sending(name, message, _receivers(message)) for name, message in letters]
    try:
        unsent = _send(settings, sending, taken, left)
    except (OSError, smtplib.SMTPException) as error:
        raise RedError(f"{lost} could not be sent ({error}): check [notify].") from None
    if unsent:
        raise UnsentError(lost, unsent, others=any(one.is_taken for one in sending))


@dataclass(slots=True)
class _Sending:
    """A letter on its way: who is still to have it, and whether anybody has it."""

    name: str
    message: EmailMessage
    left: list[str]
    is_taken: bool = False


def keep(
    folder: Path,
    letters: Sequence[tuple[str, EmailMessage]],
    taken: Callable[[str], None] = lambda _: None,
) -> None:
    """Writes letters into a folder, each into a file."""
    with writing(folder):
        # Whoever reads a link in them can attest. A folder that is there keeps its mode.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, message in letters:
            save(folder / file_name(name, message), message)
            taken(name)


def save(file: Path, message: EmailMessage) -> None:
    """Writes the file of a letter: it is there whole, or as it was."""
    draft = file.with_suffix(".part")
    try:
        draft.write_bytes(bytes(message))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def file_name(name: str, message: EmailMessage) -> str:
    """What the file of a letter is called."""
    stamp = re.sub(r"\D", "", message["Date"].datetime.isoformat())[:14]
    return f"{stamp}-{name}.eml"


def _send(
    settings: Notify, letters: Sequence[_Sending], taken: Callable[[str], None],
    left: Callable[[str, Sequence[str]], None],
) -> dict[str, str]:  # fmt: skip
    """Returns the receivers that were not written to, and what the server says of each."""
    unsent: dict[str, str] = {}
    waiting = deque(letters)
    again = False  # whether the first of those waiting was tried before
    in_a_row = 0
    while waiting:
        try:
            with _connect(settings) as server:
                while waiting:
                    failed, passing = _hand_over(server, waiting[0], taken)
                    left(waiting[0].name, waiting[0].left)
                    unsent |= failed
                    if passing and not again and in_a_row < _PATIENCE:
                        again = True  # many a server takes so many letters a connection
                        break
                    unsent |= passing
                    waiting.popleft()
                    again = False
                    in_a_row = in_a_row + 1 if failed or passing else 0
                    if passing:
                        break
        except (OSError, smtplib.SMTPException) as error:
            if len(waiting) == len(letters) and not again:
                raise
            return unsent | {to: str(error) for one in waiting for to in one.left}
    return unsent


def _hand_over(
    server: smtplib.SMTP, one: _Sending, taken: Callable[[str], None]
) -> tuple[dict[str, str], dict[str, str]]:
    """Who is not written to: for good, and those whom another connection may bring the letter."""
    try:
        refused = server.send_message(one.message, to_addrs=one.left)
    except smtplib.SMTPNotSupportedError:
        refused = dict.fromkeys(one.left, (0, b"no accents before the @"))
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code >= _FOR_GOOD and error.smtp_code != _TOO_LARGE:
            raise  # of every letter
        refused = _refused(error, one.left)
    except smtplib.SMTPException as error:
        refused = _refused(error, one.left)
    if not one.is_taken and len(refused) < len(one.left):
        one.is_taken = True
        taken(one.name)
    passing = {to: answer for to, answer in refused.items() if 0 < answer[0] < _FOR_GOOD}
    one.left = [*passing]
    failed = {to: answer for to, answer in refused.items() if to not in passing}
    return _tell(failed), _tell(passing)


def _tell(refused: Mapping[str, tuple[int, bytes]]) -> dict[str, str]:
    """What the server says of each receiver."""
    return {
        to: clean(f"{code or ''} {text.decode('utf-8', 'replace')}".strip())[:_SAID]
        for to, (code, text) in refused.items()
    }


def _refused(
    error: smtplib.SMTPException, receivers: Sequence[str]
) -> dict[str, tuple[int, bytes]]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return error.recipients
    answer = _CLOSED
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        answer = error.smtp_code, text if isinstance(text, bytes) else text.encode()
    return dict.fromkeys(receivers, answer)


def _receivers(message: EmailMessage) -> list[str]:
    return list(dict.fromkeys(one.addr_spec for one in message["To"].addresses))


@contextmanager
def _connect(settings: Notify) -> Iterator[smtplib.SMTP]:
    host, colon, port = (settings.smtp or "").rpartition(":")
    host, number = (host, int(port)) if colon else (port, _PORT)
    host, trusted = host.strip("[]"), trust.context(settings.ca_file, "the mail server")
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
