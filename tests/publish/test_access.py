"""The access level of a dataset has one name wherever it is shown."""

import re
from pathlib import Path

import pytest

from red_catalog.publish.dataset import forms
from red_catalog.publish.lists import facets
from red_catalog.publish.lists.cards import card
from red_catalog.publish.web.site import site
from tests.publish import records

IRI = f"{records.CHU}psychiatrie"


@pytest.mark.parametrize(
    ("levels", "expected", "code"),
    [
        (["RESTRICTED"], "Accès restreint", "restricted"),
        (["CONFIDENTIAL"], "Autre niveau d’accès", "other"),
        (["PUBLIC", "NON_PUBLIC"], "Autre niveau d’accès", "other"),
        (["PUBLIC", "CONFIDENTIAL"], "Autre niveau d’accès", "other"),
        ([], "Accès non renseigné", "none"),
    ],
)
def test_a_page_and_lists_tell_the_same_access(
    levels: list[str], expected: str, code: str, tmp_path: Path
) -> None:
    """What is given is not said to be missing, nor to be the level that it is checked for."""
    said = [("dct:accessRights", records.eu(f"access-right/{one}")) for one in levels]
    entry = records.entry(IRI, "psychiatrie-5d5d", records.poor(IRI, "Psychiatrie", *said))
    about = site(records.config(tmp_path))
    page = dict(forms.render_pages(about, entry))["dataset/psychiatrie-5d5d.html"].decode()
    assert re.findall(r'<li class="badge access-([^"]*)">([^<]*)<', page) == [(code, expected)]
    assert card(entry).level == code
    assert facets.name(about, "access", card(entry).level, "fr") == expected


def test_a_level_that_was_chosen_for_the_check_is_called_so(published: Path) -> None:
    """Figures by level count what a description was checked as, also where it gives none."""
    for name in ("quality.html", "duties.html"):
        table = (published / name).read_text("utf-8").partition('id="by-profile"')[2]
        assert '<th scope="col">Vérifié comme</th>' in table.partition("</thead>")[0]
