"""A catalogue of one attack, run as its operator would, with what came of it."""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from red_catalog import config
from red_catalog.cli import run_command
from red_catalog.model import Entry
from red_catalog.register.ledger import Register
from tests.attacks.upstream import HOST

_HEAD = """[catalogue]
base_iri = "https://red.example/"
title = { fr = "Répertoire d'essai", en = "Trial catalogue" }
publisher = { fr = "Opérateur d'essai", en = "Trial operator" }
contact = "mailto:repertoire@red.example"
[publication]
rules = ["red"]
"""
_HOLDER = """
[[holder]]
id = "{id}"
name = {{ fr = "Détenteur {id}", en = "Holder {id}" }}
namespaces = ["https://{id}.example/"]
"""
_SOURCE = """
[[source]]
id = "{id}-{kind}"
holder = "{id}"
kind = "{kind}"
location = "{location}"
allow_hosts = ["{host}"]
"""


@dataclass
class Done:
    """A finished command: its exit code, what it printed, and how long it took."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def plain(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


@dataclass
class Place:
    """A catalogue in a folder, and everything that its commands printed."""

    root: Path
    capture: pytest.CaptureFixture[str]
    printed: list[str] = field(default_factory=list)

    @property
    def site(self) -> Path:
        """The published pages."""
        return self.root / "public" / "current" / "site"

    def configure(self, *sources: tuple[str, str, str]) -> None:
        """Writes the configuration: the holder, kind and location of each source."""
        self.root.mkdir(parents=True, exist_ok=True)
        holders = dict.fromkeys(holder for holder, _, _ in sources)
        parts = [_HEAD, *(_HOLDER.format(id=holder) for holder in holders)]
        parts += [
            _SOURCE.format(id=holder, kind=kind, location=location, host=HOST)
            for holder, kind, location in sources
        ]
        (self.root / "red.toml").write_text("".join(parts), encoding="utf-8")

    def run(self, *arguments: str) -> Done:
        """A command in this process, alone."""
        began = time.monotonic()
        self.capture.readouterr()
        code = run_command([*arguments, "--config", str(self.root / "red.toml")])
        took = time.monotonic() - began
        out, err = self.capture.readouterr()
        self.printed += [out, err]
        return Done(code, out, err, took)

    def harvest(self, *arguments: str) -> Done:
        """Harvests and publishes in this process, printing JSON; its log is one event a line."""
        done = self.run("run", "--json", "--workers", "1", "--log", "json", *arguments)
        for line in done.err.splitlines():
            assert {"time", "event", "source"} <= json.loads(line).keys()
        return done

    def show(self) -> None:
        """Prints what a person would read on a terminal; all of it is looked at in the end."""
        for holder in config.load(self.root / "red.toml").holders:
            self.run("report", holder.id)
        self.run("harvest", "--dry-run", "--workers", "1")

    def entries(self) -> dict[str, Entry]:
        """Every dataset of the register that is not withdrawn."""
        settings = config.load(self.root / "red.toml")
        with Register.open(settings.register) as register:
            return {e.iri: e for e in register.entries() if e.withdrawn_at is None}

    def dump(self) -> bytes:
        """Everything published, as N-Quads, still compressed."""
        return (self.site / "dumps" / "catalogue.nq.gz").read_bytes()


Make = Callable[[], Place]


def owner(text: str, kind: str = "") -> str:
    """The holder that the first address of this text belongs to; that of the first `kind`."""
    found = re.search(rf"https://([\w-]+)\.example/[^>]*{'> a ' + kind if kind else ''}", text)
    assert found, f"no holder in {text[:80]}"
    return found[1]


def url(path: str) -> str:
    """The address of a path of the upstream server."""
    return f"http://{HOST}{path}"


def sentences(run: Any, lang: str = "en") -> Sequence[str]:
    """Each sentence that a run says of what it held back."""
    problems = [f"{p['message'][lang]} {p['fix'][lang]}" for p in run["problems"]]
    return [*problems, *(h["reason"][lang] for h in run["held"])]
