"""One number of blocking problems for a description, wherever it is told."""

import csv
import re
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

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
    told = re.findall(r"problèmes bloquants\xa0: (\d+)", letter.get_content())
    assert sorted(map(int, told)) == expected
    site = folder / "public" / "current" / "site"
    pages = [page.read_text("utf-8") for page in (site / "dataset").glob("*.html")]
    shown = [re.search(r"(\d+)\s+points? à corriger", page) for page in pages]
    assert sorted(int(one[1]) for one in shown if one and one[1] != "0") == expected
    table = (site / "quality-holders.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(StringIO(table), delimiter=";" if ";" in table else ",")
    assert int(row["Points à corriger"]) == sum(expected)


def test_a_strict_gate_counts_as_the_report_does(tmp_path: Path) -> None:
    """What is held back is told with as many problems as would be reported."""
    flagging = copy(tmp_path / "flag")
    assert catalogue.red_catalog(flagging, "harvest").returncode == 0
    expected = sorted(blocking(flagging))
    strict = copy(tmp_path / "strict", gate="strict")
    catalogue.red_catalog(strict, "harvest")
    held = catalogue.json_of(strict, "report", HOLDER)["held"]
    told = [re.search(r"Problèmes bloquants : (\d+)", one["reason"]["fr"]) for one in held]
    assert sorted(int(one[1]) for one in told if one) == expected
