"""Which duties apply to whom, and since when: an answer to a few questions, not legal advice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from red_catalog.ehds import categories
from red_catalog.model import Text
from red_catalog.namespaces import EHDS_LEGISLATION

ARTICLES: Final = f"{EHDS_LEGISLATION}#art_"
"""What the address of an article begins with; its number follows."""
ORGANISATION, MICRO, PERSON = "organisation", "micro", "person"
WHO: Final[dict[str, Text]] = {
    ORGANISATION: {
        "fr": "Un organisme, public ou privé, qui n’est pas une microentreprise",
        "en": "An organisation, public or private, that is not a micro-enterprise",
    },
    MICRO: {"fr": "Une microentreprise", "en": "A micro-enterprise"},
    PERSON: {
        "fr": "Une personne physique, chercheur individuel compris",
        "en": "A natural person, individual researchers included",
    },
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What somebody answered. `since`: when the data are held from, where that lies ahead.

    `codes`: of the categories of Article 51; `published`: whether first results of cohorts and
    surveys are; `regulated`: whether the trials are under the regulations that (m) names.
    """

    who: str = ORGANISATION
    codes: tuple[str, ...] = ()
    since: date | None = None
    published: bool = True
    regulated: bool = True
    public_funding: bool = False
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: what, by which article, since when (None: no date of its own)."""

    id: str
    text: Text
    article: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The answer: `exempt` says why nothing is owed, else `duties` and the day of each category.

    `outside`: categories that are not in scope yet; their condition says why.
    """

    duties: tuple[Duty, ...] = ()
    exempt: Duty | None = None
    dated: tuple[tuple[categories.Duty, date], ...] = ()
    outside: tuple[categories.Duty, ...] = ()


_EXEMPT: Final = {
    PERSON: Duty("exempt-person", {
        "fr": "Les personnes physiques, chercheurs individuels compris, sont exemptées, sauf si "
        "l’État membre en décide autrement.",
        "en": "Natural persons, individual researchers included, are exempt, unless the Member "
        "State says otherwise.",
    }, "50"),
    MICRO: Duty("exempt-micro", {
        "fr": "Les microentreprises sont exemptées, sauf si l’État membre en décide autrement "
        "ou les fait passer par une entité d’intermédiation.",
        "en": "Micro-enterprises are exempt, unless the Member State says otherwise or has them "
        "go through an intermediation entity.",
    }, "50"),
}  # fmt: skip
_NONE: Final = Duty("none-held", {
    "fr": "Sans données de ces catégories, rien n’est à décrire. Dites-le à l’opérateur du "
    "catalogue : « néant déclaré » se distingue du silence.",
    "en": "Without data of these categories there is nothing to describe. Tell the operator of the "
    "catalogue: “declared none” is shown separately from silence.",
}, "51")  # fmt: skip
_NOT_YET: Final = Duty("not-yet", {
    "fr": "Rien n’est à décrire pour l’instant : la condition indiquée plus bas décidera. Ne "
    "déclarez pas que vous n’en détenez pas.",
    "en": "There is nothing to describe for now: the condition given below decides when. Do not "
    "declare that you hold none.",
}, "51")  # fmt: skip
_DUTIES: Final = (
    Duty("describe", {
        "fr": "Décrire chaque jeu de données à l’organisme d’accès, pour le catalogue public.",
        "en": "Describe each dataset to the access body, for the public catalogue.",
    }, "60"),
    Duty("review", {
        "fr": "Vérifier chaque description au moins une fois par an.",
        "en": "Check each description at least once a year.",
    }, "60(3)"),
    Duty("provide", {
        "fr": "Fournir les données dans les 3 mois de la demande de l’organisme d’accès, "
        "prolongeables de 3.",
        "en": "Provide the data within 3 months of the access body’s request, 3 more where "
        "extended.",
    }, "60"),
    Duty("protect", {
        "fr": "Déclarer quelles parties sont protégées par la propriété intellectuelle ou le "
        "secret d’affaires, et pourquoi.",
        "en": "Declare which parts intellectual property or trade secrets protect, and why.",
    }, "52"),
    Duty("fees", {
        "fr": "Si vous demandez des redevances : proportionnées, transparentes, avec une "
        "estimation.",
        "en": "If you ask for fees: proportionate, transparent, with an estimate.",
    }, "62"),
    Duty("fines", {
        "fr": "Ne pas décrire ses données expose à des amendes.",
        "en": "Failing to describe one’s data can lead to fines.",
    }, "64(4)"),
)  # fmt: skip
_LABEL: Final = Duty("label", {
    "fr": "Donner aux données financées sur fonds publics le label de qualité et d’utilité ; sa "
    "spécification n’est pas encore adoptée.",
    "en": "Give data collected with public funding the quality and utility label; its "
    "specification is not adopted yet.",
}, "78")  # fmt: skip
_TRUSTED: Final = Duty("trusted", {
    "fr": "Évaluer les demandes en 2 mois ; l’organisme d’accès décide dans les 2 mois suivants. "
    "Vous figurez comme détenteur de confiance d’après sa liste, non d’après votre déclaration.",
    "en": "Assess applications within 2 months; the access body decides within the next 2. You "
    "are shown as trusted by its list, not by your own word.",
}, "72")  # fmt: skip


def judge(situation: Situation) -> Scope:
    """Which duties apply in a situation, each with its article and first day."""
    if situation.who in _EXEMPT:
        return Scope(exempt=_EXEMPT[situation.who])
    application = categories.application(situation.codes)
    if application is None:
        return Scope(duties=(_NONE,))
    inside = [one for one in application.parts if _is_inside(one, situation)]
    outside = tuple(one for one in application.parts if one not in inside)
    dated = tuple((one, max(one.since, situation.since or one.since)) for one in inside)
    if not dated:
        return Scope(duties=(_NOT_YET,), outside=outside)
    first = min(since for _, since in dated)
    duties = tuple(
        Duty(one.id, one.text, one.article, first) for one in _chosen(situation)
    )  # fmt: skip
    return Scope(duties, None, dated, outside)


def _chosen(situation: Situation) -> Iterator[Duty]:
    yield from _DUTIES
    if situation.public_funding:
        yield _LABEL
    if situation.trusted:
        yield _TRUSTED


def _is_inside(one: categories.Duty, situation: Situation) -> bool:
    if one.letter == "p":
        return situation.published
    return situation.regulated if one.letter == "m" else True


def known_codes(given: Iterable[str]) -> tuple[str, ...]:
    """The codes of categories among some texts, each once."""
    return tuple(dict.fromkeys(c for one in given if (c := categories.by_name(one))))
