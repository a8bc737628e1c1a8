"""A certificate that no public authority signed."""

import ssl
import subprocess
from pathlib import Path

from tests import shared


def certify(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What a server at localhost presents, and the file of the authority that signed it."""
    key, authority = folder / "localhost.key", folder / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
               "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
               "-keyout", str(key), "-out", str(authority)]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        shared.lack("openssl is not installed.")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, key)
    return context, authority
