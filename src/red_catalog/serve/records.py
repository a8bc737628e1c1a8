"""What is counted and logged of requests: never who asked, nor what they looked for."""

import json
import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BOUNDS: Final = (0.005, 0.025, 0.1, 0.5, 2.0, 10.0, 30.0)  # seconds
_KINDS: Final = {
    "sparql": "sparql", "api": "api", "ingest": "ingest", "api-keys": "ingest", "oai": "oai",
    "dataset": "dataset", "health": "own", "ready": "own", "metrics": "own",
}  # fmt: skip
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}
LOG: Final = logging.getLogger("red_catalog.access")


class Records:
    """Counts of requests and of the time they took, by kind of address."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self.seconds: Counter[str] = Counter()
        self.sent = 0

    def note(self, kind: str, method: str, status: int, took: float, sent: int) -> None:
        """Counts one request."""
        self.requests[kind, method if method in _METHODS else "other", status] += 1
        place = next((n for n, bound in enumerate(BOUNDS) if took <= bound), len(BOUNDS))
        self.buckets[kind][place] += 1
        self.seconds[kind] += took  # type: ignore[assignment]
        self.sent += sent

    def to_plain(self) -> dict[str, Any]:
        """The counts as JSON can hold them."""
        return {
            "requests": [[*labels, count] for labels, count in self.requests.items()],
            "buckets": dict(self.buckets),
            "seconds": dict(self.seconds),
            "sent": self.sent,
        }

    def add(self, told: Mapping[str, Any]) -> None:
        """Adds counts that `to_plain` gave."""
        for kind, method, status, count in told["requests"]:
            self.requests[kind, method, status] += count
        for kind, counts in told["buckets"].items():
            self.buckets[kind] = [a + b for a, b in zip(self.buckets[kind], counts, strict=True)]
        self.seconds.update(told["seconds"])
        self.sent += told["sent"]

    def write(self) -> list[str]:
        """The counts as lines of Prometheus's text format."""
        lines = _head("requests_total", "counter", "Requests answered.")
        for (kind, method, status), count in sorted(self.requests.items()):
            labels = f'kind="{kind}",method="{method}",status="{status}"'
            lines.append(f"red_catalog_requests_total{{{labels}}} {count}")
        lines += _head("request_seconds", "histogram", "Time until an answer was sent.")
        for kind, counts in sorted(self.buckets.items()):
            so_far = 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                so_far += count
                labels = f'kind="{kind}",le="{bound}"'
                lines.append(f"red_catalog_request_seconds_bucket{{{labels}}} {so_far}")
            lines.append(
                f'red_catalog_request_seconds_sum{{kind="{kind}"}} {self.seconds[kind]:.6f}'
            )
            lines.append(f'red_catalog_request_seconds_count{{kind="{kind}"}} {so_far}')
        lines += _head("sent_bytes_total", "counter", "Bytes of answers.")
        return [*lines, f"red_catalog_sent_bytes_total {self.sent}"]


class WithRecords:
    """Counts each request and logs it as a line of JSON."""

    def __init__(self, app: ASGIApp, records: Records, base: str) -> None:
        self.app = app
        self.records = records
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, sent = time.monotonic(), 499, 0

        async def send_and_count(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_and_count)
        except Exception:
            status = 500  # what is answered then comes from beyond this
            raise
        finally:
            took = time.monotonic() - began
            path = scope["path"].removeprefix(self.base).removeprefix("/")
            kind = _KINDS.get(path.removeprefix("en/").partition("/")[0], "file")
            self.records.note(kind, scope["method"], status, took, sent)
            if LOG.isEnabledFor(logging.INFO):
                LOG.info("%s", _line(scope, status, took, sent))


def _line(scope: Scope, status: int, took: float, sent: int) -> str:
    """A request without its address, its query, its body or what its client is."""
    path = re.sub(r"[^ -~]", "?", scope["path"])[:300]
    if path.find("/ingest/datasets/") >= 0:
        path = path.partition("/ingest/datasets/")[0] + "/ingest/datasets/…"
    if "/attest/" in path:  # what follows opens something
        path = path.partition("/attest/")[0] + "/attest/…"
    return json.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": scope["method"][:10],
            "path": path,
            "status": status,
            "ms": round(took * 1000, 1),
            "bytes": sent,
        },
        ensure_ascii=False,
    )


def _head(name: str, kind: str, told: str) -> list[str]:
    return [f"# HELP red_catalog_{name} {told}", f"# TYPE red_catalog_{name} {kind}"]


def gauge(name: str, told: str, value: float, labels: str = "") -> list[str]:
    """One value that goes up and down, as lines of Prometheus's text format."""
    return [*_head(name, "gauge", told), f"red_catalog_{name}{labels} {value:g}"]
