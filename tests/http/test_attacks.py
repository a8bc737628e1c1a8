"""Every route of the hostile server, with the outcome that its manifest requires."""

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
from tests.http.loopback import Site
from tests.shared import attacks

Doors = Callable[..., Http]
LIMITS = Limits(document_bytes=50_000_000, document_seconds=5)
EXPECTED = {
    "/gzbomb": {"too-large"},
    "/slow-body": {"deadline"},
    "/hang": {"deadline"},
    "/endless": {"too-large"},
    "/truncated": {"truncated"},
    "/truncated-gzip": {"truncated-gzip"},
    "/redir-file": {"scheme-refused"},
    "/redir-meta": {"host-refused"},
    "/redir-loop": {"redirects"},
    "/redir-host": {"host-refused"},
    "/html200": {"html-received"},
    "/ttl-as-html": {"html-received"},
    "/empty": {"empty"},
    "/204": {"no-content"},
    "/429": {"busy"},
    "/503": {"busy"},
    "/404": {"status"},
}


@pytest.mark.parametrize("route", EXPECTED)
def test_hostile_route_is_refused(evil: Site, door: Doors, route: str) -> None:
    """Each hostile answer becomes one sentence, within the deadline."""
    began = time.monotonic()
    result = door(LIMITS).get(evil.url(route), evil.source(route))
    assert isinstance(result, Unreadable)
    assert result.problem.code in EXPECTED[route]
    assert time.monotonic() - began < 20


def test_every_route_of_the_server_is_tried() -> None:
    """A route that the hostile server gains must get an outcome here."""
    source = (attacks() / "http" / "evil_server.py").read_text("utf-8")
    routes = {"/" + name.replace("_", "-") for name in re.findall(r"def r_(\w+)", source)}
    assert routes - set(EXPECTED) == {"/echo"}


def test_redirect_loop_ends_after_five_hops(evil: Site, door: Doors) -> None:
    """One request, five redirects followed, and the robots.txt."""
    http = door(LIMITS)
    http.get(evil.url("/redir-loop"), evil.source("/redir-loop"))
    assert http.traffic().requests == 7


def test_turtle_served_as_html_is_read_when_format_is_forced(evil: Site, door: Doors) -> None:
    """The configuration knows better than the server."""
    source = evil.source("/ttl-as-html", format="text/turtle")
    result = door(LIMITS).get(source.location, source)
    assert isinstance(result, Fetched)
    assert result.document.media_type == "text/turtle"


def test_html_page_is_refused_even_when_format_is_forced(evil: Site, door: Doors) -> None:
    """An error page remains an error page."""
    source = evil.source("/html200", format="text/turtle")
    result = door(LIMITS).get(source.location, source)
    assert isinstance(result, Unreadable)
    assert result.problem.code == "html-received"


def test_three_year_retry_after_is_never_slept(evil: Site, door: Doors, naps: list[float]) -> None:
    """A server that asks for three years is busy, at once."""
    door(LIMITS).get(evil.url("/429"), evil.source("/429"))
    assert naps == []


def test_credentials_do_not_cross_to_an_allowed_host(evil: Site, door: Doors) -> None:
    """A redirect to another host, allowed, gets none of what proves who we are."""
    secret = {"Authorization": "s3cret", "Cookie": "s3cret", "X-API-Key": "s3cret",
              "X-CKAN-API-Key": "s3cret"}  # fmt: skip
    allowed = (evil.host, f"localhost:{evil.port}")
    source = evil.source("/redir-host", allow_hosts=allowed)
    http = door(LIMITS, find=lambda *_: ["127.0.0.1"])
    result = http.get(source.location, source, secret)
    assert isinstance(result, Fetched)
    assert result.document.base == f"http://localhost:{evil.port}/echo"
    assert evil.log is not None
    asked = [line for line in evil.log.read_text().splitlines() if "/robots.txt" not in line]
    assert [("/echo" in line, "s3cret" in line) for line in asked[-2:]] == [
        (False, True),
        (True, False),
    ]


CHILD = """
import json, sys
from pathlib import Path
from red_catalog.http import Http
from red_catalog.model import Source
from red_catalog.rdf.limits import Limits
host, route, cache = sys.argv[1:]
url = f"http://{host}{route}"
source = Source("chu-lille", "chu-lille", "dcat", url, allow_hosts=(host,))
with Http(Path(cache), "red-catalog/test", Limits(document_bytes=50_000_000)) as http:
    result = http.get(url, source)
# Not ru_maxrss: that starts from the peak of the process that started this one.
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024
print(json.dumps([result.problem.code, peak]))
"""


@pytest.mark.parametrize("route", ["/gzbomb", "/endless"])
def test_memory_stays_near_the_cap(evil: Site, tmp_path: Path, route: str) -> None:
    """A body that never stops costs the cap and less than 100 MB more, all included."""
    command = [sys.executable, "-c", CHILD, evil.host, route, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, peak = json.loads(done.stdout)
    assert code == "too-large"
    assert peak < 150_000_000
