"""Whether a source is set up so that it can be asked at all."""

from pathlib import Path
from typing import Any, Final, cast

from red_catalog.config.kinds import ADDRESS, HARVESTED, PATH
from red_catalog.errors import RedError
from red_catalog.harvesters import HARVESTERS
from red_catalog.http import Http, check_secrets
from red_catalog.model import Source, names_server

_NOWHERE: Final = "http://nowhere.invalid/"


def check_setting(source: Source) -> None:
    """Raises RedError where a source that is fetched lacks a secret, or its settings are wrong."""
    check_secrets(source)
    _check_location(source)
    _check_options(source)


def _check_location(source: Source) -> None:
    needs, is_address = HARVESTED[source.kind], names_server(source.location)
    if needs == ADDRESS and not is_address:
        raise RedError(
            f"Source {source.id}: `{source.location}` is no address, which the kind {source.kind} "
            "needs: write https:// before it, or mend `kind`."
        )
    if needs == PATH and is_address:
        raise RedError(
            f"Source {source.id}: {source.location} is an address, and the kind {source.kind} "
            "needs a file or a folder: mend `kind`; RDF by HTTP is `dcat`."
        )


def check_folder(source: Source) -> None:
    """Raises RedError where a source on this machine is not there."""
    if not names_server(source.location) and not Path(source.location).exists():
        raise RedError(f"{source.location} does not exist: mend `location`, or make the folder.")


class _Asked(BaseException):
    """Nothing that a harvester catches."""


class _Nobody:
    """Stands in for the way to other servers."""

    def __getattr__(self, name: str) -> Any:
        raise _Asked


def _check_options(source: Source) -> None:
    """Harvests as far as the first question: a kind looks at its options before it asks."""
    somewhere = Source(source.id, source.holder, source.kind, _NOWHERE, options=source.options)
    try:
        next(HARVESTERS[source.kind](somewhere, cast("Http", _Nobody())), None)
    except _Asked:
        return
