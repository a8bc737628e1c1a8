"""Letters that the mail server does not take now, and the next run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest

from red_catalog import config
from red_catalog.errors import RedError
from red_catalog.pipeline.letters.owing import find_owed
from tests import catalogue as command
from tests.http.loopback import Route, Site
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.test_notifying import AWAY, Sink, mailing, send, sink, two_holders

__all__ = ["sink"]
Serve = Callable[[dict[str, Route]], Site]
LILLE, NANTES = "donnees@chu-lille.exemple.fr", "donnees@chu-nantes.exemple.fr"
OPERATOR = "operateur@red.exemple.fr"


def owed(catalogue: Catalogue) -> list[list[str]]:
    """Who is still to have a letter."""
    found = find_owed(config.load(catalogue.root / "red.toml"))
    return sorted(one.receivers for one in found)


def reconfigure(catalogue: Catalogue, before: str, now: str) -> None:
    """Says something else in the configuration."""
    path = catalogue.root / "red.toml"
    told = path.read_text("utf-8")
    assert before in told
    path.write_text(told.replace(before, now), encoding="utf-8")


def owe(catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]) -> None:
    """A harvest of which the mail server takes no letter now, and those of the next again."""
    handler, port = sink
    handler.busy = "450 Greylisted, all of you"
    runs = two_holders(catalogue, serve, mailing(port))
    with pytest.raises(RedError, match="tried again at the next run"):
        send(catalogue, runs)
    handler.busy = ""


def test_a_letter_that_is_not_taken_now_goes_with_the_next_run(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """As it was: it tells of its own harvest; until then `status` names who waits for it."""
    owe(catalogue, serve, sink)
    assert owed(catalogue) == [[LILLE], [NANTES], [OPERATOR]]
    told = [one for one in command.json_of(catalogue.root, "status") if "letter" in one]
    assert [one["to"] for one in told] == [[OPERATOR], [LILLE], [NANTES]]
    assert LILLE in command.red_catalog(catalogue.root, "status").stdout
    assert send(catalogue, catalogue.harvest(MONDAY + timedelta(days=1))) == 6
    assert sorted(to for (to,), _ in sink[0].received) == sorted([LILLE, NANTES, OPERATOR] * 2)
    assert owed(catalogue) == []


def test_who_has_a_letter_is_not_sent_it_again(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """Of several receivers the one whose mailbox is full is owed it, not the one who left."""
    _, port = sink
    runs = two_holders(catalogue, serve, mailing(port))
    several = f"{LILLE}, plein@chu-lille.exemple.fr, parti@chu-lille.exemple.fr"
    reconfigure(catalogue, LILLE, several)
    with pytest.raises(RedError, match="Mailbox full"):
        send(catalogue, runs)
    assert owed(catalogue) == [["plein@chu-lille.exemple.fr"]]


def test_an_empty_letter_stops_no_other(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """As where the machine went down while it was written."""
    runs = two_holders(catalogue, serve, mailing(sink[1]))
    folder = config.load(catalogue.root / "red.toml").owed
    folder.mkdir(parents=True)
    (folder / "20261128031500-all.eml").touch()
    assert send(catalogue, runs) == 3


def test_a_full_disk_leaves_no_half_a_letter(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be sent so, or, cut within its date, keep `status` and every run from theirs."""
    runs = two_holders(catalogue, serve, mailing(sink[1]))
    write = Path.write_bytes

    def fill(path: Path, content: bytes) -> int:
        write(path, content[: content.index(b"Date: ") + 10])
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", fill)
        with pytest.raises(RedError, match="make room"):
            send(catalogue, runs)
    assert owed(catalogue) == []
    assert send(catalogue, runs) == 3


def test_a_letter_is_owed_for_five_days(catalogue: Catalogue, serve: Serve) -> None:
    """Where the mail server is away, too; then it is given up, and later ones are owed."""
    runs = two_holders(catalogue, serve, AWAY)
    for days in (0, 4, 6):
        late = [replace(run, ended=run.ended + timedelta(days=days)) for run in runs]
        with pytest.raises(RedError, match="could not be sent"):
            send(catalogue, late)
    left = find_owed(config.load(catalogue.root / "red.toml"))
    assert {(one.since - runs[0].ended).days for one in left} == {4, 6}


def test_what_is_owed_goes_out_where_no_harvest_is_told_any_more(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """Letters of before are on their way still; none is added to them."""
    owe(catalogue, serve, sink)
    reconfigure(catalogue, 'mode = "always"', 'mode = "never"')
    assert send(catalogue, catalogue.harvest(MONDAY + timedelta(days=1))) == 3
    assert owed(catalogue) == []


def test_what_is_owed_is_given_up_without_a_mail_server(catalogue: Catalogue, serve: Serve) -> None:
    """Where letters go to a folder since."""
    runs = two_holders(catalogue, serve, AWAY)
    with pytest.raises(RedError, match="could not be sent"):
        send(catalogue, runs)
    (smtp,) = [line for line in AWAY.split("\n") if line.startswith("smtp")]
    reconfigure(catalogue, smtp, 'folder = "mail"')
    late = [replace(run, ended=run.ended + timedelta(days=6)) for run in runs]
    assert send(catalogue, late) == 2
    assert owed(catalogue) == []
