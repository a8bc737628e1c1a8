"""A check as one HTML page: no script, nothing loaded, light and dark, readable on a phone."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from red_catalog.model import Checked
from red_catalog.model.spelling import bind
from red_catalog.publish.checks import wording

_TEMPLATE: Final = "check.html"


def write(checks: Sequence[Checked], lang: str, root: str | None = None) -> str:
    """The page of a document's checks; under the `root` of a site it leads back to its form."""
    return _template().render(
        checks=checks,
        root=root,
        lang=lang,
        said=wording.SENTENCES[lang],
        severities=wording.SEVERITIES[lang],
        verdicts=wording.VERDICTS[lang],
        levels=wording.LEVELS[lang],
        bands=wording.BANDS[lang],
        split=wording.split,
        untold=wording.untold,
        count_elements=wording.count_elements,
        against=wording.against,
        summarise=wording.summarise,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("red_catalog.publish.checks"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "bind": bind, "small": wording.small, "capital": wording.capital,
    }  # fmt: skip
    return environment.get_template(_TEMPLATE)
