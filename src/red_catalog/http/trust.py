"""Whose certificates are trusted: the public authorities, or those of a file."""

import ssl
from pathlib import Path

from red_catalog.errors import RedError


def context(authorities: Path | None, who: str) -> ssl.SSLContext:
    """What a connection is verified with. `authorities`: a PEM file, taken instead of the public.

    Raises RedError where the file cannot be read, or has no certificate; it says `who` needs it.
    """
    try:
        return ssl.create_default_context(cafile=str(authorities) if authorities else None)
    except OSError as error:
        why = error.strerror if not isinstance(error, ssl.SSLError) else "no certificate is in it"
        raise RedError(
            f"The certificates of {who} cannot be read from {authorities} ({why}): name with "
            "`ca_file` a PEM file with the certificate of its authority."
        ) from None
