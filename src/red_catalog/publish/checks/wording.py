"""The words that every way of writing a check shares, in French and English."""

from collections.abc import Iterable, Sequence
from typing import Final

from red_catalog.model import (
    Checked,
    CheckedDataset,
    Completeness,
    Defect,
    Problem,
    Severity,
    State,
    Verdict,
)

SEVERITIES: Final = {
    "fr": {Severity.VIOLATION: "bloquant", Severity.WARNING: "à améliorer",
           Severity.INFO: "information"},
    "en": {Severity.VIOLATION: "blocking", Severity.WARNING: "to improve",
           Severity.INFO: "note"},
}  # fmt: skip
VERDICTS: Final = {
    "fr": {Verdict.CONFORMANT: "conforme", Verdict.FLAGGED: "à corriger",
           Verdict.REJECTED: "refusé"},
    "en": {Verdict.CONFORMANT: "conformant", Verdict.FLAGGED: "to correct",
           Verdict.REJECTED: "rejected"},
}  # fmt: skip
HELD: Final = {
    "fr": {State.QUARANTINED: "mis en quarantaine", State.CONFLICT: "en conflit",
           State.REJECTED: "refusé", State.ABSENT: "absent"},
    "en": {State.QUARANTINED: "quarantined", State.CONFLICT: "in conflict",
           State.REJECTED: "rejected", State.ABSENT: "absent"},
}  # fmt: skip
LEVELS: Final = {
    "fr": {"PUBLIC": "accès public", "RESTRICTED": "accès restreint",
           "NON_PUBLIC": "accès non public"},
    "en": {"PUBLIC": "public access", "RESTRICTED": "restricted access",
           "NON_PUBLIC": "non-public access"},
}  # fmt: skip
BANDS: Final = {
    "fr": {"excellent": "excellent", "good": "bon", "sufficient": "suffisant",
           "bad": "insuffisant"},
    "en": {"excellent": "excellent", "good": "good", "sufficient": "sufficient", "bad": "bad"},
}  # fmt: skip
SENTENCES: Final = {
    "fr": {
        "blocking": "Bloquant",
        "improve": "À améliorer",
        "complete": "À compléter si possible",
        "of": "{} :",
        "line": "ligne {}",
        "paste": "Correction à copier",
        "rule": "Règle : {}",
        "see": "La règle, avec un exemple",
        "element": "{} des {} éléments minimaux applicables est renseigné.",
        "elements": "{} des {} éléments minimaux applicables sont renseignés.",
        "missing": "Il manque : {}.",
        "mqa": "Qualité selon data.europa.eu : {} points sur 405 ({}), sans tester les adresses.",
        "mqa-tried": "Qualité selon data.europa.eu : {} points sur 405 ({}), adresses testées.",
        "own": "Contrôles propres à ce catalogue",
        "nothing": "Rien à corriger.",
        "sent": "la description envoyée",
        "shapes": "Empreinte des règles : {}",
        "no-dataset": "{} ne décrit aucun jeu de données. Vérifiez que c'est le bon fichier et que "
        "chaque jeu de données y est déclaré comme tel (« Dataset »).",
        "untitled": "Jeu de données sans titre",
        "checked": "Contrôle de {}",
        "profile": "Profil : {}",
        "against": "Profil : {}, version {}",
        "held": "Jeu de données illisible : {}",
        "fixes": "Pour obtenir les corrections à copier, ajoutez --fixes à la commande.",
        "mended": "Lu malgré un défaut",
        "compared": "Jeux de données comparés : {} ; profils : {}.",
        "same": "Les deux moteurs disent la même chose.",
        "differ": "Les deux moteurs ne disent pas la même chose.",
        "by-rules": "Aucun moteur n'est comparé sur {}, un profil fait de règles et non de formes "
        "SHACL.",
    },
    "en": {
        "blocking": "Blocking",
        "improve": "To improve",
        "complete": "To complete if possible",
        "of": "{}:",
        "line": "line {}",
        "paste": "Fix to copy",
        "rule": "Rule: {}",
        "see": "The rule, with an example",
        "element": "{} of the {} applicable minimum elements is given.",
        "elements": "{} of the {} applicable minimum elements are given.",
        "missing": "Missing: {}.",
        "mqa": "Quality as data.europa.eu rates it: {} of 405 points ({}), addresses not tried.",
        "mqa-tried": "Quality as data.europa.eu rates it: {} of 405 points ({}), addresses tried.",
        "own": "This catalogue's own checks",
        "nothing": "Nothing to correct.",
        "sent": "the description sent",
        "shapes": "Digest of the rules: {}",
        "no-dataset": "{} describes no dataset. Check that it is the right file and that it "
        "declares each dataset as such (“Dataset”).",
        "untitled": "Dataset without a title",
        "checked": "Check of {}",
        "profile": "Profile: {}",
        "against": "Profile: {}, release {}",
        "held": "Unreadable dataset: {}",
        "fixes": "To get the fixes to copy, add --fixes to the command.",
        "mended": "Read in spite of a defect",
        "compared": "Datasets compared: {}; profiles: {}.",
        "same": "Both engines say the same.",
        "differ": "The engines do not say the same.",
        "by-rules": "No engine is compared on {}, a profile made of rules, not of SHACL shapes.",
    },
}  # fmt: skip


def split(
    problems: Sequence[Problem],
) -> tuple[list[Problem], list[Problem], dict[str, list[Problem]]]:
    """What blocks, what to improve, and what to complete if possible, by French subject."""
    blocking = [p for p in problems if p.severity is Severity.VIOLATION]
    rest = [p for p in problems if p.severity is not Severity.VIOLATION]
    advised: dict[str, list[Problem]] = {}
    for problem in rest:
        if problem.kind == "missing":
            advised.setdefault(problem.about["fr"], []).append(problem)
    return blocking, [p for p in rest if p.kind != "missing"], advised


def untold(defects: Iterable[Defect], problems: Iterable[Problem]) -> list[Defect]:
    """The defects of a document that none of its problems tells."""
    told = [problem.message["fr"] for problem in problems]
    return [one for one in defects if not any(one.message["fr"] in text for text in told)]


def against(checked: Checked, lang: str) -> str:
    """The profile's title, and its release where the title does not say it."""
    title = checked.title[lang]
    if checked.release in title.split() or not checked.release:
        return SENTENCES[lang]["profile"].format(title)
    return SENTENCES[lang]["against"].format(title, checked.release)


def summarise(dataset: CheckedDataset, lang: str) -> str:
    """How many problems a dataset has, in a line."""
    parts = split(dataset.problems)
    blocking, improve, complete = len(parts[0]), len(parts[1]), sum(map(len, parts[2].values()))
    if lang == "fr":
        told = [f"{blocking} point{_s(blocking)} bloquant{_s(blocking)}"]
        told += [f"{improve} à améliorer" for _ in range(improve > 0)]
        told += [f"{complete} à compléter si possible" for _ in range(complete > 0)]
    else:
        told = [f"{blocking} blocking point{'' if blocking == 1 else 's'}"]
        told += [f"{improve} to improve" for _ in range(improve > 0)]
        told += [f"{complete} to complete if possible" for _ in range(complete > 0)]
    return ", ".join(told)


def count_elements(found: Completeness, lang: str) -> str:
    """How many minimum elements are given, in a sentence."""
    one = found.given == 1 or (found.given == 0 and lang == "fr")
    return SENTENCES[lang]["element" if one else "elements"].format(found.given, found.applicable)


def small(text: str) -> str:
    """A name within a sentence; what is written in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def _s(count: int) -> str:
    return "s" if count > 1 else ""
