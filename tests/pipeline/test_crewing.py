"""The processes that share the work of a harvest."""

import multiprocessing
import subprocess
import sys

from red_catalog.pipeline.harvest.crewing import Workers

ASK = """
from red_catalog.pipeline.harvest.crewing import Workers
if __name__ == "__main__":
    loaded = "'red_catalog.pipeline.harvest.readied' in __import__('sys').modules"
    with Workers(2) as workers:
        print(list(workers.map(eval, [loaded] * 4)))
"""


def test_workers_start_with_the_program_loaded() -> None:
    """None of them loads it again."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[True, True, True, True]"


def test_workers_without_work_are_no_processes() -> None:
    """Only the first piece of work starts them."""
    with Workers(2):
        assert multiprocessing.active_children() == []
