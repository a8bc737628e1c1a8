"""Spreadsheets as a source: a file, a folder or addresses, through the real harvester."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import HARVESTERS
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.harvesters.spreadsheet.template import layout
from red_catalog.http import Http
from red_catalog.model import Document, Reading, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from tests.catalogue import json_of
from tests.harvesters.spreadsheet.declaration import Rows, begin, declaration, fill
from tests.http.loopback import Route, Site, answer

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IRI = "https://ch-tamaris.example/jeu/TAM-URG"


def csv_files(rows: Rows, encoding: str = "windows-1252") -> dict[str, bytes]:
    """A declaration as a spreadsheet program exports it: one file a sheet."""
    files = {}
    for sheet in SHEETS:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        columns = layout(sheet)
        writer.writerow([c.other_heading("fr") if o else c.heading("fr") for c, o in columns])
        for row in rows[sheet.key]:
            writer.writerow([row.get(c.key + "@" * o, "") for c, o in columns])
        files[f"{sheet.key}.csv"] = text.getvalue().encode(encoding)
    return files


def source(location: str | Path, **facts: object) -> Source:
    """A source of this kind."""
    spaces = ("https://ch-tamaris.example/jeu/",)
    return Source("tam", "tam", "spreadsheet", str(location), namespaces=spaces, **facts)  # type: ignore[arg-type]


def harvest(one: Source, http: Http) -> list[Document | Unreadable]:
    """All that the kind gives."""
    found = list(HARVESTERS["spreadsheet"](one, http))
    assert all(isinstance(item, Document | Unreadable) for item in found)
    return found  # type: ignore[return-value]


def records(found: Sequence[Document | Unreadable]) -> dict[str, str]:
    """The datasets of documents that are all readable, with their digests."""
    known: dict[str, str] = {}
    for document in found:
        assert isinstance(document, Document), document
        assert document.defects == ()
        reading = read(document, source("x"), Limits())
        assert isinstance(reading, Reading)
        assert (reading.quarantined, reading.repaired, dict(reading.dropped)) == ((), (), {})
        known |= {record.iri: record.digest for record in reading.records}
    return known


def test_a_workbook_and_its_csv_say_the_same(tmp_path: Path, door: Doors) -> None:
    """One declaration in four files of Windows-1252 is the record of the workbook."""
    fill(tmp_path / "d.xlsx", declaration())
    folder = tmp_path / "csv"
    folder.mkdir()
    for name, content in csv_files(declaration()).items():
        (folder / name).write_bytes(content)
    workbook = records(harvest(source(tmp_path / "d.xlsx"), door()))
    assert list(workbook) == [IRI]
    assert records(harvest(source(folder), door())) == workbook


def test_a_folder_holds_declarations_of_several_kinds(tmp_path: Path, door: Doors) -> None:
    """Each workbook is a declaration, and the CSV files of a folder are one."""
    fill(tmp_path / "urgences.xlsx", declaration())
    other = declaration()
    other["datasets"][0] |= {"identifier": "TAM-BLOC", "title": "Bloc opératoire"}
    for sheet in ("distributions", "variables"):
        for row in other[sheet]:
            row["dataset"] = "TAM-BLOC"
    (tmp_path / "bloc").mkdir()
    for name, content in csv_files(other, "utf-8-sig").items():
        (tmp_path / "bloc" / name).write_bytes(content)
    (tmp_path / "~$urgences.xlsx").write_bytes(b"lock")
    (tmp_path / "organigramme.docx").write_bytes(b"text")
    found = harvest(source(tmp_path), door())
    strange = [one for one in found if isinstance(one, Unreadable)]
    assert [one.problem.code for one in strange] == ["file-unknown"]
    assert "un fichier de l'un de ces types : .xlsx .xlsm .csv" in strange[0].problem.fix["fr"]
    kept = [one for one in found if isinstance(one, Document)]
    assert sorted(records(kept)) == ["https://ch-tamaris.example/jeu/TAM-BLOC", IRI]


def test_over_http(tmp_path: Path, serve: Serve, door: Doors) -> None:
    """A workbook at an address, or CSV whose other sheets the options name."""
    content = fill(tmp_path / "d.xlsx", declaration()).read_bytes()
    files = csv_files(declaration())
    routes = {"/d.xlsx": answer(content, Content_Type=XLSX)}
    routes |= {
        f"/{name}": answer(body, Content_Type="text/csv; charset=windows-1252")
        for name, body in files.items()
    }
    site = serve(routes)
    allowed = {"allow_hosts": (site.host,)}
    workbook = records(harvest(source(site.url("/d.xlsx"), **allowed), door()))
    more = {name: site.url(f"/{name}.csv") for name in ("distributions", "variables", "contacts")}
    apart = source(site.url("/datasets.csv"), options=more, **allowed)
    assert records(harvest(apart, door())) == workbook
    lacking = replace(apart, options={**more, "variables": site.url("/absent.csv")})
    assert [type(one) for one in harvest(lacking, door())] == [Unreadable]


def test_an_unknown_option_is_refused(tmp_path: Path, door: Doors) -> None:
    """With the nearest name."""
    with pytest.raises(RedError, match="did you mean `variables`"):
        harvest(source(tmp_path, options={"variable": "x"}), door())


def test_a_sheet_that_is_refused_takes_nothing_away(tmp_path: Path) -> None:
    """Harvested, defaced, harvested again: what the catalogue has stays, and says why."""
    folder, holder = begin(tmp_path)
    fill(holder / "d.xlsx", declaration())
    (run,) = json_of(folder, "harvest")
    assert (run["status"], run["states"]["new"], run["problems"]) == ("ok", 1, [])
    (again,) = json_of(folder, "harvest")
    assert again["states"]["unchanged"] == 1
    rows = declaration()
    rows["datasets"].append({"identifier": "TAM-2", "description": "Sans titre."})
    (holder / "d.xlsx").unlink()
    fill(holder / "d.xlsx", rows)
    (partial,) = json_of(folder, "harvest")
    assert (partial["status"], partial["states"]["unchanged"]) == ("incomplete", 1)
    (problem,) = partial["problems"]
    assert problem["line"] == 5
    assert "Feuille « Jeux de données », ligne 5, colonne C" in problem["message"]["fr"]
    (holder / "d.xlsx").write_bytes(b"PK\x03\x04 broken")
    (broken,) = json_of(folder, "harvest")
    assert (broken["read"], broken["states"]["absent"], broken["states"]["withdrawn"]) == (0, 0, 0)
    (status,) = json_of(folder, "status")
    assert status["published"] == 1
