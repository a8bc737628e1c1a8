"""What oaipmh, csw, ddi and ldes have to say of what they read, in French and English."""

from collections.abc import Mapping

from red_catalog.harvesters import naming
from red_catalog.harvesters.sentences import SENTENCES
from red_catalog.http import printable
from red_catalog.model import Defect, Unreadable


def tell(
    code: str, line: int | None = None, subject: str | None = None, /, **facts: object
) -> Defect:
    """The defect of this code, its sentences filled in. Raises KeyError for an unknown code."""
    shown = {name: printable(" ".join(str(fact).split())[:120]) for name, fact in facts.items()}
    named = naming.name(shown.get("what", ""))
    fr, en, fix_fr, fix_en = (
        _fill(text, named[number % 2], line, shown) for number, text in enumerate(SENTENCES[code])
    )
    return Defect(code, {"fr": fr, "en": en}, {"fr": fix_fr, "en": fix_en}, line, subject=subject)


def _fill(sentence: str, named: str, line: int | None, shown: Mapping[str, str]) -> str:
    known = "what" in shown and named != shown["what"]
    begins = known and sentence.startswith("{what}")
    what = named[:1].upper() + named[1:] if begins else named
    return sentence.format(line=line, **{**shown, "what": what})


def refuse(location: str, code: str, **facts: object) -> Unreadable:
    """The document at this location gave nothing, for this reason."""
    return Unreadable(printable(location), tell(code, **facts))
