"""What a second harvest of 1,000 unchanged records costs, as a share of the first.

Run as `python tests/bench/harvest.py`; it prints ratios and exits 1 where one is too large.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.http.loopback import Route, Site, answer, start  # noqa: E402
from tests.pipeline.conftest import Catalogue  # noqa: E402
from tests.pipeline.feeds import page, versioned  # noqa: E402

Build = Callable[[bytes, str], Route]


def measure(name: str, build: Build, most: float) -> bool:
    """Prints both times, of whole processes, and their ratio; False where it is over `most`."""
    site = start({})
    _fill(site, build)
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder))
        catalogue.configure(("chu-lille", site, "/p0"))
        nothing = _time(folder, "--version")
        first = _time(folder, "harvest", "--workers", "1")
        asked = len(site.paths())
        second = _time(folder, "harvest", "--workers", "1")
    ratio = second / first
    bare = (second - nothing) / (first - nothing)
    sys.stdout.write(
        f"{name:10} first {first:6.2f} s  second {second:6.2f} s  start-up {nothing:.2f} s  "
        f"ratio {ratio:.3f} (at most {most:.3f}), without start-up {bare:.3f}; "
        f"{len(site.paths()) - asked} requests for 10 pages\n"
    )
    site.close()
    return ratio <= most


def _fill(site: Site, build: Build) -> None:
    names = [f"{n:03}" for n in range(1000)]
    for n in range(10):
        onward = site.url(f"/p{n + 1}") if n < 9 else None
        site.routes[f"/p{n}"] = build(page(names[100 * n : 100 * n + 100], onward), f'"v{n}"')


def _time(folder: str, *arguments: str) -> float:
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "red_catalog", *arguments],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - began


def main() -> int:
    """Both servers: one that knows versions, one that does not."""
    good = [
        measure("ETags", versioned, 1 / 10),
        measure("no ETags", lambda body, _: answer(body), 1 / 3),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
