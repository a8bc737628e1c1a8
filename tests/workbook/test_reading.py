"""Workbooks and CSV as they come: read whole, or refused for one reason; nothing is run."""

import io
import zipfile
from codecs import BOM_UTF8
from datetime import date, datetime
from time import monotonic
from typing import Final

import openpyxl
import pytest

from red_catalog.harvesters.spreadsheet.mistakes import Place, tell_note
from red_catalog.model import Document
from red_catalog.rdf.limits import Limits
from red_catalog.workbook import MAX_ROWS, Cell, Note, Table, read_tables

LIMITS: Final = Limits()
_SHEET: Final = "xl/worksheets/sheet1.xml"
_BOMB: Final = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Feuille"
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repack(content: bytes, **parts: bytes | None) -> bytes:
    """The same workbook with some parts added or replaced; `__` stands for `/`, `_dot_` for `.`."""
    changed = {n.replace("__", "/").replace("_dot_", "."): data for n, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            data = changed[name] if name in changed else old.read(name)
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def part(content: bytes, name: str = _SHEET) -> bytes:
    """A part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def read(content: bytes, name: str = "d.xlsx", limits: Limits = LIMITS) -> tuple[Table, ...]:
    """The tables of a file that can be read."""
    found = read_tables(Document(name, content), limits)
    assert not isinstance(found, Note), found
    return found


def refused(content: bytes, name: str = "d.xlsx", limits: Limits = LIMITS) -> str:
    """The code of what a file is refused for."""
    found = read_tables(Document(name, content), limits)
    assert isinstance(found, Note), found
    return found.code


def texts(table: Table) -> list[list[str]]:
    """What the cells of a table say."""
    return [[cell.text for cell in row.cells.values()] for row in table.rows]


def test_values_keep_their_kind() -> None:
    """Numbers, dates, moments and booleans are told apart, and empty cells are none."""
    content = workbook(
        (
            "texte",
            12,
            12.5,
            3.0,
            None,
            date(2026, 3, 31),
            datetime.fromisoformat("2026-03-31T08:30"),
            True,
        )
    )
    ((row,),) = [table.rows for table in read(content)]
    assert row.cells == {
        1: Cell("text", "texte"), 2: Cell("number", "12"), 3: Cell("number", "12.5"),
        4: Cell("number", "3"), 6: Cell("date", "2026-03-31"),
        7: Cell("moment", "2026-03-31T08:30:00"), 8: Cell("boolean", "true"),
    }  # fmt: skip


def test_a_formula_whose_result_is_the_empty_text_has_one() -> None:
    """What a spreadsheet program saved is told apart from what nothing ever worked out."""
    good = workbook(("Titre", "Note", "Prix"), ("Urgences", '=IF(1>2,1,"")', "=1+1"))
    sheet = part(good).replace(b'<c r="B2">', b'<c r="B2" t="str">')
    (table,) = read(repack(good, xl__worksheets__sheet1_dot_xml=sheet))
    assert [(n.code, n.column) for n in table.notes] == [("formula-empty", 3), ("formulas", 2)]
    assert table.notes[1].details == {"count": 1}


def test_macros_are_told_and_never_run() -> None:
    """The cells of a workbook with macros are read."""
    content = repack(workbook(("Titre",)), xl__vbaProject_dot_bin=b"\x00macro")
    (table,) = read(content, "d.xlsm")
    assert (texts(table), [note.code for note in table.notes]) == ([["Titre"]], ["macros"])


BUTTON = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml">
<v:shape><v:textbox><font color="#000000">Contr\xc3\xb4ler<br>
la saisie</font></v:textbox></v:shape></xml>"""


def test_the_drawing_of_a_button_need_not_be_well_formed() -> None:
    """Excel writes two lines of it so; a document type is refused there as well."""
    good = workbook(("Titre",), ("Urgences",))
    drawn = repack(good, xl__drawings__vmlDrawing1_dot_vml=BUTTON)
    assert [texts(one) for one in read(drawn)] == [[["Titre"], ["Urgences"]]]
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + BUTTON
    assert refused(repack(good, xl__drawings__vmlDrawing1_dot_vml=declared)) == "xlsx-dtd"


def test_the_strict_variant_is_told_by_its_name() -> None:
    """Its sheets are there, and are not read."""
    good = workbook(("Titre",), ("Urgences",))
    book = part(good, "xl/workbook.xml").replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert refused(repack(good, xl__workbook_dot_xml=book)) == "xlsx-strict"


def test_links_to_other_files_are_told() -> None:
    """Nothing outside the workbook is opened."""
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    content = repack(workbook(("Titre",)), xl__externalLinks__externalLink1_dot_xml=link)
    assert [note.code for note in read(content)[0].notes] == ["external-links"]


@pytest.mark.parametrize("where", [_SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(where: str) -> None:
    """A document type is refused before anything else reads the part."""
    good = workbook(("Titre",))
    bare = part(good, where).partition(b"?>")[2] or part(good, where)
    name = where.replace("/", "__").replace(".", "_dot_")
    assert refused(repack(good, **{name: _BOMB + bare})) == "xlsx-dtd"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """Two hundred megabytes of blanks in two hundred kilobytes are not read."""
    content = repack(workbook(("Titre",)), xl__media__image1_dot_png=b" " * 210_000_000)
    assert len(content) < 1_000_000
    began = monotonic()
    assert refused(content) == "xlsx-bomb"
    assert monotonic() - began < 10


def test_many_parts_are_refused() -> None:
    """A zip of thousands of files is no workbook."""
    parts = {f"xl__media__{number}": b"" for number in range(2_001)}
    assert refused(repack(workbook(("Titre",)), **parts)) == "xlsx-bomb"


def test_deep_xml_is_refused() -> None:
    """A part that nests without end is refused."""
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    assert refused(repack(workbook(("T",)), xl__styles_dot_xml=deep)) == "xlsx-deep"


def test_enormous_dimensions_cost_nothing() -> None:
    """A size that the file makes up, or one cell in its last row, is no work."""
    good = workbook(("Titre",), ("a",))
    sheet = part(good).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>z</t></is></c></row></sheetData>'
    sheet = sheet.replace(b"</sheetData>", far)
    (table,) = read(repack(good, xl__worksheets__sheet1_dot_xml=sheet))
    assert [(row.number, row.cells[1].text) for row in table.rows] == [
        (1, "Titre"), (2, "a"), (1_048_576, "z"),
    ]  # fmt: skip


def test_a_cell_in_a_column_far_away_is_refused() -> None:
    """No template has a thousand columns."""
    good = workbook(("Titre",))
    far = b'<row r="9"><c r="XFD9" t="inlineStr"><is><t>z</t></is></c></row></sheetData>'
    sheet = part(good).replace(b"</sheetData>", far)
    found = read_tables(
        Document("d.xlsx", repack(good, xl__worksheets__sheet1_dot_xml=sheet)), LIMITS
    )
    assert isinstance(found, Note)
    assert (found.code, found.row) == ("column-far", 9)
    assert found.details == {"sheet": "Feuille", "cell": "XFD9", "limit": 300}


def test_each_hidden_column_that_holds_something_is_told() -> None:
    """Programs hide several at once, and often all that lie behind the last."""
    good = workbook(("Titre", "Note", "Prix", "Date"), ("Urgences", "a", "", "2024"))
    hidden = b'<cols><col min="2" max="4" hidden="1"/><col min="7" max="16384" hidden="1"/></cols>'
    sheet = part(good).replace(b"<sheetData>", hidden + b"<sheetData>")
    (table,) = read(repack(good, xl__worksheets__sheet1_dot_xml=sheet))
    assert [(note.code, note.column) for note in table.notes] == [
        ("hidden-column", at) for at in (2, 3, 4)
    ]


def _rows_xml(count: int) -> bytes:
    good = part(workbook(("nom",)))
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>v%d</t></is></c></row>' % (n, n, n)
        for n in range(2, count + 2)
    )
    return good.replace(b"</sheetData>", rows + b"</sheetData>")


def test_a_hundred_thousand_rows_are_read() -> None:
    """So many rows below the headings are all there."""
    content = repack(workbook(("nom",)), xl__worksheets__sheet1_dot_xml=_rows_xml(MAX_ROWS))
    (table,) = read(content)
    assert (len(table.rows), table.rows[-1].cells[1].text) == (MAX_ROWS + 1, f"v{MAX_ROWS + 1}")


def test_more_rows_are_refused() -> None:
    """Beyond the limit nothing is read rather than a part: half a declaration takes away."""
    content = repack(workbook(("nom",)), xl__worksheets__sheet1_dot_xml=_rows_xml(MAX_ROWS + 5))
    assert refused(content) == "too-many-rows"
    assert refused(b"nom\n" + b"v\n" * (MAX_ROWS + 1), "d.csv") == "too-many-rows"
    assert len(read(b"nom\n" + b"v\n" * MAX_ROWS, "d.csv")[0].rows) == MAX_ROWS + 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(("Titre",))[:-200], "xlsx-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "xls-old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "xlsx-locked"),
        (repack(workbook(("T",)), content_dot_xml=b"<a/>"), "ods"),
        (repack(workbook(("T",)), xl__workbook_dot_xml=None), "xlsx-not"),
        (repack(workbook(("T",)), xl__worksheets__sheet1_dot_xml=b"<worksheet><row>"), "xlsx-xml"),
        (repack(workbook(("T",)), xl__workbook_dot_xml=b"<workbook/>"), "empty"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_no_workbook_is_refused(content: bytes, code: str) -> None:
    """Truncated, old, locked, of another program, or damaged: each for its own reason."""
    if code == "empty":
        assert read_tables(Document("d.xlsx", content), LIMITS) in ((), Note("xlsx-broken"))
        return
    assert refused(content) == code


@pytest.mark.parametrize("name", ["declaration.xlsx", "datasets.csv"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\n<!DOCTYPE html>\n<html><body>Connectez-vous</body></html>", "html"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "pdf"),
    ],
)
def test_what_is_neither_workbook_nor_csv_is_named(content: bytes, code: str, name: str) -> None:
    """Whatever its name says, a PDF, a web page or nothing at all is told as such."""
    assert refused(content, name) == code
    defect = tell_note(Note(code), Place(name))
    assert {"empty": "vide", "html": "page web", "pdf": "PDF"}[code] in defect.message["fr"]


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    """The deadline holds for the whole file."""
    content = repack(workbook(("nom",)), xl__worksheets__sheet1_dot_xml=_rows_xml(MAX_ROWS))
    assert refused(content, limits=Limits(document_seconds=0.3)) == "too-slow"


def test_a_reader_that_takes_too_much_memory_is_stopped() -> None:
    """Memory is bounded; the reader dies alone."""
    content = repack(workbook(("nom",)), xl__worksheets__sheet1_dot_xml=_rows_xml(MAX_ROWS))
    assert refused(content, limits=Limits(memory_bytes=60_000_000)) in {"memory", "crash"}


@pytest.mark.parametrize(
    "content",
    [
        "Titre;Résumé\nÉtude;« œuvre »\n".encode(),
        "\ufeffTitre;Résumé\r\nÉtude;« œuvre »\r\n".encode(),
        "Titre;Résumé\nÉtude;« œuvre »\n".encode("windows-1252"),
        "Titre;Résumé\nÉtude;« œuvre »\n".encode("utf-16"),
        "Titre,Résumé\nÉtude,« œuvre »\n".encode(),
        "Titre\tRésumé\nÉtude\t« œuvre »\n".encode(),
        '"Titre";"Résumé"\n"Étude";"« œuvre »"'.encode(),
    ],
    ids=["utf-8", "bom", "windows-1252", "utf-16", "comma", "tab", "quotes"],
)
def test_csv_of_every_spelling(content: bytes) -> None:
    """Marks, encodings and separators that spreadsheet programs write."""
    assert texts(read(content, "d.csv")[0]) == [["Titre", "Résumé"], ["Étude", "« œuvre »"]]


def test_csv_knows_rows_and_lines() -> None:
    """A cell of several lines moves the lines, not the rows."""
    (table,) = read(b'a;b\n"x\ny";1\nz;2\n', "d.csv")
    assert [(row.number, row.line) for row in table.rows] == [(1, 1), (2, 2), (3, 4)]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b'a;b\nx;"ouvert\ny;z\n', "csv-broken", 2),
        (b'a;b\nx;"y"z\n', "csv-broken", 2),
        (b"a;b\nx\x00;y\n", "csv-nul", 2),
        (b"a;b\n\x81\x8d;y\n", "csv-encoding", None),
    ],
)
def test_csv_that_is_broken_is_refused_with_its_line(
    content: bytes, code: str, line: int | None
) -> None:
    """Open quotes, null characters, and bytes of no known encoding."""
    found = read_tables(Document("d.csv", content), LIMITS)
    assert isinstance(found, Note)
    assert (found.code, found.row) == (code, line)


ROW_OF_UTF8 = "A;Étude épidémiologique à Évreux\n".encode()
ROW_OF_WINDOWS = "B;Étude à Béziers\n".encode("cp1252")


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=iso-8859-1"])
@pytest.mark.parametrize(
    ("head", "rows", "line"),
    [
        (b"", ROW_OF_UTF8 + ROW_OF_WINDOWS, 3), (BOM_UTF8, ROW_OF_UTF8 + ROW_OF_WINDOWS, 3),
        (b"", ROW_OF_WINDOWS * 4 + ROW_OF_UTF8, 6), (BOM_UTF8, ROW_OF_UTF8 + ROW_OF_WINDOWS * 4, 3),
    ],
    ids=["few-windows", "mark-few-windows", "few-utf8", "mark-few-utf8"],
)  # fmt: skip
def test_a_row_of_another_encoding_is_refused_with_its_line(
    head: bytes, rows: bytes, line: int, charset: str
) -> None:
    """Read as Windows-1252, the rows in UTF-8 would be in letters that nobody wrote."""
    content = head + b"Identifiant;Titre\n" + rows
    found = read_tables(Document("d.csv", content, f"text/csv{charset}"), LIMITS)
    assert isinstance(found, Note)
    assert (found.code, found.row) == ("csv-mixed", line)


@pytest.mark.parametrize(
    "text",
    ["« É »;QUALITÉ\xa0: à\xa0;É’", "Ã©;Étude à Béziers, été", "Â»;« à l’Île-d’Yeu »", "RMSD;Å²",
     "QUALITÉ;20\xa0°C", "patient•e•s;mère–enfant", "Dr Dušek;etc…puis", "20‰;« Stentor™ »"],
)  # fmt: skip
def test_windows_1252_is_read_whatever_stands_side_by_side(text: str) -> None:
    """Few bytes that UTF-8 would have as well make no other encoding."""
    content = f"Séjours;à Béziers\n{text}".encode("cp1252")
    ((_, row),) = [table.rows for table in read(content, "d.csv")]
    assert [cell.text for cell in row.cells.values()] == text.split(";")


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
def test_accents_of_older_systems_are_not_taken_for_other_signs(encoding: str) -> None:
    """CSV as Excel exports it for Macintosh or MS-DOS is refused: « séjours » would be garbled."""
    content = "Identifier;Title\nX1;Séjours à l'hôpital\n".encode(encoding)
    assert read_tables(Document("d.csv", content), LIMITS) == Note("csv-encoding")
    told = read_tables(Document("d.csv", content, f"text/csv; charset={encoding}"), LIMITS)
    assert not isinstance(told, Note)
    assert texts(told[0])[1] == ["X1", "Séjours à l'hôpital"]


def test_utf_8_announced_as_something_else_is_read_as_what_it_is() -> None:
    """A server that says ISO-8859-1 of all its files is not believed, and it is told."""
    content = "Titre;Résumé\nÉtude;« œuvre »\n".encode()
    found = read_tables(Document("d.csv", content, "text/csv; charset=ISO-8859-1"), LIMITS)
    assert not isinstance(found, Note)
    assert texts(found[0])[1] == ["Étude", "« œuvre »"]
    assert found[0].notes == (Note("csv-charset", details={"charset": "ISO-8859-1"}),)


def test_what_is_called_latin_is_windows_1252() -> None:
    """Ligatures and apostrophes are no invisible controls."""
    content = "Titre;Résumé\nÉtude;L’œuvre\n".encode("windows-1252")
    found = read_tables(Document("d.csv", content, "text/csv; charset=iso-8859-1"), LIMITS)
    assert not isinstance(found, Note)
    assert (texts(found[0])[1], found[0].notes) == (["Étude", "L’œuvre"], ())


def test_an_encoding_of_no_text_is_passed_over() -> None:
    """A server that announces what no text can be in is not believed."""
    content = "Identifiant;Titre\nurgences;Passages aux urgences, été\n".encode("cp1252")
    found = read_tables(Document("d.csv", content, "text/csv; charset=undefined"), LIMITS)
    assert not isinstance(found, Note)
    assert texts(found[0])[1] == ["urgences", "Passages aux urgences, été"]


def test_the_announced_charset_is_believed_of_what_is_not_utf_8() -> None:
    """A server that says ISO-8859-15 is believed."""
    content = "Titre;Prix\nÉtude;5 €\n".encode("iso-8859-15")
    found = read_tables(Document("d.csv", content, "text/csv; charset=iso-8859-15"), LIMITS)
    assert not isinstance(found, Note)
    assert texts(found[0])[1] == ["Étude", "5 €"]


def test_one_long_text_in_many_cells_is_refused() -> None:
    """Five thousand cells that share a text of thirty thousand characters weigh what they say."""
    good = workbook(("nom",))
    text = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si>'
    )
    rows = b"".join(b'<row r="%d"><c t="s"><v>0</v></c></row>' % n for n in range(2, 5_002))
    shared = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % shared
    parts = {
        "xl__sharedStrings_dot_xml": text % (b"x" * 30_000) + b"</sst>",
        "xl__worksheets__sheet1_dot_xml": part(good).replace(
            b"</sheetData>", rows + b"</sheetData>"
        ),
        "[Content_Types]_dot_xml": part(good, "[Content_Types].xml").replace(b"</Types>", named),
    }
    content = repack(good, **parts)
    assert len(content) < 100_000
    assert refused(content) == "too-much"


def test_an_announced_macro_workbook_is_read() -> None:
    """The type that programs give a workbook with macros is no obstacle."""
    good = workbook(("Titre",))
    types = part(good, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    content = repack(good, **{"[Content_Types]_dot_xml": types, "xl__vbaProject_dot_bin": b"x"})
    (table,) = read(content, "d.xlsm")
    assert (texts(table), [note.code for note in table.notes]) == ([["Titre"]], ["macros"])
