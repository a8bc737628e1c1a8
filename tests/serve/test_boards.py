"""What dashboards tell of a holder's datasets."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from red_catalog.pipeline.explaining import explain_for
from red_catalog.publish.lists.cards import card
from red_catalog.publish.web.site import page, site
from red_catalog.publish.web.texts import shorten
from red_catalog.publish.web.wording import STANDING
from red_catalog.register.desk import Desk
from red_catalog.register.tokens import BODY
from red_catalog.serve.holders import boards
from tests.publish import records


def opened(samples: Any, whose: str, output: str, folder: str = "") -> str:
    """What the form of the dashboard answers under a new key."""
    with Desk.open(samples.place.config.register) as desk:
        key = desk.create_token(whose, ("read",), None, datetime.now(UTC))[1]
    form = {"key": key, "output": output}
    answer = samples.session.post(f"{samples.url}{folder}dashboard", form, timeout=60)
    assert answer.status_code == 200
    return str(answer.content.decode("utf-8-sig"))


def test_late_datasets_are_told_in_the_language_asked_for(samples: Any) -> None:
    """A title in two languages is given in the reader's."""
    config = samples.place.config
    day = date(2040, 1, 1)
    with Desk.open(config.register) as desk:
        told = {
            lang: boards.of_holder(
                config, desk.register, explain_for(config), "chu-valmorin", day, lang
            )["late"]
            for lang in ("fr", "en")
        }
    titles = {lang: {one["iri"]: one["title"] for one in told[lang]} for lang in told}
    stays = "https://donnees.chu-valmorin.example/jeu/eds-sejours"
    assert titles["fr"].keys() == titles["en"].keys()
    assert titles["fr"][stays] != titles["en"][stays]
    assert "Hospital stays" in titles["en"][stays]


def test_checks_of_an_exempt_holder_are_never_late(samples: Any) -> None:
    """Neither its own dashboard nor the access body's calls them due or overdue."""
    config = samples.place.config
    holders = tuple(
        replace(one, exempt={"fr": "Microentreprise", "en": "Micro-enterprise"})
        if one.id == "chu-valmorin" else one
        for one in config.holders
    )  # fmt: skip
    exempting, day = replace(config, holders=holders), date(2040, 1, 1)
    figures = json.loads((config.public / "current" / "site" / "duties.json").read_text("utf-8"))
    with Desk.open(config.register) as desk:
        for settings, expected in ((config, True), (exempting, False)):
            own = boards.of_holder(
                settings, desk.register, explain_for(config), "chu-valmorin", day, "fr"
            )
            every = boards.of_body(settings, desk.register, figures, day, "fr")
            assert bool(own["checks"]["overdue"]) is expected
            assert ("chu-valmorin" in {one["holder"] for one in every["late"]}) is expected
            assert every["late"]


def test_what_to_correct_is_a_file_as_well(samples: Any) -> None:
    """A row for each kind of problem, in the order of the dashboard, in the reader's language."""
    config = samples.place.config
    with Desk.open(config.register) as desk:
        told = boards.of_holder(
            config, desk.register, explain_for(config), "chu-valmorin", date(2026, 1, 1), "fr"
        )
    rows = list(csv.DictReader(io.StringIO(opened(samples, "chu-valmorin", "csv"))))
    assert len(rows) > 1
    for row, one in zip(rows, told["effects"], strict=True):
        assert row["message"] == one["message"]["fr"]
        assert row["ids"].split() == one["ids"]
        assert [row["datasets"], row["would_conform"]] == [
            str(one["datasets"]), str(one["would_conform"])
        ]  # fmt: skip


@pytest.mark.parametrize(("kinds", "said"), [(25, False), (26, True)])
def test_a_list_that_is_cut_says_so(tmp_path: Path, kinds: int, said: bool) -> None:
    """Beyond twenty-five kinds of problems the page says that the file has them all."""
    kind = {"severity": "violation", "name": None, "fix": None, "ids": ["eds"],
            "titles": {"eds": "Entrepôt"},
            "message": {"fr": "Le titre manque.", "en": "The title is missing."}}  # fmt: skip
    board = {"name": {"fr": "CHU"}, "datasets": 1, "conformant": 0, "outlook": [], "late": [],
             "contradictions": [], "checks": {"due": 0, "overdue": 0},
             "effects": [kind] * kinds}  # fmt: skip
    about = site(records.config(tmp_path))
    text = page(about, "fr", "dashboard.html", "dashboard", board=board, key="k",
                tell=lambda _: "1 jeu de données").decode()  # fmt: skip
    assert ("le fichier les a tous" in text) is said
    assert 'name="output" value="csv"' in text


def test_each_table_has_its_file_below_it(samples: Any) -> None:
    """What is late is downloaded under its own table, not under that of the holders."""
    config, day = samples.place.config, date(2040, 1, 1)
    figures = json.loads((config.public / "current" / "site" / "duties.json").read_text("utf-8"))
    with Desk.open(config.register) as desk:
        board = boards.of_body(config, desk.register, figures, day, "fr")
    text = page(site(config), "fr", "dashboard.html", "dashboard", board=board, key="k",
                day_of=date.fromisoformat, standings=STANDING).decode()  # fmt: skip
    late, holders = text.partition('id="overdue"')[2].split('id="by-holder"')
    assert re.findall('name="output" value="([^"]+)"', late) == ["late"]
    assert re.findall('name="output" value="([^"]+)"', holders)[0] == "csv"


def test_datasets_to_correct_are_called_by_their_titles(samples: Any) -> None:
    """Ten datasets a problem at most, each as its page calls it."""
    config = samples.place.config
    with Desk.open(config.register) as desk:
        told = boards.of_holder(
            config, desk.register, explain_for(config), "chu-valmorin", date(2026, 1, 1), "fr"
        )
    titles = [named for one in told["effects"][:25] for named in one["titles"].items()]
    assert titles
    assert all(list(one["titles"]) == one["ids"][:10] for one in told["effects"])
    text = opened(samples, "chu-valmorin", "html")
    section = text.partition('id="mend"')[2].partition("</ol>")[0]
    found = re.findall(r'dataset/([^"]+)\.html#quality"><bdi>(.*?)</bdi>', section)
    assert found == [(slug, escape(shorten(title, 80))) for slug, title in titles]


def test_who_confirms_a_description_sees_what_blocks_it(tmp_path: Path) -> None:
    """The button says that the description is right: beside it, how much of it is not."""
    entry = records.entries()[1]
    about = site(records.config(tmp_path))
    told: dict[str, Any] = {
        "entry": entry,
        "card": card(entry),
        "done": None,
        "refused": None,
        "mirror": "attest/x",
    }
    for blocking in (7, 0):
        text = page(about, "fr", "attest.html", "attest.html", blocking=blocking, **told).decode()
        assert ("7 points bloquants" in text) is (blocking == 7)
        assert f"dataset/{entry.slug}.html" in text


def test_the_access_body_sees_how_each_holder_stands(samples: Any) -> None:
    """A row for each holder with its checks, and the way to the public figures."""
    text = opened(samples, BODY, "html", "en/")
    table = text.partition('id="by-holder"')[2].partition("</table>")[0]
    linked = re.findall(r'<tr><th scope="row"><a href="[^"]*holder/([a-z-]+)\.html"', table)
    config = samples.place.config
    assert set(linked) == {holder.id for holder in config.holders}
    for target in ("duties.html", "coverage.html"):
        assert re.search(rf'<p>Public as well:.*href="[^"]*{target}".*</p>', text)


def test_no_check_due_is_not_told_as_every_description_checked(tmp_path: Path) -> None:
    """A year counts from the day a dataset was first seen: none due is not all checked."""
    board = {"name": {"fr": "CHU"}, "datasets": 1, "conformant": 1, "outlook": [], "late": [],
             "contradictions": [], "checks": {"due": 0, "overdue": 0}}  # fmt: skip
    about = site(records.config(tmp_path))
    text = page(about, "fr", "dashboard.html", "dashboard", board=board, key="k").decode()
    section = text.partition('id="overdue"')[2].partition("</p>")[0]
    assert "Aucune vérification annuelle n’est à faire ni en retard." in section
