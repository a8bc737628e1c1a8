"""OAI-PMH repositories that give what changed: what several records give, and what they rename."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from red_catalog import config
from red_catalog.model import Run, State
from red_catalog.pipeline.desk.withdrawing import withdraw
from red_catalog.register.ledger import Register
from tests.harvesters.protocols import ByQuery
from tests.http.loopback import Route, Site
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import base

Serve = Callable[[dict[str, Route]], Site]
HEAD = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{}</responseDate>'
SAID = {
    "Identify": "<Identify><deletedRecord>persistent</deletedRecord>"
    "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>",
    "ListMetadataFormats": "<ListMetadataFormats/>",
}
RECORD = """<record><header><identifier>oai:chu:{name}</identifier></header><metadata>
<dc xmlns="http://purl.org/dc/elements/1.1/"><title>Séjours {title}</title>
<identifier>{iri}</identifier><type>Dataset</type></dc></metadata></record>"""
GONE = '<record><header status="deleted"><identifier>oai:chu:{}</identifier></header></record>'
NAMES = "abcdefgh"
DOI = "https://doi.org/10.9999/sejours"


def record(name: str, of: str | None = None, iri: str | None = None) -> str:
    """A record that describes the dataset of its name, another one or one under a DOI."""
    of = of or name
    return RECORD.format(name=name, title=of, iri=iri or f"{base()}{of}")


class Repository:
    """A hospital's repository: all that it has, and what changed since the last harvest."""

    def __init__(self, catalogue: Catalogue, serve: Serve) -> None:
        self.catalogue = catalogue
        self.every: list[str] = [record(name) for name in NAMES]
        self.changed: list[str] = []
        self.lists: list[str] = []
        self.days = 0
        self.is_down = False
        catalogue.configure(("chu-lille", serve(ByQuery("/oai", self.reply)), "/oai"))
        self.rewrite('kind = "dcat"', 'kind = "oaipmh"')

    def reply(self, query: dict[str, str]) -> bytes:
        """The answer to a request."""
        if self.is_down:
            return b"<html/>"
        said = SAID.get(query["verb"]) or self._list("from" in query)
        return f"{HEAD.format('2029-03-26T03:00:00Z')}{said}</OAI-PMH>".encode()

    def _list(self, since: bool) -> str:
        self.lists.append("changes" if since else "all")
        records = "".join(self.changed if since else self.every)
        empty = '<error code="noRecordsMatch"/>'
        return f"<ListRecords>{records}</ListRecords>" if records else empty

    def harvest(self, *changed: str) -> Run:
        """A harvest, a day after the one before, when this changed."""
        self.changed = list(changed)
        (run,) = self.catalogue.harvest(MONDAY + timedelta(days=self.days))
        self.days += 1
        assert run.status == ("failed" if self.is_down else "ok")
        return run

    def rewrite(self, before: str, after: str) -> None:
        """Changes the configuration."""
        path = self.catalogue.root / "red.toml"
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def names(self) -> str:
        """The datasets that are published, by the end of their IRI."""
        return "".join(sorted(iri.removeprefix(base()) for iri in self.catalogue.entries()))


@pytest.fixture
def repository(catalogue: Catalogue, serve: Serve) -> Repository:
    """A repository that was not harvested yet."""
    return Repository(catalogue, serve)


def test_a_dataset_stays_while_one_of_its_records_is_left(repository: Repository) -> None:
    """Two records gave it in one harvest: it goes with the second, at once, and not before."""
    repository.every.append(record("doublon", of="a"))
    repository.harvest()
    assert repository.harvest(GONE.format("a")).totals()["withdrawn"] == 0
    assert repository.harvest().totals()["absent"] == 0
    assert repository.names() == NAMES
    (gone,) = repository.harvest(GONE.format("doublon")).outcomes
    assert (gone.iri, gone.state) == (f"{base()}a", State.WITHDRAWN)
    assert repository.lists == ["all", "changes", "changes", "changes"]


def test_the_record_that_came_later_counts_as_well(repository: Repository) -> None:
    """A record that is merged into another one, is no loss."""
    repository.harvest()
    repository.harvest(record("doublon", of="a"))
    repository.harvest(record("b"))
    repository.harvest(GONE.format("doublon"))
    assert repository.harvest().totals()["absent"] == 0
    assert repository.names() == NAMES


def test_a_harvest_that_fails_forgets_no_record(repository: Repository) -> None:
    """What gave a dataset before a repository was down gives it still."""
    repository.every.append(record("doublon", of="a"))
    repository.harvest()
    repository.is_down = True
    repository.harvest()
    repository.is_down = False
    repository.harvest(GONE.format("a"))
    assert repository.names() == NAMES


def test_a_record_that_gets_a_doi_leaves_no_ghost(repository: Repository) -> None:
    """The former identifier is absent, told as renamed, and withdrawn after the grace period."""
    repository.harvest()
    run = repository.harvest(record("a", iri=DOI))
    told = {one.iri: one.reason["fr"] for one in run.outcomes if one.reason}
    assert (run.totals()["new"], run.totals()["absent"]) == (1, 1)
    assert DOI in told[f"{base()}a"]
    assert f"{base()}a" in told[DOI]
    withdrawn = [repository.harvest().totals()["withdrawn"] for _ in range(8)]
    assert withdrawn == [0] * 6 + [1, 0]
    assert repository.names() == f"{NAMES[1:]}{DOI}"
    assert set(repository.lists[1:]) == {"changes"}


def test_a_former_identifier_that_returns_is_there_again(repository: Repository) -> None:
    """Its absence has ended, however many harvests have no news of it."""
    repository.harvest()
    repository.harvest(record("a", iri=DOI))
    run = repository.harvest(record("a"))
    assert [(one.iri, one.state) for one in run.outcomes if one.state is State.ABSENT] == [
        (DOI, State.ABSENT)
    ]
    for _ in range(12):
        repository.harvest()
    assert repository.names() == NAMES


def test_what_a_whole_list_lacks_is_looked_for_in_whole_lists(repository: Repository) -> None:
    """Changes alone would not tell that it is back."""
    path = repository.catalogue.root / "red.toml"
    repository.harvest()
    a = repository.every.pop(0)
    path.write_text(path.read_text("utf-8").replace("/oai", "/oai?lang=fr"), encoding="utf-8")
    repository.lists.clear()
    assert repository.harvest().totals()["absent"] == 1
    repository.every.append(a)
    assert repository.harvest().totals()["absent"] == 0
    repository.harvest()
    assert repository.lists == ["all", "all", "changes"]
    assert repository.names() == NAMES


def test_a_repository_that_is_put_back_gives_all_again(repository: Repository) -> None:
    """What was withdrawn with its source comes back, though nothing of it changed since."""
    repository.harvest()
    settings = config.load(repository.catalogue.root / "red.toml")
    without = replace(settings, sources=())
    with Register.open(settings.register) as register:
        withdraw(without, register, "chu-lille", lambda: MONDAY)
    assert repository.names() == ""
    assert repository.harvest().totals()["new"] == len(NAMES)
    assert (repository.names(), repository.lists) == (NAMES, ["all", "all"])


@pytest.mark.parametrize("former", ["", 'former = ["chu-lille"]'])
def test_all_of_a_repository_becomes_its_holders(repository: Repository, former: str) -> None:
    """A source that gets another holder, or another id of its own, is read whole once."""
    repository.harvest()
    repository.rewrite('[[holder]]\nid = "chu-lille"', f'[[holder]]\n{former}\nid = "chu-hauts"')
    repository.rewrite('holder = "chu-lille"', 'holder = "chu-hauts"')
    repository.harvest()
    assert {e.holder for e in repository.catalogue.entries().values()} == {"chu-hauts"}
    repository.harvest()
    assert repository.lists == ["all", "all", "changes"]


def test_other_profiles_judge_all_of_a_repository(repository: Repository) -> None:
    """What did not change since the last harvest is judged anew, too."""
    repository.harvest()
    only = '[validation]\nprofiles = ["dcat-ap-3"]\ngating = ["dcat-ap-3"]\n[limits]'
    repository.rewrite("[limits]", only)
    repository.harvest()
    reports = [e.reports for e in repository.catalogue.entries().values()]
    assert [[one.profile for one in some] for some in reports] == [["dcat-ap-3"]] * len(NAMES)
