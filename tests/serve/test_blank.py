"""The workbook to fill in, as the server gives it."""

import io
from typing import Any

import openpyxl
import pytest

from red_catalog.harvesters.spreadsheet.guidance import Desk
from red_catalog.harvesters.spreadsheet.template import write_template
from red_catalog.workbook.reading import XLSX


@pytest.mark.parametrize(
    ("path", "language", "level", "name"),
    [
        ("declare/template", "fr", "NON_PUBLIC", "declaration-acces-non-public.xlsx"),
        ("declare/template?access=RESTRICTED", "fr", "RESTRICTED",
         "declaration-acces-restreint.xlsx"),
        ("en/declare/template?access=PUBLIC", "en", "PUBLIC", "declaration-access-public.xlsx"),
    ],
)  # fmt: skip
def test_the_workbook_is_that_of_the_command_line_with_where_it_goes(
    samples: Any, tmp_path: Any, path: str, language: str, level: str, name: str
) -> None:
    """Of the page's language and the level chosen on it; the first sheet names site and contact."""
    answer = samples.session.get(samples.url + path, timeout=60)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, XLSX)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    catalogue = samples.place.config.catalogue
    page = f"{catalogue.base_iri}{'' if language == 'fr' else 'en/'}check.html"
    contact = catalogue.contact.removeprefix("mailto:")
    write_template(tmp_path / "t.xlsx", language, level, Desk(page, contact))
    assert answer.content == (tmp_path / "t.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) > 4
    told = [str(row[0]) for row in book.worksheets[0].values]
    assert sum(page in line and line.endswith(f": {contact}") for line in told) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("access=secret", "PUBLIC, RESTRICTED, NON_PUBLIC"),
        ("acces=PUBLIC", "access"),
        ("access=PUBLIC&access=RESTRICTED", "access"),
    ],
)
def test_a_mistake_in_the_address_is_told(samples: Any, query: str, said: str) -> None:
    """A level that there is not, another word or two levels give no workbook."""
    answer = samples.session.get(f"{samples.url}declare/template?{query}", timeout=60)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("page", ["declare.html", "en/declare.html"])
def test_the_page_offers_the_workbook_for_each_level(samples: Any, page: str) -> None:
    """Every choice of the form on the page leads to a workbook."""
    text = samples.session.get(samples.url + page, timeout=60).text
    form = text.partition('declare/template"')[2].partition("</form>")[0]
    chosen = [part.partition('"')[0] for part in form.split('<option value="')[1:]]
    assert chosen == ["NON_PUBLIC", "RESTRICTED", "PUBLIC"]
    for level in chosen:
        address = f"{samples.url}{page.replace('declare.html', 'declare/template')}"
        answer = samples.session.get(address, params={"access": level}, timeout=60)
        assert answer.headers["Content-Type"] == XLSX
