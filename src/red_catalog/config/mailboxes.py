"""Mailboxes in red.toml, as mail programs take them."""

import re
from email.errors import ObsoleteHeaderDefect
from email.headerregistry import Address
from email.policy import default
from pathlib import Path
from typing import Final

import idna

from red_catalog.config.values import Table, read_string
from red_catalog.errors import RedError

_SCHEME: Final = re.compile("mailto:", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"[\w-]+(\.[\w-]+)*")


def read_mailbox(path: Path, where: str, table: Table, key: str) -> str | None:
    """Mailboxes, with names beside them or not; None where left out.

    Raises RedError for what a mail server would not be given as it is written.
    """
    text = read_string(path, where, table, key)
    if text is not None and not addresses(text):
        raise RedError(
            f"{path}: {where}.{key} is `{text}`; write a mailbox, like donnees@operateur.example, "
            "or several with commas between them."
        )
    return text


def addresses(text: str) -> tuple[Address, ...]:
    """The mailboxes of a text, as they go into a letter; none where one of them is badly formed."""
    try:
        header = default.header_factory("To", _SCHEME.sub("", text))
    except IndexError:  # Python's reader stumbles over `dim@`
        return ()
    found: tuple[Address, ...] = header.addresses
    odd = [d for d in header.defects if not _is_harmless(d)]
    formed = all(one.username and _DOMAIN.fullmatch(one.domain) for one in found)
    try:
        return tuple(map(_encode, found)) if formed and not odd else ()
    except idna.IDNAError:
        return ()


def _is_harmless(defect: Exception) -> bool:
    """Whether mail programs take it all the same: a full stop in a name, an accent before the @."""
    return isinstance(defect, ObsoleteHeaderDefect) or "non-ASCII" in str(defect)


def _encode(one: Address) -> Address:
    """The mailbox with its domain as mail servers look it up."""
    domain = one.domain if one.domain.isascii() else idna.encode(one.domain, uts46=True).decode()
    return Address(one.display_name, one.username, domain)
