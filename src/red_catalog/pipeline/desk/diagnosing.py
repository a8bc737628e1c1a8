"""Finding out whether everything a catalogue needs is in order."""

import os
import shutil
import stat
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from red_catalog import config
from red_catalog.errors import RedError, writing
from red_catalog.http import check_secrets, trust
from red_catalog.model import EU_PROFILE, Document, Reading, Source, Target, names_server
from red_catalog.pipeline import ruling
from red_catalog.pipeline.desk.missing import check_harvests
from red_catalog.pipeline.desk.proving import find_altered
from red_catalog.pipeline.desk.releases import examine_release
from red_catalog.pipeline.desk.withdrawing import find_abandoned
from red_catalog.pipeline.harvest.asking import check_folder, check_setting
from red_catalog.pipeline.harvest.examining import read_standards
from red_catalog.pipeline.harvest.harvesting import Clock, utc_now
from red_catalog.pipeline.pushing import expect_feed
from red_catalog.publish.folder import live
from red_catalog.publish.web.site import check_theme, site
from red_catalog.rdf.limits import Limits
from red_catalog.rdf.reading import read
from red_catalog.register.desk import Desk
from red_catalog.register.ingest import KIND
from red_catalog.register.ledger import Register
from red_catalog.validation import profiles

_LEAST_FREE = 1_000_000_000
# Whose descriptions may come without a web identifier.
_NAMING = {"csw", "ddi", "oaipmh", "spreadsheet"}
_PROBE = b"<https://chu.example/jeu/1> a <http://www.w3.org/ns/dcat#Dataset> ."


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: well or not, and what was seen."""

    subject: str
    well: bool
    seen: str

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {"subject": self.subject, "well": self.well, "seen": self.seen}


def diagnose(
    path: Path,
    more: Mapping[str, Callable[[config.Config], str]] | None = None,
    clock: Clock = utc_now,
) -> list[Diagnosis]:
    """Looks at the program, then at the configuration and all that it names, and at `more`."""
    found = [_look("Python", _python), _look("reader", _reader), _look("shapes", _shapes)]
    try:
        settings = config.load(path)
    except RedError as error:
        return [*found, Diagnosis("configuration", well=False, seen=str(error))]
    found.append(Diagnosis("configuration", well=True, seen=str(path)))
    checks = {
        "profiles": _profiles, "disk": _disk, "register": _register, "privacy": _privacy,
        "theme": _theme, "release": examine_release, "mail": _mail, **(more or {}),
    }  # fmt: skip
    found += [_look(name, lambda c=check: c(settings)) for name, check in checks.items()]  # type: ignore[misc]
    minted: Mapping[str, int] = {}
    if all(one.well for one in found if one.subject == "register"):
        found.append(_look("harvests", lambda: check_harvests(settings, clock())))
        found += _abandoned(settings) + _waiting(settings)
        minted = _count_minted(settings)
    for source in settings.sources:
        told = _tell_minted(source, minted)
        found.append(_look(f"source {source.id}", lambda s=source, t=told: _source(s) + t))  # type: ignore[misc]
    for target in settings.targets:
        found.append(_look(f"target {target.id}", lambda t=target: _target(settings, t)))  # type: ignore[misc]
    return found


def _look(subject: str, check: Callable[[], str]) -> Diagnosis:
    try:
        return Diagnosis(subject, well=True, seen=check())
    except (RedError, OSError) as error:
        return Diagnosis(subject, well=False, seen=str(error))


def _python() -> str:
    return f"Python {sys.version.split()[0]}"


def _reader() -> str:
    source = Source(id="doctor", holder="doctor", kind="file", location="")
    found = read(Document("probe", _PROBE, "text/turtle"), source, Limits())
    if not isinstance(found, Reading) or len(found.records) != 1:
        raise RedError(f"The reading process does not work: {found}.")
    return "reads a description in its own process"


def _shapes() -> str:
    profile = profiles.load("healthdcat-ap-8")
    return f"{profile.name}, release {profile.release}, {profile.digest[:19]}…"


def _profiles(settings: config.Config) -> str:
    standards = read_standards(settings)
    ruling.titles(settings.shapes, settings.publication.rules)
    eu = "" if EU_PROFILE in standards.profiles else f"; the EU feed is empty without {EU_PROFILE}"
    return f"{', '.join(standards.profiles)}; {', '.join(standards.gating)} decides{eu}"


def _disk(settings: config.Config) -> str:
    free = shutil.disk_usage(settings.root).free
    if free < _LEAST_FREE:
        raise RedError(f"Only {free // 1_000_000} MB are free in {settings.root}: make room.")
    return f"{free // 1_000_000_000} GB free"


def _register(settings: config.Config) -> str:
    if not settings.register.exists():
        raise RedError("There is no register yet: run `red-catalog run`.")
    with Register.open(settings.register) as register:
        state = register.integrity()
        if state != "ok":
            raise RedError(f"{settings.register} is damaged ({state}): restore a backup.")
        count = sum(1 for _ in register.entries())
    with Desk.open(settings.register) as desk:
        altered = find_altered(desk)
    if altered:
        raise RedError(
            f"{altered} in {settings.register} was altered or removed: compare with a backup."
        )
    return f"whole, {count} dataset{'' if count == 1 else 's'}"


def _privacy(settings: config.Config) -> str:
    path = settings.register
    if not path.exists():
        return "no register yet"
    for one in (path, settings.var / "cache", settings.owed, settings.notify.folder):
        if one and one.exists() and _is_open_to_all(one):
            raise RedError(
                f"Every user of this machine can read {one}, which holds what is private: run"
                f" `chmod o= {one}*`."
            )
    return "the register, letters and what was fetched are not for every user of this machine"


def _is_open_to_all(path: Path) -> bool:
    for_others = path.stat().st_mode & (stat.S_IXOTH if path.is_dir() else stat.S_IROTH)
    return (
        os.name == "posix"
        and bool(for_others)
        and all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    )


def _theme(settings: config.Config) -> str:
    count = check_theme(site(settings))
    return f"{count} template{'' if count == 1 else 's'} in place of ours" if count else "ours"


def _abandoned(settings: config.Config) -> list[Diagnosis]:
    """What stays published of sources and holders that are gone: they have no line otherwise."""
    with Register.open(settings.register) as register:
        found = find_abandoned(settings, register)
    return [Diagnosis(f"{one.what} {one.id}", well=False, seen=one.tell()) for one in found]


def _waiting(settings: config.Config) -> list[Diagnosis]:
    """What changed and is not published, as where every publication fails."""
    current = live(settings.public)
    if current is None:
        return []
    with Register.open(settings.register) as register:
        # A register that came back from a backup does not know when the release was made.
        number = register.released(current.manifest["id"])
        count = 0 if number is None else len(register.names(number))
    if not count:
        return []
    changed = "1 dataset" if count == 1 else f"{count} datasets"
    seen = f"{changed} changed since the live release: run `red-catalog publish`."
    return [Diagnosis("publication", well=False, seen=seen)]


def _mail(settings: config.Config) -> str:
    mail = settings.notify
    if mail.smtp is None and mail.folder is None:
        return "no letters are sent"
    if mail.folder:
        _try(mail.folder)
        way = f"as files in {mail.folder}"
    else:
        trust.context(mail.ca_file, "the mail server")
        if mail.password:
            config.secret(mail.password)
        way = f"by {mail.smtp}"
    if mail.mode == "never":
        return f"reminders {way}, nothing of harvests"
    return f"reminders {way}, and letters of harvests ({mail.mode})"


def _try(folder: Path) -> None:
    """Raises RedError where this folder cannot be made or written into; leaves nothing behind."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    with writing(folder), TemporaryDirectory(dir=there):
        pass


def _source(source: Source) -> str:
    if source.kind == KIND:
        return "descriptions are handed in"
    check_setting(source)
    check_folder(source)
    return f"{source.kind} {source.location}"


def _count_minted(settings: config.Config) -> Counter[str]:
    """How many datasets of each source are named after its address."""
    named = (s for s in settings.sources if s.kind in _NAMING and not s.namespaces)
    starts = {s.id: _start(s) for s in named}
    with Register.open(settings.register) as register:
        return Counter(
            entry.source
            for entry in register.entries()
            if entry.withdrawn_at is None and entry.iri.startswith(starts.get(entry.source, "\n"))
        )


def _tell_minted(source: Source, minted: Mapping[str, int]) -> str:
    if not minted.get(source.id):
        return ""
    counted = f"; datasets named after this address: {minted[source.id]}. "
    if any(minted.get(one) for one in source.siblings):
        return f"{counted}Their names change with it: ask the holder for web identifiers."
    kept = f'namespaces = ["{_start(source)}"]'
    return f"{counted}Before it changes, give the holder {kept}, and they keep their names."


def _start(source: Source) -> str:
    return f"{source.location.partition('#')[0]}#"


def _target(settings: config.Config, target: Target) -> str:
    if settings.register.exists():
        with Register.open(settings.register) as register:
            expect_feed(register, target)
    place = target.place()
    check_secrets(place)
    if target.kind == "directory":
        check_folder(place)
        return f"directory {target.location}"
    for name in ("location", "update", "query"):
        given = target.options.get(name, "") if name != "location" else target.location
        if given and not names_server(given):
            raise RedError(f"`{name}` is `{given}`, which is no address: write http(s):// first.")
    return f"{target.kind} {target.location}"
