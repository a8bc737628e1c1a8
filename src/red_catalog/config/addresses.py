"""Addresses in a configuration: what the catalogue publishes of them must be right."""

import re
from pathlib import Path
from typing import Any, Final

from red_catalog.config.values import Table, check_string, read_names
from red_catalog.errors import RedError
from red_catalog.model import lower_server, names_server

_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\xa0<>\"\\^`{|}]")
_MAILBOX: Final = re.compile(r"(?:mailto:)?[^\s<>,;:@\"]+@[^\s<>,;:@\"]+")
_APPLIED: Final = ("identifier", "iri", "lang")


def is_address(text: str) -> bool:
    """Whether this is an http(s) address of characters that an IRI may hold."""
    return names_server(text) and not _FORBIDDEN.search(text)


def read_iri(path: Path, where: str, value: Any, example: str) -> str:
    """An http(s) address. Raises RedError, which tells an example, for anything else."""
    text = check_string(path, where, value)
    if not is_address(text):
        raise RedError(
            f"{path}: {where} is `{text}`; write a whole address without blanks, like {example}."
        )
    return text


def read_hosts(path: Path, where: str, table: Table) -> tuple[str, ...]:
    """The servers of `allow_hosts`, each as `host` or `host:port`."""
    given, where = table.get("allow_hosts", []), f"{where}.allow_hosts"
    found = read_names(path, where, given, "10.1.2.3") if given != [] else ()
    for one in found:
        if "/" in one:
            raise RedError(
                f"{path}: {where} holds `{one}`; write a server alone, like 10.1.2.3 or "
                "10.1.2.3:8080."
            )
    return found


def read_base(path: Path, where: str, value: Any) -> str:
    """The address that every permanent one starts with."""
    base = value if isinstance(value, str) else ""
    if not is_address(base) or not base.endswith("/") or "?" in base or "#" in base:
        raise RedError(
            f"{path}: {where} must be an http(s) IRI that ends in `/`, without blanks, `?` and "
            "`#`, like https://red.example.fr/."
        )
    return base


def read_contact(path: Path, where: str, value: Any) -> str:
    """A mailbox, with or without `mailto:`, or the address of a page."""
    text = lower_server(check_string(path, where, value))
    if text.startswith(("http://", "https://")):
        return read_iri(path, where, text, "https://operateur.example/contact")
    if not _MAILBOX.fullmatch(text):
        raise RedError(
            f"{path}: {where} is `{text}`; write a mailbox, like mailto:catalogue@operateur."
            "example, or the address of a page."
        )
    return text


def read_admin(path: Path, where: str, value: Any) -> str | None:
    """A mailbox as OAI-PMH takes it, without `mailto:`; None where left out."""
    if value is None:
        return None
    text = check_string(path, where, value).removeprefix("mailto:")
    if not _MAILBOX.fullmatch(text) or "." not in text.rpartition("@")[2].strip("."):
        raise RedError(f"{path}: {where} is `{text}`; write a mailbox, like oai@operateur.example.")
    return text


def read_application(path: Path, where: str, value: Any) -> str:
    """An address that may hold `{identifier}`, `{iri}` and `{lang}`."""
    text = check_string(path, where, value)
    try:
        filled = text.format_map(dict.fromkeys(_APPLIED, "x"))
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        raise RedError(
            f"{path}: {where} may hold {{identifier}}, {{iri}} and {{lang}}, no other braces."
        ) from None
    if not filled.startswith("mailto:") or _FORBIDDEN.search(filled):
        read_iri(path, where, filled, "https://guichet.example/demande?jeu={identifier}")
    return text
