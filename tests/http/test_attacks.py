"""Every route of the hostile server at the door, with what its row of the manifest requires."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from red_catalog.http import Fetched, Http
from red_catalog.model import Unreadable
from red_catalog.rdf.limits import Limits
from tests.attacks import manifest
from tests.http.loopback import Site

Doors = Callable[..., Http]
ROUTES = manifest.routes()
CAP = int(manifest.limit("cap"))
LIMITS = Limits(document_bytes=CAP, document_seconds=manifest.limit("deadline"))


def having(words: str) -> list[manifest.Route]:
    """The routes whose row says this; another corpus may have none."""
    return [route for route in ROUTES if words in route.required]


def ids(route: manifest.Route) -> str:
    """What pytest calls a route."""
    return route.path


@pytest.mark.parametrize("route", ROUTES, ids=ids)
def test_hostile_route_is_refused(
    evil: Site, door: Doors, naps: list[float], route: manifest.Route
) -> None:
    """Each hostile answer becomes one sentence in both languages, within the deadline."""
    began = time.monotonic()
    result = door(LIMITS).get(evil.url(route.path), evil.source(route.path))
    assert isinstance(result, Unreadable)
    assert all(result.problem.message[lang] and result.problem.fix[lang] for lang in ("fr", "en"))
    for words in route.said:
        assert words.lower() in result.problem.message["en"].lower()
    assert time.monotonic() - began < LIMITS.document_seconds + 15
    assert sum(naps) <= 60


@pytest.mark.parametrize("route", having("hops"), ids=ids)
def test_redirect_loop_ends_after_five_hops(evil: Site, door: Doors, route: manifest.Route) -> None:
    """One request, as many redirects as the row allows, and the robots.txt."""
    most = re.search(r"at most (\d+) hops", route.required)
    assert most
    http = door(LIMITS)
    http.get(evil.url(route.path), evil.source(route.path))
    assert http.traffic().requests <= int(most[1]) + 2


@pytest.mark.parametrize("route", having("forces the format"), ids=ids)
def test_what_is_no_page_is_read_when_its_format_is_forced(
    evil: Site, door: Doors, route: manifest.Route
) -> None:
    """The configuration knows better than the server; an error page remains an error page."""
    source = evil.source(route.path, format="text/turtle")
    result = door(LIMITS).get(source.location, source)
    if f"parse {route.path} when" in route.required:
        assert isinstance(result, Fetched)
        media_type = result.document.media_type or ""
        assert media_type.partition(";")[0] == "text/turtle"
    else:
        assert isinstance(result, Unreadable)


@pytest.mark.parametrize("route", having("at most one wait"), ids=ids)
def test_three_year_retry_after_is_never_slept(
    evil: Site, door: Doors, naps: list[float], route: manifest.Route
) -> None:
    """A server that asks for three years is busy, at once or after one short wait."""
    door(LIMITS).get(evil.url(route.path), evil.source(route.path))
    assert len(naps) <= 1
    assert sum(naps) <= 60


@pytest.mark.parametrize("route", having("crosses"), ids=ids)
def test_credentials_do_not_cross_to_an_allowed_host(
    evil: Site, door: Doors, route: manifest.Route
) -> None:
    """A redirect to another host, allowed, gets none of what proves who we are."""
    named = re.search(r"when allowed no ([\w, -]+) crosses", route.required)
    assert named
    secret = dict.fromkeys(named[1].split(", "), "s3cret")
    allowed = (evil.host, f"localhost:{evil.port}")
    source = evil.source(route.path, allow_hosts=allowed)
    http = door(LIMITS, find=lambda *_: ["127.0.0.1"])
    result = http.get(source.location, source, secret)
    assert isinstance(result, Fetched)
    assert evil.log is not None
    asked = [line for line in evil.log.read_text().splitlines() if "/robots.txt" not in line]
    assert ["s3cret" in line for line in asked[-2:]] == [True, False]


@pytest.mark.parametrize("route", having("connection to"), ids=ids)
def test_no_connection_to_a_forbidden_address(
    evil: Site, door: Doors, route: manifest.Route
) -> None:
    """Not even a name is looked up where the row forbids a connection."""
    found: list[str] = []

    def find(host: str, _port: int) -> list[str]:
        found.append(host)
        return [host]

    door(LIMITS, find=find).get(evil.url(route.path), evil.source(route.path))
    assert set(found) == {"127.0.0.1"}


CHILD = """
import json, sys
from pathlib import Path
from red_catalog.http import Http
from red_catalog.model import Source
from red_catalog.rdf.limits import Limits
host, route, cache, cap = sys.argv[1:]
url = f"http://{host}{route}"
source = Source("chu-lille", "chu-lille", "dcat", url, allow_hosts=(host,))
with Http(Path(cache), "red-catalog/test", Limits(document_bytes=int(cap))) as http:
    result = http.get(url, source)
# Not ru_maxrss: that starts from the peak of the process that started this one.
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024
print(json.dumps([result.problem.code, peak]))
"""


@pytest.mark.parametrize("route", having("size cap"), ids=ids)
def test_memory_stays_near_the_cap(evil: Site, tmp_path: Path, route: manifest.Route) -> None:
    """A body that never stops costs the cap and less than 100 MB more, all included."""
    command = [sys.executable, "-c", CHILD, evil.host, route.path, str(tmp_path), str(CAP)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, peak = json.loads(done.stdout)
    assert code == "too-large"
    assert peak < CAP + 100_000_000
