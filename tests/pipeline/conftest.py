"""A catalogue in a folder, harvested in this process at any moment one likes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.http import Http, Traffic
from red_catalog.model import Entry, Run
from red_catalog.pipeline.harvest.harvesting import Harvester
from red_catalog.pipeline.harvest.progress import Event
from red_catalog.register.ledger import Cost, Register
from red_catalog.terminal.runs import run_to_plain
from tests.http.loopback import Route, Site, start
from tests.reconciled import assert_reconciled

_HEAD = """[catalogue]
base_iri = "https://red.exemple.fr/"
title = { fr = "Répertoire d'essai", en = "Trial catalogue" }
publisher = { fr = "Opérateur d'essai", en = "Trial operator" }
contact = "mailto:repertoire@red.exemple.fr"
[publication]
rules = []
[limits]
document_seconds = 2.0
"""
MONDAY = datetime(2029, 3, 26, 3, tzinfo=UTC)


@dataclass
class Catalogue:
    """Its folder, its sources, and what the last harvest told and cost."""

    root: Path
    events: list[Event] = field(default_factory=list)
    traffic: Traffic = field(default_factory=Traffic)

    def configure(self, *sources: tuple[str, Site, str], more: str = "") -> None:
        """Writes the configuration: a source, of a holder of the same name, at each place."""
        self.root.mkdir(exist_ok=True)
        parts = [_HEAD]
        for name, site, path in sources:
            parts.append(f"""
[[holder]]
id = "{name}"
name = {{ fr = "Centre hospitalier {name}", en = "Hospital {name}" }}
namespaces = ["https://{name}.exemple.fr/"]
email = "donnees@{name}.exemple.fr"
[[source]]
id = "{name}"
holder = "{name}"
kind = "dcat"
location = "{site.url(path)}"
allow_hosts = ["{site.host}"]
{more}""")
        (self.root / "red.toml").write_text("".join(parts), encoding="utf-8")

    def harvest(self, now: datetime = MONDAY, *, accept_removals: bool = False) -> list[Run]:
        """A harvest of every source at this moment; its totals reconcile."""
        settings = config.load(self.root / "red.toml")
        cache = settings.var / "cache"
        self.events.clear()
        with (
            Register.open(settings.register) as register,
            Http(cache, "red-catalog/test", settings.limits, sleep=lambda _: None) as http,
        ):
            harvester = Harvester(
                settings, register, http, None, lambda: now, accept_removals, self.events.append
            )
            runs = list(harvester.harvest_all(settings.sources))
            self.traffic = http.traffic()
        for run in runs:
            assert_reconciled(run_to_plain(run))
        return runs

    def entries(self) -> dict[str, Entry]:
        """Every dataset of the register that is not withdrawn."""
        with Register.open(config.load(self.root / "red.toml").register) as register:
            return {e.iri: e for e in register.entries() if e.withdrawn_at is None}

    def cost(self, run: Run) -> Cost:
        """What a run took."""
        with Register.open(config.load(self.root / "red.toml").register) as register:
            return register.cost(run.id)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A catalogue without sources yet."""
    return Catalogue(tmp_path / "catalogue")


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Route]], Site]]:
    """Starts servers, and stops them after the test."""
    sites: list[Site] = []

    def build(routes: dict[str, Route]) -> Site:
        sites.append(start(routes))
        return sites[-1]

    yield build
    for site in sites:
        site.close()
