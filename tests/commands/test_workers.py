"""The processes that share the work of a harvest."""

import subprocess
import sys

ASK = """
from concurrent.futures import ProcessPoolExecutor
from red_catalog.commands.harvests import worker_context
if __name__ == "__main__":
    loaded = "'red_catalog.pipeline.examining' in __import__('sys').modules"
    with ProcessPoolExecutor(2, mp_context=worker_context()) as pool:
        print(list(pool.map(eval, [loaded] * 4)))
"""


def test_workers_start_with_the_program_loaded() -> None:
    """None of them loads it again."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[True, True, True, True]"
