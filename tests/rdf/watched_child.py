"""The process that reads documents, ended at once by a socket or by a file that it would write."""

import os
import sys
from typing import Any

from red_catalog.rdf import child

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_REACHES_OUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "urllib.")


def _hear(event: str, facts: tuple[Any, ...]) -> None:
    writes = event == "open" and bool(facts[2] & _WRITES) and "__pycache__" not in str(facts[0])
    if writes or event.startswith(_REACHES_OUT):
        os._exit(70)


if __name__ == "__main__":
    sys.addaudithook(_hear)
    child.main()
