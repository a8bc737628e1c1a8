"""What an event tells of a dataset: what it told, without what became private since."""

import hashlib

from red_catalog.config import Config
from red_catalog.ehds import privacy, terms
from red_catalog.errors import DamagedTextError
from red_catalog.model import Announcement
from red_catalog.publish.record.withholding import open_versions
from red_catalog.register.ledger import Register


def described(
    config: Config, register: Register, announcement: Announcement, *, several: bool = True
) -> bytes:
    """The description that an announcement tells of, without what is never published.

    What a later version says to be private is taken out as well, where there are `several`.
    Raises DamagedTextError where it, or one of these, cannot be read.
    """
    later = _later(register, announcement) if several else []
    opened = open_versions([register.described(announcement), *later], announcement.iri)[0]
    return terms.localise(opened, config.catalogue.base_iri)


def has_marks(register: Register, iri: str) -> bool:
    """Whether any version of a dataset marks something private, or is private as a whole.

    What was erased was marked; what is damaged may be.
    """
    return any(
        v.private or v.erased or v.damaged or privacy.MARKED in v.canonical
        for v in register.versions(iri)
    )


def has_lost(register: Register, iri: str) -> bool:
    """Whether any version of a dataset told what is private now, or was erased."""
    versions = register.versions(iri)
    if any(v.private or v.erased for v in versions):
        return True
    told = [v.canonical for v in versions]
    marked = any(privacy.MARKED in one for one in told)
    return marked and open_versions(told, iri) != [open_versions([one], iri)[0] for one in told]


def find_rest(register: Register, announcement: Announcement) -> str:
    """A digest of what is left of what an announcement told; empty where all of it is."""
    if announcement.kind == "delete":
        return ""
    iri, told = announcement.iri, register.described(announcement)
    rest = open_versions([told, *_later(register, announcement)], iri)[0]
    kept = register.kept(iri, announcement.version)
    erased = kept is not None and kept.erased
    whole = bool(told) and not erased and rest == open_versions([told], iri)[0]
    return "" if whole else hashlib.sha256(rest).hexdigest()


def _later(register: Register, announcement: Announcement) -> list[bytes]:
    later = [v for v in register.versions(announcement.iri) if v.number > announcement.version]
    if any(v.damaged for v in later):
        raise DamagedTextError(announcement.iri)
    return [v.canonical for v in later]
