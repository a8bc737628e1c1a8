"""What a client is told whom the register turns away, or who came to the wrong door."""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.routing import Route

from red_catalog.register.ingest import Refused
from red_catalog.serve.holders.counter import CHALLENGE
from red_catalog.serve.request.refusal import Refusal

TURNED_AWAY: Final = "turned away"
"""The name of the routes that have no address of ours."""
_TOLD: Final[Mapping[Refused, tuple[int, str, str]]] = {
    Refused.OWNED: (
        403,
        "Ce jeu de données appartient à un autre détenteur.",
        "This dataset is another holder's.",
    ),
    Refused.HARVESTED: (
        403,
        "Ce jeu de données est déjà moissonné depuis une autre de vos sources.",
        "This dataset is harvested from another of your sources already.",
    ),
    Refused.WITHDRAWN: (
        410,
        "Ce jeu de données a été retiré du catalogue : il n'y a rien à attester.",
        "This dataset was withdrawn from the catalogue: there is nothing to attest.",
    ),
    Refused.CHANGED: (
        409,
        "La description a changé depuis cette version : relisez-la, puis attestez.",
        "The description has changed since that version: read it again, then attest.",
    ),
    Refused.USED: (
        410,
        "Ce lien a déjà servi : la description a été attestée depuis.",
        "This link has already been used: the description has been attested since.",
    ),
    Refused.EXPIRED: (
        410,
        "Ce lien a expiré : le prochain rappel en donnera un nouveau.",
        "This link has expired: a new one comes with the next reminder.",
    ),
    Refused.REPLACES: (
        403,
        "Vous donnez à ce jeu de données le nom d'un autre, que ce dépôt retirerait, et cette "
        "clé ne permet pas de retirer des descriptions : prenez un autre nom, ou demandez une "
        "autre clé à l'opérateur.",
        "You give this dataset the name of another one, which this would take back, and this "
        "key does not let you take descriptions back: take another name, or ask the operator "
        "for another key.",
    ),
    Refused.STANDS: (
        409,
        "Ce dépôt remplacerait ce que vous avez déjà déposé.",
        "This would replace what you have handed in already.",
    ),
    Refused.WAITING: (
        404,
        "Cette description est déposée, et attend la prochaine moisson : attestez-la ensuite.",
        "This description is handed in, and waits for the next harvest: attest it after that.",
    ),
    Refused.UNPUBLISHED: (
        409,
        "La dernière version de cette description n'est pas encore publiée : relisez-la après la "
        "prochaine publication, puis attestez.",
        "The latest version of this description is not published yet: read it after the next "
        "publication, then attest.",
    ),
    Refused.ENDED: (
        401,
        "Cette clé vient d'expirer ou d'être révoquée : demandez-en une autre à l'opérateur.",
        "This key has just expired or been revoked: ask the operator for another.",
    ),
    Refused.UNKNOWN: (
        404,
        "Aucun jeu de données n'a cet identifiant.",
        "No dataset has this identifier.",
    ),
}


def refusal_of(refused: Refused) -> Refusal:
    """The refusal that a client is told."""
    status, fr, en = _TOLD[refused]
    return Refusal(status, fr, en, headers=CHALLENGE if status == 401 else None)


def refusal_at(routes: Sequence[Route], path: str) -> Refusal:
    """The refusal of a method that an address does not take, or of an address that is none."""
    taken = {m for one in routes if one.path_regex.match(path) for m in one.methods or ()}
    if not taken:
        return Refusal(404, "Cette adresse n'existe pas.", "There is no such address.")
    allowed = ", ".join(sorted(taken))
    fr, en = f"Cette adresse admet : {allowed}.", f"This address takes: {allowed}."
    if path.endswith("/ingest/datasets"):
        fr += f" Sous un identifiant à vous : PUT {path}/origin?originalId=…"
        en += f" Under an identifier of yours: PUT {path}/origin?originalId=…"
    return Refusal(405, fr, en, headers={"Allow": allowed})
