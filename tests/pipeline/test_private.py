"""What its holder marks private leaves the catalogue at once, whatever else comes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from red_catalog.model import Run, State
from red_catalog.publish.record.withholding import Private, open_run
from red_catalog.register.ledger import Register
from tests.http.loopback import Route, Site, answer
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import base, turtle

Serve = Callable[[dict[str, Route]], Site]
Harvest = Callable[[bytes], Run]


def marked(name: str) -> bytes:
    """The mark on a dataset."""
    return f"<{base()}{name}> <https://red.exemple.fr/ns/red#private> true .\n".encode()


CONTACT = """<{0}b> <http://www.w3.org/ns/dcat#contactPoint> <{0}contact> .
<{0}contact> <http://www.w3.org/2006/vcard/ns#fn> "Jeanne Martin"@fr ;
    <https://red.exemple.fr/ns/red#private> true .
"""


def contact() -> bytes:
    """A contact of a dataset that is not to be published."""
    return CONTACT.format(base()).encode()


@pytest.fixture
def harvest(catalogue: Catalogue, serve: Serve) -> Harvest:
    """Harvests the hospital, each time a day later, when its server gives this body."""
    site = serve({})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    days = iter(range(100))

    def harvest(body: bytes) -> Run:
        site.routes["/c.ttl"] = answer(body)
        (run,) = catalogue.harvest(MONDAY + timedelta(days=next(days)))
        return run

    return harvest


def names(catalogue: Catalogue) -> str:
    """The datasets that are published."""
    return "".join(sorted(one[-1] for one in catalogue.entries()))


@pytest.mark.parametrize("every", ["abc", "abcdefghij"], ids=["beyond the guard", "within it"])
def test_a_dataset_that_became_private_leaves_at_once(
    catalogue: Catalogue, harvest: Harvest, every: str
) -> None:
    """No guard counts it, the others stay, and the report says why; marked still, it is refused."""
    harvest(turtle(every))
    run = harvest(turtle(every) + marked("a"))
    assert run.status == "ok"
    assert names(catalogue) == every[1:]
    (held,) = run.outcomes
    assert (held.iri, held.state) == (f"{base()}a", State.WITHDRAWN)
    assert held.reason is not None
    assert "marqué privé" in held.reason["fr"]
    again = harvest(turtle(every) + marked("a"))
    assert [o.state for o in again.outcomes] == [State.REJECTED]
    assert harvest(turtle(every)).totals()["new"] == 1
    assert names(catalogue) == every


def test_a_harvest_that_is_not_whole_keeps_nothing_private_public(
    catalogue: Catalogue, harvest: Harvest
) -> None:
    """Beside what cannot be read, and where others are missing, it leaves all the same."""
    harvest(turtle("abcdefghij"))
    broken = b"<https://chu-lille.exemple.fr/jeu/b r> a <http://www.w3.org/ns/dcat#Dataset> .\n"
    assert harvest(turtle("abcdefghij") + marked("a") + broken).status == "incomplete"
    assert names(catalogue) == "bcdefghij"
    assert harvest(turtle("bc") + marked("b")).status == "guarded"
    assert names(catalogue) == "cdefghij"


def test_it_leaves_under_another_name_of_its_source(catalogue: Catalogue, serve: Serve) -> None:
    """A source that was renamed, or that a dataset moved to, speaks for the holder as well."""
    site = serve({"/c.ttl": answer(turtle("abc"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    catalogue.harvest()
    path = catalogue.root / "red.toml"
    settings = path.read_text("utf-8")
    start, source = settings.split("[[source]]")
    renamed = source.replace('id = "chu-lille"', 'id = "chu-lille-dcat"')
    path.write_text(f"{start}[[source]]{renamed}", "utf-8")
    site.routes["/c.ttl"] = answer(turtle("abc") + marked("a"))
    catalogue.harvest(MONDAY + timedelta(days=1))
    assert names(catalogue) == "bc"


def test_a_guard_keeps_nothing_public_that_became_private(
    catalogue: Catalogue, harvest: Harvest
) -> None:
    """Where many would vanish, what marks a part private is taken, and all else waits."""
    openly = contact().replace(b"red#private> true", b"red#private> false")
    harvest(turtle("abcdefghij") + openly)
    run = harvest(turtle("b") + contact())
    assert (run.status, [(o.iri, o.state) for o in run.outcomes]) == (
        "guarded", [(f"{base()}b", State.UPDATED)],
    )  # fmt: skip
    assert names(catalogue) == "abcdefghij"
    assert b'private> "true' in catalogue.entries()[f"{base()}b"].canonical
    run = harvest(turtle("b") + contact() + f'<{base()}b> <urn:mot> "revu" .'.encode())
    assert [(o.iri, o.state) for o in run.outcomes] == [(f"{base()}b", State.REJECTED)]


def test_what_had_left_is_private_too(catalogue: Catalogue, harvest: Harvest) -> None:
    """Marked after it was withdrawn for another reason, none of its versions is told again."""
    harvest(turtle("abcdefghij"))
    for _ in range(8):
        harvest(turtle("abcdefghi"))
    assert harvest(turtle("abcdefghij") + marked("j")).totals()["rejected"] == 1
    harvest(turtle("abcdefghij"))
    with Register.open(catalogue.root / "var" / "register.db") as register:
        assert [v.private for v in register.versions(f"{base()}j")] == [True, False]
        assert [v.private for v in register.versions(f"{base()}a")] == [False]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (contact() + b'<urn:annuaire> <urn:nom> "Jeanne Martin"@fr_FR .', "repaired"),
        (contact() + f"<{base()}c> <urn:page> <http://a b> .".encode(), "outcomes"),
        (contact() + b"<", "unreadable"),
    ],
    ids=["repaired", "quarantined", "unreadable"],
)
def test_what_is_wrong_beside_a_mark_is_not_for_the_public(
    harvest: Harvest, more: bytes, told: str, charset: str
) -> None:
    """Of a document with a mark no sentence is quoted, also where it comes again unchanged."""
    for _ in range(2):
        run = harvest((turtle("abc") + more).decode().encode(charset))
        assert getattr(run, told)
        opened = open_run(run, Private())
        assert [one for one in repr(opened).split("'") if one.startswith("Not shown")]
        assert getattr(opened, told) != getattr(run, told)
    plain = harvest(turtle("abc") + more.replace(b"red#private", b"red#public"))
    assert getattr(plain, told)
    assert open_run(plain, Private()) == plain


def test_two_sources_of_a_holder_that_disagree_are_told(catalogue: Catalogue, serve: Serve) -> None:
    """What another source of the holder still gives stays, and the report says so."""
    site = serve({"/c.ttl": answer(turtle("abc")), "/d.ttl": answer(turtle("d"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    settings = path.read_text("utf-8")
    other = settings.split("[[source]]")[1].replace('id = "chu-lille"', 'id = "chu-lille-bis"')
    path.write_text(f"{settings}[[source]]{other.replace('/c.ttl', '/d.ttl')}", "utf-8")
    catalogue.harvest()
    site.routes["/d.ttl"] = answer(turtle("ad") + marked("a"))
    _, run = catalogue.harvest(MONDAY + timedelta(days=1))
    (held,) = run.outcomes
    assert (held.iri, held.state) == (f"{base()}a", State.CONFLICT)
    assert held.reason is not None
    assert "chu-lille" in held.reason["en"]
    assert names(catalogue) == "abcd"
    with Register.open(catalogue.root / "var" / "register.db") as register:
        assert [v.private for v in register.versions(f"{base()}a")] == [False]
