"""Each kind of mistake that people make in a spreadsheet: told where it is, and how to mend it."""

import io
from collections.abc import Callable
from datetime import date, time
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from red_catalog.harvesters.spreadsheet import Conversion, convert_documents
from red_catalog.harvesters.spreadsheet.choices import labels, understand
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.harvesters.spreadsheet.template import layout
from red_catalog.model import Defect, Document, Source, Unreadable
from red_catalog.rdf.limits import Limits
from red_catalog.workbook import column_letters
from tests.harvesters.spreadsheet.declaration import Rows, declaration, place_columns
from tests.workbook.test_reading import repack

SOURCE = Source("s", "h", "spreadsheet", "d.xlsx", namespaces=("https://ch-tamaris.example/jeu/",))
DATASETS, DISTRIBUTIONS, VARIABLES, CONTACTS = (sheet.key for sheet in SHEETS)
TITLES = {sheet.key: sheet.name("fr") for sheet in SHEETS}


class Case(NamedTuple):
    """What is done to a good declaration, and what must be told of it.

    `also`: codes that come with it; `where`: sheet, row and key of the column (None: no
    column); `fix`: words of the remedy in French.
    """

    code: str
    change: Callable[[Rows], object] | None
    where: tuple[str, int | None, str | None]
    fix: str
    also: frozenset[str] = frozenset()
    deface: Callable[[Workbook], object] | None = None


def put(sheet: str, key: str, value: object, row: int = 0) -> Callable[[Rows], object]:
    """Writes a value in a row of a sheet; None empties the cell."""
    return lambda rows: rows[sheet][row].__setitem__(key, value)


def dataset(code: str, key: str, value: object, fix: str, *also: str) -> Case:
    """A mistake in one cell of the only dataset."""
    return Case(code, put(DATASETS, key, value), (DATASETS, 2, key), fix, frozenset(also))


def cell(sheet: str, key: str, row: int = 2) -> str:
    """The name of a cell, as A1."""
    return f"{column_letters(place_columns(sheet)[key])}{row}"


def again(sheet: str, **changes: object) -> Callable[[Rows], object]:
    """Repeats the first row of a sheet below the others, changed."""
    return lambda rows: rows[sheet].append({**rows[sheet][0], **changes})


CASES = [
    # One cell.
    dataset("cell-code", "access", "resteint", "Vouliez-vous dire « restreint » ?"),
    dataset("cell-code", "category", "Dossier patient", "liste déroulante"),
    dataset("cell-code", "theme", "HEALTHY ; Santé", "« Santé »"),
    dataset("cell-code", "frequency", "menusel", "Vouliez-vous dire « mensuel » ?"),
    dataset("cell-code", "frequency", "quotidiennes", "Vouliez-vous dire « quotidien » ?"),
    dataset("cell-code", "health_theme", "Cancers", "Vouliez-vous dire « Cancer » ?"),
    dataset("cell-code", "frequency", "régulier", "Choisissez une valeur de la liste"),
    dataset("cell-code", "frequency", "5 fois par an", "Choisissez une valeur de la liste"),
    dataset("cell-code", "personal", "sexe", "Choisissez une valeur de la liste"),
    dataset("cell-code", "personal", "âge, sexe, santé", "Choisissez une valeur de la liste"),
    dataset("cell-code", "activity", "Consultation", "Choisissez une valeur de la liste"),
    dataset("cell-code", "type", "Données de santé", "Choisissez une valeur de la liste"),
    dataset("cell-code", "activity", "Admission", "« Admission, soins et sortie"),
    dataset("cell-code", "structured", "peut-être", "liste déroulante"),
    dataset("cell-several", "access", "public ; restreint", "N'en gardez qu'une"),
    dataset("cell-several", "hdab", "ORAD ; CHV", "N'en gardez qu'une"),
    dataset("theme-health", "theme", "SOCI", "séparé par « ; »"),
    dataset("cell-date", "issued", "31/02/2024", "AAAA-MM-JJ"),
    dataset("cell-date", "issued", "printemps 2024", "AAAA-MM-JJ"),
    dataset("cell-date-number", "modified", 45292, "format Date"),
    dataset("period-backwards", "period_end", "2014-12-31", "deux dates"),
    dataset("period-backwards", "retention_end", 2014, "deux dates"),
    dataset("cell-code", "access", "Accès sur autorisation", "Choisissez une valeur de la liste"),
    dataset("cell-code", "theme", "Population et société, Santé",
            "Séparez les valeurs par « ; »."),
    dataset("cell-code", "category", "Dossiers, biobanque", "Séparez les valeurs par « ; ». Choi"),
    dataset("cell-place", "spatial", "Isère", "nommez une région dans la population couverte"),
    dataset("cell-place", "spatial", "France, Belgique", "Séparez les valeurs par « ; »."),
    dataset("cell-whole", "delivery", "2 mois", "entier de jours (2 mois : 60), arrondi"),
    dataset("cell-whole", "fee_estimate", "1 200,50 €", "d'euros (1 200,50 € : 1201), arrondi"),
    dataset("cell-whole", "min_age", "6 mois", "d'années (6 mois : 0), arrondi"),
    dataset("cell-whole", "records", "environ 12 000", "12400"),
    dataset("cell-whole", "records", 12.5, "12400"),
    dataset("cell-negative", "individuals", -3, "zéro ou plus"),
    dataset("ages-backwards", "max_age", "0", "deux âges")._replace(
        change=lambda rows: rows[DATASETS][0].update(min_age=18, max_age=0)
    ),
    dataset("cell-duration", "resolution", "un jour", "P1D"),
    dataset("cell-link-bare", "landing", "www.ch-tamaris.example/urgences",
            "https://www.ch-tamaris.example/urgences"),
    dataset("cell-link", "page", "voir le site", "https://"),
    dataset("cell-link", "landing", "https://www..fr", "https://"),
    dataset("cell-link", "landing", "www..fr", "https://"),
    dataset("cell-link", "landing", "https://[votre-serveur]/urgences", "https://"),
    dataset("cell-link", "iri", "https://ch-tamaris.example:99999/urgences", "https://"),
    dataset("cell-several", "iri", "https://ch.example/1;https://ch.example/2", "qu'une"),
    dataset("cell-dated", "min_age", date(1900, 1, 18), "format Nombre"),
    dataset("cell-dated", "records", time(8, 30), "format Nombre"),
    dataset("cell-link", "iri", "voir le site", "https://"),
    dataset("cell-contact", "publisher", "CHVV", "feuille des contacts"),
    dataset("cell-contact", "contact", "Mme X", "feuille des contacts"),
    dataset("cell-blank", "provenance", "à compléter", "videz la cellule"),
    dataset("cell-missing", "keyword", None, "séparés")._replace(
        change=lambda rows: rows[DATASETS][0].update({"keyword": None, "keyword@": None})
    ),
    dataset("cell-missing", "hdab", None, "sigle"),
    dataset("example-left", "population", "Ex. : Patients adultes", "videz la cellule"),
    dataset("cell-error", "records", "#REF!", "Corrigez la formule")._replace(
        change=None, deface=lambda book: _write_error(book)  # noqa: PLW0108  (defined below)
    ),
    # One row.
    dataset("row-untitled", "title", None, "« Titre »")._replace(
        change=lambda rows: rows[DATASETS].append({"identifier": "TAM-2"}),
        where=(DATASETS, 3, "title"),
    ),
    dataset("row-untitled", "title", None, "« Titre »")._replace(  # and nothing of its other rows
        change=lambda rows: (
            again(DATASETS, identifier="TAM-2", title=None, **{"title@": None})(rows),
            again(DISTRIBUTIONS, dataset="TAM-2")(rows),
            again(VARIABLES, dataset="TAM-2")(rows)),
        where=(DATASETS, 3, "title"),
    ),
    dataset("row-double", "identifier", "", "identifiant à lui")._replace(
        change=again(DATASETS, title="Le même"), where=(DATASETS, 3, "identifier")
    ),
    dataset("identifier-missing", "identifier", None, "durable", "cell-missing")._replace(
        change=lambda rows: _forget_identifier(rows),  # noqa: PLW0108  (defined below)
    ),
    Case("row-astray", put(DISTRIBUTIONS, "dataset", "TAM-URGENCES", 2),
         (DISTRIBUTIONS, 4, "dataset"), "Reprenez l'identifiant"),
    Case("row-astray", put(VARIABLES, "dataset", "AUTRE", 1), (VARIABLES, 3, "dataset"),
         "Reprenez l'identifiant"),
    Case("rows-astray", put(DATASETS, "identifier", None), (DISTRIBUTIONS, 2, "dataset"),
         "ligne 2 n'a pas d'identifiant : écrivez-y « TAM-URG »",
         frozenset({"cell-missing", "identifier-missing", "no-distribution", "no-variables"})),
    Case("row-unattached", lambda rows: (
            again(DATASETS, identifier="TAM-2", title="Un autre", structured="non")(rows),
            again(DISTRIBUTIONS, dataset="TAM-2")(rows),
            again(DISTRIBUTIONS, dataset=None)(rows)),
         (DISTRIBUTIONS, 6, "dataset"), "Écrivez l'identifiant"),
    Case("cell-missing", put(DISTRIBUTIONS, "access_url", None), (DISTRIBUTIONS, 2, "access_url"),
         "La page où l'on obtient"),
    Case("cell-code", put(DISTRIBUTIONS, "role", "fichier"), (DISTRIBUTIONS, 2, "role"), "liste"),
    Case("cell-code", put(DISTRIBUTIONS, "format", "STATA 14"), (DISTRIBUTIONS, 2, "format"),
         "liste"),
    Case("cell-media", put(DISTRIBUTIONS, "media_type", "csv"), (DISTRIBUTIONS, 2, "media_type"),
         "text/csv"),
    Case("cell-whole", put(DISTRIBUTIONS, "size", "48 Mo"), (DISTRIBUTIONS, 2, "size"),
         "d'octets (48 Mo : 48000000), arrondi et sans unité"),
    dataset("no-distribution", "identifier", "", "Ajoutez-y une ligne")._replace(
        change=lambda rows: rows.__setitem__(DISTRIBUTIONS, []),
        where=(DATASETS, 2, None),
    ),
    Case("samples-alone", put(DISTRIBUTIONS, "role", "échantillon"), (DISTRIBUTIONS, 2, "role"),
         "dont le rôle est « distribution »"),
    dataset("no-variables", "structured", "", "écrivez « non »")._replace(
        change=lambda rows: rows.__setitem__(VARIABLES, [])
    ),
    dataset("protection-denied", "protection", "Secret d’affaires ; Aucune partie protégée",
            "Gardez l'une ou l'autre"),
    dataset("variables-denied", "structured", "non", "Écrivez « oui »"),
    Case("cell-missing", put(VARIABLES, "name", None), (VARIABLES, 2, "name"), "Tel qu'il est"),
    Case("cell-code", put(VARIABLES, "datatype", "bizarre"), (VARIABLES, 2, "datatype"), "liste"),
    Case("variable-double", put(VARIABLES, "name", "AGE", 3), (VARIABLES, 5, "name"),
         "N'en gardez qu'une"),
    Case("contact-unreachable", put(CONTACTS, "page", None, 2), (CONTACTS, 4, "email"),
         "adresse de service"),
    Case("contact-double", put(CONTACTS, "key", "chv", 2), (CONTACTS, 4, "key"), "sigle à lui",
         frozenset({"cell-contact"})),
    Case("cell-email", put(CONTACTS, "email", "direction ch-tamaris.example"),
         (CONTACTS, 2, "email"), "Écrivez une seule adresse"),
    *(
        Case("cell-phone", put(CONTACTS, "phone", said, 1), (CONTACTS, 3, "phone"), "un seul")
        for said in ("voir l'annuaire", "01 99 00 00 00 / 01 99 00 00 01", "poste 12",
                     "+33 1 99 00 00 00 / 01", "0199000000/01", "7")
    ),
    Case("cell-phone-number", put(CONTACTS, "phone", 199000000, 1), (CONTACTS, 3, "phone"),
         "format Texte, puis écrivez à nouveau le numéro entier"),
    *(
        Case("cell-private", put(CONTACTS, "private", said, 1), (CONTACTS, 3, "private"),
             "oui ou non")
        for said in ("oui (personne)", "ne pas publier", "OUI !", "coché", "confidentiel", "?")
    ),
    Case("cell-none-public", put(CONTACTS, "private", "oui", 2), (DATASETS, 2, "hdab"),
         "sa propre ligne"),
    Case("cell-none-public", lambda rows: (
            put(CONTACTS, "private", "oui", 1)(rows), put(DATASETS, "contact", "EDS")(rows)),
         (DATASETS, 2, "contact"), "sa propre ligne"),
    # The sheet itself.
    dataset("unknown-heading", "rights", "", "titre exact")._replace(
        change=None, where=(DATASETS, 1, "rights"),
        deface=lambda book: _write(book, DATASETS, "rights", "Commentaires", 1),
    ),
    dataset("double-heading", "rights", "", "Supprimez ou renommez")._replace(
        change=None, where=(DATASETS, 1, "rights"),
        deface=lambda book: _write(book, DATASETS, "rights", "Provenance", 1),
    ),
    dataset("heading-missing", "category", "", "Ajoutez une colonne", "unknown-heading")._replace(
        change=None, where=(DATASETS, 1, None),
        deface=lambda book: _write(book, DATASETS, "category", "???", 1),
    ),
    dataset("no-heading", "version", "", "Donnez un titre")._replace(
        change=None, where=(DATASETS, 2, "version"),
        deface=lambda book: _write(book, DATASETS, "version", None, 1),
    ),
    Case("merged", None, (VARIABLES, 2, "table"), "Défusionnez", frozenset(),
         lambda book: book[TITLES[VARIABLES]].merge_cells(
             f"{cell(VARIABLES, 'table')}:{cell(VARIABLES, 'table', 6)}")),
    Case("merged-key", None, (VARIABLES, 3, "name"), "donnez à chaque ligne sa propre valeur",
         frozenset({"cell-missing"}),
         lambda book: book[TITLES[VARIABLES]].merge_cells(
             f"{cell(VARIABLES, 'name', 3)}:{cell(VARIABLES, 'name', 4)}")),
    Case("merged-key", again(DATASETS, identifier=None, title="Un autre"),
         (DATASETS, 2, "identifier"), "donnez à chaque ligne sa propre valeur",
         frozenset({"cell-missing", "identifier-missing", "no-distribution", "no-variables"}),
         lambda book: book[TITLES[DATASETS]].merge_cells(
             f"{cell(DATASETS, 'identifier')}:{cell(DATASETS, 'identifier', 3)}")),
    Case("formula-empty", None, (DATASETS, 2, "records"), "enregistrez-le", frozenset(),
         lambda book: _write(book, DATASETS, "records", "=SUM(1,2)")),
    Case("hidden-row", None, (VARIABLES, 3, None), "Affichez-les", frozenset(),
         lambda book: setattr(book[TITLES[VARIABLES]].row_dimensions[3], "hidden", True)),
    Case("hidden-column", None, (DISTRIBUTIONS, None, "rights"), "Affichez-la", frozenset(),
         lambda book: setattr(
             book[TITLES[DISTRIBUTIONS]].column_dimensions[
                 column_letters(place_columns(DISTRIBUTIONS)["rights"])], "hidden", True)),
    Case("hidden-sheet", None, (VARIABLES, None, None), "Affichez-la", frozenset(),
         lambda book: setattr(book[TITLES[VARIABLES]], "sheet_state", "hidden")),
    Case("unknown-sheet", None, ("Brouillon", None, None), "Renommez-la", frozenset(),
         lambda book: book.create_sheet("Brouillon").append(["à", "b"])),
]  # fmt: skip


def _forget_identifier(rows: Rows) -> None:
    rows[DATASETS][0]["identifier"] = None
    for row in rows[DISTRIBUTIONS] + rows[VARIABLES]:
        row["dataset"] = None


def _write(book: Workbook, sheet: str, key: str, value: str | None, row: int = 2) -> None:
    book[TITLES[sheet]][cell(sheet, key, row)] = value


def _write_error(book: Workbook) -> None:
    written = book[TITLES[DATASETS]][cell(DATASETS, "records")]
    written.value = "#REF!"
    written.data_type = "e"


def book_of(rows: Rows, deface: Callable[[Workbook], object] | None = None) -> bytes:
    """A workbook with the headings of the template and these rows right below."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        worksheet = book.create_sheet(sheet.name("fr"))
        worksheet.append(
            [c.other_heading("fr") if o else c.heading("fr") for c, o in layout(sheet)]
        )
        at = place_columns(sheet.key)
        for number, row in enumerate(rows[sheet.key], 2):
            for key, value in row.items():
                worksheet.cell(number, at[key], value)
    if deface:
        deface(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def convert(content: bytes, name: str = "d.xlsx") -> Conversion:
    """What becomes of a file."""
    return convert_documents([Document(name, content)], SOURCE, Limits())


def all_told(found: Conversion) -> list[Defect]:
    """Everything that a conversion has to say."""
    assert not isinstance(found.document, Unreadable), found.document
    held = [one.problem for one in found.held]
    return [*held, *found.document.defects, *found.absences]


def test_a_good_declaration_has_no_mistake() -> None:
    """The declaration that every case starts from is told nothing."""
    assert all_told(convert(book_of(declaration()))) == []


def test_the_cases_are_of_thirty_kinds_at_least() -> None:
    """So many kinds of mistakes are known, and each has a case."""
    assert len({case.code for case in CASES}) >= 30


@pytest.mark.parametrize(
    "case", CASES, ids=lambda c: f"{c.code}-{c.where[2] or c.where[0]}"
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_a_fix(case: Case) -> None:
    """Sheet, row and column are named in both languages, with what to do; nothing else is told."""
    rows = declaration()
    if case.change:
        case.change(rows)
    told = all_told(convert(book_of(rows, case.deface)))
    found = [one for one in told if one.code == f"sheet-{case.code}"]
    assert {one.code.removeprefix("sheet-") for one in told} == {case.code, *case.also}
    sheet, row, key = case.where
    column = place_columns(sheet)[key] if key else None
    one = next(d for d in found if (d.line, d.column) == (row, column))
    start = f"Feuille « {TITLES.get(sheet, sheet)} »"
    start += f", ligne {row}" if row else ""
    start += f", colonne {column_letters(column)}" if column else ""
    assert one.message["fr"].startswith(start)
    assert one.message["en"].startswith("Sheet “")
    assert case.fix in one.fix["fr"]
    assert one.fix["en"]
    assert "{" not in one.message["fr"] + one.message["en"] + one.fix["fr"] + one.fix["en"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+33 1 99 00 12 34", "+33199001234"), ("+33 (0)1.99.00.12.34", "+33199001234"),
        ("0033\u202f1-99-00-12-34", "+33199001234"), ("01/99/00/12/34", "0199001234"),
        ("3114", "3114"), ("15", "15"), ("+33 0 1 99 00 12 34", "+33199001234"),
        ("+33 ( 0 ) 1 99 00 12 34", "+33199001234"), ("0033 (0)1 99 00 12 34", "+33199001234"),
        ("01\u201399\u201300\u201312\u201334", "0199001234"),
    ],
)  # fmt: skip
def test_a_contact_keeps_its_telephone(written: str, number: str) -> None:
    """A contact point has it as a link that dials, an organisation as it was written."""
    rows = declaration()
    rows[CONTACTS][1]["phone"] = written
    rows[DATASETS][0]["publisher"] = "EDS"
    document = convert(book_of(rows)).document
    assert isinstance(document, Document)
    said = document.content.decode()
    assert f"<http://www.w3.org/2006/vcard/ns#hasTelephone> <tel:{number}> ." in said
    assert f'<http://data.europa.eu/m8g/telephone> "{written}" .' in said


@pytest.mark.parametrize(
    ("key", "written", "code"),
    [
        ("frequency", "Tous les ans", "ANNUAL"), ("frequency", "1 fois par an", "ANNUAL"),
        ("frequency", "deux fois par an", "ANNUAL_2"), ("frequency", "mensuelle", "MONTHLY"),
        ("frequency", "chaque mois", "MONTHLY"), ("frequency", "Journalière", "DAILY"),
        ("coding_system", "CIM-10", "ICD-10"), ("access", "Non publique", "NON_PUBLIC"),
        ("spatial", "La Réunion", "REU"),
        ("spatial", "France (http://publications.europa.eu/resource/authority/country/FRA)", "FRA"),
        ("theme", "« Santé » (http://publications.europa.eu/resource/authority/data-theme/HEAL)",
         "HEAL"),
        ("category", "a", "EHRS"), ("category", "q)", "EINS"), ("standard", "API", "API"),
        ("category", "a) Dossiers de santé électroniques", "EHRS"),
        ("category", "Dossiers de santé électroniques", "EHRS"),
        ("standard", "OMOP", "OMOP-CDM"),
    ],
)  # fmt: skip
def test_usual_words_for_a_code_are_understood(key: str, written: str, code: str) -> None:
    """What people write for a code, in words of their own, is read as the code."""
    found = understand(SHEETS[0].column(key).lists, written)
    assert found is not None
    assert found.rpartition("/")[2] == code


@pytest.mark.parametrize(
    ("key", "written"),
    [("language", "n.s.p."), ("language", "div."), ("spatial", "n.r.u."), ("spatial", "no")],
)
def test_short_words_that_say_nothing_are_no_code(key: str, written: str) -> None:
    """Signs between three letters, or behind them, make no language or country of them."""
    assert understand(SHEETS[0].column(key).lists, written) is None


@pytest.mark.parametrize(
    ("sheet", "key", "written", "code"),
    [(1, "format", ".csv", "CSV"), (1, "licence", "CC-0", "CC0"), (0, "language", "FRA", "FRA"),
     (0, "language", "fr-FR", "FRA"), (0, "spatial", "FR", "FRA")],
)  # fmt: skip
def test_short_codes_are_understood(sheet: int, key: str, written: str, code: str) -> None:
    """As written, and with signs in the lists whose codes say what they are."""
    found = understand(SHEETS[sheet].column(key).lists, written)
    assert (found and found.rpartition("/")[2]) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CC-BY", "CC_BY"), ("CC BY", "CC_BY"), ("CC BY 4.0", "CC_BY_4_0"), ("odbl", "ODC_BL"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.fr", "CC_BYSA_4_0"),
        ("https://www.etalab.gouv.fr/licence-ouverte-open-licence", "etalab-2.0"),
        ("http://www.opendatacommons.org/licenses/odbl/1.0/", "ODC_BL"),
        ("https://opendatacommons.org/licenses/by/summary/", "ODC_BY"),
        ("https://opendatacommons.org/licenses/pddl", "ODC_PDDL"),
        ("Licence Ouverte v2.0", "etalab-2.0"), ("CC BY 9.0", None),
    ],
)  # fmt: skip
def test_a_licence_is_understood_by_its_usual_name_or_its_page(
    written: str, code: str | None
) -> None:
    """With blanks or hyphens in it."""
    found = understand(SHEETS[1].column("licence").lists, written)
    assert (found and found.rpartition("/")[2]) == code


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2025/327", "2025/327"), ("règlement (UE) 2025/327", "2025/327"), ("EHDS", "2025/327"),
        ("le règlement EHDS", "2025/327"), ("EEDS", "2025/327"), ("RGPD", "2016/679"),
        ("GDPR", "2016/679"), ("Règlement (UE) n° 2022/868", "2022/868"),
    ],
)  # fmt: skip
def test_a_law_is_understood_by_its_number_or_its_short_name(written: str, number: str) -> None:
    """With or without “règlement (UE)” before it, as the advice on it writes it."""
    found = understand(SHEETS[0].column("legislation").lists, written)
    assert found == f"http://data.europa.eu/eli/reg/{number}/oj"


def test_no_list_offers_what_only_groups_codes() -> None:
    """The profile refuses these of a dataset; whoever writes one is understood all the same."""
    offered = labels(SHEETS[0].column("standard").lists, "fr")
    assert "OMOP CDM" in offered
    assert {"API", "Document Format", "Format de document"}.isdisjoint(offered)


def test_categories_are_offered_in_the_order_of_their_letters() -> None:
    """As Article 51 has them, from a) to q)."""
    offered = labels(SHEETS[0].column("category").lists, "fr")
    assert [one[:3] for one in offered] == [f"{letter}) " for letter in "abcdefghijklmnopq"]


def test_a_title_is_asked_of_its_own_column_though_only_its_translation_has_one() -> None:
    """Whose heading was changed: the row is told, not the English column, and so is the heading."""

    def deface(book: Workbook) -> None:
        _write(book, DATASETS, "title", "Intitulé du fonds", 1)
        _write(book, DATASETS, "title@", None)

    found = convert(book_of(declaration(), deface))
    (held,) = found.held
    assert held.problem.message["fr"].startswith(
        "Feuille « Jeux de données », ligne 2 : le jeu de données n'a pas de titre"
    )
    assert held.problem.fix["fr"] == "Écrivez son titre dans la colonne « Titre », qui manque."
    (missing,) = (one for one in found.absences if one.code == "sheet-heading-missing")
    assert "« Titre »" in missing.message["fr"]


def test_macros_are_told_of_the_file_and_notes_of_silent_sheets_are_not() -> None:
    """A template whose lists are hidden is told nothing of them; macros are told once."""

    def deface(book: Workbook) -> None:
        book.create_sheet("Lisez-moi", 0).append(["Bonjour"])
        lists = book.create_sheet("Listes")
        lists.append(["=A1"])
        lists.sheet_state = "hidden"

    content = repack(book_of(declaration(), deface), xl__vbaProject_dot_bin=b"macro")
    (told,) = all_told(convert(content, "d.xlsm"))
    assert told.code == "sheet-macros"
    assert told.message["fr"].startswith("Fichier d.xlsm : le classeur contient des macros")
