"""What an operator asks about holders: who there is, what each declared, and where it clashes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from red_catalog.config import Config
from red_catalog.config.mailboxes import addresses
from red_catalog.ehds import categories
from red_catalog.ehds.mailboxes import is_personal
from red_catalog.model import HOLDER_KINDS, Entry, Holder, Source, Text, Verdict
from red_catalog.publish.lists.facets import categories_of
from red_catalog.publish.pages import oversight
from red_catalog.publish.pages.clashing import clashes
from red_catalog.register.ledger import Register


@dataclass(frozen=True, slots=True)
class Held:
    """A holder with its sources, its live datasets by category, and what is to be looked at."""

    holder: Holder
    sources: tuple[Source, ...]
    datasets: int
    conformant: int
    declared: dict[str, int]
    cautions: tuple[Text, ...]

    @property
    def state(self) -> str:
        """How it answers the duty to describe, as the public figures tell it."""
        return oversight.state(self.holder, self.datasets)

    def to_plain(self) -> dict[str, Any]:
        """As `--json` prints it; the operator's note is the operator's to see."""
        holder = self.holder
        return {
            "id": holder.id,
            "name": dict(holder.name),
            "kind": holder.kind,
            "identifiers": dict(holder.identifiers),
            "email": holder.email,
            "homepage": holder.homepage,
            "funding": holder.funding,
            "trusted": holder.trusted,
            "exempt": holder.exempt and dict(holder.exempt),
            "note": holder.note,
            "sources": [{"id": s.id, "kind": s.kind, "location": s.location} for s in self.sources],
            "datasets": self.datasets,
            "conformant": self.conformant,
            "categories": self.declared,
            "holds_none": list(holder.holds_none),
            "silent": self.state == "silent",
            "state": self.state,
            "cautions": [dict(one) for one in self.cautions],
        }


def every(config: Config, register: Register) -> list[Held]:
    """Every holder of the configuration, in its order."""
    entries = [e for e in register.entries() if e.withdrawn_at is None]
    return [_held(config, holder, entries) for holder in config.holders]


def one(config: Config, register: Register, holder_id: str) -> Held:
    """One holder. Raises RedError, with the nearest id, for an unknown one."""
    holder = config.holder(holder_id)
    return _held(config, holder, [e for e in register.entries() if e.withdrawn_at is None])


def _held(config: Config, holder: Holder, entries: Sequence[Entry]) -> Held:
    mine = [e for e in entries if e.holder == holder.id]
    counted = Counter(code for e in mine for code in categories_of(e))
    order = categories.LETTERS
    return Held(
        holder,
        tuple(s for s in config.sources if s.holder == holder.id),
        len(mine),
        sum(e.verdict is Verdict.CONFORMANT for e in mine),
        {code: counted[code] for code in order if counted[code]},
        (*clashes(holder, counted), *_cautions(config, holder, len(mine))),
    )


def _cautions(config: Config, holder: Holder, datasets: int) -> list[Text]:
    found: list[Text] = []
    if any(is_personal(one.username) for one in addresses(holder.email or "")):
        found.append(
            {
                "fr": "L’adresse semble être celle d’une personne : elle n’est pas publiée ; "
                "donnez une adresse de service.",
                "en": "The mailbox seems to be a person's: it is not published; give a role "
                "mailbox.",
            }
        )
    if not holder.email and not holder.exempt:
        found.append(
            {
                "fr": "Sans adresse, ce détenteur ne reçoit ni rapport ni rappel.",
                "en": "Without a mailbox, this holder gets neither reports nor reminders.",
            }
        )
    if holder.exempt and datasets:
        found.append(
            {
                "fr": "Ce détenteur est exempté et décrit pourtant des jeux de données : c’est "
                "permis, vérifiez que l’exemption est à jour.",
                "en": "This holder is exempt and still describes datasets: that is allowed, check "
                "that the exemption is up to date.",
            }
        )
    if not any(s.holder == holder.id for s in config.sources) and not holder.exempt:
        found.append(
            {
                "fr": "Aucune source n’est configurée : rien ne peut être moissonné ni déposé.",
                "en": "No source is configured: nothing can be harvested or handed in.",
            }
        )
    return found


def kind_name(holder: Holder) -> Text:
    """What people call its kind."""
    return HOLDER_KINDS[holder.kind]
