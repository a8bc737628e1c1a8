"""Spreadsheets on the command line: a template to fill in, and what was filled in as RDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from red_catalog.errors import RedError, writing
from red_catalog.harvesters.spreadsheet import convert_declaration
from red_catalog.model import Defect, Document, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.writing import serialise


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion wrote and what it has to say. `mistakes`: those of held rows first."""

    written: bool
    datasets: int
    held: int
    mistakes: tuple[tuple[str, Defect], ...]

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "written": self.written,
            "datasets": self.datasets,
            "held": self.held,
            "mistakes": [
                {"document": where, "code": d.code, "message": d.message, "fix": d.fix,
                 "line": d.line, "column": d.column, "dataset": d.subject}
                for where, d in self.mistakes
            ],
        }  # fmt: skip


def make_template(path: Path, language: str, level: str) -> None:
    """Writes the template. Raises RedError where it would replace a file, or cannot."""
    if path.suffix.lower() != ".xlsx":
        raise RedError(f"{path} must end in .xlsx: that is what the template is.")
    if path.exists():
        raise RedError(f"{path} already exists: name another file, it may have been filled in.")
    # Nobody else should wait for openpyxl.
    from red_catalog.harvesters.spreadsheet.template import write_template  # noqa: PLC0415

    with writing(path):
        write_template(path, language, level)


def convert(paths: Sequence[Path], output: Path, base: str | None) -> Converted:
    """Writes the descriptions of one declaration as Turtle. Raises RedError where it cannot."""
    if base is not None and not base.startswith(("http://", "https://")):
        raise RedError(f"--base {base}: give a web address that begins with https://.")
    if output.resolve() in {path.resolve() for path in paths}:
        raise RedError(f"{output} is what is to be read: name another file with -o.")
    documents = [_read(path) for path in paths]
    found = convert_declaration(documents, Limits(), base)
    if isinstance(found.document, Unreadable):
        problem = found.document.problem
        told = [(found.document.location, problem)]
        return Converted(written=False, datasets=0, held=0, mistakes=tuple(told))
    with writing(output):
        output.write_bytes(serialise(found.document.content, "ttl"))
    where = found.document.location
    told = [(one.document, one.problem) for one in found.held]
    told += [(where, one) for one in (*found.document.defects, *found.absences)]
    return Converted(
        written=True, datasets=len(found.rows or ()), held=len(found.held), mistakes=tuple(told)
    )


def _read(path: Path) -> Document:
    try:
        return Document(str(path), path.read_bytes())
    except OSError as error:
        raise RedError(f"{path} cannot be read ({error.strerror}): check the path.") from None
