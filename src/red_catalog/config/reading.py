"""Reading a whole `red.toml`."""

import tomllib
from pathlib import Path
from typing import Final

from red_catalog.config import places, sections
from red_catalog.config.settings import INGEST, Config, Validation
from red_catalog.config.values import Table, find_entries, find_table, refuse_unknown
from red_catalog.errors import RedError
from red_catalog.model import EU_FEED, EU_PROFILE, Source, Target

_SECTIONS: Final = {
    "catalogue", "publication", "validation", "guards", "limits", "sparql", "notify", "holder",
    "source", "serve", "target",
}  # fmt: skip
_LISTS: Final = "[[holder]], [[source]], [[target]] with two brackets"
_SLASHES: Final = "write / in place of \\"
# What to write, by a word of what the reader of TOML says; the last one for whatever else it says.
_HINTS: Final = (
    ("twice", f"a section stands once, but {_LISTS}"),
    ("overwrite", f"a name stands twice in its section: leave one, and write {_LISTS}"),
    ("Unescaped", _SLASHES),
    ("hex", _SLASHES),  # C:\Users
    (
        "",
        'a text, and a number that begins with 0, stands in straight quotation marks ("…") on one'
        " line, a fraction with a full stop, true and false in small letters, and the values of a"
        " list with commas between them",
    ),
)


def load(path: Path) -> Config:
    """Reads and checks a configuration file. Raises RedError where it is wrong."""
    tables = _parse(path)
    refuse_unknown(path, "", tables, _SECTIONS)

    def section(name: str) -> Table:
        return find_table(path, "", tables, name)

    holders = tuple(places.holder(path, t) for t in find_entries(path, tables, "holder"))
    places.refuse_shared(path, holders)
    places.refuse_heirs(path, holders)
    root = path.resolve().parent
    catalogue = sections.catalogue(path, section("catalogue"))
    base = catalogue.base_iri
    sources = places.give_siblings(
        tuple(
            places.source(path, t, holders, root, base)
            for t in find_entries(path, tables, "source")
        )
    )
    _refuse_second_counters(path, sources)
    targets = tuple(places.target(path, t, root) for t in find_entries(path, tables, "target"))
    _check_remote(path, section("sparql"), targets)
    validation = sections.validation(path, section("validation"))
    _check_eu(path, validation, targets)
    return Config(
        root=root,
        catalogue=catalogue,
        publication=sections.publication(path, section("publication")),
        guards=sections.guards(path, section("guards")),
        limits=sections.limits(path, section("limits")),
        sparql=sections.sparql(path, section("sparql")),
        holders=holders,
        sources=sources,
        targets=targets,
        notify=sections.notify(path, section("notify"), root),
        validation=validation,
        serve=sections.serve(path, section("serve")),
        file=path.resolve(),
    )


def _parse(path: Path) -> Table:
    """The tables of a file. Raises RedError where they cannot be read."""
    try:
        # Windows writes a mark before the first character.
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise RedError(
            f"{path} does not exist: run `red-catalog init DIR`, or name the file with --config."
        ) from None
    except OSError as error:
        raise RedError(
            f"{path} cannot be read ({error.strerror}): name another file with --config, or run "
            "this as the user of the service."
        ) from None
    except UnicodeDecodeError:
        raise RedError(f"{path} is not in UTF-8: save it again as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        hint = next(hint for word, hint in _HINTS if word in str(error))
        raise RedError(f"{path} is not valid TOML: {error}: {hint}.") from None


def _refuse_second_counters(path: Path, sources: tuple[Source, ...]) -> None:
    """Raises RedError where a holder has two sources for what it hands in: each would give all."""
    counters: dict[str, str] = {}
    for one in sources:
        if one.kind == INGEST and counters.setdefault(one.holder, one.id) != one.id:
            raise RedError(
                f"{path}: the sources {counters[one.holder]} and {one.id} both take what the holder"
                f" {one.holder} hands in; take the second out."
            )


def _check_remote(path: Path, sparql: Table, targets: tuple[Target, ...]) -> None:
    """Raises RedError unless `sparql.remote` names a target that answers queries."""
    named = sparql.get("remote")
    if named is None:
        return
    if not any(t.id == named and t.kind == "sparql" and t.options.get("query") for t in targets):
        raise RedError(
            f"{path}: sparql.remote must be the id of a target of kind sparql with the option"
            f" `query`; `{named}` is none."
        )


def _check_eu(path: Path, validation: Validation, targets: tuple[Target, ...]) -> None:
    """Raises RedError where a target is sent a feed that holds nothing: it would delete all."""
    named = [one.id for one in targets if one.feed == EU_FEED]
    if named and EU_PROFILE not in validation.profiles:
        raise RedError(
            f"{path}: the target {named[0]} is sent the EU feed, which holds what conforms to"
            f" {EU_PROFILE}: name that in validation.profiles, too."
        )
