"""A whole catalogue in a folder, driven through the command line as its operator would."""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from red_catalog.cli import run_command

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def red_catalog(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A finished command on the catalogue in this folder, run in this process: twice as quick."""
    told = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(one, "utf-8", write_through=True) for one in told)
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name, value in {"NO_COLOR": "1", **environment}.items():
            patch.setenv(name, value)
        code = run_command(arguments)
    return subprocess.CompletedProcess(arguments, code, *(one.getvalue().decode() for one in told))


def process(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished process of a command on the catalogue in this folder."""
    return subprocess.run(
        [sys.executable, "-m", "red_catalog", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def json_of(folder: Path, *arguments: str, **environment: str) -> Any:
    """What a command prints with `--json`."""
    done = red_catalog(folder, *arguments, "--json", **environment)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def copy_samples(folder: Path, holders: Sequence[str] = (), *, every_rule: bool = False) -> Path:
    """The sample holders' files and configuration in a folder of their own, without the feed.

    `holders`: whose sources are kept, where not all are. `every_rule`: with a page for each.
    """
    shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("*.py", "README.md"))
    head, *sources = (folder / "red.toml").read_text("utf-8").split("[[source]]")
    kept = [
        one
        for one in sources
        if 'kind = "dcat"' not in one and (not holders or _holder(one) in holders)
    ]
    (folder / "red.toml").write_text("[[source]]".join([head, *kept]), encoding="utf-8")
    if not every_rule:
        leave_few_rules(folder / "red.toml")
    return folder


def leave_few_rules(settings: Path) -> Path:
    """Has one profile's rules published: all have 1,800 pages, which take longer than the rest."""
    text, head = settings.read_text("utf-8"), "[publication]\n"
    assert text.count(head) == 1
    settings.write_text(text.replace(head, f'{head}rules = ["red"]\n'), "utf-8")
    return settings


def _holder(source: str) -> str:
    found = re.search(r'(?m)^holder = "(.*)"', source)
    assert found
    return found[1]


def digests(site: Path) -> Mapping[str, str]:
    """The SHA-256 of every file of a published site, by path.

    The search index is left out: the names of its files are not reproducible.
    """
    return {
        str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file() and "pagefind" not in path.relative_to(site).parts
    }


def assert_whole(folder: Path) -> None:
    """The live release, where there is one, has every file that it promises, undamaged."""
    current = folder / "public" / "current"
    if not current.is_symlink():
        return
    manifest = json.loads((current / "release.json").read_text("utf-8"))
    site = current / "site"
    for line in (site / "dumps" / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        assert hashlib.sha256((site / "dumps" / name).read_bytes()).hexdigest() == digest
    for slug in manifest["datasets"]:
        for page in (f"dataset/{slug}.html", f"en/dataset/{slug}.html", f"dataset/{slug}.ttl"):
            assert (site / page).stat().st_size > 0
    assert any((current / "store").iterdir())
