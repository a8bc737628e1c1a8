"""Installing profiles that others publish: SHACL files become a folder with a manifest.

Nothing is fetched and nothing is executed here: imports and JavaScript are left out, and
queries that could reach the network are refused. What cannot run safely is told at once,
in one sentence, rather than at the first check.
"""

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

import rdflib
from rdflib.namespace import OWL, RDF, SH
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from red_catalog.errors import RedError
from red_catalog.model import Level
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.validation import profiles, shapes_graph
from red_catalog.validation.storing import file_names, write_profile
from red_catalog.validation.vetting import TARGETS, vet

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?")
_NO_ADDRESS: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_BYTES: Final = 20_000_000
_FILES: Final = 200
# The name of a level in the name of a file; the longest first.
_IN_NAME: Final = (
    (re.compile(r"non[-_ ]?public", re.IGNORECASE), Level.NON_PUBLIC),
    (re.compile(r"restricted", re.IGNORECASE), Level.RESTRICTED),
    (re.compile(r"public(?!at|i[sz]|sh)", re.IGNORECASE), Level.PUBLIC),
)
_RIGHTS: Final = {f"{EU_AUTHORITY}access-right/{level}": level for level in Level}
# What never runs here, nor anywhere else in the catalogue.
_LEFT_OUT: Final = (
    OWL.imports, SH.js, SH.jsLibrary, SH.jsLibraryURL, SH.jsFunctionName, SH.rule, SH.target,
    SH.entailment,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _File:
    """One file of shapes: its name in the profile, its level where it has one."""

    name: str
    graph: rdflib.Graph
    level: Level | None
    imports: frozenset[str]
    left_out: frozenset[str]


def install(
    location: Path | bytes,
    name: str,
    into: Path,
    *,
    origin: str | None = None,
    release: str | None = None,
) -> profiles.Profile:
    """The profile made from a file, a folder or fetched bytes of Turtle, put into a folder.

    Imports are not followed: put what is imported in the same folder. `origin` tells where
    the bytes came from; without `release`, the version that the shapes
    state, or the beginning of their digest. A profile of the same name there is replaced.
    Raises RedError for shapes that cannot be read or that would not end.
    """
    _check_name(name)
    content = _collect(location)
    files = [_read(name, file, data) for file, data in content.items()]
    whole = sha256(b"".join(f"{n}\0".encode() + d for n, d in content.items())).hexdigest()
    by_level = _levels(files)
    for chosen in by_level.values():
        vet(name, _merge(chosen))
    where = origin or (location.as_posix() if isinstance(location, Path) else "")
    version = release or _version(files) or whole[:12]
    stored = file_names([file.name for file in files])
    manifest = _manifest(name, version, where, whole, files, by_level, stored)
    write_profile(name, into, manifest, {stored[file.name]: file.graph for file in files})
    shapes_graph.forget()
    return profiles.load(name, into)


def name_after(location: str) -> str:
    """What to call a profile from where its shapes are: `HealthDCAT_AP.ttl`, `healthdcat-ap`."""
    last = Path(unquote(urlsplit(location).path)).resolve()
    stem = last.name.removesuffix(".ttl")
    return re.sub(r"[^a-z0-9.]+", "-", stem.lower()).strip("-.")[:64] or "shapes"


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise RedError(
            f"A profile cannot be called `{name[:80]}`: use small letters, digits, dots and dashes."
        )
    if name in profiles.names():
        raise RedError(f"`{name}` is a profile of the software: choose another name.")


def _collect(location: Path | bytes) -> dict[str, bytes]:
    """The files by name, in order."""
    if isinstance(location, bytes):
        return {"shapes.ttl": _bounded(location)}
    if location.is_file():
        if location.stat().st_size > _BYTES:
            raise RedError(_TOO_LARGE)
        return {location.name: location.read_bytes()}
    if not location.is_dir():
        raise RedError(f"{location} is no file and no folder.")
    paths = sorted(p for p in location.rglob("*.ttl") if p.is_file() and not p.is_symlink())
    if not paths:
        raise RedError(f"{location} holds no Turtle file (.ttl).")
    if len(paths) > _FILES or sum(p.stat().st_size for p in paths) > _BYTES:
        raise RedError(_TOO_LARGE)
    return {p.relative_to(location).as_posix(): p.read_bytes() for p in paths}


_TOO_LARGE: Final = f"The shapes are too large: at most {_FILES} files and {_BYTES // 10**6} MB."


def _bounded(data: bytes) -> bytes:
    if len(data) > _BYTES:
        raise RedError(_TOO_LARGE)
    return data


def _read(profile: str, name: str, data: bytes) -> _File:
    graph = rdflib.Graph(bind_namespaces="none")
    # Relative IRIs must not depend on where the file lies.
    base = f"https://red-catalog.org/installed/{profile}/{quote(name)}"
    try:
        graph.parse(data=data.removeprefix(codecs.BOM_UTF8), format="turtle", publicID=base)
    except BadSyntax as error:
        raise RedError(f"{name} is not valid Turtle: see line {error.lines + 1}.") from error
    except RecursionError as error:
        raise RedError(f"{name} is nested too deeply to be shapes.") from error
    except (ValueError, LookupError, AssertionError) as error:
        raise RedError(f"{name} is not valid Turtle.") from error
    _check_addresses(name, graph)
    imports = frozenset(str(o) for o in graph.objects(None, OWL.imports))
    left_out = _leave_out(graph)
    _repair(graph)
    return _File(name, graph, _level(name, graph), imports, left_out)


def _check_addresses(name: str, graph: rdflib.Graph) -> None:
    nodes = {node for triple in graph for node in triple}
    types = {n.datatype for n in nodes if isinstance(n, rdflib.Literal) and n.datatype}
    for node in sorted({n for n in nodes if isinstance(n, rdflib.URIRef)} | types):
        if _NO_ADDRESS.search(node):
            raise RedError(
                f"{name} holds `{node[:80]}`, which is no address: a space or another character "
                "in it has no place there."
            )


def _leave_out(graph: rdflib.Graph) -> frozenset[str]:
    """Takes out what never runs here; tells what that was, but for imports."""
    found = [one for one in _LEFT_OUT if (None, one, None) in graph]
    for predicate in found:
        graph.remove((None, predicate, None))
    return frozenset(one.replace(str(SH), "sh:") for one in found if one != OWL.imports)


def _repair(graph: rdflib.Graph) -> None:
    """Make node shapes of property shapes without a path, which no engine may accept."""
    for owner, shape in sorted(graph.subject_objects(SH.property), key=str):
        if (shape, SH.path, None) in graph or (shape, None, None) not in graph:
            continue
        graph.remove((owner, SH.property, shape))
        graph.remove((shape, RDF.type, SH.PropertyShape))
        targets = [(p, o) for p in TARGETS for o in graph.objects(owner, p)]
        if not targets:
            graph.add((owner, SH.node, shape))
        for predicate, target in targets:
            graph.add((shape, predicate, target))
        graph.add((shape, RDF.type, SH.NodeShape))


def _level(name: str, graph: rdflib.Graph) -> Level | None:
    """The level of a file: what its name says, else the only access right it asks for."""
    for pattern, level in _IN_NAME:
        if pattern.search(name):
            return level
    asked = {_RIGHTS[str(o)] for o in graph.objects(None, SH.hasValue) if str(o) in _RIGHTS}
    return asked.pop() if len(asked) == 1 else None


def _levels(files: list[_File]) -> dict[Level, list[_File]]:
    """The files of each level; a level without any of its own gets the strictest there are."""
    own = {level: [f for f in files if f.level is level] for level in Level}
    strictest = next((own[level] for level in reversed(Level) if own[level]), [])
    common = [f for f in files if f.level is None]
    return {level: [*common, *(own[level] or strictest)] for level in Level}


def _merge(files: list[_File]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for file in files:
        graph += file.graph
    return graph


def _version(files: list[_File]) -> str | None:
    found: set[Node] = {o for f in files for o in f.graph.objects(None, OWL.versionInfo)}
    return str(found.pop())[:40] if len(found) == 1 else None


def _manifest(
    name: str,
    release: str,
    origin: str,
    digest: str,
    files: list[_File],
    by_level: Mapping[Level, list[_File]],
    stored: Mapping[str, str],
) -> str:
    def strings(chosen: list[_File]) -> str:
        return ", ".join(json.dumps(stored[f.name]) for f in chosen)

    common = [f for f in by_level[Level.PUBLIC] if f.level is None]
    imports = sorted({one for file in files for one in file.imports})
    left_out = sorted({one for file in files for one in file.left_out})
    lines = [
        "# Written by `red-catalog shapes install`.",
        f"name = {json.dumps(name)}",
        f"release = {json.dumps(release)}",
        f"origin = {json.dumps(origin)}",
        f'received = "sha256:{digest}"',
        f"imports = [{', '.join(map(json.dumps, imports))}]  # not followed",
        f"left_out = [{', '.join(map(json.dumps, left_out))}]",
        "",
        "[title]",
        f"fr = {json.dumps(f'{name}, version {release}', ensure_ascii=False)}",
        f"en = {json.dumps(f'{name}, release {release}', ensure_ascii=False)}",
        "",
        "[files]",
        f"common = [{strings(common)}]",
        *(f"{level} = [{strings([f for f in by_level[level] if f.level])}]" for level in Level),
    ]
    return "\n".join(lines) + "\n"
