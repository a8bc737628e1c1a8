"""What a source's server wants to know us by, whom we trust, the proxy: read when needed."""

import os
from base64 import b64encode

from red_catalog.errors import RedError
from red_catalog.http import trust
from red_catalog.http.guard import check_host, may_hold_credentials
from red_catalog.model import Source, names_server


def credentials(source: Source) -> dict[str, str]:
    """The headers that prove who we are. Raises RedError for a variable that is not set."""
    auth = source.auth
    if auth is None:
        return {}
    value = _resolve(auth.secret, source)
    if auth.scheme == "header":
        return {auth.name: value}
    if auth.scheme == "bearer":
        return {"Authorization": f"Bearer {value}"}
    pair = f"{auth.name}:{value}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode('ascii')}"}


def name_secret(url: str, source: Source) -> dict[str, str]:
    """The variable whose secret was sent to this address, as a fact of a defect; none was: empty.

    Raises Refused for an address that is not the source's.
    """
    if source.auth is None or not may_hold_credentials(check_host(url, source), source):
        return {}
    return {"variable": source.auth.secret.removeprefix("env:")}


def secret_of(source: Source) -> str:
    """The secret itself. Raises RedError for a variable that is not set."""
    return _resolve(source.auth.secret, source) if source.auth else ""


def proxy(source: Source) -> str | None:
    """The address of the source's proxy. Raises RedError where there is none, or a wrong one."""
    if not source.proxy:
        return None
    address = _resolve(source.proxy, source)
    if not names_server(address):
        raise RedError(
            f"The proxy of {_name(source)} is no address: write it like "
            "http://proxy.exemple.fr:3128."
        )
    return address


def authorities(source: Source) -> str | None:
    """The file of those who may certify the source's server, None for the public ones.

    Raises RedError where it cannot be read.
    """
    if source.ca_file is None:
        return None
    trust.context(source.ca_file, _name(source))
    return str(source.ca_file)


def check_secrets(source: Source) -> None:
    """Raises RedError where a variable or a file that the source needs is not there."""
    credentials(source)
    proxy(source)
    authorities(source)


def _resolve(written: str, source: Source) -> str:
    if not written.startswith("env:"):
        return written
    value = os.environ.get(written[4:], "")
    if not value:
        raise RedError(
            f"The {_name(source)} needs the environment variable {written[4:]}, which is not "
            "set: set it and run again."
        )
    if not value.isprintable() or not value.isascii():
        raise RedError(
            f"The environment variable {written[4:]} of {_name(source)} holds characters "
            "that no header may hold: set it again."
        )
    return value


def _name(source: Source) -> str:
    """What it is and its id; the place of a target has both in its id (`Target.place`)."""
    kind, blank, name = source.id.partition(" ")
    return f"{kind} `{name}`" if blank else f"source `{source.id}`"
