"""What is wrong, in words for a data officer."""

import re
from typing import Final

from red_catalog.model import Severity, Text
from red_catalog.rdf.terms import is_blank, is_literal, literal
from red_catalog.validation.advice import subjects
from red_catalog.validation.advice.cases import (
    Case,
    bare_words,
    count_too_few,
    is_boolean,
    is_mistyped,
    is_ruled,
    is_told,
    kind_of,
    show,
)
from red_catalog.validation.advice.choosing import is_by_language
from red_catalog.validation.advice.explaining import name_of_property

_UNSUITED: Final[dict[str, Text]] = {
    "sh:DatatypeConstraintComponent": {
        "fr": "n'est pas écrit comme attendu", "en": "is not written as expected",
    },
    "sh:PatternConstraintComponent": {
        "fr": "n'a pas la forme attendue", "en": "does not have the expected form",
    },
    "sh:InConstraintComponent": {
        "fr": "ne fait pas partie des valeurs permises", "en": "is not one of the allowed values",
    },
}  # fmt: skip
_ANYHOW: Final[Text] = {"fr": "ne convient pas", "en": "is not suitable"}
_LISTED: Final = 4  # names of several things that have the same problem


def tell(case: Case) -> Text:
    """The sentence that says what is wrong."""
    group = case.group
    if is_told(case):
        return _with_value(case)
    teller = _MESSAGES.get(group.kind)
    return teller(case) if teller else _with_place(case, case.told)


def _with_value(case: Case) -> Text:
    """What a rule says, with the property and the value that it says it of."""
    told, whose, shown = case.told, subjects.of(case.about), show(case.group.value, case.index)
    if case.group.kind != "value" or shown is None:
        return _with_place(case, told)
    if not is_ruled(case):  # the rule's words are what to do
        wrong = _unsuited(case)
        return {
            "fr": f"« {case.name['fr']} » {whose['fr']} : {shown['fr']} {wrong['fr']}.",
            "en": f"“{case.name['en']}” {whose['en']}: {shown['en']} {wrong['en']}.",
        }
    inner = {lang: re.sub(r" \((\S+)\)$", r", \1", text) for lang, text in shown.items()}
    return {
        "fr": f"« {case.name['fr']} » {whose['fr']} ({inner['fr']}) : {_small(told['fr'])}",
        "en": f"“{case.name['en']}” {whose['en']} ({inner['en']}): {_small(told['en'])}",
    }


def _unsuited(case: Case) -> Text:
    """What is wrong with a value, as far as the component that it fails tells."""
    component = case.group.components[0]
    if component == "sh:NodeKindConstraintComponent":
        if is_literal(case.group.value or ""):
            return {"fr": "est un texte et non un lien", "en": "is text, not a link"}
        if is_blank(case.group.value or ""):
            return {
                "fr": "est un élément décrit sur place, là où il faut un lien",
                "en": "is described in place, where a link is wanted",
            }
        return {"fr": "est un lien et non un texte", "en": "is a link, not text"}
    return case.asked.limits.blame(component) or _UNSUITED.get(component, _ANYHOW)


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _missing(case: Case) -> Text:
    whose, described = subjects.of(case.about), subjects.description_of(case.about)
    name, advised = case.name, case.group.severity is not Severity.VIOLATION
    if (few := count_too_few(case)) is not None:
        return _and_names(case, _tell_few(case, *few))
    wanted = case.suggestions and case.group.path in case.index.get(case.group.subjects[0], {})
    if wanted:
        label = case.suggestions[0].label
        return _and_names(case, {
            "fr": f"Parmi les valeurs de « {name['fr']} » {whose['fr']}, il manque "
            f"« {label['fr']} ».",
            "en": f"Among the values of “{name['en']}” {whose['en']}, “{label['en']}” is missing.",
        })  # fmt: skip
    if advised:
        return _and_names(case, {
            "fr": f"« {name['fr']} » serait utile dans {described['fr']}.",
            "en": f"“{name['en']}” would be useful in {described['en']}.",
        })  # fmt: skip
    return _and_names(case, {
        "fr": f"Il manque « {name['fr']} » dans {described['fr']}.",
        "en": f"“{name['en']}” is missing from {described['en']}.",
    })  # fmt: skip


def _tell_few(case: Case, given: int, least: int) -> Text:
    name, whose = case.name, subjects.of(case.about)
    many = "s" if given > 1 else ""
    return {
        "fr": f"« {name['fr']} » {whose['fr']} a {given} valeur{many} ; "
        f"il en faut {least} au moins.",
        "en": f"“{name['en']}” {whose['en']} has {given} value{many}; at least {least} are needed.",
    }


def _wrong(case: Case) -> Text:
    group, asked = case.group, case.asked
    shown, whose = show(group.value, case.index), subjects.of(case.about)
    assert shown is not None
    expected = asked.words()
    start = {
        "fr": f"« {case.name['fr']} » {whose['fr']} : ",
        "en": f"“{case.name['en']}” {whose['en']}: ",
    }
    value = group.value or ""
    said: Text
    if is_mistyped(case) and is_boolean(case.fix.converted):
        said = {
            "fr": f"{shown['fr']} est écrit entre guillemets, comme un texte.",
            "en": f"{shown['en']} is written in quotation marks, as text.",
        }
    elif is_mistyped(case):
        said = {
            "fr": f"{shown['fr']} est lisible, mais n'est pas déclaré comme "
            f"{bare_words(case)['fr']}.",
            "en": f"{shown['en']} is readable, but not declared as {bare_words(case)['en']}.",
        }
        said = _add_contradiction(case, said)
    elif group.components == ["sh:HasValueConstraintComponent"]:
        said = {lang: f"{shown[lang]} {_ANYHOW[lang]}." for lang in ("fr", "en")}
    elif asked.classes and not asked.lists and not is_literal(value):
        said = _undescribed(shown, kind_of(case))
    else:
        said = {
            "fr": f"{shown['fr']} n'est pas {expected['fr']}.",
            "en": f"{shown['en']} is not {expected['en']}.",
        }
    return {lang: start[lang] + said[lang] for lang in ("fr", "en")}


def _add_contradiction(case: Case, said: Text) -> Text:
    """The sentence, and which other figure the value cannot be true beside."""
    if case.fix.against is None:
        return said
    path, value = case.fix.against
    name, figure = name_of_property(path), literal(value)[0]
    return {
        "fr": f"{said['fr']} De plus, il ne va pas avec « {name['fr']} » ({figure}).",
        "en": f"{said['en']} Besides, it does not go with “{name['en']}” ({figure}).",
    }


def _many(case: Case) -> Text:
    whose = subjects.of(case.about)
    group = case.group
    if is_by_language(group):
        return {
            "fr": f"« {case.name['fr']} » {whose['fr']} a plusieurs valeurs dans une même langue ; "
            "il en faut une au plus par langue.",
            "en": f"“{case.name['en']}” {whose['en']} has several values in one language; "
            "at most one per language is allowed.",
        }
    count = len(case.index.get(group.subjects[0], {}).get(group.path or "", ()))
    most = case.asked.most or 1
    few = {"fr": "une", "en": "one is"} if most == 1 else {"fr": str(most), "en": f"{most} are"}
    return {
        "fr": f"« {case.name['fr']} » {whose['fr']} a {count} valeurs ; il en faut "
        f"{few['fr']} au plus.",
        "en": f"“{case.name['en']}” {whose['en']} has {count} values; at most {few['en']} allowed.",
    }


def _untyped(case: Case) -> Text:
    kind, name, subject = kind_of(case), case.name, case.group.subjects[0]
    names = {lang: subjects.name_of(case.index, subject, lang) for lang in ("fr", "en")}
    called: Text | None = (
        {"fr": f"« {names['fr']} »", "en": f"“{names['en']}”"} if names["fr"] else None
    )
    said = _undescribed(called or show(subject) or case.about, kind)
    assert case.group.lead is not None
    owner = subjects.of(subjects.call(case.index, [case.group.lead.focus], case.dataset))
    return {
        "fr": f"« {name['fr']} » {owner['fr']} : {said['fr']}",
        "en": f"“{name['en']}” {owner['en']}: {said['en']}",
    }


def _undescribed(shown: Text, kind: Text | None) -> Text:
    """That nothing in the document says what a thing is."""
    if kind is None:
        return {
            "fr": f"rien ne dit ce qu'est {shown['fr']}.",
            "en": f"nothing says what {shown['en']} is.",
        }
    if subjects.is_several(kind):
        return {
            "fr": f"rien ne dit que {shown['fr']} désigne {kind['fr']}.",
            "en": f"nothing says that {shown['en']} stands for {kind['en']}.",
        }
    return {
        "fr": f"rien ne dit que {shown['fr']} est {kind['fr']}.",
        "en": f"nothing says that {shown['en']} is {kind['en']}.",
    }


def _with_place(case: Case, told: Text) -> Text:
    """What a rule says, with the thing that it says it of where that is not the dataset."""
    if case.group.subjects[0] == case.dataset and len(case.group.subjects) == 1:
        return told
    return {
        "fr": f"{_capital(case.about['fr'])} : {told['fr']}",
        "en": f"{_capital(case.about['en'])}: {told['en']}",
    }


def _and_names(case: Case, said: Text) -> Text:
    """The sentence, and the names of the several things that it is about."""
    several = case.group.subjects
    if len(several) == 1:
        return said
    found = {}
    for lang, quotes in (("fr", "« {} »"), ("en", "“{}”")):
        names = sorted(n for s in several if (n := subjects.name_of(case.index, s, lang)))
        shown = ", ".join(quotes.format(n) for n in names[:_LISTED])
        more = ", …" if len(names) > _LISTED else ""
        found[lang] = said[lang][:-1] + (f" ({shown}{more})." if shown else ".")
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_MESSAGES: Final = {"missing": _missing, "value": _wrong, "many": _many, "type": _untyped}
