"""The report on a description that a form sent, as a page of the site."""

import re
from typing import Final

from red_catalog.publish.web.languages import language
from red_catalog.publish.web.site import Site, page

_HEADING: Final = re.compile("<h1>(.*?)</h1>", re.DOTALL)


def write_report(site: Site, code: str, part: bytes) -> bytes:
    """The page around a report that an examiner wrote as HTML."""
    report = part.decode()
    heading = _HEADING.search(report)
    form = (language(code).gettext("Check a description"), "check.html")
    return page(
        site, code, "checked.html", form[1], (form,),
        heading=heading[1] if heading else form[0], report=report,
    )  # fmt: skip
