"""The sentences of a harvest, in French and in English."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from red_catalog.model import Defect, Problem, Severity, Text

_ERRORS: Final = 3  # as many are told; the rest shows once these are mended

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "owned": (
        "Cet identifiant appartient déjà à « {owner} », qui l'a déclaré en premier. "
        "Donnez à votre jeu de données un identifiant à vous.",
        "This identifier already belongs to “{owner}”, who declared it first. "
        "Give your dataset an identifier of your own.",
    ),
    "other-source": (
        "Ce jeu de données vient déjà de la source « {owner} » du même détenteur. "
        "Retirez-le de l'une des deux.",
        "This dataset already comes from the source “{owner}” of the same holder. "
        "Remove it from one of the two.",
    ),
    "private-elsewhere": (
        "Ce jeu de données est marqué privé ici, mais la source « {owner} » du même détenteur le "
        "donne encore : il reste publié. Marquez-le là aussi, ou retirez-l'en.",
        "This dataset is marked private here, but the source “{owner}” of the same holder still "
        "gives it: it stays published. Mark it there too, or remove it from there.",
    ),
    "namespace": (
        "Cet identifiant est dans l'espace de noms {namespace}, réservé à d'autres. "
        "Donnez à votre jeu de données un identifiant à vous.",
        "This identifier lies in the namespace {namespace}, which is reserved for others. "
        "Give your dataset an identifier of your own.",
    ),
    "twice": (
        "Ce jeu de données est décrit deux fois, différemment ; la description de {first} est "
        "gardée. Supprimez l'autre.",
        "This dataset is described twice, differently; the description in {first} is kept. "
        "Remove the other.",
    ),
    "rejected": (
        "Points bloquants : {count} ; ce catalogue n'accepte que les descriptions conformes. "
        "Corrigez-les : {problems}",
        "Blocking points: {count}; this catalogue accepts conformant descriptions only. "
        "Correct them: {problems}",
    ),
    "guarded": (
        "La moisson est suspendue : cette description attend, comme le reste de la source, que "
        "la disparition des autres soit expliquée ou acceptée (--accept-removals).",
        "The harvest is suspended: this description waits, like the rest of the source, until "
        "the disappearance of the others is explained or accepted (--accept-removals).",
    ),
    "absent": (
        "Ce jeu de données n'est plus dans la source depuis le {since} ; s'il ne revient pas, il "
        "sera retiré.",
        "This dataset has been missing from the source since {since}; unless it comes back it "
        "will be withdrawn.",
    ),
    "absent-here": (
        "Ce jeu de données n'est plus dans cette source depuis le {since} ; s'il ne revient pas, "
        "ici ou dans une autre source de son détenteur, il sera retiré.",
        "This dataset has been missing from this source since {since}; unless it comes back, here "
        "or in another source of its holder, it will be withdrawn.",
    ),
    "withdrawn": (
        "Ce jeu de données était absent depuis le {since} ; il est retiré du catalogue.",
        "This dataset had been missing since {since}; it is withdrawn from the catalogue.",
    ),
    "told-gone": (
        "La source annonce que ce jeu de données n'existe plus ; il est retiré du catalogue.",
        "The source says that this dataset no longer exists; it is withdrawn from the catalogue.",
    ),
    "source-gone": (
        "La source {source} n'est plus dans la configuration du catalogue ; l'opérateur a retiré "
        "ce jeu de données.",
        "The source {source} is no longer in the catalogue's configuration; the operator withdrew "
        "this dataset.",
    ),
    "moved": (
        "Ce jeu de données venait de la source {former} du même détenteur ; il vient désormais de "
        "{now}.",
        "This dataset came from the source {former} of the same holder; it comes from {now} now.",
    ),
    "inherited": (
        "Ce jeu de données appartenait au détenteur {former} ; il appartient désormais à {now}, "
        "détenteur de la source {source} dans la configuration.",
        "This dataset belonged to the holder {former}; it now belongs to {now}, the holder of the "
        "source {source} in the configuration.",
    ),
    "renamed-address": (
        "Ce jeu de données semble être {former}, dont l'adresse ne diffère que par http ou https. "
        "Rétablissez l'ancienne comme identifiant, ou confirmez que la nouvelle la remplace "
        "(dct:replaces).",
        "This dataset appears to be {former}, whose address differs in http or https only. "
        "Restore the former one as identifier, or confirm that the new one replaces it "
        "(dct:replaces).",
    ),
    "renamed-content": (
        "Ce jeu de données semble être {former} sous un autre identifiant : leurs descriptions "
        "ne diffèrent en rien d'autre. Rétablissez l'ancien identifiant, ou confirmez que le "
        "nouveau le remplace (dct:replaces).",
        "This dataset appears to be {former} under another identifier: their descriptions "
        "differ in nothing else. Restore the former identifier, or confirm that the new one "
        "replaces it (dct:replaces).",
    ),
    "renamed-identifier": (
        "Ce jeu de données semble être {former} sous un autre identifiant : même dct:identifier "
        "et même éditeur. Rétablissez l'ancien identifiant, ou confirmez que le nouveau le "
        "remplace (dct:replaces).",
        "This dataset appears to be {former} under another identifier: same dct:identifier and "
        "same publisher. Restore the former identifier, or confirm that the new one replaces "
        "it (dct:replaces).",
    ),
    "renamed-to": (
        "Il semble être devenu {now}.",
        "It appears to have become {now}.",
    ),
    "caution-person": (
        "La description donne le nom ou l'adresse électronique d'une personne, et le catalogue "
        "les publie. Vérifiez qu'elle l'accepte, ou donnez l'adresse d'un service et marquez la "
        "personne comme privée (red:private).",
        "The description gives a person's name or mailbox, and the catalogue publishes it. Check "
        "that they agree, or give a department's address and mark the person private "
        "(red:private).",
    ),
    "caution-nir": (
        "La description contient un nombre qui a la forme d'un numéro de sécurité sociale. "
        "Retirez-le s'il en est un.",
        "The description holds a number shaped like a social-security number. Remove it if it "
        "is one.",
    ),
    "caution-date": (
        "La date {date} est dans l'avenir. Corrigez-la si c'est une erreur.",
        "The date {date} is in the future. Correct it if it is a mistake.",
    ),
    "no-dataset": (
        "La source ne contient aucun jeu de données.",
        "The source holds no dataset.",
    ),
    "no-dataset-fix": (
        "Vérifiez l'adresse et les options de la source, et que chaque jeu de données y est "
        "déclaré comme tel (dcat:Dataset en RDF) ; rien n'est retiré du catalogue.",
        "Check the address and the options of the source, and that each dataset is declared as "
        "one there (dcat:Dataset in RDF); nothing is removed from the catalogue.",
    ),
    "too-few": (
        "Jeux de données fournis par la source : {count} ; attendus : {least} au moins.",
        "Datasets in the source: {count}; at least {least} expected.",
    ),
    "too-few-fix": (
        "Vérifiez l'export, ou baissez min_records ; rien n'est retiré du catalogue.",
        "Check the export, or lower min_records; nothing is removed from the catalogue.",
    ),
    "not-described": (
        "Jeux de données annoncés par le catalogue et décrits par aucun document : {count} "
        "({example}…).",
        "Datasets that the catalogue lists and no document describes: {count} ({example}…).",
    ),
    "not-described-fix": (
        "Joignez leur description, ou retirez-les de la liste ; rien n'est retiré du catalogue.",
        "Add their descriptions, or take them off the list; nothing is removed from the catalogue.",
    ),
    "guard": (
        "Jeux de données qui disparaîtraient : {count} sur {total} ; rien n'a été changé.",
        "Datasets that would vanish: {count} of {total}; nothing was changed.",
    ),
    "guard-moved": (
        "De ceux-ci, revenus sous une autre adresse : {moved} ({former}, par exemple, semble être "
        "devenu {now}).",
        "Of these, back under another address: {moved} ({former}, for one, appears to have become "
        "{now}).",
    ),
    "guard-fix": (
        "Vérifiez la source ; si c'est voulu, lancez `red-catalog run {source} --accept-removals`.",
        "Check the source; if this is meant, run `red-catalog run {source} --accept-removals`.",
    ),
}


def say(code: str, **facts: object) -> Text:
    """The sentence of this code in both languages, dates written out in each.

    Raises KeyError for an unknown code.
    """
    french, english = _TEXTS[code]
    return {
        "fr": french.format(**_in_words(facts, "fr")),
        "en": english.format(**_in_words(facts, "en")),
    }


def _in_words(facts: Mapping[str, object], lang: str) -> dict[str, object]:
    if not any(isinstance(fact, date) for fact in facts.values()):
        return dict(facts)
    from red_catalog.publish.web.languages import language  # noqa: PLC0415 - few harvests tell a date

    written = language(lang).date
    return {n: written(fact) if isinstance(fact, date) else fact for n, fact in facts.items()}


def defect(code: str, **facts: object) -> Defect:
    """A defect of a whole source."""
    return Defect(code, say(code, **facts), say(f"{code}-fix", **facts))


def tell(problem: Defect) -> Text:
    """What is wrong, and how to mend it, as one text."""
    return {lang: f"{problem.message[lang]} {problem.fix[lang]}" for lang in ("fr", "en")}


def place(document: str, text: Text, line: int | None = None) -> Text:
    """The sentence after the place that it is about."""
    french = document if line is None else f"{document}, ligne {line}"
    english = document if line is None else f"{document}, line {line}"
    return {"fr": f"{french} : {text['fr']}", "en": f"{english}: {text['en']}"}


def tell_blocking(document: str, problems: Iterable[Problem]) -> Text:
    """Why a strict gate holds a description back: its first blocking problems, and how many."""
    found = [p for p in problems if p.severity is Severity.VIOLATION]
    some = list({p.message["fr"]: p for p in found}.values())[:_ERRORS]
    more = " …" if len(found) > len(some) else ""
    said = {lang: " ".join(p.message[lang] for p in some) + more for lang in ("fr", "en")}
    texts = {lang: say("rejected", count=len(found), problems=said[lang])[lang] for lang in said}
    return place(document, texts)


def join(texts: Iterable[Text]) -> Text | None:
    """Several sentences as one text; None for none."""
    texts = list(texts)
    return {lang: " ".join(t[lang] for t in texts) for lang in ("fr", "en")} if texts else None
