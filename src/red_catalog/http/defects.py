"""What goes wrong on the way to a document, as a value."""

from dataclasses import replace
from typing import Final, Literal
from urllib.parse import urlsplit

from red_catalog.http.sentences import SENTENCES
from red_catalog.model import Defect, Unreadable

# The same defect, told as its status asks for; any other status in general words.
_STATUSES: Final = {
    **dict.fromkeys(("300", "301", "302", "303", "307", "308"), "status-nowhere"),
    **dict.fromkeys(("401", "403", "407"), "status-denied"),
    **dict.fromkeys(("404", "410"), "status-absent"),
    **dict.fromkeys(map(str, range(500, 600)), "status-failing"),
}
_LONGEST: Final = 300

Purpose = Literal["check", "install", "visit"]
"""What a document is fetched for by who has no source; `visit`: to check it for a visitor."""

_THEN: Final[dict[Purpose, tuple[str, str]]] = {
    "check": ("vérifiez le fichier", "check the file"),
    "visit": ("vérifiez le fichier", "check the file"),
    "install": ("installez le fichier", "install the file"),
}


class Refused(Exception):  # noqa: N818  # a value on its way to the door, not an error
    """Carries a defect from deep in an exchange up to where it becomes a value."""

    def __init__(self, code: str, **facts: object) -> None:
        self.problem = defect(code, **facts)
        super().__init__(self.problem.message["en"])


def defect(code: str, **facts: object) -> Defect:
    """The defect of this code, its sentences filled in. Raises KeyError for an unknown code."""
    shown = {name: printable(str(fact)) for name, fact in facts.items()}
    told = _STATUSES.get(shown.get("status", ""), code) if code == "status" else code
    if told == "status-denied" and "variable" in shown:
        told = "status-unproved"
    fr, en, fix_fr, fix_en = (text.format(**shown) for text in SENTENCES[told])
    return Defect(code, {"fr": fr, "en": en}, {"fr": fix_fr, "en": fix_en})


def unreadable(location: str, code: str, **facts: object) -> Unreadable:
    """The document at this location gave nothing, for this reason."""
    return Unreadable(printable(location), defect(code, **facts))


def drop_settings(found: Unreadable, purpose: Purpose) -> Unreadable:
    """What was refused, as it is told to who has no source to set up, but a file to use."""
    if purpose == "visit" and found.problem.code in {"address-refused", "host-unknown"}:
        # Who asks from outside must not learn which names there are on the inside.
        return unreadable(found.location, "host-unseen", host=urlsplit(found.location).hostname)
    if found.problem.code not in {"host-refused", "address-refused"}:
        return found
    fr, en = _THEN[purpose]
    fix = {"fr": f"Enregistrez le document, puis {fr}.", "en": f"Save the document, then {en}."}
    return replace(found, problem=replace(found.problem, fix=fix))


def printable(text: str) -> str:
    """The text fit for a log or a terminal: no control characters, not endless."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
