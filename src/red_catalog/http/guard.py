"""Where a source may lead: its own hosts, at public addresses."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from red_catalog.http.defects import Refused
from red_catalog.model import Source
from red_catalog.model.addresses import ascii_host

Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a host. Raises OSError for an unknown one."""

_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
# Of the IETF, with the metadata of some clouds; Python takes most of it for global up to 3.11.9.
_PROTOCOLS: Final = ipaddress.ip_network("192.0.0.0/24")


class Server(NamedTuple):
    """What a URL connects to."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self._written}:{self.port}"

    @property
    def origin(self) -> str:
        """What its URLs start with, before the path."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self._written}{port}"

    @property
    def _written(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def server_of(url: str) -> Server:
    """The server a URL names. Raises Refused unless it is plain http or https."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("bad-url", url=url) from None
    if parts.scheme not in _PORTS:
        raise Refused("scheme-refused", url=url)
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise Refused("bad-url", url=_without_user(url))
    return Server(parts.scheme, ascii_host(parts.hostname), port or _PORTS[parts.scheme])


def check_host(url: str, source: Source) -> Server:
    """The server of this URL. Raises Refused unless the source may lead there."""
    server = server_of(url)
    if not is_named(server.host, server.port, source) and not _is_home(server, source):
        raise Refused("host-refused", url=url, host=server.host)
    return server


def is_named(host: str, port: int, source: Source) -> bool:
    """Whether the configuration lists this host, alone or with this port."""
    host = ascii_host(host)
    names = {host, f"[{host}]"} if ":" in host else {host}
    names |= {f"{name}:{port}" for name in set(names)}
    return not names.isdisjoint(entry.lower() for entry in map(_ascii_entry, source.allow_hosts))


def check_address(address: str, host: str, port: int, source: Source) -> None:
    """Raises Refused for an address that is not public, unless the host is listed."""
    if not is_public(address) and not is_named(host, port, source):
        raise Refused("address-refused", host=host, address=address)


def is_public(address: str) -> bool:
    """Whether anybody on the Internet may reach this address."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        # IPv6 forms that lead to an IPv4 address are as public as that one.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    if ip in _PROTOCOLS:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def may_hold_credentials(server: Server, source: Source) -> bool:
    """Whether what proves who we are may go there: the source's own server only.

    Never in clear where the source is configured in https.
    """
    home = _home(source)
    if home is None or server.host != home.host:
        return False
    return server == home or (home.scheme, server.scheme, server.port) == ("http", "https", 443)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for a host, without repetition."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def resolve_within(find: Resolve, host: str, port: int, seconds: float) -> Sequence[str]:
    """The addresses of a host, or Refused: a name server may hang for minutes."""
    answers: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(find(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        found = []
    if isinstance(found, Exception) or not found:
        raise Refused("host-unknown", host=host)
    return found


def _home(source: Source) -> Server | None:
    try:
        return server_of(source.location)
    except Refused:
        return None


def _is_home(server: Server, source: Source) -> bool:
    home = _home(source)
    if home is None or server.host != home.host:
        return False
    return server.port in {home.port, *_PORTS.values()}


def _ascii_entry(entry: str) -> str:
    host, colon, port = entry.rpartition(":")
    if colon and port.isdecimal() and (":" not in host or host.endswith("]")):
        return f"{ascii_host(host)}:{port}"
    return ascii_host(entry)


def _without_user(url: str) -> str:
    start, _, rest = url.partition("//")
    return f"{start}//{rest.rpartition('@')[2]}"
