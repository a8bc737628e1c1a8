"""One number of blocking problems for a description, wherever it is told."""

import csv
import re
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

import pytest

from tests import catalogue

HOLDER = "kinelia-sante"
NOTIFY = """
[notify]
mode = "always"
folder = "courrier"
from = "repertoire@red.exemple.fr"
"""


def copy(place: Path, more: str = "", gate: str = "flag") -> Path:
    """A catalogue with this one holder, one fault of which breaks several shapes."""
    folder = catalogue.copy_samples(place, [HOLDER])
    file = folder / "red.toml"
    text = file.read_text("utf-8").replace('gate = "flag"', f'gate = "{gate}"')
    file.write_text(f"{text}{more}", encoding="utf-8")
    return folder


def blocking(folder: Path) -> list[int]:
    """How many problems block each of the holder's datasets that has any, in its report."""
    found = catalogue.json_of(folder, "report", HOLDER)["datasets"]
    counts = [sum(p["severity"] == "violation" for p in one["problems"]) for one in found]
    raw = sum(f["severity"] == "violation" for one in found for f in one["findings"])
    assert sum(counts) < raw
    return [count for count in counts if count]


def test_one_number_in_report_letter_and_pages(tmp_path: Path) -> None:
    """The holder's report, the letter, the dataset's page and the quality page agree."""
    folder = copy(tmp_path / "c", NOTIFY)
    assert catalogue.red_catalog(folder, "run").returncode == 0
    expected = sorted(blocking(folder))
    (file,) = (folder / "courrier").glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default).get_body()
    assert letter is not None
    told = re.findall(r"points bloquants\xa0: (\d+)", letter.get_content())
    assert sorted(map(int, told)) == expected
    site = folder / "public" / "current" / "site"
    pages = [page.read_text("utf-8") for page in (site / "dataset").glob("*.html")]
    shown = [re.search(r"(\d+)\s+points? bloquants?", page) for page in pages]
    assert sorted(int(one[1]) for one in shown if one and one[1] != "0") == expected
    table = (site / "quality-holders.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(StringIO(table), delimiter=";" if ";" in table else ",")
    assert int(row["Points bloquants"]) == sum(expected)
    quality = (site / "quality.html").read_text("utf-8")
    assert (">Bloquant</span>" in quality, ">À corriger</span>" in quality) == (True, False)


@pytest.mark.parametrize(
    ("language", "page", "headings"),
    [
        ("fr", "", ("Bloquant", "À améliorer", "À compléter si possible")),
        ("en", "en/", ("Blocking", "To improve", "To complete if possible")),
    ],
)
def test_a_page_counts_in_the_words_of_the_report_and_of_its_own_headings(
    tmp_path: Path, language: str, page: str, headings: tuple[str, ...]
) -> None:
    """What blocks, what to improve, what to complete: each count has a heading of its name."""
    folder = copy(tmp_path / "c")
    assert catalogue.red_catalog(folder, "run").returncode == 0
    report = catalogue.red_catalog(folder, "report", HOLDER, "--lang", language).stdout
    help_page = folder / f"public/current/site/{page}help-holders.html"
    assert all(f"<dt>{one}</dt>" in help_page.read_text("utf-8") for one in headings)
    shown = []
    for file in (folder / f"public/current/site/{page}dataset").glob("*.html"):
        quality = file.read_text("utf-8").partition('id="quality"')[2].partition("</section>")[0]
        (counts,) = re.findall(r'class="verdict-counts">(.*?)</p>', quality)
        found = re.findall(r"<span>(.*?)</span>", counts)
        told = {one: re.search(rf"<h3>{one} \((\d+)\)", quality) for one in headings}
        named = [m[1] for m in told.values() if m] or ["0"]
        assert [one.split()[0] for one in found if one.split()[0] != "0"] == [
            one for one in named if one != "0"
        ]
        shown.append(", ".join(found))
    assert len(shown) > 1
    lines = " ".join(report.split())
    assert [one for one in shown if one not in lines] == []


def test_a_strict_gate_counts_as_the_report_does(tmp_path: Path) -> None:
    """What is held back is told with as many problems as would be reported."""
    flagging = copy(tmp_path / "flag")
    assert catalogue.red_catalog(flagging, "harvest").returncode == 0
    expected = sorted(blocking(flagging))
    strict = copy(tmp_path / "strict", gate="strict")
    catalogue.red_catalog(strict, "harvest")
    held = catalogue.json_of(strict, "report", HOLDER)["held"]
    told = [re.search(r"Points bloquants : (\d+)", one["reason"]["fr"]) for one in held]
    assert sorted(int(one[1]) for one in told if one) == expected
