"""Hand-ins while strangers have everything checked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests import catalogue
from tests.serve.conftest import Client
from tests.serve.published import Published
from tests.serve.test_connections import converse
from tests.serve.test_declaring import CONFIG
from tests.serve.test_ingest import Holder, describe, key_of

JEU = "https://ch-tamaris.example/jeu/urgences"


def test_no_key_waits_for_checks_of_strangers(
    tmp_path: Path, run_server: Callable[[Any], Client]
) -> None:
    """Two of them may have long documents checked: what is handed in is judged beside."""
    (tmp_path / "red.toml").write_text(CONFIG, "utf-8")
    key = key_of(tmp_path, "tamaris")
    assert catalogue.red_catalog(tmp_path, "publish").returncode == 0
    client = run_server(Published(tmp_path))
    long = b"".join(describe(f"https://ailleurs.example/jeu/{n}") for n in range(2_000))
    head = (
        f"POST /api/check HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {len(long)}"
    )
    request = f"{head}\r\nContent-Type: text/turtle\r\n\r\n".encode() + long
    with ThreadPoolExecutor(2) as strangers:
        checks = [
            strangers.submit(converse, client, request, wait=90, source=f"127.0.0.{n}")
            for n in (2, 3)
        ]
        handed = Holder(client, key).send(
            "PUT", "ingest/datasets/origin?originalId=u", describe(JEU)
        )
        assert handed.status_code == 200, handed.text
        assert not any(one.done() for one in checks)
