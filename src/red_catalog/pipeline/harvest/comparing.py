"""Finding what only the whole catalogue shows: a change here can mend a record there."""

from collections.abc import Mapping, Sequence

from red_catalog.config import Config
from red_catalog.model import OWN_PROFILE, Finding
from red_catalog.register.ledger import Register


def compare(config: Config, register: Register) -> None:
    """Keeps with each dataset what comparing it with the others finds, and nothing else."""
    ours = OWN_PROFILE in config.validation.profiles
    shared = register.shared_identifiers() if ours else {}
    register.remark(_find_shared(shared) if shared else {})


def _find_shared(index: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[Finding]]:
    # Here: what explains takes long to load, and few catalogues have a dataset twice.
    from red_catalog.validation.comparing import find_shared_identifiers  # noqa: PLC0415

    return find_shared_identifiers(index)
