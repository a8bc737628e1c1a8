"""Many sources at once, few of them in memory."""

import threading
from pathlib import Path

import pytest

from red_catalog.model import Reading, Record, Source
from red_catalog.pipeline.harvest.gathering import Catch, Past
from red_catalog.pipeline.harvest.queueing import gather_all

SOURCES = [Source(f"source-{n:02}", "chu-exemple", "file", f"/{n}") for n in range(60)]


def catch(source: Source) -> Catch:
    """What this source gives."""
    record = Record(f"https://chu.exemple.fr/{source.id}", b"...", "d", source.location)
    return Catch([Reading(source.location, (record,))], seconds=1.5)


def test_what_waits_for_a_slow_source_comes_in_the_order_given(tmp_path: Path) -> None:
    """The first source ends last; the others wait in a file, and are as they were."""
    others = threading.Semaphore(0)

    def gather(source: Source, _: Past) -> Catch:
        if source is SOURCES[0]:
            for _unused in SOURCES[1:]:
                assert others.acquire(timeout=60)
        else:
            others.release()
        return catch(source)

    found = gather_all(SOURCES, lambda _: Past(), gather, tmp_path)
    assert [(s.id, take()) for s, take in found] == [(s.id, catch(s)) for s in SOURCES]
    assert list(tmp_path.iterdir()) == []


def test_what_is_known_is_looked_up_for_few_sources_at_a_time(tmp_path: Path) -> None:
    """Of sources that are far from their turn nothing is in memory yet."""
    asked: list[str] = []

    def look_up(source: Source) -> Past:
        asked.append(source.id)
        return Past()

    taken = threading.Event()

    def gather(source: Source, _: Past) -> Catch:
        assert source is SOURCES[0] or taken.wait(60)
        return catch(source)

    found = gather_all(SOURCES, look_up, gather, tmp_path)
    next(found)
    assert len(asked) < 30
    taken.set()
    assert len([take() for _, take in found]) == 59
    assert len(asked) == 60


def test_a_bug_is_raised_where_its_source_has_its_turn(tmp_path: Path) -> None:
    """The sources before and after it come as if nothing were."""

    def gather(source: Source, _: Past) -> Catch:
        if source is SOURCES[1]:
            raise ZeroDivisionError
        return catch(source)

    takes = [take for _, take in gather_all(SOURCES[:3], lambda _: Past(), gather, tmp_path)]
    with pytest.raises(ZeroDivisionError):
        takes[1]()
