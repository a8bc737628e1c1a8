"""What the doctor says of the server's needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from red_catalog.errors import RedError
from red_catalog.register.desk import Desk
from red_catalog.register.tokens import BODY, SCOPES
from red_catalog.serve.diagnosing import CHECKS
from tests.publish import records


def test_a_worker_is_asked(samples: Any) -> None:
    """A worker on the live release answers, with search, and has no network."""
    assert CHECKS["queries"](samples.place.config).endswith("triples; workers have no network")
    assert "GB free" in CHECKS["server"](samples.place.config)


def test_a_damaged_store_is_told(make_place: Callable[..., Any]) -> None:
    """A store that does not open, or is not there, is a sentence with what to do."""
    place = make_place()
    with pytest.raises(RedError, match="run `red-catalog run`"):
        CHECKS["queries"](place.config)
    folder = place.publish()
    for file in (folder / "store" / "store").glob("MANIFEST*"):
        file.write_bytes(b"x")
    with pytest.raises(RedError, match=r"\(RuntimeError: .*\): run `red-catalog publish --afresh`"):
        CHECKS["queries"](place.config)


def test_holders_without_a_key_are_named(samples: Any) -> None:
    """Who may hand descriptions in and has no key that opens is told."""
    config = samples.place.config
    assert CHECKS["keys"](config) == "no holder hands descriptions in"
    source = replace(config.sources[0], kind="ingest", holder="institut-mesange")
    with pytest.raises(RedError, match="token create institut-mesange"):
        CHECKS["keys"](replace(config, sources=(source,)))


def test_only_a_key_that_hands_in_counts(tmp_path: Path) -> None:
    """Keys that read or attest, that end, and those of others leave a holder without."""
    known = records.config(tmp_path)
    source = replace(known.sources[0], kind="ingest", holder="chu-rivemont")
    config = replace(known, sources=(source,))
    config.register.parent.mkdir(exist_ok=True)
    with Desk.open(config.register) as desk:
        ended, _ = desk.create_token("chu-rivemont", SCOPES, None, records.MOMENT)
        desk.revoke(ended.id, records.MOMENT)
        desk.create_token("chu-rivemont", ("attest", "read"), None, records.MOMENT)
        desk.create_token(BODY, ("read",), None, records.MOMENT)
        desk.create_token("registre-cancers", SCOPES, None, records.MOMENT)
        with pytest.raises(RedError, match="token create chu-rivemont"):
            CHECKS["keys"](config)
        soon = datetime.now(UTC) + timedelta(days=9)
        desk.create_token("chu-rivemont", ("write",), soon, records.MOMENT)
        with pytest.raises(RedError, match="Within 30 days no key hands in for chu-rivemont: give"):
            CHECKS["keys"](config)
        desk.create_token("chu-rivemont", ("write",), None, records.MOMENT)
    assert CHECKS["keys"](config) == "1 holder has a key"
    other = replace(source, id="registre-depot", holder="registre-cancers")
    assert CHECKS["keys"](replace(config, sources=(source, other))) == "2 holders have keys"


def test_a_repository_without_a_mailbox_is_told(tmp_path: Path) -> None:
    """Where the contact is a page, OAI-PMH needs a mailbox of its own."""
    config = records.config(tmp_path)
    assert CHECKS["repository"](config) == "OAI-PMH tells contact@red.example.fr"
    page = replace(config.catalogue, contact="https://red.example.fr/@contact")
    with pytest.raises(RedError, match=r"set `catalogue\.admin_email`"):
        CHECKS["repository"](replace(config, catalogue=page))
    mailed = replace(page, admin_email="oai@red.example.fr")
    told = CHECKS["repository"](replace(config, catalogue=mailed))
    assert told == "OAI-PMH tells oai@red.example.fr"
