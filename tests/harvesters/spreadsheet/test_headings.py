"""Headings of former templates: what was filled in under them is still read."""

import csv
import io

import pytest

from red_catalog.harvesters.spreadsheet import convert_documents
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.harvesters.spreadsheet.template import layout
from red_catalog.model import Document, Source
from red_catalog.rdf.limits import Limits
from tests.harvesters.spreadsheet.declaration import declaration

SOURCE = Source("s", "h", "spreadsheet", "", namespaces=("https://h.example/jeu/",))
FORMER = {
    ("datasets", "access"): ("Conditions d'accès", "Access rights"),
    ("datasets", "category"): ("Catégorie de données de santé", "Health category"),
    ("datasets", "hdab"): ("Organisme d'accès", "Health data access body"),
    ("datasets", "contact"): ("Contact", "Contact point"),
    ("datasets", "individuals"): ("Nombre de personnes", "Number of individuals"),
    ("datasets", "personal"): ("Données personnelles", "Personal data"),
    ("datasets", "landing"): ("Page d'accueil", "Landing page"),
    ("datasets", "referenced_by"): ("Publications", "Referenced by"),
    ("datasets", "relation"): ("Ressources liées", "Related resources"),
    ("datasets", "quality"): ("Label ou certificat de qualité", "Quality certificate"),
    ("distributions", "status"): ("État", "Status"),
    ("variables", "name"): ("Nom de la variable", "Variable name"),
    ("variables", "datatype"): ("Type", "Datatype"),
    ("contacts", "email"): ("Courriel", "E-mail"),
}


def read(at: int, former: bool) -> Document:
    """What becomes of a whole declaration under headings of today, or of former templates."""
    rows, language = declaration(), ("fr", "en")[at]
    files = []
    for sheet in SHEETS:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        columns = [column for column, other in layout(sheet) if not other]
        known = [(c, FORMER.get((sheet.key, c.key)) if former else None) for c in columns]
        writer.writerow([old[at] if old else c.heading(language) for c, old in known])
        for row in rows[sheet.key]:
            writer.writerow([row.get(c.key, "") for c in columns])
        files.append(Document(f"{sheet.key}.csv", text.getvalue().encode()))
    document = convert_documents(files, SOURCE, Limits(), language).document
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("at", [0, 1], ids=["fr", "en"])
def test_a_former_template_is_read_as_one_of_today(at: int) -> None:
    """The same statements, and nothing is told of a heading."""
    today, before = read(at, former=False), read(at, former=True)
    assert before.content == today.content
    assert [one.code for one in before.defects] == [one.code for one in today.defects]
    assert "sheet-unknown-heading" not in {one.code for one in before.defects}
