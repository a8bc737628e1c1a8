"""What a second harvest of 1,000 unchanged records costs, as a share of the first.

Run as `python tests/bench/harvest.py`; it prints ratios and exits 1 where one is too large.
`--sizes 1000 10000` harvests generated files of so many datasets instead, with two workers: all,
then 1 % changed, then none.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from red_catalog import config  # noqa: E402
from tests.bench.corpus import change, write_corpus  # noqa: E402
from tests.bench.measuring import measure as weigh  # noqa: E402
from tests.bench.stages import harvest_all  # noqa: E402
from tests.http.loopback import Route, Site, answer, start  # noqa: E402
from tests.pipeline.conftest import Catalogue  # noqa: E402
from tests.pipeline.feeds import page, versioned  # noqa: E402

Build = Callable[[bytes, str], Route]
ROUNDS = 5


def measure(name: str, build: Build, most: float) -> bool:
    """Prints times of whole processes and their ratio; False where the work's is over `most`.

    What the program takes to start and load is measured by itself and taken off both harvests: it
    is the same for ten records. Medians of rounds.
    """
    site = start({})
    _fill(site, build)
    rounds = [_round(site) for _ in range(ROUNDS)]
    nothing, first, second = (median(one[i] for one in rounds) for i in range(3))
    ratio = second / first
    bare = median((again - begun) / (one - begun) for begun, one, again, _ in rounds)
    sys.stdout.write(
        f"{name:10} first {first:6.2f} s  second {second:6.2f} s  start-up {nothing:.2f} s  "
        f"ratio {ratio:.3f}, without start-up {bare:.3f} (at most {most:.3f}); "
        f"{max(one[3] for one in rounds)} requests for 10 pages\n"
    )
    site.close()
    return bare <= most


def _round(site: Site) -> tuple[float, float, float, int]:
    """Seconds of loading all and doing nothing, of both harvests; the second one's requests."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder))
        catalogue.configure(("chu-lille", site, "/p0"))
        nothing = _time(folder, "harvest", "--help")
        first = _time(folder, "harvest", "--workers", "1")
        asked = len(site.paths())
        second = _time(folder, "harvest", "--workers", "1")
        return nothing, first, second, len(site.paths()) - asked


def _fill(site: Site, build: Build) -> None:
    names = [f"{n:03}" for n in range(1000)]
    for n in range(10):
        onward = site.url(f"/p{n + 1}") if n < 9 else None
        site.routes[f"/p{n}"] = build(page(names[100 * n : 100 * n + 100], onward), f'"v{n}"')


def _time(folder: str, *arguments: str) -> float:
    # As installed programs start: without compiling themselves anew.
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "red_catalog", *arguments],
        cwd=folder,
        env=around,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - began


def grow(size: int) -> None:
    """Prints what harvesting so many datasets costs, all processes together."""
    with tempfile.TemporaryDirectory() as folder:
        settings = config.load(write_corpus(Path(folder), size))
        for what, share in (("all new", None), ("1 % changed", 0.01), ("none changed", None)):
            if share:
                change(Path(folder), 1, share)
            _, cost = weigh(harvest_all, settings, settings.sources)
            sys.stdout.write(
                f"{size:7,} {what:12} {cost.cpu:7.2f} CPU s  {cost.wall:7.2f} s  "
                f"{cost.peak:5.0f} MB at the peak\n"
            )
            sys.stdout.flush()


def main() -> int:
    """Both servers: one that knows versions, one that does not; or sizes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[])
    sizes = options.parse_args().sizes
    for size in sizes:
        grow(size)
    if sizes:
        return 0
    good = [
        measure("ETags", versioned, 1 / 10),
        measure("no ETags", lambda body, _: answer(body), 1 / 3),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
