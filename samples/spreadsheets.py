"""Writes the sample declarations in spreadsheets: python samples/spreadsheets.py [FOLDER]."""  # noqa: INP001

import csv
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import openpyxl

from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from red_catalog.harvesters.spreadsheet.template import FIRST_ROW, freeze, layout, write_template

FOLDER: Final = Path(__file__).resolve().parent / "clinique-tamaris"
Row = dict[str, Any]

_SITE: Final = "https://www.clinique-tamaris.example"
_EHDS: Final = "Espace européen des données de santé, règlement (UE) 2025/327"
_ALIKE: Final[Row] = {
    "legislation": _EHDS, "theme": "Santé", "custodian": "TAMARIS", "publisher": "TAMARIS",
    "hdab": "ORAD", "contact": "DIM", "spatial": "France", "language": "français",
    "activity": "Admission, soins et sortie des patients", "structured": "oui",
    "legal_basis": "PublicInterest", "landing": f"{_SITE}/donnees", "issued": "2026-02-02",
}  # fmt: skip
_SMR: Final[Row] = {
    **_ALIKE,
    "identifier": "SMR-SEJOURS", "title": "Séjours de soins médicaux et de réadaptation",
    "title@": "Stays in medical and rehabilitation care",
    "description": "Séjours depuis 2017 : motif, dépendance à l'entrée et à la sortie, actes de "
    "rééducation, mode de sortie. Une ligne par séjour.",
    "description@": "Stays since 2017: reason, dependency on admission and discharge, "
    "rehabilitation procedures, discharge. One row a stay.",
    "access": "non public", "category": "Dossiers de santé électroniques",
    "type": "Données personnelles",
    "keyword": "réadaptation ; dépendance ; SMR", "keyword@": "rehabilitation ; dependency",
    "provenance": "Résumés hebdomadaires du système d'information de la clinique, chaînés par "
    "séjour et pseudonymisés.",
    "fees": "Gratuit pour la recherche publique.", "fees@": "Free for public research.",
    "fee_estimate": 0, "delivery": 30, "allowed": "53-e", "protection": "Aucune partie protégée",
    "population": "Patients adultes hospitalisés en réadaptation, tous motifs.",
    "min_age": 18, "max_age": 104, "records": 18_412, "individuals": 14_907,
    "period_start": "2017-01-01", "period_end": "30/06/2026", "frequency": "trimestriel",
    "resolution": "P1D", "personal": "Age ; Gender ; MedicalHealth",
    "purpose": "ServiceProvision", "coding_system": "ICD-10", "code_values": "Z50 ; S72",
    "retention_start": "2017-01-01", "retention_end": "2037-12-31", "version": "2026.2",
}  # fmt: skip
_SCORES: Final[Row] = {
    **_ALIKE,
    "identifier": "SMR-SCORES", "title": "Scores fonctionnels de rééducation",
    "description": "Mesures répétées de l'autonomie et de la marche pendant le séjour : échelle "
    "de mobilité, vitesse de marche, force de préhension.",
    "access": "restreint", "category": "Dossiers de santé électroniques",
    "type": "Données personnelles", "keyword": "autonomie ; marche ; kinésithérapie",
    "provenance": "Saisie des kinésithérapeutes, contrôlée chaque mois par le département "
    "d'information médicale.",
    "population": "Patients de rééducation locomotrice ayant au moins deux mesures.",
    "min_age": 18, "max_age": 101, "records": 96_300, "individuals": 8_204,
    "period_start": 2019, "resolution": "P7D", "personal": "Age ; PhysicalHealth",
    # Not a word of the list: told with its place, and the nearest one proposed.
    "frequency": "menusel",
    "purpose": "AcademicResearch",
}  # fmt: skip
_QUALITY: Final[Row] = {
    **_ALIKE,
    "identifier": "QUALITE", "title": "Indicateurs de qualité et de satisfaction",
    "title@": "Quality and satisfaction indicators",
    "description": "Indicateurs annuels de qualité et de sécurité des soins, et réponses "
    "agrégées à l'enquête de satisfaction des patients.",
    "access": "public", "type": "Données statistiques",
    "category": "NRPE",  # a code is understood as well as its label
    "keyword": "qualité des soins ; satisfaction", "structured": "non",
    "activity": "Administrative processes", "legal_basis": "LegalObligation",
    "period_start": 2020, "period_end": 2025, "frequency": "annuel", "resolution": "P1Y",
}  # fmt: skip
_FALLS: Final[Row] = {
    **_ALIKE,
    "identifier": "CHUTES", "title": "Chutes et escarres déclarées",
    "description": "Événements indésirables déclarés pendant le séjour, avec circonstances et "
    "conséquences ; le séparateur « ; » est permis ici.",
    "access": "non public", "category": "Dossiers de santé électroniques",
    "type": "Données personnelles", "keyword": "chutes ; escarres ; vigilance",
    "provenance": "Fiches d'événements indésirables, relues par la cellule qualité.",
    # "Santé" is missing among the themes: the profile flags it.
    "theme": "Population et société",
    "population": "Patients hospitalisés ayant fait l'objet d'une déclaration.",
    "records": "2 340", "period_start": "01/2018", "structured": "non",
}  # fmt: skip
_CONTACTS: Final[list[Row]] = [
    {"key": "TAMARIS", "name": "Clinique mutualiste des Tamaris", "homepage": f"{_SITE}/",
     "name@": "Tamaris Mutual Clinic", "email": "donnees@clinique-tamaris.example",
     "type": "Institution administrative", "note": "Établissement de réadaptation de 120 lits."},
    {"key": "DIM", "name": "Département d'information médicale",
     "email": "secretariat@clinique-tamaris.example", "page": f"{_SITE}/contact"},
    {"key": "ORAD", "page": "https://orad.example/contact",
     "name": "Organisme responsable de l'accès aux données de santé (fictif)"},
]  # fmt: skip


def _distribution(dataset: str, **more: Any) -> Row:
    return {
        "dataset": dataset, "access_url": f"{_SITE}/donnees/{dataset.lower()}",
        "title": "Accès en espace sécurisé, sur autorisation", "language": "français", **more,
    }  # fmt: skip


_DISTRIBUTIONS: Final[list[Row]] = [
    _distribution("SMR-SEJOURS", format="CSV", size=61_800_000, status="complété"),
    _distribution("SMR-SEJOURS", role="échantillon", title="Cent séjours synthétiques",
                  format="CSV", media_type="text/csv",
                  download_url=f"{_SITE}/donnees/sejours-echantillon.csv"),
    _distribution("SMR-SCORES", format="CSV", media_type="text/csv"),
    _distribution("QUALITE", title="Indicateurs par année", format="CSV", media_type="text/csv",
                  licence="Licence Ouverte 2.0", size="18 400",
                  download_url=f"{_SITE}/donnees/indicateurs.csv"),
]  # fmt: skip
_VARIABLES: Final[list[Row]] = [
    {"dataset": dataset, "table": table, "name": name, "label": label, "datatype": kind,
     "description": about}
    for dataset, table, name, label, kind, about in (
        ("SMR-SEJOURS", "SEJOUR", "sejour_id", "Numéro de séjour", "texte", "Pseudonyme."),
        ("SMR-SEJOURS", "SEJOUR", "age", "Âge à l'entrée", "entier", "Âge révolu, en années."),
        ("SMR-SEJOURS", "SEJOUR", "motif", "Motif principal", "code", "Code CIM-10."),
        ("SMR-SEJOURS", "SEJOUR", "dep_entree", "Dépendance à l'entrée", "entier", "De 4 à 16."),
        ("SMR-SEJOURS", "SEJOUR", "dep_sortie", "Dépendance à la sortie", "entier", "De 4 à 16."),
        ("SMR-SEJOURS", "SEJOUR", "duree", "Durée", "entier", "Durée du séjour, en jours."),
        ("SMR-SCORES", "MESURE", "sejour_id", "Numéro de séjour", "texte", "Pseudonyme."),
        ("SMR-SCORES", "MESURE", "date", "Date de la mesure", "date", "Au jour près."),
        ("SMR-SCORES", "MESURE", "vitesse", "Vitesse de marche", "nombre", "Mètres par seconde."),
        ("SMR-SCORES", "MESURE", "prehension", "Force de préhension", "nombre", "En kilogrammes."),
        ("SMR-SCORES", "MESURE", "mobilite", "Score de mobilité", "entier", "De 0 à 35."),
    )
]  # fmt: skip


def write(folder: Path) -> None:
    """The workbook, and beside it a declaration as CSV of Windows-1252."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {"datasets": [_SMR, _SCORES, _QUALITY], "distributions": _DISTRIBUTIONS,
            "variables": _VARIABLES, "contacts": _CONTACTS}  # fmt: skip
    _write_workbook(folder / "declaration.xlsx", rows)
    apart = folder / "evenements-indesirables"
    apart.mkdir(exist_ok=True)
    rows = {"datasets": [_FALLS], "distributions": [_distribution("CHUTES")],
            "contacts": _CONTACTS}  # fmt: skip
    for sheet in SHEETS:
        if sheet.key in rows:
            _write_csv(apart / f"{sheet.key}.csv", sheet.key, rows[sheet.key])


def _write_workbook(path: Path, rows: dict[str, list[Row]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        write_template(Path(scratch) / "t.xlsx")
        book = openpyxl.load_workbook(Path(scratch) / "t.xlsx")
        for sheet in SHEETS:
            at = {c.key + "@" * o: n for n, (c, o) in enumerate(layout(sheet), 1)}
            for number, row in enumerate(rows[sheet.key], FIRST_ROW):
                for key, value in row.items():
                    book[sheet.name("fr")].cell(number, at[key], value)
        book.save(Path(scratch) / "t.xlsx")
        path.write_bytes(freeze((Path(scratch) / "t.xlsx").read_bytes()))


def _write_csv(path: Path, key: str, rows: list[Row]) -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.key == key)
    used = [c for c, other in layout(sheet) if not other and any(c.key in row for row in rows)]
    with path.open("w", encoding="windows-1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([column.heading("fr") for column in used])
        writer.writerows([[row.get(column.key, "") for column in used] for row in rows])


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
