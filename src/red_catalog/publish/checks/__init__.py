"""Checks written for people and machines: JSON, SHACL report, HTML, CSV, JUnit and SARIF."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from red_catalog.model import Checked
from red_catalog.publish.checks import html, junit, plain, sarif, shacl, table

Writer = Callable[[Sequence[Checked], str], str]
"""Checks of one document against one or several profiles, in a language, as a text."""

WRITERS: Final[Mapping[str, Writer]] = {
    "csv": table.write,
    "html": html.write,
    "json": plain.write,
    "junit": junit.write,
    "sarif": sarif.write,
    "ttl": shacl.write,
}
