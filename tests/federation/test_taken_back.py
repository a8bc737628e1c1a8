"""What is private in one version of a description, and public before and after it."""

import json
import re
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from red_catalog.model import FEEDS, Verdict
from red_catalog.namespaces import PREFIXES, RDF_TYPE
from red_catalog.pipeline.events import described
from red_catalog.register.ledger import Register
from tests.federation.conftest import Catalogue, pusher, record

NUMBER = 3
DCAT, VCARD = PREFIXES["dcat"], PREFIXES["vcard"]
HDAB = re.compile(rf"<{PREFIXES['healthdcatap']}hdab> (\S+) \.")
DESK = "Guichet des données, CHU de Rennes"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue whose one dataset has a contact: public, private, then public twice."""
    made = Catalogue(tmp_path_factory.mktemp("hopital") / "c", "https://red.exemple.fr/")
    configure(made)
    private = f'_:guichet <{made.base}ns/red#private> "true" .\n'
    for word, more in (("un", ""), ("deux", private), ("trois", ""), ("quatre", "")):
        declare(made, word, more)
        made.run()
    return made


@pytest.fixture
def hospital(told: Catalogue, tmp_path: Path) -> Catalogue:
    """The same, for one test alone."""
    made = replace(told, root=tmp_path / "h/c")
    shutil.copytree(told.root.parent, made.root.parent, symlinks=True)
    configure(made)
    return made


def configure(made: Catalogue) -> None:
    """One source, and a gateway's folder beside the catalogue."""
    gateway = made.root.parent / "sortie"
    gateway.mkdir(exist_ok=True)
    made.configure(
        'kind = "file"\nlocation = "declarations"\n',
        f'[[target]]\nid = "passerelle"\nkind = "directory"\nlocation = "{gateway}"\n',
    )


def declare(made: Catalogue, word: str, more: str) -> None:
    """The dataset with a contact, and a keyword that makes it another version."""
    made.describe([NUMBER], word)
    contact = (
        f"<{record(NUMBER).iri}> <{DCAT}contactPoint> _:guichet .\n"
        f'_:guichet <{VCARD}fn> "{DESK}"@fr .\n_:guichet {RDF_TYPE} <{VCARD}Organization> .\n'
        f"_:guichet <{VCARD}hasEmail> <mailto:donnees@chu-rennes.example.fr> .\n"
    )
    file = made.root / "declarations" / f"{NUMBER}.nt"
    file.write_bytes(file.read_bytes() + (contact + more).encode())


def gate_strictly(made: Catalogue) -> None:
    """From now on a strict gate holds back what violates a rule."""
    settings = made.root / "red.toml"
    strict = settings.read_text("utf-8").replace("rules = []", 'rules = []\ngate = "strict"')
    settings.write_text(strict, "utf-8")


def kinds(made: Catalogue, feed: str) -> list[str]:
    """The kind of each event on the latest page of a feed."""
    content = (made.site / f"feed/{feed}/events/latest.trig").read_text("utf-8")
    return re.findall(rf"#\d+> {RDF_TYPE} <https://www.w3.org/ns/activitystreams#(\w+)>", content)


def graphs(made: Catalogue) -> list[str]:
    """The graph of each event on the latest page, by number."""
    content = (made.site / "feed/catalogue/events/latest.trig").read_text("utf-8")
    return [part.partition("}\n")[0] for part in content.split("> {\n")[1:]]


def test_events_after_it_tell_the_whole_description(hospital: Catalogue) -> None:
    """The private version and the one before it lack the contact, those after it have it."""
    assert [DESK in one for one in graphs(hospital)] == [False, False, True, True]


def test_what_is_sent_after_it_is_whole(hospital: Catalogue) -> None:
    """A target gets the contact again, and the digest in the ledger is that of what is public."""
    with pusher(hospital) as way:
        assert way.push().acknowledged == 4
    (last,) = (hospital.root.parent / "sortie").glob("0000000004-*")
    assert DESK in json.loads(last.read_bytes())["content"]
    with Register.open(hospital.config.register) as register:
        told = register.announcements("catalogue", 3, 4)[0]
        given = described(hospital.config, register, told)
    assert told.digest == sha256(given).hexdigest()


def test_what_is_private_once_more_leaves_every_event(hospital: Catalogue) -> None:
    """Marked again, the contact leaves the events of the versions that told it openly."""
    declare(hospital, "cinq", f'_:guichet <{hospital.base}ns/red#private> "true" .\n')
    hospital.run()
    assert [DESK in one for one in graphs(hospital)] == [False] * 5


def test_what_is_private_as_a_whole_is_told_nowhere(hospital: Catalogue) -> None:
    """Its events leave pages, those still owed are empty; given again, only what is new is told."""
    file = hospital.root / "declarations" / f"{NUMBER}.nt"
    mark = f'<{record(NUMBER).iri}> <{hospital.base}ns/red#private> "true" .\n'
    file.write_bytes(file.read_bytes() + mark.encode())
    hospital.harvest()
    with pusher(hospital) as way:
        assert way.push().acknowledged == 4
    sent = [json.loads(f.read_bytes()) for f in (hospital.root.parent / "sortie").iterdir()]
    assert [one["content"] for one in sent] == [""] * 4
    hospital.publish()
    assert [kinds(hospital, feed) for feed in ("catalogue", "eu")] == [["Delete"]] * 2
    assert graphs(hospital) == []
    hospital.describe([NUMBER], "de retour")
    hospital.run()
    assert [DESK in one for one in graphs(hospital)] == [False]
    pages = [one.read_text("utf-8") for one in hospital.site.rglob("*.html")]
    assert [one for one in pages if DESK in one] == []
    assert "de retour" in "".join(pages)


@pytest.mark.parametrize(("private", "kept"), [("true", Verdict.FLAGGED), ("false", None)])
def test_no_gate_keeps_public_what_became_private(
    hospital: Catalogue, private: str, kept: Verdict | None
) -> None:
    """A strict gate holds a wrong description back, but flags one that hides what is public."""
    gate_strictly(hospital)
    mark = f'_:guichet <{hospital.base}ns/red#private> "{private}" .\n'
    declare(hospital, "cinq", mark + f'<{record(NUMBER).iri}> <{DCAT}theme> "santé" .\n')
    hospital.run()
    (entry,) = hospital.entries().values()
    assert (entry.versions, entry.verdict) == ((5, kept) if kept else (4, Verdict.CONFORMANT))
    assert [DESK in one for one in graphs(hospital)][-1] is (kept is None)


def test_no_gate_keeps_public_what_an_earlier_version_tells(hospital: Catalogue) -> None:
    """The contact had left for a version: one that brings it back marked hides it in all."""
    hospital.describe([NUMBER], "sans guichet")
    hospital.run()
    gate_strictly(hospital)
    mark = f'_:guichet <{hospital.base}ns/red#private> "true" .\n'
    declare(hospital, "six", mark + f'<{record(NUMBER).iri}> <{DCAT}theme> "santé" .\n')
    hospital.run()
    (entry,) = hospital.entries().values()
    assert (entry.versions, entry.verdict) == (6, Verdict.FLAGGED)
    assert not any(DESK in one for one in graphs(hospital))


def test_what_conforms_only_with_its_private_part_leaves_the_eu_feed(hospital: Catalogue) -> None:
    """A mandatory part that became private: deleted there, updated in the other, and back again."""
    hdab = f"_:acces <{hospital.base}ns/red#private> "
    for word, said in (("prive", '"true"'), ("ouvert", '"false"')):
        declare(hospital, word, f"{hdab}{said} .\n")
        file = hospital.root / "declarations" / f"{NUMBER}.nt"
        node = HDAB.search(file.read_text("utf-8"))
        assert node
        file.write_text(file.read_text("utf-8").replace("_:acces ", f"{node[1]} "), "utf-8")
        hospital.run()
    with Register.open(hospital.config.register) as register:
        kinds = {f: [one.kind for one in register.announcements(f, 4, 9)] for f in FEEDS}
    assert kinds == {"catalogue": ["update", "update"], "eu": ["delete", "create"]}


def test_what_names_another_dataset_and_has_a_private_part_stays_in_the_eu_feed(
    hospital: Catalogue,
) -> None:
    """The dataset that it comes from is described beside it: without its contact it conforms."""
    other = record(NUMBER + 1)
    private = f'_:guichet <{hospital.base}ns/red#private> "true" .\n'
    source = f"<{record(NUMBER).iri}> <{PREFIXES['dct']}source> <{other.iri}> .\n"
    declare(hospital, "cinq", private + source)
    (hospital.root / "declarations" / f"{NUMBER + 1}.nt").write_bytes(other.canonical)
    hospital.run()
    with Register.open(hospital.config.register) as register:
        told = [(one.kind, one.iri) for one in register.announcements("eu", 4, 9)]
    assert sorted(told) == [("create", other.iri), ("update", record(NUMBER).iri)]
