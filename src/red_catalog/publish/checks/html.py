"""A check as one HTML page: no script, nothing loaded, light and dark, readable on a phone."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from red_catalog.model import UNNAMED, Checked
from red_catalog.model.spelling import typeset
from red_catalog.publish.checks import wording


def write(checks: Sequence[Checked], lang: str) -> str:
    """The page of a document's checks, which stands alone."""
    return _write("check.html", checks, lang, checks[0].location)


def write_part(checks: Sequence[Checked], lang: str) -> str:
    """The same as the part of a page that a site surrounds with its own."""
    location = checks[0].location
    name = wording.SENTENCES[lang]["sent"] if location == UNNAMED else location
    return _write("report.html", checks, lang, name)


def _write(template: str, checks: Sequence[Checked], lang: str, name: str) -> str:
    return (
        _templates()
        .get_template(template)
        .render(
            checks=checks,
            name=name,
            lang=lang,
            said=wording.SENTENCES[lang],
            verdicts=wording.VERDICTS[lang],
            levels=wording.LEVELS[lang],
            bands=wording.BANDS[lang],
            split=wording.split,
            untold=wording.untold,
            count_elements=wording.count_elements,
            against=wording.against,
            summarise=wording.summarise,
        )
    )


@pass_context
def _typeset(context: Context, text: str) -> str:
    """A sentence as print has it, as the pages of a site show theirs."""
    return typeset(text) if context["lang"] == "fr" else text


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("red_catalog.publish.checks"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "typeset": _typeset, "small": wording.small, "capital": wording.capital,
    }  # fmt: skip
    return environment
