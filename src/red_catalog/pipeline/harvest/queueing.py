"""Many sources fetched at once and taken one after the other, few of them held in memory."""

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from red_catalog.model import Source
from red_catalog.pipeline.harvest.gathering import Catch, Past

_AT_ONCE: Final = 16
# So many more are ready to begin while this thread has no time to say what is known of others.
_READY: Final = 8
_IN_MEMORY: Final = 4

Gather = Callable[[Source, Past], Catch]
LookUp = Callable[[Source], Past]


def take_turns(sources: Sequence[Source]) -> list[Source]:
    """The sources, those of one server as far apart as can be: they wait for one another."""
    seen: Counter[str] = Counter()
    turns = []
    for position, source in enumerate(sources):
        server = urlsplit(source.location).netloc
        turns.append((seen[server] if server else 0, position, source))
        seen[server] += 1
    return [source for _, _, source in sorted(turns, key=lambda turn: turn[:2])]


def gather_all(
    sources: Sequence[Source], look_up: LookUp, gather: Gather, folder: Path
) -> Iterator[tuple[Source, Callable[[], Catch]]]:
    """Each source in the order given, with what tells what it gave or raises its bug.

    `look_up` runs in this thread, `gather` in others. What waits for its turn is in a file in
    the folder, which has no name and ends with the process.
    """
    turns = deque(take_turns(sources))
    coming: dict[str, Future[_Kept | Catch]] = {}
    shelf = _Shelf(folder)
    threads = ThreadPoolExecutor(_AT_ONCE, "source")

    def gather_one(source: Source, past: Past) -> _Kept | Catch:
        return shelf.keep(gather(source, past))

    try:
        for source in sources:
            while not (source.id in coming and coming[source.id].done()):
                working = [one for one in coming.values() if not one.done()]
                while turns and len(working) < _AT_ONCE + _READY:
                    following = turns.popleft()
                    began = threads.submit(gather_one, following, look_up(following))
                    coming[following.id] = began
                    working.append(began)
                wait(working, return_when=FIRST_COMPLETED)
            yield source, partial(shelf.take, coming.pop(source.id))
    finally:
        # An interrupted harvest waits for nobody: the door, once closed, refuses the rest.
        threads.shutdown(wait=False, cancel_futures=True)
        shelf.close()


class _Kept(NamedTuple):
    """Where in the file a catch is."""

    place: int
    size: int


class _Shelf:
    """What waits for its turn: a few in memory, the others in a file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  closed by `close`
        self._lock = Lock()
        self._held = 0

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()

    def keep(self, catch: Catch) -> "_Kept | Catch":
        """Keeps a catch: itself, or where it is."""
        with self._lock:
            if self._held < _IN_MEMORY:
                self._held += 1
                return catch
            packed = pickle.dumps(catch, pickle.HIGHEST_PROTOCOL)
            place = self._file.seek(0, 2)
            self._file.write(packed)
            return _Kept(place, len(packed))

    def take(self, coming: "Future[_Kept | Catch]") -> Catch:
        """The catch that was kept, which is here no more. Raises the bug of who gathered it."""
        kept = coming.result()
        with self._lock:
            if isinstance(kept, Catch):
                self._held -= 1
                return kept
            self._file.seek(kept.place)
            found: Catch = pickle.loads(self._file.read(kept.size))  # noqa: S301  our own
            return found
