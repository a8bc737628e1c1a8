"""A catalogue of generated datasets in a folder: files of holders, and the red.toml to harvest."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from red_catalog.namespaces import RDF_TYPE, term
from tests.bench.generator import HOLDERS, generate

# So many datasets in a source, and in each of its documents.
SOURCE: Final = 1000
DOCUMENT: Final = 100
# What no search sees, and what each sees.
VERSION: Final = "dcat:version"
KEYWORD: Final = "dcat:keyword"
_DATASET: Final = f" {RDF_TYPE} {term('dcat:Dataset')} "
_HEAD: Final = """[catalogue]
base_iri = "https://red.exemple.fr/"
title = { fr = "Répertoire d'essai", en = "Trial catalogue" }
publisher = { fr = "Opérateur d'essai", en = "Trial operator" }
contact = "mailto:repertoire@red.exemple.fr"
[publication]
[guards]
max_removed = 1000
"""


def write_corpus(folder: Path, count: int, files: Path | None = None) -> Path:
    """Writes the files and the configuration; returns that of the configuration.

    `files`: where the files are, or shall be; the folder's own `in` by default.
    """
    files = files or folder / "in"
    sources: dict[str, list[bytes]] = {}
    numbers: dict[str, int] = {}
    for record in generate(count):
        holder = record.iri.removeprefix("https://").partition(".")[0]
        number = numbers[holder] = numbers.get(holder, 0) + 1
        source = f"{holder}-{(number - 1) // SOURCE + 1:03}"
        held = sources.setdefault(source, [])
        held.append(record.canonical)
        if len(held) == SOURCE:
            _write_source(files / source, held)
            sources[source] = []
    for source, held in sources.items():
        if held:
            _write_source(files / source, held)
    path = folder / "red.toml"
    path.write_text(_HEAD + "".join(_sections(files, sorted(sources))), "utf-8")
    return path


def change(folder: Path, number: int, share: float = 0.0, told: str = VERSION) -> int:
    """Describes some datasets otherwise, one at least; returns how many.

    `number` tells this change from another one; `share` of all datasets change, evenly spread
    over the documents; `told`: the property that has another value then.
    """
    seen = changed = 0
    for path in _documents(folder):
        many = path.read_text("utf-8").count(_DATASET)
        seen += many
        changed += _change(path, number, told, max(round(seen * share), 1) - changed)
        if not share:
            break
    return changed


def change_together(folder: Path, number: int, wanted: int) -> int:
    """Describes so many datasets otherwise, those of the first documents; returns how many."""
    changed = 0
    for path in _documents(folder):
        changed += _change(path, number, VERSION, wanted - changed)
        if changed == wanted:
            break
    return changed


def _documents(folder: Path) -> list[Path]:
    return sorted((folder / "in").glob("*/*.nt"))


def _change(path: Path, number: int, told: str, wanted: int) -> int:
    """Changes so many datasets of a document, or all that it has; returns how many."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    mine = [line.partition(" ")[0] for line in lines if _DATASET in line][:wanted]
    heads = tuple(f"{one} {term(told)} " for one in mine)
    # One that is there already is replaced, as a holder would.
    kept = [line for line in lines if not line.startswith(heads)]
    kept += [f'{head}"{number}" .\n' for head in heads]
    path.write_text("".join(kept), "utf-8")
    return len(mine)


def _write_source(folder: Path, held: list[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(held), DOCUMENT):
        content = b"".join(held[start : start + DOCUMENT])
        (folder / f"{start // DOCUMENT:02}.nt").write_bytes(content)


def _sections(files: Path, sources: list[str]) -> Iterator[str]:
    for name, title, _ in HOLDERS:
        yield f"""
[[holder]]
id = "{name}"
name = {{ fr = {json.dumps(title)}, en = {json.dumps(title)} }}
namespaces = ["https://{name}.example.fr/"]
"""
    for source in sources:
        yield f"""
[[source]]
id = "{source}"
holder = "{source[:-4]}"
kind = "file"
location = {json.dumps(str(files / source))}
"""
