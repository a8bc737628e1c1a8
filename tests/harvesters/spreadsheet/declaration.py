"""A hospital's declaration, and the template as somebody would fill it in."""

import copy
from pathlib import Path
from typing import Any

import openpyxl

from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.harvesters.spreadsheet.template import FIRST_ROW, layout, write_template
from tests.catalogue import red_catalog

Rows = dict[str, list[dict[str, Any]]]
"""The rows of each sheet; a key is that of a column, `@` behind it for its translation."""

_LEVELS = {"PUBLIC": "public", "RESTRICTED": "restreint", "NON_PUBLIC": "non public"}
_EHDS = "Espace européen des données de santé, règlement (UE) 2025/327"

# What each sheet does without: an address of its own would stand in for the identifier, a second
# description for the first where a test takes that out, and what is private is not published.
UNFILLED = {"datasets": {"iri", "description@"}, "contacts": {"private"}}
_CONTACTS = [
    {
        "key": "CHV", "name": "Centre hospitalier des Tamaris",
        "name@": "Tamaris Hospital", "email": "direction-donnees@ch-tamaris.example",
        "homepage": "https://www.ch-tamaris.example/",
        "type": "Institution administrative",
        "note": "Établissement public de santé de 640 lits.",
    },
    {
        "key": "EDS", "name": "Entrepôt de données de santé des Tamaris",
        "email": "entrepot@ch-tamaris.example",
        "page": "https://www.ch-tamaris.example/entrepot/contact",
        "phone": "+33 1 99 00 12 34",
    },
    {
        "key": "ORAD", "name": "Organisme responsable de l'accès aux données (fictif)",
        "page": "https://orad.example/contact",
    },
]  # fmt: skip
_DATASET: dict[str, Any] = {
    "identifier": "TAM-URG", "title": "Passages aux urgences des Tamaris",
    "title@": "Emergency visits at Tamaris Hospital",
    "description": "Passages aux urgences adultes et pédiatriques depuis 2015 ; motif, tri, "
    "durée et orientation.",
    "legislation": _EHDS, "category": "Dossiers de santé électroniques", "theme": "Santé",
    "health_theme": "Situations d'urgence", "type": "Données personnelles",
    "keyword": "urgences ; tri ; durée de passage", "keyword@": "emergency ; triage",
    "provenance": "Résumés de passage aux urgences, extraits chaque nuit et pseudonymisés.",
    "activity": "Admission, soins et sortie des patients", "structured": "oui",
    "custodian": "CHV", "publisher": "CHV", "hdab": "ORAD", "contact": "EDS ; CHV",
    "population": "Patients de tout âge admis aux urgences.", "min_age": 0, "max_age": 108,
    "records": 412_860, "individuals": "231 400", "spatial": "France",
    "period_start": "2015-01-01", "period_end": "30/06/2026", "resolution": "P1D",
    "frequency": "mensuel", "language": "français", "personal": "Age ; Gender",
    "legal_basis": "PublicInterest", "purpose": "AcademicResearch ; ServiceProvision",
    "retention_start": 2015, "retention_end": "2045-12-31",
    "rights": "Appariement soumis à l'avis du comité scientifique et éthique.",
    "fee_policy": "https://www.ch-tamaris.example/entrepot/tarifs",
    "fees": "Gratuit pour la recherche publique ; coût de l'extraction sinon.",
    "fees@": "Free for public research; else the cost of the extraction.",
    "fee_estimate": 1200, "delivery": "45",
    "allowed": "Recherche scientifique et innovation ; 53-f",
    "protection": "Secret d’affaires", "protected": "Les scores de l'algorithme de tri.",
    "protected@": "The scores of the triage algorithm.",
    "reason": "Formule en cours de dépôt de brevet.", "reason@": "A patent is pending.",
    "condition": "Avis du comité scientifique de l'entrepôt.",
    "condition@": "The opinion of the warehouse's scientific committee.",
    "note": "Négociation en cours avec l'éditeur du logiciel de tri.",
    "coding_system": "ICD-10", "code_values": "R07 ; S06", "standard": "FHIR",
    "landing": "https://www.ch-tamaris.example/entrepot/urgences",
    "page": "https://www.ch-tamaris.example/entrepot/urgences/guide.pdf",
    "referenced_by": "10.5072/tamaris-urgences",
    "relation": "https://www.ch-tamaris.example/entrepot/comite",
    "quality": "https://www.ch-tamaris.example/entrepot/qualite.pdf",
    "assessed": "12/05/2026",
    "issued": "2024-03-01", "modified": "01/07/2026", "version": "4.1",
}  # fmt: skip
_DISTRIBUTIONS: list[dict[str, Any]] = [
    {
        "dataset": "TAM-URG", "title": "Extraction en espace sécurisé",
        "title@": "Extract in a secure environment",
        "description": "Une ligne par passage.", "description@": "One row a visit.",
        "access_url": "https://www.ch-tamaris.example/entrepot/demande",
        "format": "CSV", "media_type": "text/csv", "size": 48_200_000,
        "rights": "Sur autorisation.", "status": "complété", "availability": "stable",
        "language": "français", "licence": "Licence Ouverte 2.0", "legislation": _EHDS,
        "issued": "2024-03-01", "modified": "2026-07-01",
    },
    {
        "dataset": "TAM-URG", "role": "échantillon", "title": "Cent passages synthétiques",
        "access_url": "https://www.ch-tamaris.example/entrepot/echantillon.csv",
        "download_url": "https://www.ch-tamaris.example/entrepot/echantillon.csv",
    },
    {
        "dataset": "TAM-URG", "role": "analyse", "title": "Tableau de bord des passages",
        "access_url": "https://www.ch-tamaris.example/entrepot/tableau-de-bord",
    },
]  # fmt: skip
_VARIABLES: list[dict[str, Any]] = [
    {"dataset": "TAM-URG", "table": "PASSAGE", "name": name, "label": label, "datatype": kind,
     "description": about, **more}
    for name, label, kind, about, more in (
        ("passage_id", "Numéro de passage", "texte", "Pseudonyme du passage.",
         {"label@": "Visit number", "description@": "Pseudonym of the visit."}),
        ("age", "Âge à l'arrivée", "entier", "Âge révolu, en années.", {}),
        ("ccmu", "Gravité à l'arrivée", "texte", "Classification CCMU, de 1 à 5.", {}),
        ("arrivee", "Date et heure d'arrivée", "date et heure", "À la minute près.", {}),
        ("hospitalise", "Hospitalisé ensuite", "booléen", "Vrai si le patient est hospitalisé.",
         {}),
    )
]  # fmt: skip


def declaration(level: str = "NON_PUBLIC") -> Rows:
    """A whole declaration of one dataset at this access level."""
    return copy.deepcopy(
        {
            "datasets": [{**_DATASET, "access": _LEVELS[level]}],
            "distributions": _DISTRIBUTIONS,
            "variables": _VARIABLES,
            "contacts": _CONTACTS,
        }
    )


def fill(path: Path, rows: Rows, language: str = "fr", level: str = "NON_PUBLIC") -> Path:
    """The template with these rows written below its example, as people write them."""
    if not path.exists():
        write_template(path, language, level)
    book = openpyxl.load_workbook(path)
    for sheet in SHEETS:
        worksheet = book[sheet.name(language)]
        at = place_columns(sheet.key)
        for number, row in enumerate(rows.get(sheet.key, []), FIRST_ROW):
            for key, value in row.items():
                worksheet.cell(number, at[key], value)
    book.save(path)
    return path


def place_columns(sheet_key: str) -> dict[str, int]:
    """The number of each column of a sheet, by key."""
    sheet = next(sheet for sheet in SHEETS if sheet.key == sheet_key)
    names = [column.key + "@" * other for column, other in layout(sheet)]
    return {name: number for number, name in enumerate(names, 1)}


def begin(place: Path) -> tuple[Path, Path]:
    """A catalogue of one holder that gives spreadsheets: its folder, and where these lie."""
    red_catalog(place, "init", "c")
    folder = place / "c"
    settings = (folder / "red.toml").read_text("utf-8")
    settings = settings.replace('kind = "file" ', 'kind = "spreadsheet" ', 1)
    (folder / "red.toml").write_text(settings, "utf-8")
    holder = folder / "holders" / "mon-etablissement"
    (holder / "dataset.ttl").unlink()
    return folder, holder
