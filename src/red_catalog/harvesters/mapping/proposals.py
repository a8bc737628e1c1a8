"""What to write where a code of a list is asked for: the list, and a code that may be meant."""

from collections.abc import Iterable
from functools import lru_cache

from red_catalog import vocabulary
from red_catalog.model.likeness import fold, resembling
from red_catalog.vocabulary import Concept
from red_catalog.vocabulary.words import EXAMPLE_CODES

Both = tuple[str, str]
"""A text in French and in English."""


def name_lists(schemes: Iterable[str]) -> Both:
    """What is asked for: a code of these lists, which are named."""
    known = [found for one in schemes if (found := vocabulary.labels(one))]
    fr, en = (" / ".join(one[language] for one in known) for language in ("fr", "en"))
    return f"un code de la liste « {fr} »", f"a code of the list “{en}”"


@lru_cache(2_000)
def propose(schemes: tuple[str, ...], written: str) -> Both:
    """How to correct a text that is no code of these lists: with the likeliest, or an example."""
    names, codes = {}, {}
    for scheme in schemes:
        offered = vocabulary.concepts(scheme)
        for concept in (one for one in offered if one.iri not in vocabulary.groups(scheme)):
            for name in (concept.code, *concept.labels.values()):
                names[fold(name)], codes[fold(name)] = name, concept
    if meant := next(iter(resembling(written, names)), None):
        fr, en = _show(codes[meant])
        asked = f"Vouliez-vous dire {fr} ?", f"Did you mean {en}?"
    else:
        common = {code for one in schemes if (code := EXAMPLE_CODES.get(one))}
        shown = next((one for one in codes.values() if one.code in common), None)
        fr, en = _show(shown) if shown else ("", "")
        asked = (f"Par exemple : {fr}.", f"For example: {en}.") if shown else ("", "")
    return (
        f"Écrivez à la source un nom ou un code de cette liste. {asked[0]}".strip(),
        f"Write a name or a code of this list at the source. {asked[1]}".strip(),
    )


def _show(concept: Concept) -> Both:
    fr, en = concept.labels["fr"], concept.labels["en"]
    return f"« {fr} » ({concept.code})", f"“{en}” ({concept.code})"
