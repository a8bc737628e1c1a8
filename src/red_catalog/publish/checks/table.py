"""A check as CSV for a spreadsheet, with nothing in it that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from red_catalog.model import Checked, Defect
from red_catalog.publish.checks.wording import SEVERITIES
from red_catalog.publish.record.cells import harmless

_HEAD: Final = {
    "fr": ["référentiel", "jeu de données", "gravité", "ligne", "objet", "information", "problème",
           "à faire", "valeur trouvée", "valeur attendue", "suggestions"],
    "en": ["profile", "dataset", "severity", "line", "about", "property", "problem",
           "what to do", "found", "expected", "suggestions"],
}  # fmt: skip


def write(checks: Sequence[Checked], lang: str) -> str:
    """One line a problem, behind a byte order mark for spreadsheets to read its accents."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD[lang])
    rows = [row for checked in checks for one in checked.apart for row in _rows(one, lang)]
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _rows(checked: Checked, lang: str) -> list[list[object]]:
    rows: list[list[object]] = []
    if checked.unreadable:
        rows.append(_defect(checked.profile, "", checked.unreadable.problem, lang))
    rows += [_defect(checked.profile, q.iri, q.problem, lang) for q in checked.quarantined]
    for dataset in checked.datasets:
        rows += [
            [
                checked.profile, dataset.iri, SEVERITIES[lang][p.severity], p.line or "",
                p.about[lang], p.name[lang], p.message[lang], p.fix[lang],
                p.found[lang] if p.found else "", p.expected[lang],
                " | ".join(f"{s.label[lang]} <{s.iri}>" for s in p.suggestions),
            ]
            for p in dataset.problems
        ]  # fmt: skip
    return rows


def _defect(profile: str, iri: str, defect: Defect, lang: str) -> list[object]:
    grave = next(iter(SEVERITIES[lang].values()))
    line = defect.line or ""
    return [profile, iri, grave, line, "", "", defect.message[lang], defect.fix[lang], "", "", ""]
