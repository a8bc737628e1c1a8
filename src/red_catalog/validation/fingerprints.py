"""What a record's findings depend on besides the record itself, in one digest.

As long as a record and its fingerprint are the same, validating it again would find the same.
"""

import hashlib
from collections.abc import Iterable

from red_catalog import vocabulary
from red_catalog.rdf.terms import iri, is_iri
from red_catalog.validation import profiles
from red_catalog.validation.compiled.data import read_canonical


def fingerprint(canonical: bytes, profile_names: Iterable[str]) -> str:
    """Digest of these profiles and of the code lists that the record refers to: `sha256:…`."""
    mentioned = {t for s, _, o in read_canonical(canonical) for t in (s, o) if is_iri(t)}
    whole = hashlib.sha256()
    for name in profile_names:
        whole.update(f"{name}  {profiles.load(name).digest}\n".encode())
    whole.update(vocabulary.digest_of(map(iri, mentioned)).encode())
    return f"sha256:{whole.hexdigest()}"
