"""A dataset that names a person as its contact, and all that a release would tell."""

from red_catalog.namespaces import term
from red_catalog.pipeline.events import described
from red_catalog.pipeline.stocking import RegisterStock
from red_catalog.register.ledger import Register
from tests.federation.conftest import Catalogue, record

CONTACT = "Jeanne Kervella, attachée de recherche"


def name_contact(made: Catalogue, number: int, *, private: bool) -> bytes:
    """The description of a dataset with a person as its contact; put in the holder's folder."""
    made.describe([number], f"contact {private}")
    file = made.root / "declarations" / f"{number}.nt"
    said = (
        f"<{record(number).iri}> {term('dcat:contactPoint')} _:guichet .\n"
        f'_:guichet {term("vcard:fn")} "{CONTACT}" .\n'
    )
    mark = f'_:guichet <{made.base}ns/red#private> "true" .\n' if private else ""
    file.write_bytes(file.read_bytes() + (said + mark).encode())
    return file.read_bytes()


def public(made: Catalogue) -> str:
    """All that a release would tell of the datasets: in force, of earlier versions, in events."""
    shelf = RegisterStock(made.config.register, made.base)
    shown = [entry.canonical for entry in shelf.changed(None)]
    shown += [past.canonical for iri in made.digests() for past in shelf.versions(iri)]
    shelf.close()
    with Register.open(made.config.register) as register:
        told = register.announcements("catalogue", 0, 99)
        shown += [described(made.config, register, one) for one in told if one.kind != "delete"]
    return b"".join(shown).decode()
