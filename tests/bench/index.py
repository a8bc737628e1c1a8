"""The index alone, at several sizes, each beside the first by dataset.

`make bench-index`, or `python tests/bench/index.py 10000 100000`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from red_catalog.publish.gathering import read_spool
from red_catalog.publish.lists.cards import card
from red_catalog.publish.search import indexing
from red_catalog.publish.web.site import Site, site
from red_catalog.store.index import Contents, build
from tests.bench import generator, publish
from tests.bench.measuring import measure


def main() -> None:
    """Measures each size, and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", type=int, nargs="+")
    first = None
    for size in options.parse_args().sizes:
        with tempfile.TemporaryDirectory(prefix="red-bench-index-") as name:
            root = Path(name)
            about = site(publish.make_config(root, publish.entries(100)))
            spool, place = root / "spool.jsonl", root / "index.db"
            spool.write_bytes(b"".join(sorted(_lines(about, size))))
            contents = Contents("r", read_spool(spool), [], [], publish.MOMENT)
            _, cost = measure(build, place, contents)
            each = cost.cpu / size
            first = first or each
            sys.stdout.write(
                f"{size:,}: {cost.cpu:.2f} s of processors, {cost.wall:.2f} by the clock, "
                f"{place.stat().st_size / 1e6:.0f} MB; {each / first:.2f} times the first size's "
                "time for each dataset\n"
            )
            sys.stdout.flush()


def _lines(about: Site, size: int) -> Iterator[bytes]:
    """What a release tells of each dataset, as it is spooled; the page name comes first."""
    for number, record in enumerate(generator.generate(size)):
        row = indexing.row(about, card(publish.entry(number, record)))
        told = {one.name: getattr(row, one.name) for one in fields(row)}
        yield json.dumps(told, ensure_ascii=False, default=indexing.plain).encode() + b"\n"


if __name__ == "__main__":
    main()
