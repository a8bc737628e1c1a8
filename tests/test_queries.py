"""The example queries answer what the register holds."""

import csv
import io
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from red_catalog import config, vocabulary
from red_catalog.model import Entry, Triple
from red_catalog.namespaces import term
from red_catalog.pipeline.explaining import explain_for
from red_catalog.publish.pages.examples import queries
from red_catalog.rdf.skolem import skolemise
from red_catalog.rdf.terms import iri, literal
from red_catalog.rdf.writing import triples
from red_catalog.register.ledger import Register
from red_catalog.serve.running import listen, make_server
from tests import catalogue

Rows = list[dict[str, str]]
QUERIES = {code: {e.name: e.text for e in queries(code)} for code in ("fr", "en")}
DOCUMENT = Path(__file__).parents[1] / "docs" / "queries.md"
LISTS = ("03-keyword", "07-period", "08-population", "10-recent", "11-search")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample holders, published."""
    folder = catalogue.copy_samples(tmp_path_factory.mktemp("queries") / "catalogue")
    assert catalogue.red_catalog(folder, "run").returncode in {0, 3}
    return folder


@pytest.fixture(scope="module")
def entries(folder: Path) -> dict[str, tuple[Entry, list[Triple]]]:
    """What the register holds of each dataset."""
    with Register.open(config.load(folder / "red.toml").register) as register:
        return {e.iri: (e, triples(e.canonical)) for e in register.entries()}


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[str]:
    """The address of a real server on the published release."""
    settings = config.load(folder / "red.toml")
    listening = listen("127.0.0.1", 0)
    server = make_server(settings, explain_for(settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
    server.should_exit = True
    thread.join(20)


def ask(endpoint: str, name: str, code: str = "fr") -> Rows:
    """The rows of an example query, as the page of a language has it."""
    return ask_for(endpoint, QUERIES[code][name])


def ask_for(endpoint: str, query: str) -> Rows:
    """The rows of a query."""
    answer = requests.get(
        endpoint, params={"query": query}, headers={"Accept": "text/csv"}, timeout=60
    )
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def values(description: list[Triple], name: str) -> set[str]:
    """The terms that a description gives for a property."""
    return {o for _, p, o in description if p == term(name)}


def counted(rows: Rows, key: str, number: str) -> dict[str, int]:
    """The counts of a query by key."""
    return {row[key]: int(row[number]) for row in rows}


@pytest.mark.parametrize(
    ("name", "column", "property_name"),
    [
        ("01-categories", "category", "healthdcatap:healthCategory"),
        ("05-access", "access", "dct:accessRights"),
        ("06-themes", "theme", "healthdcatap:healthTheme"),
    ],
)
def test_datasets_are_counted_by_code(
    endpoint: str,
    entries: dict[str, tuple[Entry, list[Triple]]],
    name: str,
    column: str,
    property_name: str,
) -> None:
    """Each code has as many datasets as the register has descriptions that give it."""
    expected: Counter[str] = Counter()
    for dataset, (_, description) in entries.items():
        own = [t for t in description if t[0] == f"<{dataset}>"]
        expected.update(o for o in values(own, property_name))
    plain = {iri(o) if o.startswith("<") else literal(o)[0]: n for o, n in expected.items()}
    assert counted(ask(endpoint, name), column, "datasets") == plain


@pytest.mark.parametrize(
    ("name", "column"), [("01-categories", "category"), ("06-themes", "theme")]
)
@pytest.mark.parametrize("code", ["fr", "en"])
def test_codes_have_their_labels(endpoint: str, name: str, column: str, code: str) -> None:
    """A code of our lists comes with the list's label in the language of the page."""
    labelled = 0
    for row in ask(endpoint, name, code):
        label = vocabulary.labels(row[column])
        assert row["label"] == (label[code] if label else "")
        labelled += bool(label)
    assert labelled > 5


def test_datasets_are_counted_by_holder(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]], folder: Path
) -> None:
    """Each holder has as many datasets as the register says."""
    holders = config.load(folder / "red.toml").holders
    for code in ("fr", "en"):
        names = {h.id: h.name[code] for h in holders}
        expected = Counter(names[entry.holder] for entry, _ in entries.values())
        assert counted(ask(endpoint, "02-holders", code), "name", "datasets") == expected


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_lists_have_each_dataset_once(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]], name: str, code: str
) -> None:
    """A dataset with titles in two languages is one row, in the language of the page."""
    rows = ask(endpoint, name, code)
    assert len({row["dataset"] for row in rows}) == len(rows)
    for row in rows:
        own = [t for t in entries[row["dataset"]][1] if t[0] == f"<{row['dataset']}>"]
        given = {literal(t)[0]: t for t in values(own, "dct:title")}
        spoken = {text for text, t in given.items() if t.endswith(f"@{code}")}
        assert row["title"] in (spoken or given)


def test_datasets_are_found_by_keyword(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]]
) -> None:
    """Exactly the datasets with such a keyword are found."""
    expected = {
        dataset
        for dataset, (_, description) in entries.items()
        if any("cancer" in literal(k)[0].lower() for k in values(description, "dcat:keyword"))
    }
    assert expected
    assert {row["dataset"] for row in ask(endpoint, "03-keyword")} == expected


def test_datasets_are_found_by_words(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]]
) -> None:
    """What is found has the words, and what has them in its title is found."""
    titled = {
        dataset
        for dataset, (_, description) in entries.items()
        if any("santé mentale" in literal(t)[0].lower() for t in values(description, "dct:title"))
    }
    assert titled <= {row["dataset"] for row in ask(endpoint, "11-search")} < set(entries)


def test_everything_about_one_dataset_is_its_record(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]], folder: Path
) -> None:
    """DESCRIBE gives the whole published description of a dataset, datatypes included."""
    base = config.load(folder / "red.toml").catalogue.base_iri
    dataset, (entry, _) = next(iter(entries.items()))
    answer = requests.get(
        endpoint,
        params={"query": f"DESCRIBE <{dataset}>"},
        headers={"Accept": "application/n-triples"},
        timeout=60,
    )
    published = set(skolemise(f"<{entry.iri}>", entry.canonical, base).decode().splitlines())
    assert published <= set(answer.content.decode().splitlines())


def test_datasets_are_found_by_year(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]]
) -> None:
    """Exactly the datasets whose period touches 2020 are found."""
    expected = set()
    for dataset, (_, description) in entries.items():
        for period in values([t for t in description if t[0] == f"<{dataset}>"], "dct:temporal"):
            of_it = [t for t in description if t[0] == period]
            starts = {literal(o)[0] for o in values(of_it, "dcat:startDate")}
            ends = {literal(o)[0] for o in values(of_it, "dcat:endDate")} or {"9999"}
            if any(s < "2021" for s in starts) and any(e >= "2020" for e in ends):
                expected.add(dataset)
    assert expected
    assert {row["dataset"] for row in ask(endpoint, "07-period")} == expected


def test_datasets_are_found_by_population(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]]
) -> None:
    """Exactly the datasets with more than 10,000 people are found, largest first."""
    expected = {
        dataset
        for dataset, (_, description) in entries.items()
        for o in values(description, "healthdcatap:numberOfUniqueIndividuals")
        if literal(o)[0].isdigit() and int(literal(o)[0]) > 10_000
    }
    rows = ask(endpoint, "08-population")
    assert {row["dataset"] for row in rows} == expected
    people = [int(row["people"]) for row in rows]
    assert people == sorted(people, reverse=True)


def test_distributions_are_counted_by_format(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]]
) -> None:
    """Each format has as many distributions as the register says."""
    formats: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for dataset, (_, description) in entries.items():
        own = [t for t in description if t[0] == f"<{dataset}>"]
        for distribution in values(own, "dcat:distribution"):
            for s, p, o in description:
                if s == distribution and p == term("dct:format"):
                    where = distribution if distribution.startswith("<") else dataset + distribution
                    formats[iri(o) if o.startswith("<") else literal(o)[0]].add((where, o))
    expected = {code: len(found) for code, found in formats.items()}
    assert counted(ask(endpoint, "09-formats"), "format", "distributions") == expected


def test_the_latest_changes_come_first(
    endpoint: str, entries: dict[str, tuple[Entry, list[Triple]]]
) -> None:
    """Recent changes are datasets of the register in the order of their change."""
    rows = ask(endpoint, "10-recent")
    changed = [row["changed"] for row in rows]
    assert changed == sorted(changed, reverse=True)
    assert len({row["dataset"] for row in rows}) == 20
    latest = sorted((entry.changed for entry, _ in entries.values()), reverse=True)[:20]
    assert sorted((entries[row["dataset"]][0].changed for row in rows), reverse=True) == latest


def test_the_query_of_the_document_works_as_it_stands(endpoint: str) -> None:
    """Whoever pastes the search for words of docs/queries.md gets datasets."""
    _, _, after = DOCUMENT.read_text("utf-8").partition("```sparql\n")
    assert ask_for(endpoint, after.partition("```")[0])
