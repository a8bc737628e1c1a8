"""One table of the whole pipeline at several sizes, beside a naive one and a floor, in one run.

`make bench`, or `make bench SIZE=100000` for a size more; `--sizes 1000 10000` chooses. Beyond
10,000 datasets "full" is the sum of the stages, and the floor is one file of ten, its time scaled.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from math import log
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.corpus import write_corpus
from tests.bench.measuring import apart

HERE: Final = Path(__file__).parent
NAIVE: Final = ("parse", "validate", "validate, other profiles", "publish", "dump")
OWN: Final = ("examine and commit", "publish", "snapshot", "index")
RENEWED: Final = ("harvest", "publish", "snapshot", "index", "feeds")
# Bytes on disk for each dataset: two catalogues of several releases, and the naive files.
_EACH: Final = 650_000
Figures = dict[str, dict[str, float]]


def main() -> None:
    """Measures each size in turn, and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--sample", type=int, default=1000, help="datasets of the naive pipeline")
    chosen = options.parse_args()
    sys.stdout.write(describe_machine() + "\n")
    ours: dict[int, Figures] = {}
    naive: dict[int, Figures] = {}
    # All is removed at the end: for minutes after that, ext4 is slow to make files.
    with tempfile.TemporaryDirectory(prefix="red-bench-") as name:
        free = shutil.disk_usage(name).free
        if free < (needed := sum(chosen.sizes) * _EACH):
            raise SystemExit(f"{needed / 1e9:.0f} GB are needed in {name}, and {free / 1e9:.0f} "
                             "are free: make room, or set TMPDIR.")  # fmt: skip
        for size in sorted(chosen.sizes):
            root = Path(name) / str(size)
            root.mkdir()
            write_corpus(root, size)
            ours[size] = apart(HERE / "stages.py", str(root), str(size))
            # Told at once, lest what follows fails.
            sys.stdout.write("\n" + "\n".join(table(ours, naive)) + "\n")
            sys.stdout.flush()
            naive[size] = apart(HERE / "naive.py", str(root), str(size), str(chosen.sample))
            sys.stdout.write("\n" + "\n".join(table(ours, naive)) + "\n")
            sys.stdout.flush()


def describe_machine() -> str:
    """Cores, memory and Python, without a name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = next(
        (line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine())  # fmt: skip
    load = os.getloadavg()[0]
    return (f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, Python "
            f"{platform.python_version()}; load when started: {load:.1f}")  # fmt: skip


def table(ours: dict[int, Figures], naive: dict[int, Figures]) -> list[str]:
    """Rows of Markdown: seconds of processors by stage and size, growth, and the ratios."""
    sizes = sorted(ours)
    heads = [f"{size:,}: CPU s | clock s | peak MB" for size in sizes]
    lines = ["| stage | " + " | ".join(heads) + " | growth |", "|---" * (3 * len(sizes) + 2) + "|"]
    for stage in ours[sizes[0]]:
        cells = [_cells(ours[size].get(stage)) for size in sizes]
        lines.append(f"| {stage} | " + " | ".join(cells) + f" | {_growth(ours, stage)} |")
    known = sorted(naive)
    for stage in naive[known[0]] if known else ():
        cells = [_cells(naive.get(size, {}).get(stage)) for size in sizes]
        lines.append(f"| naive: {stage} | " + " | ".join(cells) + f" | {_growth(naive, stage)} |")
    for size in known:
        lines += ["", *_ratios(size, ours[size], naive[size])]
    return lines


def _ratios(size: int, ours: Figures, naive: Figures) -> list[str]:
    told = []
    for kind in ("cpu", "wall"):
        name = {"cpu": "CPU", "wall": "clock"}[kind]
        slow = sum(naive[stage][kind] for stage in NAIVE)
        own = sum(ours[stage][kind] for stage in OWN)
        told.append(
            f"{size:,}, {name}: naive {slow:.1f} s; one stage after the other, without feeds, "
            f"which the naive pipeline has not: {own:.1f} s, ratio {slow / own:.1f}"
        )
        staged = own + ours["feeds"][kind]
        for change in ("one changed", "1 % changed", "1 % together", "1 % reworded"):
            parts = sum(ours[f"{change}: {stage}"][kind] for stage in RENEWED)
            told.append(f"{size:,}, {name}: {change} {parts:.2f} s stage by stage, everything / it "
                        f"{staged / max(parts, 0.01):.1f}")  # fmt: skip
        if "full" not in ours:
            continue
        full = ours["full"][kind]
        told.append(f"{size:,}, {name}: full {full:.1f} s, naive / it {slow / full:.1f}")
        for change in ("one changed", "1 % changed"):
            whole = ours[f"{change}: whole"][kind]
            told.append(f"{size:,}, {name}: {change} {whole:.2f} s, full / it {full / whole:.1f}")
    return told


def _cells(cost: dict[str, float] | None) -> str:
    if cost is None:
        return "| |"
    return f"{cost['cpu']:.2f} | {cost['wall']:.2f} | {cost['peak']:.0f}"


def _growth(found: dict[int, dict[str, Any]], stage: str) -> str:
    """The exponent of growth from the smallest size to the largest: 1 is linear."""
    few, many = min(found), max(found)
    less, more = (found[size].get(stage, {}).get("cpu", 0) for size in (few, many))
    return f"{log(more / less, many / few):.2f}" if few != many and less and more else ""


if __name__ == "__main__":
    main()
