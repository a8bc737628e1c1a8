"""A catalogue of generated datasets in a folder: files of holders, and the red.toml to harvest."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.generator import HOLDERS, generate

# So many datasets in a source, and in each of its documents.
SOURCE: Final = 1000
DOCUMENT: Final = 100
_HEAD: Final = """[catalogue]
base_iri = "https://red.exemple.fr/"
title = { fr = "Répertoire d'essai", en = "Trial catalogue" }
publisher = { fr = "Opérateur d'essai", en = "Trial operator" }
contact = "mailto:repertoire@red.exemple.fr"
[guards]
max_removed = 1000
"""


def write_corpus(folder: Path, count: int) -> Path:
    """Writes the files and the configuration; returns that of the configuration."""
    sources: dict[str, list[bytes]] = {}
    numbers: dict[str, int] = {}
    for record in generate(count):
        holder = record.iri.removeprefix("https://").partition(".")[0]
        number = numbers[holder] = numbers.get(holder, 0) + 1
        source = f"{holder}-{(number - 1) // SOURCE + 1:03}"
        held = sources.setdefault(source, [])
        held.append(record.canonical)
        if len(held) == SOURCE:
            _write_source(folder / "in" / source, held)
            sources[source] = []
    for source, held in sources.items():
        if held:
            _write_source(folder / "in" / source, held)
    path = folder / "red.toml"
    path.write_text(_HEAD + "".join(_sections(folder, sorted(sources))), "utf-8")
    return path


def document(folder: Path) -> Path:
    """The first document of the first source: the one that a trial changes."""
    return min((folder / "in").glob("*/*.nt"))


def _write_source(folder: Path, held: list[bytes]) -> None:
    folder.mkdir(parents=True)
    for start in range(0, len(held), DOCUMENT):
        content = b"".join(held[start : start + DOCUMENT])
        (folder / f"{start // DOCUMENT:02}.nt").write_bytes(content)


def _sections(folder: Path, sources: list[str]) -> Iterator[str]:
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
location = {json.dumps(str(folder / "in" / source))}
"""
