"""What `red.toml` may say, and how a mistake in it is told."""

import os
import re
import tomllib
from contextlib import ExitStack
from dataclasses import fields, replace
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from red_catalog import config
from red_catalog.config.places import TARGETS
from red_catalog.errors import RedError, SourcesError
from red_catalog.model import Holder, Source, Target, find_foreign, spoken
from red_catalog.rdf.limits import Limits

MINIMAL = """
[catalogue]
base_iri = "https://red.example.fr/"
title = { fr = "Répertoire", en = "Register" }
publisher = "Agence du numérique"
contact = "mailto:catalogue@agence.example"
[[holder]]
id = "chu-exemple"
name = { fr = "CHU d'Exemple" }
namespaces = ["https://chu.exemple.fr/"]
[[holder]]
id = "registre-exemple"
name = "Registre d'Exemple"
namespaces = ["https://registre.exemple.fr/"]
[[source]]
id = "chu-fichiers"
holder = "chu-exemple"
kind = "file"
location = "chu"
"""


def load(folder: Path, text: str) -> config.Config:
    """The configuration with this text."""
    path = folder / "red.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_a_minimal_file_gets_the_designs_defaults(tmp_path: Path) -> None:
    """What a file leaves out has the value that the design names."""
    settings = load(tmp_path, MINIMAL)
    assert settings.publication.gate == "flag"
    assert (settings.guards.max_removed_share, settings.guards.max_removed) == (0.2, 50)
    assert (settings.sparql.seconds, settings.sparql.rows) == (30.0, 10_000)
    assert settings.validation == config.Validation()
    assert settings.holder("chu-exemple").name == {"fr": "CHU d'Exemple", "en": "CHU d'Exemple"}
    assert settings.catalogue.country == "FRA"


@pytest.mark.parametrize(
    ("given", "french", "english", "own"),
    [
        ('{ pt = "Registo" }', "Registo", "Registo", {"pt"}),
        ('{ pt = "Registo", en = "Register" }', "Register", "Register", {"pt", "en"}),
        ('{ is = "Skrá" }', "Skrá", "Skrá", {"is"}),
        ('{ el = "Μητρώο", fr = "Répertoire" }', "Répertoire", "Répertoire", {"el", "fr"}),
        ('"Registre"', "Registre", "Registre", {"fr", "en"}),
    ],
)
def test_a_text_is_shown_in_both_languages_and_given_in_its_own(
    tmp_path: Path, given: str, french: str, english: str, own: set[str]
) -> None:
    """What is lacking another language stands in for, which nothing is said to be in."""
    known = '{ fr = "Répertoire", en = "Register" }'
    text = load(tmp_path, MINIMAL.replace(known, given)).catalogue.title
    assert (text["fr"], text["en"]) == (french, english)
    assert {code for code, _ in spoken(text)} == own


def test_a_source_knows_the_namespaces_of_the_others(tmp_path: Path) -> None:
    """A source may not describe what lies in another holder's namespace."""
    source = load(tmp_path, MINIMAL).source("chu-fichiers")
    assert source.namespaces == ("https://chu.exemple.fr/",)
    base = "https://red.example.fr/"
    assert source.foreign == ("https://registre.exemple.fr/", base, f"{base}declared/")
    others = (
        "https://registre.exemple.fr/1", f"{base}legal.html", f"{base}declared/1",
        f"{base}declared/registre-exemple/1",
    )  # fmt: skip
    assert all(map(source.foreign_namespace, others))
    own = ("https://chu.exemple.fr/1", f"{base}declared/chu-exemple/1", "urn:uuid:1")
    assert not any(map(source.foreign_namespace, own))
    # What the form gave an address when holders had no folders keeps it.
    assert [bool(source.foreign_namespace(one, had=True)) for one in others] == [
        True, True, False, True,
    ]  # fmt: skip


def test_a_former_folder_is_still_the_holders(tmp_path: Path) -> None:
    """What a holder declared under a former id stays its own."""
    text = MINIMAL.replace('id = "chu-exemple"', 'id = "chu-exemple"\nformer = ["hopital"]', 1)
    source = load(tmp_path, text).source("chu-fichiers")
    assert source.foreign_namespace("https://red.example.fr/declared/hopital/1") is None


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("registre-exemple", "registre", "which is the id of a holder in this file: take it out"),
        ("chu-exemple", "registre", "which is the id of a holder in this file: take it out"),
        ("hopital", "hopital", "chu-exemple and registre-exemple both have the former id hopital"),
    ],
)
def test_a_former_id_is_of_one_holder_that_is_no_more(
    tmp_path: Path, first: str, second: str, said: str
) -> None:
    """Nobody takes over from a holder that is still there, nor two from the same one."""
    text = MINIMAL
    for holder, former in (("chu-exemple", first), ("registre-exemple", second)):
        text = text.replace(f'id = "{holder}"', f'id = "{holder}"\nformer = ["{former}"]', 1)
    with pytest.raises(RedError, match=re.escape(said)):
        load(tmp_path, text)


def test_capitals_lead_round_no_namespace(tmp_path: Path) -> None:
    """Scheme and server are the same ones in capitals; paths are others."""
    for space in ("https://registre.exemple.fr/", "HTTPS://Registre.exemple.FR/"):
        text = MINIMAL.replace("https://registre.exemple.fr/", space)
        source = load(tmp_path, text).source("chu-fichiers")
        for iri in ("https://REGISTRE.exemple.fr/1", "Https://registre.exemple.fr/1"):
            assert source.foreign_namespace(iri) == "https://registre.exemple.fr/"
        assert source.foreign_namespace("HTTPS://RED.example.fr/") == "https://red.example.fr/"
    folder, inner = "https://chu.exemple.fr/Labo/", "https://chu.exemple.fr/"
    assert find_foreign("https://CHU.exemple.fr/Labo/1", [folder], [inner]) == folder
    assert find_foreign("https://CHU.exemple.fr/labo/1", [folder], [inner]) is None
    assert find_foreign("_:b1", [folder], [inner]) is None


def test_addresses_are_read_with_their_server_in_lower_case(tmp_path: Path) -> None:
    """Whoever reads a place or a contact afterwards knows it by its scheme; paths keep theirs."""
    text = MINIMAL.replace("mailto:catalogue@agence.example", "HTTPS://Agence.example/Contact")
    text = text.replace('location = "chu"', 'location = "HTTP://CHU.exemple.fr/Jeux.ttl?key=Cle"')
    settings = load(tmp_path, text)
    assert settings.catalogue.contact == "https://agence.example/Contact"
    assert settings.sources[0].location == "http://chu.exemple.fr/Jeux.ttl?key=Cle"


def test_one_namespace_is_of_one_holder(tmp_path: Path) -> None:
    """The very same namespace for two holders is refused; one within another is not."""
    registry = 'namespaces = ["https://registre.exemple.fr/"]'
    nested = MINIMAL.replace(registry, 'namespaces = ["https://chu.exemple.fr/registre/"]')
    assert load(tmp_path, nested).holders[1].namespaces == ("https://chu.exemple.fr/registre/",)
    for space in ("https://chu.exemple.fr/", "HTTPS://CHU.exemple.fr/"):
        same = MINIMAL.replace(registry, f'namespaces = ["{space}"]')
        told = (
            "the holders chu-exemple and registre-exemple both have the namespace "
            f"{space}; leave it with one of them"
        )
        with pytest.raises(RedError, match=re.escape(told)):
            load(tmp_path, same)


def test_a_holder_hands_in_at_one_place(tmp_path: Path) -> None:
    """A second source of kind `ingest` of one holder is refused; one of each holder is not."""
    counter = '\n[[source]]\nid = "{0}-depot{1}"\nholder = "{0}"\nkind = "ingest"\n'
    text = MINIMAL + counter.format("chu-exemple", "") + counter.format("registre-exemple", "")
    assert load(tmp_path, text).ingest_source("chu-exemple") is not None
    told = "the sources chu-exemple-depot and chu-exemple-depot-2 both take what the holder"
    with pytest.raises(RedError, match=told):
        load(tmp_path, text + counter.format("chu-exemple", "-2"))


def test_of_nested_namespaces_the_inner_one_counts() -> None:
    """A laboratory's folder is not the hospital's, in whose space it lies."""
    space, inner = "https://chu.exemple.fr/", "https://chu.exemple.fr/labo/"
    assert find_foreign(f"{inner}1", [inner], [space]) == inner
    assert find_foreign(f"{inner}1", [space], [inner]) is None
    assert find_foreign(f"{space}1", [inner], [space]) is None


def test_a_path_is_taken_from_the_configurations_folder(tmp_path: Path) -> None:
    """The catalogue works from whatever folder the command is run in."""
    source = load(tmp_path, MINIMAL).source("chu-fichiers")
    assert (source.location, source.shown) == (str(tmp_path / "chu"), "chu")


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('"https://red.example.fr/"', '"https:///"', "like https://red.example.fr/"),
        ('"https://red.example.fr/"', '"https://red.example.fr/mon registre/"', "without blanks"),
        ('"https://red.example.fr/"', '"https://[red/"', "must be an http(s) IRI"),
        ("contact =", 'licence = "Licence Ouverte 2.0"\ncontact =', "licence/ETALAB_OL_2_0"),
        ("contact =", 'country = "Portugal"\ncontact =', "three letters of the EU's list"),
        ('fr = "Répertoire"', 'ft = "Répertoire"', "other languages by their two letters"),
        ("contact =", 'publisher_homepage = "agence.example"\ncontact =', "a whole address"),
        (
            "contact =",
            'admin_email = "https://a.example/"\ncontact =',
            "write a mailbox, like oai@",
        ),
        ("contact =", 'admin_email = "oai@agence"\ncontact =', "write a mailbox, like oai@"),
        ("contact =", 'application_url = "guichet?jeu={iri}"\ncontact =', "a whole address"),
        ("contact =", 'application_url = "https://a.example/{0}"\ncontact =', "no other braces"),
        ('"mailto:catalogue@agence.example"', '"Service des données"', "write a mailbox"),
        ('"Registre d\'Exemple"', '""', "name is empty"),
        ("[[source]]", "[guards]\nmax_removed_share = 20\n[[source]]", "write 0.2 for 20 %"),
        ("[[source]]", "[guards]\ngrace_days = 0.5\n[[source]]", "a whole number from 0 to 36500"),
        ("[[source]]", "[guards]\ngrace_runs = inf\n[[source]]", "a whole number, zero or more"),
        ("[[source]]", "[sparql]\nworkers = 0\n[[source]]", "a whole number from 1 to 1000"),
        ("[[source]]", "[limits]\nrecord_seconds = nan\n[[source]]", "must be a number from"),
        ("[[source]]", '[notify]\nstarttls = "non"\n[[source]]', "must be true or false"),
        ("[[source]]", '[notify]\nsender = "a@b.example"\n[[source]]', "unknown key `sender`"),
        (
            "[[source]]",
            '[notify]\nfrom = "a@b.fr"\nsmtp = "a.fr:65536"\n[[source]]',
            "`server:port`",
        ),
        (
            "[[source]]",
            '[notify]\nfrom = "a@b.fr"\nsmtp = "a.fr"\nfolder = "courrier"\n[[source]]',
            "either `smtp` or `folder`, not both",
        ),
        ("[[source]]", '[notify]\nuser = "red"\n[[source]]', "`user` without `password`"),
        ("[[source]]", '[notify]\nmode = "always"\n[[source]]', "needs `smtp` or `folder`."),
        ("[[source]]", '[notify]\npassword = "env:X"\n[[source]]', "`password` without `user`"),
        ('kind = "file"', 'kind = "file"\nallow_hosts = ["http://a:9"]', "write a server alone"),
        ("[[source]]", "[serve]\nmetrics_from = [5]\n[[source]]", "a list of networks"),
        ('kind = "file"', 'kind = "tableur"', 'use "ckan", "csw", "dcat"'),
        ('kind = "file"', 'kind = "spreadshet"', 'did you mean "spreadsheet"?'),
        ('location = "chu"', 'location = "https://[x/"', "which names no server"),
        ("publisher =", "publishr =", "did you mean `publisher`?"),
        ('kind = "file"', 'kynd = "file"', "did you mean `kind`?"),
        (
            'holder = "chu-exemple"',
            'holder = "chu-exempl"',
            'red.toml: source chu-fichiers.holder is "chu-exempl"; did you mean "chu-exemple"?',
        ),
        ('"https://red.example.fr/"', '"red.example.fr"', "must be an http(s) IRI"),
        ('id = "registre-exemple"', 'id = "chu-exemple"', "two holders have the id"),
        (
            'id = "registre-exemple"',
            'id = "Registre !"',
            "the id of the 2nd [[holder]] is 'Registre !'; write lower-case letters",
        ),
        ('id = "registre-exemple"', "id = 5", "the id of the 2nd [[holder]] must be a text"),
        ('id = "chu-fichiers"', "", "`id` is missing in the 1st [[source]]"),
        ("[[holder]]", "[holder]", "[[holder]], [[source]], [[target]] with two brackets"),
        ('kind = "file"', "kind = “file”", 'straight quotation marks ("…") on one line'),
        ('kind = "file"', 'kind = "file"\nkind = "ckan"', "a name stands twice in its section"),
        ('"chu"\n', '"C:\\chu"\n', "write / in place of \\"),
        ('"chu"\n', '"C:\\Users\\chu"\n', "write / in place of \\"),
        ("[catalogue]", "[source]\n[catalogue]", "[[holder]], [[source]], [[target]] with two"),
        ("[[source]]", "[guards]\nmax_removed_share = 0,2\n[[source]]", "with a full stop"),
        (
            'id = "chu-exemple"',
            'id = "chu-exemple"\nidentifiers = { finess = 01 }',
            "begins with 0",
        ),
        ('contact = "mailto:catalogue@agence.example"', "", "`contact` is missing"),
        ("[[source]]", '[publication]\ngate = "open"\n[[source]]', 'use "flag" or "strict"'),
        ("[[source]]", "[validation]\ngatng = []\n[[source]]", "did you mean `gating`?"),
        (
            "[[source]]",
            "[validation]\nprofiles = []\n[[source]]",
            'must be a list, such as ["red"]',
        ),
        ("[[source]]", '[validation]\ngating = ["hdh"]\n[[source]]', "gating names `hdh`"),
        (
            "[[source]]",
            '[validation]\nprofiles = ["red"]\ngating = ["red"]\n[[target]]\nid = "ue"\n'
            'kind = "directory"\nlocation = "ue"\nfeed = "eu"\n[[source]]',
            "the target ue is sent the EU feed, which holds what conforms to healthdcat-ap-8",
        ),
        ("[[source]]", "[validation]\ncheck_addresses = 1\n[[source]]", "must be true or false"),
        ("[[source]]", "[validation]\naddress_days = -1\n[[source]]", "from 0 to 36500"),
        ("[[source]]", "[guards]\nmax_removed = -1\n[[source]]", "zero or more"),
        (
            'kind = "file"',
            'kind = "file"\nallow_hosts = "10.1.2.3"',
            'a list, such as ["10.1.2.3"]',
        ),
        (
            '["https://chu.exemple.fr/"]',
            '"https://chu.exemple.fr/"',
            'namespaces must be a list, such as ["https://donnees.chu.exemple.fr/"].',
        ),
        ('["https://chu.exemple.fr/"]', '["https://chu.exemple.fr"]', "slash after the server"),
        ('["https://chu.exemple.fr/"]', '[""]', "slash after the server"),
        ('["https://chu.exemple.fr/"]', '["https://*.exemple.fr/"]', "write the whole beginning"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    """Each mistake names the file, what is wrong, and where it can the right spelling."""
    with pytest.raises(RedError) as raised:
        load(tmp_path, MINIMAL.replace(wrong, right))
    assert said in str(raised.value)
    assert "red.toml" in str(raised.value) or "called" in str(raised.value)


def test_among_many_entries_a_mistake_is_found(tmp_path: Path) -> None:
    """Of two hundred sources: which one has no good id, and which are called about so."""
    source = MINIMAL[MINIMAL.index("[[source]]") :]
    many = [source.replace("chu-fichiers", f"service-{n:03}") for n in range(199)]
    with pytest.raises(RedError, match=r"missing in the 112th \[\[source\]\]"):
        load(tmp_path, MINIMAL + "".join(many).replace('id = "service-110"\n', ""))
    settings = load(tmp_path, MINIMAL + "".join(many))
    with pytest.raises(RedError) as raised:
        settings.source("servise-042")
    assert "the nearest are service-042, " in str(raised.value)
    assert "`red-catalog status` has all" in str(raised.value)
    assert len(str(raised.value)) < 160
    holder = MINIMAL[MINIMAL.rindex("[[holder]]") : MINIMAL.index("[[source]]")]
    others = [holder.replace("registre", f"registre-{n}") for n in range(30)]
    wrong = MINIMAL.replace('holder = "chu-exemple"', 'holder = "?"')
    with pytest.raises(RedError, match="use one of the 32 that there are, such as "):
        load(tmp_path, wrong + "".join(others))


def test_a_file_of_windows_is_read(tmp_path: Path) -> None:
    """The mark that Windows writes before a text, and its ends of lines, are no mistake."""
    path = tmp_path / "red.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert config.load(path) == load(tmp_path, MINIMAL)


def test_another_encoding_is_told(tmp_path: Path) -> None:
    """A file in another encoding than UTF-8, and a folder, are told in a sentence."""
    path = tmp_path / "red.toml"
    path.write_bytes(MINIMAL.encode("latin-1"))
    with pytest.raises(RedError, match="save it again as UTF-8"):
        config.load(path)
    with pytest.raises(RedError, match="cannot be read"):
        config.load(tmp_path)


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    """An operator without a configuration is told of `init`."""
    with pytest.raises(RedError, match="red-catalog init DIR"):
        config.load(tmp_path / "red.toml")


def test_only_one_process_writes(tmp_path: Path) -> None:
    """A second harvest on the same catalogue is refused while the first goes on."""
    settings = load(tmp_path, MINIMAL)
    with (
        settings.locked(),
        pytest.raises(RedError, match="Another red-catalog is writing") as raised,
        settings.locked(),
    ):
        pass
    # What publishes by itself tries again on this code alone.
    assert raised.value.exit_code not in {RedError.exit_code, SourcesError.exit_code}


def test_what_a_process_that_was_being_started_held_is_waited_for(tmp_path: Path) -> None:
    """A moment after the command that started it has ended, the next one has the lock."""
    settings = load(tmp_path, MINIMAL)
    with ExitStack() as held:
        with settings.locked():
            held.callback(os.close, os.dup(_descriptor(settings.var / "lock")))
        Timer(0.1, held.pop_all().close).start()
        with settings.locked():
            pass


def _descriptor(path: Path) -> int:
    """What this process has open of a file."""
    return next(int(fd.name) for fd in Path("/proc/self/fd").iterdir() if fd.readlink() == path)


STARTER = Path(config.__file__).parents[1] / "starter" / "red.toml"
SETTINGS: dict[str, Any] = {
    "catalogue": config.Catalogue,
    "publication": config.Publication,
    "validation": config.Validation,
    "guards": config.Guards,
    "limits": Limits,
    "sparql": config.Sparql,
    "serve": config.Serve,
    "notify": config.Notify,
    "holder": Holder,
    "source": Source,
    "target": Target,
}
# Worked out from the rest of the file.
WORKED_OUT = {
    "source": {
        "foreign", "bookmark", "namespaces", "own", "declared", "former", "siblings", "root",
    },
}  # fmt: skip


def starter_part(section: str) -> str:
    """What the starting file says of a section, examples included."""
    parts = re.split(r"(?m)^(?:# )?\[{1,2}(\w+)\]{1,2}.*$", STARTER.read_text("utf-8"))
    return "".join(text for name, text in zip(parts[1::2], parts[2::2], strict=True)
                   if name == section)  # fmt: skip


def field_names(section: str) -> list[str]:
    """The names of a section's settings."""
    return [field.name for field in fields(SETTINGS[section])]


@pytest.mark.parametrize("section", SETTINGS)
def test_the_starting_file_names_every_setting(section: str) -> None:
    """Whatever can be set stands in the file that `init` writes."""
    said = set(re.findall(r"(?m)^(?:# )?(\w+) = ", starter_part(section)))
    known = {"from" if n == "sender" else n for n in field_names(section)}
    assert said == known - WORKED_OUT.get(section, set())


def test_the_starting_file_names_every_option_of_a_target() -> None:
    """What only some kinds of targets have stands there as well."""
    said = starter_part("target")
    assert all(option in said for options in TARGETS.values() for option in options)


def test_what_the_starting_file_leaves_out_is_what_it_says(tmp_path: Path) -> None:
    """Settings written as comments have their default values, examples aside."""
    text = STARTER.read_text("utf-8")
    assert load(tmp_path, text).validation == config.Validation()
    own = text.split("# A source by HTTP")[0]
    kept = [line for line in own.splitlines() if "an example" not in line]
    written = "\n".join(re.sub(r"^# (?=\w+ = )", "", line) for line in kept)
    given, without = load(tmp_path, written), load(tmp_path, text)
    for section in (*list(SETTINGS)[:5], "serve", "notify"):
        assert getattr(given, section) == getattr(without, section)
    assert replace(given.sparql, workers=0) == replace(without.sparql, workers=0)
    assert given.holders == without.holders
    assert given.sources == without.sources


def test_every_example_of_the_starting_file_is_understood(tmp_path: Path) -> None:
    """With its comments undone, the file still loads."""
    text = re.sub(r"(?m)^# (?=\w+ = |\[\[)", "", STARTER.read_text("utf-8"))
    text = "\n".join(line for line in text.splitlines() if not line.startswith("folder = "))
    settings = load(tmp_path, text)
    assert [s.kind for s in settings.sources] == ["file", "dcat", "ingest"]
    assert settings.notify.to == "exploitation@operateur.example"


WRONG: dict[str, Any] = {
    "number": 750712184,
    "fraction": 0.5,
    "infinity": float("inf"),
    "flag": True,
    "text": "[x",
    "texts": ["[x"],
    "numbers": [5],
    "table": {"a": 1},
    "nothing": "",
}
# What a value of each kind may be taken for, besides itself.
ALIKE: dict[type, set[str]] = {
    str: {"text", "table"},
    int: {"number", "fraction"},
    float: {"number", "fraction"},
    bool: {"flag"},
    list: {"texts"},
    dict: {"text", "table"},
}


def every_key() -> list[tuple[str, str]]:
    """Section and name of each setting of the starting file, its examples included."""
    return [
        (name, key) for name, table in whole().items() for key in dict.fromkeys(
            k for one in (table if isinstance(table, list) else [table]) for k in one
        )
    ]  # fmt: skip


def whole() -> dict[str, Any]:
    """The starting file with its comments undone."""
    text = re.sub(r"(?m)^# (?=\w+ = |\[\[)", "", STARTER.read_text("utf-8"))
    return tomllib.loads(text)


def load_tables(path: Path, tables: dict[str, Any]) -> str:
    """What the file is told to have wrong, were these its tables; empty where nothing."""
    path.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tomllib.loads", lambda _: tables)
        try:
            config.load(path)
        except RedError as error:
            return str(error)
    return ""


@pytest.mark.parametrize(("section", "key"), every_key())
def test_a_value_of_another_kind_is_told(tmp_path: Path, section: str, key: str) -> None:
    """Whatever stands in the place of a value, it is read or told in one sentence."""
    for kind, value in WRONG.items():
        tables = whole()
        del tables["notify"]["folder"]
        places = tables[section] if isinstance(tables[section], list) else [tables[section]]
        place = next((one for one in places if key in one), places[0])
        alike = ALIKE[type(place.get(key, ""))]
        place[key] = value
        told = load_tables(tmp_path / "red.toml", tables)
        assert "\n" not in told
        assert told.endswith((".", "?")) or (not told and kind in alike)


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_no_section_is_told(tmp_path: Path, name: str) -> None:
    """A section that is a text, a number or a list of such is told in one sentence."""
    for value in (5, "x", ["x"], [[{"a": 1}]], {"a": 1}):
        told = load_tables(tmp_path / "red.toml", {**whole(), name: value})
        assert told.endswith((".", "?"))
