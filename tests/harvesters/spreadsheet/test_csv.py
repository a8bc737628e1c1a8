"""A lone table of CSV, as people have it: their own headings, formulas, many rows."""

from pathlib import Path
from time import monotonic

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters.spreadsheet import Conversion, convert_documents
from red_catalog.model import Defect, Document, Reading, Source, Unreadable
from red_catalog.pipeline import spreadsheets
from red_catalog.pipeline.initialising import initialise
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read

SOURCE = Source("s", "h", "spreadsheet", "", namespaces=("https://h.example/jeu/",))


def convert(*texts: tuple[str, str], language: str = "fr") -> Conversion:
    """What becomes of these files."""
    documents = [Document(name, text.encode()) for name, text in texts]
    return convert_documents(documents, SOURCE, Limits(), language)


def lines(found: Conversion) -> list[str]:
    """The statements of a document that was made."""
    assert isinstance(found.document, Document), found
    return found.document.content.decode().splitlines()


def defects(found: Conversion) -> list[Defect]:
    """What was told of a document that was made."""
    assert isinstance(found.document, Document), found
    return list(found.document.defects)


def test_an_identifier_may_be_another_dataset_s_title() -> None:
    """Only another one's identifier holds a row; a part finds both by what they are called."""
    found = convert(("jeux.csv", "Identifiant;Titre\nA1;SNDS\nSNDS;Système national\n"))
    said = lines(found)
    assert '<https://h.example/jeu/A1> <http://purl.org/dc/terms/title> "SNDS"@fr .' in said
    title = '<http://purl.org/dc/terms/title> "Système national"@fr .'
    assert f"<https://h.example/jeu/SNDS> {title}" in said
    assert not found.held


def test_unknown_is_a_frequency() -> None:
    """A word of the list is a value, though elsewhere it says nothing."""
    for word in ("inconnu", "unknown"):
        found = convert(("jeux.csv", f"Identifiant;Titre;Fréquence\nA1;Étude;{word}\n"))
        assert any(line.endswith("/frequency/UNKNOWN> .") for line in lines(found)), word


@pytest.mark.parametrize("heading", ["Titre", "TITRE *", "title", "Intitulé", "dct:title", "titre"])
def test_a_heading_is_known_by_any_of_its_names(heading: str) -> None:
    """French, English, usual names and properties, in any case, with or without accents."""
    found = lines(convert(("jeux.csv", f"Identifiant;{heading}\nA1;Étude\n")))
    assert '<https://h.example/jeu/A1> <http://purl.org/dc/terms/title> "Étude"@fr .' in found


@pytest.mark.parametrize("heading", ["Titre (anglais)", "Titre (en)", "title_en", "Titre [en]"])
def test_a_heading_can_name_a_language(heading: str) -> None:
    """Translations stand beside the text."""
    found = lines(convert(("jeux.csv", f"Identifiant;Titre;{heading}\nA1;Étude;Study\n")))
    assert '<https://h.example/jeu/A1> <http://purl.org/dc/terms/title> "Study"@en .' in found


def test_formulas_of_csv_are_text() -> None:
    """What looks like a formula is kept as it is, and told with its place."""
    found = convert(("jeux.csv", 'Identifiant;Titre\nA1;"=HYPERLINK(""http://x"")"\n'))
    assert any('"=HYPERLINK(\\"http://x\\")"@fr' in line for line in lines(found))
    told = next(one for one in defects(found) if one.code == "sheet-cell-formula")
    assert (told.line, told.column) == (2, 2)
    assert told.message["fr"].startswith("Fichier jeux.csv, ligne 2, colonne B « Titre »")


def test_a_separator_without_quotes_is_told() -> None:
    """A value that slips beyond the last heading names its row and column."""
    found = convert(("jeux.csv", "Identifiant;Titre\nA1;Soins ; séjours\n"))
    (told,) = [one for one in defects(found) if one.code == "sheet-no-heading"]
    assert (told.line, told.column) == (2, 3)
    assert "guillemets" in told.fix["fr"]


def test_text_cannot_break_out_of_its_statement() -> None:
    """Quotes, ends of line and control characters stay within the literal."""
    cell = '""\\"" . <urn:x> <urn:y> <urn:z> .\x07\u202e'
    found = convert(("jeux.csv", f'Identifiant;Titre\nA1;"{cell}"\n'))
    assert isinstance(found.document, Document)
    reading = read(found.document, SOURCE, Limits())
    assert isinstance(reading, Reading)
    assert [record.iri for record in reading.records] == ["https://h.example/jeu/A1"]
    assert b"urn:x>" not in reading.records[0].canonical.replace(b"<urn:x> <urn:y>", b"", 1)


def test_what_is_no_table_of_datasets_is_refused() -> None:
    """Another table is not taken for one; nothing is removed."""
    found = convert(("data.csv", "age;sexe\n42;F\n"))
    assert isinstance(found.document, Unreadable)
    assert found.document.problem.code == "sheet-no-datasets"


def test_twenty_thousand_variables_are_read_in_seconds() -> None:
    """A large dictionary is one record, whole."""
    rows = "".join(f"A1;T;v{n};Variable {n};entier;Valeur {n}.\n" for n in range(20_000))
    began = monotonic()
    found = convert(
        ("datasets.csv", "Identifiant;Titre\nA1;Étude\n"),
        ("variables.csv", f"Jeu de données;Tableau;Nom;Libellé;Type;Description\n{rows}"),
    )
    assert isinstance(found.document, Document)
    reading = read(found.document, SOURCE, Limits())
    assert isinstance(reading, Reading)
    (record,) = reading.records
    assert record.canonical.count(b"csvw#Column>") == 20_000
    assert monotonic() - began < 60


def test_ten_thousand_datasets_are_read_in_seconds() -> None:
    """Rows cost the same however many there are."""
    rows = "".join(f"A{n};Étude {n};public;CHU\n" for n in range(10_000))
    began = monotonic()
    found = convert(("jeux.csv", f"Identifiant;Titre;Accès;Détenteur\n{rows}"))
    assert found.rows is not None
    assert len(found.rows) == 10_000
    assert monotonic() - began < 60


def test_the_same_mistake_in_every_row_stays_readable() -> None:
    """A thousand mistakes are named and the others counted; nearness is not looked for for ever."""
    sets = "".join(f"A{n};Étude {n};restrient{n}\n" for n in range(20_000))
    rows = "".join(f"B{n};https://h.example/\n" for n in range(20_000))
    began = monotonic()
    found = convert(
        ("datasets.csv", f"Identifiant;Titre;Accès\n{sets}"),
        ("distributions.csv", f"Jeu de données;Adresse d'accès\n{rows}"),
    )
    told = [*defects(found), *found.absences]
    assert len(told) < 1_100
    (more,) = [one for one in told if one.code == "sheet-more"]
    assert " more points of the same kinds are not listed." in more.message["en"]
    assert monotonic() - began < 60


def test_rows_without_a_title_are_counted() -> None:
    """Thousands of rows that give nothing do not become thousands of problems."""
    found = convert(("jeux.csv", "Identifiant;Titre\n" + "A;\n" * 5_000 + "B;Étude\n"))
    assert len(found.held) == 1_000
    assert "4000 " in next(d for d in defects(found) if d.code == "sheet-more").message["fr"]


def test_a_declaration_is_never_written_over(tmp_path: Path) -> None:
    """What a holder filled in stays, whatever the output is called."""
    path = tmp_path / "datasets.csv"
    path.write_text("Identifiant;Titre\nA1;Étude\n", "utf-8")
    with pytest.raises(RedError, match="name another file"):
        spreadsheets.convert([path], tmp_path / "." / "datasets.csv", None)
    assert path.read_text("utf-8").startswith("Identifiant")


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """`init` below a file tells the operator what is wrong."""
    (tmp_path / "fichier").touch()
    with pytest.raises(RedError, match="cannot be written"):
        initialise(tmp_path / "fichier" / "catalogue")
