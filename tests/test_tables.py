"""Tables of the command line: whole on a terminal of any width, and in a pipe as ever."""

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from red_catalog.model import Defect, Outcome, Run, State, Unreadable
from red_catalog.pipeline.desk.reporting import SourceStatus
from red_catalog.register.ledger import Cost
from red_catalog.terminal.standings import print_status
from red_catalog.terminal.writing import print_table

NOW = datetime(2029, 4, 1, 6, tzinfo=UTC)
REASON = {"fr": "Déjà déclaré.", "en": "Declared already."}
CAUTION = {"fr": "Nomme une personne.", "en": "Names a person."}
Show = Callable[[int, Callable[[], None]], list[str]]


def one(source: str, status: str = "ok", **facts: object) -> SourceStatus:
    """A source that was harvested, with what its latest run told."""
    run = Run(1, source, NOW, NOW, status, **facts)  # type: ignore[arg-type]
    return SourceStatus(
        source, "caisse-sante-ponant", "spreadsheet", status, NOW, published=120, flagged=14,
        absent=0, withdrawn=3, due=NOW, run=run, cost=Cost(12, 340_000, 5.2),
    )  # fmt: skip


ROWS = [
    one("caisse-sante-ponant-tableurs"),
    one(
        "registre-cancers-dauphinois-flux",
        "failed",
        unreadable=(Unreadable("flux.ttl", Defect("html", REASON, REASON, line=3)),),
    ),
    one("chu-valmorin-fiches"),
    one(
        "biobanque-genalpe",
        "incomplete",
        outcomes=(
            Outcome("https://genalpe.example/adn", State.NEW, reason=CAUTION),
            Outcome("https://genalpe.example/sang", State.CONFLICT, reason=REASON),
        ),
    ),
]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    """The lines that a terminal of some width shows; in a pipe for none."""

    def lines(width: int, work: Callable[[], None]) -> list[str]:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: width > 0)
        monkeypatch.setenv("COLUMNS", str(width or 80))
        work()
        return re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out).splitlines()

    return lines


@pytest.mark.parametrize("width", [50, 80, 120, 240])
def test_status_is_read_on_any_terminal(show: Show, width: int) -> None:
    """Each source is on one line, id and status whole; what ails is first, and is told."""
    title, head, *rest = show(width, lambda: print_status(ROWS))
    assert title.strip() == "Sources"
    assert head.split()[:2] == ["source", "status" if width < 120 else "holder"]
    assert all(len(line) <= width for line in rest)
    assert [line.split()[0] for line in rest[:4]] == [
        "registre-cancers-dauphinois-flux", "biobanque-genalpe", "caisse-sante-ponant-tableurs",
        "chu-valmorin-fiches",
    ]  # fmt: skip
    assert [bool(re.search(r" (failed|incomplete|ok)\b", line)) for line in rest[:4]] == [True] * 4
    told = " ".join(" ".join(rest[4:]).split())
    assert ("seconds: a wider terminal or --json has all." in told) == (width < 240)
    assert "registre-cancers-dauphinois-flux: flux.ttl:3: Declared already." in told
    assert "biobanque-genalpe: https://genalpe.example/sang: Declared already." in told


def test_a_pipe_gets_every_column(show: Show) -> None:
    """Without a terminal the order is that of the configuration, and nothing is left out."""
    lines = show(0, lambda: print_status(ROWS))
    assert lines[1].split()[-3:] == ["requests", "kB", "seconds"]
    assert [line.split()[0] for line in lines[2:]] == [row.source for row in ROWS]


def test_columns_without_anything_go_first(show: Show) -> None:
    """A column that is empty makes room before one that says something; moments are short."""
    heads = ["id", "holder", "created", "expires", "revoked"]
    rows = [["96deed98", "chu-valmorin", "2029-04-01T06:00:00+00:00", "", ""]]
    shown = show(48, lambda: print_table("Keys", heads, rows, []))
    assert shown[1].split() == ["id", "holder", "created"]
    assert shown[2].split() == ["96deed98", "chu-valmorin", "2029-04-01", "06:00"]
    assert shown[3] == "Without expires, revoked: a wider terminal or "
    assert "06:00:00+00:00" in show(0, lambda: print_table("Keys", heads, rows, []))[2]
