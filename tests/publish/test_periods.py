"""The periods that data are about: where they are found, told and drawn."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog.model import Entry
from red_catalog.publish import release, rows
from red_catalog.publish.dataset import forms
from red_catalog.publish.lists.cards import card
from red_catalog.publish.web.site import site
from tests.publish import records

IRI = f"{records.CHU}vagues"
ME = f"<{IRI}>"
Said = tuple[str, str, str]


def day(text: str) -> str:
    """A day, a month or a year as a literal."""
    return records.typed(text, {4: "gYear", 7: "gYearMonth"}.get(len(text), "date"))


def dcat(node: str, start: str | None, end: str | None) -> list[Said]:
    """A period by the properties of DCAT."""
    ends = (("dcat:startDate", start), ("dcat:endDate", end))
    said = [(node, name, day(one)) for name, one in ends if one]
    return [(ME, "dct:temporal", node), (node, "rdf:type", "a dct:PeriodOfTime"), *said]


def instants(node: str, start: str, end: str) -> list[Said]:
    """A period by the instants of OWL-Time."""
    said = [(ME, "dct:temporal", node), (node, "rdf:type", "a dct:PeriodOfTime")]
    for name, one in (("time:hasBeginning", start), ("time:hasEnd", end)):
        instant = f"{node}{name[-3:]}"
        said += [
            (node, name, instant),
            (instant, "rdf:type", "a time:Instant"),
            (instant, "time:inXSDDate", day(one)),
        ]
    return said


def entry(said: list[Said]) -> Entry:
    """A dataset, changed last in 2026, of which this is said."""
    plain = records.poor(IRI, "Enquête par vagues")
    return records.entry(IRI, "vagues-8e8e", plain + records.canonical(said))


def page(root: Path, said: list[Said]) -> str:
    """Its page in French, with plain spaces."""
    written = dict(forms.render_pages(site(records.config(root)), entry(said)))
    return written["dataset/vagues-8e8e.html"].decode().replace("\xa0", " ")


def told(page: str) -> tuple[str, list[str], object]:
    """What the head of a page says of the period, its bars, and what search engines read."""
    head = re.search(r"<dt>Période</dt><dd>(.*?)</dd>", page)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert head
    assert block
    bars = re.findall(r'<rect class="part-main([^"]*)" x="[\d.]+" y="6"', page)
    return re.sub(r"<[^>]+>", "", head[1]), bars, json.loads(block[1]).get("temporalCoverage")


WAVES = [
    *dcat("_:p3", "1995", "1996"),
    *dcat("_:p1", "2005-02", "2006-03"),
    *dcat("_:p2", "2020-01-01", "2021-12-31"),
]


@pytest.mark.parametrize(
    ("said", "decades"),
    [
        (dcat("_:p", "1998-01-01", None), "1990 2000 2010 2020"),
        (dcat("_:p", "2031", None), "2030"),
        (dcat("_:p", None, "2001"), "2000"),
        (dcat("_:p", "2014-01-01", "2025-12-31"), "2010 2020"),
        (dcat("_:p", "2025", "2014"), ""),
        (WAVES, "1990 2000 2020"),
        (instants("_:p", "2009-01-01", "2012-12-31"), "2000 2010"),
        ([], ""),
    ],
)
def test_data_are_found_by_each_decade_that_they_cover(said: list[Said], decades: str) -> None:
    """What is still going on is found today, and each of several periods counts."""
    assert card(entry(said)).codes["period"] == tuple(decades.split())


def test_what_goes_on_is_found_in_each_new_decade(tmp_path: Path) -> None:
    """Two cohorts that go on are found alike, whenever their descriptions changed last."""
    config = records.config(tmp_path)
    old = entry(dcat("_:p", "2015-03-01", None))
    new = replace(old, slug="vagues-2", iri=f"{IRI}-2", changed=datetime(2031, 2, 2, tzinfo=UTC))
    new = replace(new, canonical=new.canonical.replace(IRI.encode(), new.iri.encode()))
    for moment, entries in ((records.MOMENT, [old]), (new.changed, [old, new])):
        prepared = release.prepare(config, entries, [], moment)
        assert prepared is not None
        release.switch(config, prepared)
    told = rows.read((config.public / "current").resolve()).values()
    assert [one.card.codes["period"] for one in told] == [("2010", "2020", "2030")] * 2


def test_several_periods_are_all_told_and_drawn(tmp_path: Path) -> None:
    """In the order of time, at the head, in the figure and for search engines."""
    written = page(tmp_path, WAVES)
    whole = "1995 – 1996, février 2005 – mars 2006, 1er janvier 2020 – 31 décembre 2021"
    intervals = ["1995/1996", "2005-02/2006-03", "2020-01-01/2021-12-31"]
    assert told(written) == (whole, ["", "", ""], intervals)
    assert f"<figcaption>Période couverte : {whole}" in re.sub(r"</?time[^>]*>", "", written)


def test_the_head_of_a_page_stays_short(tmp_path: Path) -> None:
    """Of many periods the first ones, and how many more there are; all are drawn."""
    many = [one for year in range(1990, 1996) for one in dcat(f"_:y{year}", f"{year}", f"{year}")]
    head, bars, _ = told(page(tmp_path, many))
    assert head == "1990, 1991, 1992, 1993 et 2 autres périodes"
    assert len(bars) == 6


def test_a_period_by_instants_is_one(tmp_path: Path) -> None:
    """As OWL-Time tells it: the page says the same as of one by dates."""
    by_instants = page(tmp_path, instants("_:p", "2010-01-01", "2012-12-31"))
    expected = ("1er janvier 2010 – 31 décembre 2012", [""], "2010-01-01/2012-12-31")
    assert told(by_instants) == expected
    assert ">Début<" not in by_instants
    assert told(page(tmp_path, dcat("_:p", "2010-01-01", "2012-12-31"))) == expected


@pytest.mark.parametrize(
    "more",
    [
        ("_:p", "rdfs:comment", records.words("Collecte à Lyon.")),
        ("_:p", "dcat:startDate", day("2011")),
        ("_:pEnd", "rdfs:label", records.words("Fin de collecte")),
    ],
)
def test_what_else_is_said_of_a_period_is_not_lost(more: Said, tmp_path: Path) -> None:
    """Its dates are at the head, and all of it is in the row below."""
    said = [*instants("_:p", "2010-01-01", "2012-12-31"), more]
    written = page(tmp_path, said)
    assert "31 décembre 2012" in told(written)[0]
    assert told(written)[1] == [""]
    assert re.search(r">Fin</dt>", written)
    wanted = "2011" if "startDate" in more[1] else more[2].split('"')[1]
    assert wanted in written


@pytest.mark.parametrize(
    ("start", "end", "head", "interval"),
    [
        ("2019-01-01 (provisoire)", "2020-12-31",
         "2019-01-01 (provisoire) – 31 décembre 2020", "../2020-12-31"),
        ("depuis 1990", None, "depuis 1990", None),
        ("2024-02-30", "2025-13-01", "2024-02-30 – 2025-13-01", None),
        ("2019-01-01+01:00", "2020Z", "1er janvier 2019 – 2020", "2019-01-01/2020"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_told_as_it_is_written(
    start: str, end: str | None, head: str, interval: str | None, tmp_path: Path
) -> None:
    """Nothing of it is cut off or added, and search engines are not told it as a date."""
    ends = (("dcat:startDate", start), ("dcat:endDate", end))
    said = [("_:p", name, f'"{one}"') for name, one in ends if one]
    found, _, coverage = told(page(tmp_path, [(ME, "dct:temporal", "_:p"), *said]))
    assert (found, coverage) == (head, interval)
