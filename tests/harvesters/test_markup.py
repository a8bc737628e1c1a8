"""HTML in plain texts: powers, links and tables keep what they say."""

import time

import pytest

from red_catalog.harvesters.access import recognise
from red_catalog.harvesters.markup import strip_tags

NOTICE = "https://www.chu-rennes.example/notice.pdf"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Cohorte de 10<sup>6</sup> patients, 2×10<sup>3</sup> IRM",
         "Cohorte de 10⁶ patients, 2×10³ IRM"),
        ("10<sup class='x'>&minus;3 </sup>mol par m<SUP>2</SUP>", "10⁻³ mol par m²"),
        ("10<sup><b>6,5</b></sup> copies", "10^6,5 copies"),
        ("2<sup>x</sup>, 10<sup>6", "2^x, 10⁶"),
        ("1<sup>er</sup> janvier, XIX<sup>e</sup>, M<sup>me</sup>, 1<sup>ère</sup>, A<sup>®</sup>",
         "1er janvier, XIXe, Mme, 1ère, A®"),
        ("H<sub>2</sub>O, 101<sub>2</sub>, 3<sub>a</sub>", "H2O, 101₂, 3_a"),
    ],
)  # fmt: skip
def test_a_power_does_not_become_another_number(written: str, read: str) -> None:
    """What stands above or below the line stays apart from the digits before it."""
    assert strip_tags(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f'Voir <a href="{NOTICE}">la notice</a>.', f"Voir la notice ({NOTICE})."),
        (f"<a target=_blank href={NOTICE}><b>la notice </b></a>", f"la notice ({NOTICE})"),
        (f'<a href="{NOTICE}">{NOTICE}</a>', NOTICE),
        (f'<a href="{NOTICE}?a=1&amp;b=2">notice', f"notice ({NOTICE}?a=1&b=2)"),
        ('<a href="mailto:nom@exemple.fr">Nous écrire</a>, <a name="haut">haut</a>',
         "Nous écrire, haut"),
        ("si p<a et b>c", "si p<a et b>c"),
    ],
)  # fmt: skip
def test_a_link_keeps_its_address(written: str, read: str) -> None:
    """After its words, where these do not say it; mailboxes are not taken out of texts."""
    assert strip_tags(written) == read


def test_a_table_is_read_cell_by_cell() -> None:
    """A line each, without a tag left."""
    row = "<tr><th nowrap>Âge</th><td align=right>18</td></tr>"
    assert strip_tags(f"<table><thead>{row}</thead></table>") == "Âge\n18"


def test_a_linked_access_level_is_still_known() -> None:
    """The address of a link is no condition."""
    assert recognise(f'<a href="{NOTICE}">Accès libre</a>') == "PUBLIC"


@pytest.mark.parametrize(
    "part", ["<sup>", '<a href="https://x.fr">', "<a b='", "1<sub>2", "<a x=y"]
)
def test_tags_without_end_take_no_long_time(part: str) -> None:
    """However often they are written."""
    start = time.process_time()
    strip_tags(part * 20_000)
    assert time.process_time() - start < 2
