"""The evidence of yearly checks, from the register."""

from datetime import datetime
from typing import Any

from red_catalog.config import Config
from red_catalog.publish.pages import evidence as writing
from red_catalog.publish.pages.evidence import prove
from red_catalog.publish.web.site import site
from red_catalog.register.attestations import Attestation
from red_catalog.register.desk import Desk
from red_catalog.register.ledger import Register


def given(config: Config, register: Register, holder: str | None) -> list[Attestation]:
    """The attestations of a holder, under former ids too, or of all.

    Raises RedError for a holder that is unknown and attested nothing.
    """
    told = register.attestations()
    if holder is None:
        return told
    if any(h.id == holder for h in config.holders) or all(a.holder != holder for a in told):
        owner = config.holder(holder)
        return [a for a in told if a.holder in {owner.id, *owner.former}]
    return [a for a in told if a.holder == holder]


def evidence(
    config: Config, register: Register, now: datetime, wanted: tuple[str | None, str, str]
) -> bytes:
    """Who attested which version when. `wanted`: holder or None, csv or html, language.

    Raises RedError for a holder that is unknown and attested nothing.
    """
    holder, form, lang = wanted
    told = given(config, register, holder)
    entries = {iri: register.entry(iri) for iri in {a.iri for a in told}}
    found = [prove(a.fields(), entries[a.iri], register.kept(a.iri, a.version), lang) for a in told]
    about = site(config)
    if form == "csv":
        return writing.csv(about, found, lang)
    return writing.html(about, found, now, register.first_broken_attestation(), lang)


def find_altered(desk: Desk) -> str | None:
    """What was changed behind the program's back, of what is only ever added."""
    if (line := desk.first_broken()) is not None:
        return f"Line {line} of the log"
    if (number := desk.register.first_broken_attestation()) is not None:
        return f"Attestation {number}"
    if found := desk.register.first_altered_version():
        iri, version = found
        return f"The text of version {version} of {iri}"
    return None


def to_plain(one: Attestation) -> dict[str, Any]:
    """An attestation as `--json` prints it."""
    return {**one.fields(), "moment": one.moment.isoformat()}
