"""Publishing by itself what was handed in, when all does not go well."""

import asyncio
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.serve import republishing
from red_catalog.serve.republishing import Republisher

CONFIG = """[catalogue]
base_iri = "https://red.exemple.fr/"
title = "Répertoire d'essai"
publisher = "Opérateur d'essai"
contact = "mailto:repertoire@red.exemple.fr"
[publication]
rules = []
[serve]
publish = "on-ingest"
quiet_seconds = 0
[[holder]]
id = "clinique-tamaris"
name = "Clinique des Tamaris"
[[source]]
id = "depot"
holder = "clinique-tamaris"
kind = "ingest"
"""


@pytest.fixture
def watch(tmp_path: Path) -> Republisher:
    """What watches over a clinic's descriptions; no time need pass without any."""
    (tmp_path / "red.toml").write_text(CONFIG, "utf-8")
    return Republisher(config.load(tmp_path / "red.toml"))


def program(folder: Path, code: int) -> tuple[str, Callable[[], int]]:
    """A program in place of ours that ends with this code, and how often it was run."""
    path, told = folder / f"ends-with-{code}", folder / f"runs-{code}"
    path.write_text(f"#!/bin/sh\necho $3 >> {told}\nexit {code}\n", "utf-8")
    path.chmod(0o755)
    return str(path), lambda: told.read_text("utf-8").count("run") if told.exists() else 0


async def wait_for_runs(
    watch: Republisher, runs: Callable[[], int], wanted: int, longer: float = 0
) -> None:
    """Watches until so many runs were made, and some seconds longer."""
    await watch.start()
    async with asyncio.timeout(30):
        while runs() < wanted:
            await asyncio.sleep(0.01)
    await asyncio.sleep(longer)
    await watch.stop()


def test_a_run_that_could_not_begin_is_begun_later(
    watch: Republisher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Where the system starts no process, the log says why, and the watch goes on."""
    monkeypatch.setattr(republishing, "_PAUSE", 0.05)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    name, runs = program(tmp_path, 0)

    async def live() -> None:
        await watch.start()
        async with asyncio.timeout(30):
            while not caplog.records:
                await asyncio.sleep(0.01)
            sys.executable = name
            while not runs():
                await asyncio.sleep(0.01)
        await watch.stop()

    with caplog.at_level(logging.WARNING, "red_catalog.serve.republishing"):
        asyncio.run(live())
    assert "could not begin: [Errno 2] No such file" in caplog.messages[0]


def test_a_busy_register_is_not_asked_without_a_pause(
    watch: Republisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However short the quiet time, a run that found another one waits for a second."""
    name, runs = program(tmp_path, 6)
    monkeypatch.setattr(sys, "executable", name)

    asyncio.run(wait_for_runs(watch, runs, 1, 0.7))
    assert runs() == 1


def test_a_run_that_found_the_register_busy_is_made_again(
    watch: Republisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was handed in while another command worked is published after it."""
    monkeypatch.setattr(republishing, "_PAUSE", 0.05)
    name, runs = program(tmp_path, 6)
    monkeypatch.setattr(sys, "executable", name)

    asyncio.run(wait_for_runs(watch, runs, 2))


def test_a_run_that_ended_badly_waits_for_what_is_handed_in(
    watch: Republisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source that fails would fail again: only the next description makes another run."""
    monkeypatch.setattr(republishing, "_PAUSE", 0.05)
    name, runs = program(tmp_path, 3)
    monkeypatch.setattr(sys, "executable", name)

    async def live() -> None:
        await watch.start()
        async with asyncio.timeout(30):
            while not runs():
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)
            assert runs() == 1
            watch.note()
            while runs() < 2:
                await asyncio.sleep(0.01)
        await watch.stop()

    asyncio.run(live())


def test_what_is_handed_in_without_end_is_published_meanwhile(
    watch: Republisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A holder that never falls silent holds nothing up for longer than ten quiet times."""
    watch.quiet = 0.2
    name, runs = program(tmp_path, 0)
    monkeypatch.setattr(sys, "executable", name)

    async def live() -> float:
        await watch.start()
        began = asyncio.get_running_loop().time()
        async with asyncio.timeout(60):
            while not runs():
                watch.note()
                await asyncio.sleep(0.01)
        await watch.stop()
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(live()) >= 10 * watch.quiet


def test_a_watch_that_broke_lets_the_server_end(
    watch: Republisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the watch died of, to stop it raises nothing."""

    async def broken() -> bool:
        raise ArithmeticError

    monkeypatch.setattr(watch, "_run", broken)

    async def live() -> None:
        await watch.start()
        await asyncio.sleep(0.05)
        await watch.stop()

    asyncio.run(live())
