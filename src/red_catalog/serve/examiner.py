"""One examiner: `python -m red_catalog.serve.examiner LIMITS INSTALLED`.

Checks documents that strangers sent, in a process that may be killed at any moment; reading
takes place in a child of its own, as everywhere.
"""

import json
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from red_catalog.errors import RedError
from red_catalog.harvesters.spreadsheet import read_declaration
from red_catalog.model import Checked, Defect, Document, Unreadable
from red_catalog.publish.checks import WRITERS, html
from red_catalog.rdf.limits import Limits
from red_catalog.serve import frames
from red_catalog.validation.documents import Manner, check_rdf, check_sheets

_MEMORY = 2_000_000_000
# Bytes of a report: the server keeps it until its reader has it.
_LONGEST = 16_000_000


def main() -> None:
    """Checks until standard input ends."""
    limits = Limits(**json.loads(sys.argv[1]))
    manner = Manner(installed=Path(sys.argv[2]))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    questions, out = sys.stdin.buffer, sys.stdout.buffer
    frames.write_frame(out, frames.READY)
    out.flush()
    frames.fall_silent()
    while frame := frames.read_frame(questions):
        size = int.from_bytes(frame[1][:4], "big")
        asked, content = json.loads(frame[1][4 : 4 + size]), frame[1][4 + size :]
        kind, answer = frames.END, b""
        try:
            answer = _examine(asked, content, limits, manner).encode("utf-8", "replace")
        except RedError as error:
            kind, answer = frames.TROUBLE, str(error).encode()
        if len(answer) > _LONGEST:
            kind, answer = frames.LONG, b""
        frames.write_frame(out, kind, answer)
        out.flush()


def _examine(asked: dict[str, Any], content: bytes, limits: Limits, manner: Manner) -> str:
    described = frozenset(asked.get("described", ()))
    manner = replace(manner, beside=asked["beside"], described=described)
    checks = _check(asked, content, limits, manner)
    if asked.get("part"):
        return html.write_part(checks, asked["lang"])
    return WRITERS[asked["output"]](checks, asked["lang"])


def _check(
    asked: dict[str, Any], content: bytes, limits: Limits, manner: Manner
) -> tuple[Checked, ...]:
    """The check of what was sent: RDF, the spreadsheets of one declaration, or why neither."""
    wanted = asked["profiles"]
    if "sheets" in asked:
        documents = []
        for location, media_type, size in asked["sheets"]:
            documents.append(Document(location, content[:size], media_type))
            content = content[size:]
        return check_sheets(*read_declaration(documents, limits), wanted, manner)
    if "rdf" in asked:
        location, media_type = asked["rdf"]
        return check_rdf(Document(location, content, media_type), wanted, limits, manner)
    location, problem = asked["unreadable"]
    return check_rdf(Unreadable(location, Defect(**problem)), wanted, limits, manner)


if __name__ == "__main__":
    main()
