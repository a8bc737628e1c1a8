"""Who asks for changes since the last time it asked gets every one."""

import time
from datetime import UTC, datetime
from typing import Any

import requests

from red_catalog.store import stamps
from red_catalog.store.stamps import stamp
from tests.federation.conftest import Catalogue


def now() -> str:
    """A second that no release before it has, for they are dated a little ahead; later ones may."""
    time.sleep(1)
    return stamp(datetime.now(UTC) + stamps.AHEAD)


def changes(parent: Catalogue, **asked: Any) -> dict[str, Any]:
    """What the read interface tells of the ledger."""
    answer = requests.get(f"{parent.base}api/changes", params=asked, timeout=30)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_was_harvested_before_and_published_after_is_told(parent: Catalogue) -> None:
    """A change is told by when its release was live, in both feeds; what was told is not again."""
    first = changes(parent)["last"]
    parent.describe([0], "revu")
    parent.harvest()
    asked = now()
    assert changes(parent, since=asked)["changes"] == []
    parent.publish()
    (told,) = changes(parent, since=asked)["changes"]
    assert (told["number"], told["kind"]) == (first + 1, "update")
    assert len(changes(parent, since=asked, feed="eu")["changes"]) == 1
    assert changes(parent, since=now())["changes"] == []
    assert changes(parent, since=asked, after=first + 1)["changes"] == []
