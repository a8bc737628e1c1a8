"""What a holder marked private, erased from the register for good."""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from red_catalog.model import Outcome, Run, State
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.pipeline import publishing
from red_catalog.pipeline.desk import erasing, keys
from red_catalog.pipeline.desk.proving import evidence, find_altered
from red_catalog.register.desk import Desk, Who
from red_catalog.register.ledger import Change, Register, Version
from red_catalog.register.schema import connect
from tests.catalogue import json_of, red_catalog
from tests.federation.conftest import FILES, START, Catalogue, announce_all, record
from tests.federation.naming import CONTACT, name_contact, public

IRI = record(1).iri
# What a harvest says of a dataset that it does not take as it is.
QUOTING = {"fr": f"« {CONTACT} » n'est pas une adresse.", "en": f"“{CONTACT}” is no address."}


@pytest.fixture
def named(tmp_path: Path) -> Catalogue:
    """Named openly, attested, then marked, then left out: three versions, two backups between."""
    made = Catalogue(tmp_path / "bretagne", "https://bretagne.exemple.fr/")
    made.configure(FILES)
    made.describe(range(3))
    name_contact(made, 1, private=False)
    made.run()
    note(made, Outcome(IRI, State.QUARANTINED, reason=QUOTING))
    with Desk.open(made.config.register) as desk:
        desk.attest(Who("bretagne", "12ab34cd", "ingest"), IRI, START)
    keys.back_up(made.config, tmp_path / "public.db")
    name_contact(made, 1, private=True)
    made.run()
    keys.back_up(made.config, tmp_path / "marque.db")
    made.describe([1], "sans contact")
    made.run()
    return made


def held(made: Catalogue) -> str:
    """Every text in the register's tables, and the bytes of its files."""
    with closing(connect(made.config.register)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE rootpage")]
        assert "version" in tables
        packed = [text for (text,) in db.execute("SELECT canonical FROM version")]
    with Register.open(made.config.register) as register:
        told = [v.canonical for e in register.entries() for v in register.versions(e.iri)]
        said = repr([one.rest for one in register.documents("bretagne").values()]).encode()
    assert len(packed) == len(told)
    files = [f.read_bytes() for f in made.config.register.parent.glob("register.db*")]
    return b"".join([*told, said, *files]).decode("utf-8", "replace")


def add(made: Catalogue, statements: str) -> None:
    """Adds these to what the holder says of the dataset."""
    with (made.root / "declarations" / "1.nt").open("a", encoding="utf-8") as file:
        file.write(statements)


def note(made: Catalogue, outcome: Outcome) -> None:
    """A harvest that says so."""
    with Register.open(made.config.register) as register:
        register.commit(Change(Run(0, "bretagne", START, START, "ok", outcomes=(outcome,))))


def versions(made: Catalogue) -> list[Version]:
    """Those of the dataset, oldest first."""
    with Register.open(made.config.register) as register:
        return register.versions(IRI)


def release(made: Catalogue) -> str:
    """The name of the live release."""
    return (made.root / "public" / "current").resolve().name


def stored(made: Catalogue) -> bytes:
    """The bytes of the live release's query store."""
    store = made.root / "public" / "current" / "store"
    return b"".join(file.read_bytes() for file in sorted(store.rglob("*")) if file.is_file())


def test_nothing_of_it_is_left_in_the_register(named: Catalogue) -> None:
    """Nor what was deleted there before; what is public stays so."""
    told, live = public(named), release(named)
    with closing(connect(named.config.register)) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("INSERT INTO bookmark VALUES ('annuaire', ?, '')", (CONTACT,))
        db.execute("DELETE FROM bookmark WHERE source = 'annuaire'")
    assert CONTACT in held(named)
    assert CONTACT not in told
    # As while the catalogue is served: the file beside the register stays.
    with Register.open(named.config.register):
        (done,) = erasing.erase(named.config, [IRI], START)
        assert (done.versions, done.in_force) == ((1, 2), False)
        assert CONTACT not in held(named)
    named.run()
    assert (public(named), release(named)) == (told, live)


def test_nothing_of_it_is_left_in_what_the_latest_harvest_told(named: Catalogue) -> None:
    """Its sentences go where they quote it; of harvests before it none are kept."""
    note(named, Outcome(IRI, State.QUARANTINED, reason=QUOTING))
    (done,) = erasing.erase(named.config, [IRI], START)
    assert done.reports == 1
    assert CONTACT not in held(named)


def test_the_query_store_does_not_hold_it_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine keeps what it deletes: where anything became private, the store is made anew."""
    monkeypatch.setattr(publishing, "_LITTLE", 1)
    made = Catalogue(tmp_path / "bretagne", "https://bretagne.exemple.fr/")
    made.configure(FILES)
    made.describe(range(9))
    name_contact(made, 1, private=False)
    made.run()
    before = stored(made)
    name_contact(made, 1, private=True)
    made.run()
    assert CONTACT.encode() in before
    assert CONTACT.encode() not in stored(made)


def test_digests_stay_and_what_was_erased_is_known(named: Catalogue) -> None:
    """Nothing counts as altered; the log, the evidence and the history tell of it."""
    before = json_of(named.root, "history", IRI)
    erasing.erase(named.config, [IRI], START)
    with Desk.open(named.config.register) as desk:
        assert find_altered(desk) is None
        assert (desk.log()[-1].action, desk.log()[-1].subject) == ("erase", IRI)
        page = evidence(named.config, desk.register, START, (None, "html", "fr")).decode()
    assert "(ce qui est privé a été effacé de son texte depuis)" in page
    after = json_of(named.root, "history", IRI)
    assert [one.pop("erased") for one in after if "erased" in one] == [True, True, False]
    assert after == [{k: v for k, v in one.items() if k != "erased"} for one in before]
    versions = red_catalog(named.root, "history", IRI).stdout.split("  version  ")[1:]
    assert [", erased\n" in one for one in versions] == [True, True, False]
    shown = red_catalog(named.root, "history", IRI, "--text", "1")
    assert IRI in shown.stdout
    assert "was erased from this version" in shown.stderr


def test_what_was_altered_after_it_was_erased_is_found(named: Catalogue) -> None:
    """What was left then has a digest as well."""
    erasing.erase(named.config, [IRI], START)
    with closing(connect(named.config.register)) as db:
        db.execute(
            "UPDATE version SET canonical = (SELECT canonical FROM version WHERE number = 3)"
            " WHERE number = 1 AND iri = ?",
            (IRI,),
        )
    with Desk.open(named.config.register) as desk:
        assert find_altered(desk) == f"The text of version 1 of {IRI}"
        page = evidence(named.config, desk.register, START, (None, "html", "en")).decode()
    assert "(its text was altered or lost)" in page


def test_what_is_in_force_stays_and_is_told(named: Catalogue) -> None:
    """Marked in the version in force, it is the holder's to leave out; until then it stays."""
    name_contact(named, 1, private=True)
    named.run()
    done = json_of(named.root, "erase", IRI)
    assert [(one["versions"], one["in_force"]) for one in done] == [([1, 2], True)]
    assert CONTACT in held(named)
    named.describe([1], "sans contact du tout")
    named.run()
    told = red_catalog(named.root, "erase", IRI)
    assert f"{IRI}: erased from version 4" in told.stdout
    assert "Backups" in told.stderr
    assert CONTACT not in held(named)
    assert f"{IRI}: nothing to erase." in red_catalog(named.root, "erase", IRI).stdout


def test_a_dataset_that_was_private_as_a_whole_is_erased_up_to_then(named: Catalogue) -> None:
    """None of their text is kept; what was said of other datasets is."""
    add(named, f'<{IRI}> <{named.base}ns/red#private> "1" .\n')
    named.run()
    named.describe([1], "de nouveau public")
    named.run()
    # As both descriptions have it.
    country = "http://publications.europa.eu/resource/authority/country/XYZ"
    said = {"fr": f"« {country} » n'est pas un pays.", "en": f"“{country}” is no country."}
    note(named, Outcome(record(2).iri, State.CONFLICT, reason=said))
    erasing.erase(named.config, [IRI], START)
    with Register.open(named.config.register) as register:
        (run,) = register.runs("bretagne")
    assert run.outcomes[0].reason == said
    *earlier, last = versions(named)
    assert [v.canonical for v in earlier] == [b"", b"", b""]
    assert "de nouveau public" in last.canonical.decode()
    told = public(named)
    named.publish()
    assert public(named) == told


def test_a_description_of_before_that_comes_again_is_read_again(named: Catalogue) -> None:
    """Told by another file of the holder's, the new version has all that it says."""
    old = name_contact(named, 1, private=False)
    named.run()
    (named.root / "declarations" / "9-ancien.nt").write_bytes(old)
    named.describe([1], "sans contact")
    named.run()
    name_contact(named, 1, private=True)
    named.run()
    erasing.erase(named.config, [IRI], START)
    named.remove([1])
    named.run()
    with Register.open(named.config.register) as register:
        last = register.versions(IRI)[-1]
        assert register.first_altered_version() is None
    assert (last.canonical.count(CONTACT.encode()), last.erased) == (1, None)


@pytest.mark.parametrize("copy", ["public.db", "marque.db"])
def test_a_backup_of_before_does_not_bring_it_back(
    tmp_path: Path, named: Catalogue, copy: str
) -> None:
    """Taken when the name was public, or marked: neither is it told again, nor kept."""
    erasing.erase(named.config, [IRI], START)
    told, before = public(named), named.digests()
    assert keys.restore(named.config, tmp_path / copy, START).goes_on
    assert (public(named), named.digests()) == (told, before)
    announce_all(named)
    assert CONTACT not in public(named)
    assert len(versions(named)) == 3
    (done,) = erasing.erase(named.config, [IRI], START)
    assert (done.versions, CONTACT in held(named)) == ((), False)
    named.run()
    assert named.digests() == before


def test_full_pages_of_events_lose_it_at_the_next_publication(named: Catalogue) -> None:
    """Erased between a harvest and its publication, it leaves them as if it were still marked."""
    name_contact(named, 2, private=False)
    named.describe(range(10, 115))
    named.run()
    pages = [f"feed/catalogue/events/1.{form}" for form in ("trig", "jsonld")]
    assert all(CONTACT in (named.site / page).read_text("utf-8") for page in pages)
    name_contact(named, 2, private=True)
    named.settle()
    named.describe([2], "sans contact")
    named.settle()
    erasing.erase(named.config, [record(2).iri], START)
    named.publish()
    assert not [page for page in pages if CONTACT in (named.site / page).read_text("utf-8")]


def test_an_address_goes_whatever_begins_as_it_does(named: Catalogue) -> None:
    """A person's page lies beside others of the same site, which stay."""
    site = "https://www.ors-bretagne.example/equipe/"
    page = f"{site}jeanne-kervella"
    name_contact(named, 1, private=True)
    more = f"_:guichet {term('vcard:hasURL')} <{page}> .\n"
    more += f"<{IRI}> {term('dcat:landingPage')} <{site}> .\n"
    add(named, more)
    named.run()
    note(named, Outcome(IRI, State.CONFLICT, reason={"fr": f"« {page} »", "en": f"“{page}”"}))
    named.describe([1], "sans contact")
    add(named, more.splitlines()[1])
    named.run()
    erasing.erase(named.config, [IRI], START)
    assert page not in held(named)


def test_of_a_withdrawn_dataset_no_version_is_in_force(named: Catalogue) -> None:
    """What its last version marks private is erased as well, and what was found in it."""
    name_contact(named, 1, private=True)
    wrong = f"_:guichet {RDF_TYPE} {term('vcard:Kind')} .\n"
    wrong += f'_:guichet {term("vcard:hasEmail")} "{CONTACT}" .\n'
    add(named, wrong)
    named.run()
    assert CONTACT in repr(named.entries()[IRI].report)
    named.remove([1])
    named.run()
    (done,) = erasing.erase(named.config, [IRI], START)
    assert (done.versions, done.in_force) == ((1, 2, 4), False)
    assert CONTACT not in held(named)
    told = public(named)
    named.run()
    assert public(named) == told
    named.describe([1], "de retour")
    named.run()
    assert IRI in named.digests()


def test_a_restore_that_is_undone_puts_nothing_erased_in_force(
    tmp_path: Path, named: Catalogue
) -> None:
    """What a backup did not know was withdrawn, then erased; the next harvest has all of it."""
    name_contact(named, 3, private=True)
    named.run()
    undone = keys.restore(named.config, tmp_path / "marque.db", START).before
    assert undone
    (done,) = erasing.erase(named.config, [record(3).iri], START)
    assert done.versions == (1,)
    assert keys.restore(named.config, undone, START + timedelta(days=1)).goes_on
    assert record(3).iri not in named.digests()
    named.harvest()
    assert CONTACT in named.entries()[record(3).iri].canonical.decode()


def test_all_datasets_are_erased_where_none_is_named(named: Catalogue) -> None:
    """With `--all`; without a name nor that, nothing is done, and what to give is said."""
    refused = red_catalog(named.root, "erase")
    assert (refused.returncode, "--all" in refused.stderr) == (2, True)
    unknown = red_catalog(named.root, "erase", IRI, "urn:inconnu")
    assert (unknown.returncode, "No dataset is called urn:inconnu" in unknown.stderr) == (2, True)
    assert CONTACT in held(named)
    done = json.loads(red_catalog(named.root, "erase", "--all", "--json").stdout)
    assert [one["iri"] for one in done if one["versions"]] == [IRI]
    assert len(done) == 3
    assert CONTACT not in held(named)
    assert red_catalog(named.root, "erase", "--all").stdout == "Nothing to erase.\n"
