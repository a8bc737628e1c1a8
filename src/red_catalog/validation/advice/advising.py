"""What to do about a problem, in words for a data officer."""

from collections.abc import Sequence

from red_catalog.model import Finding, Text
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_iri, is_literal, literal, make_iri
from red_catalog.validation.advice import places, subjects
from red_catalog.validation.advice.cases import (
    Case,
    bare_words,
    count_too_few,
    is_boolean,
    is_mistyped,
    is_told,
    kind_of,
    local_name,
    show,
)
from red_catalog.validation.advice.choosing import is_by_language
from red_catalog.validation.advice.explaining import name_of_property
from red_catalog.validation.advice.fixing import is_limited
from red_catalog.validation.advice.offering import is_reach
from red_catalog.validation.advice.pasting import shorten
from red_catalog.validation.advice.suggesting import example_code


def advise(case: Case) -> Text:
    """What to do: the codes that may have been meant, what was misnamed, or the rule's words."""
    group = case.group
    if kept := _keep(case):
        return kept
    if case.fix.renamed:
        return _rename(*case.fix.renamed)
    if case.suggestions:
        return _did_you_mean(case)
    if group.kind == "many" and is_by_language(group):
        return {"fr": "Gardez une seule valeur par langue.", "en": "Keep one value per language."}
    if group.kind == "many":
        most = case.asked.most or 1
        return {
            "fr": f"Gardez {'une seule valeur' if most == 1 else f'{most} valeurs'}.",
            "en": f"Keep {'one value' if most == 1 else f'{most} values'}.",
        }
    return (
        _add_more(case) or _declare(case) or _describe(case) or _rewrite(case) or _own_advice(case)
    )


def _keep(case: Case) -> Text | None:
    """To keep what is advised against, where it is asked for or says more."""
    if case.contested:
        return {
            "fr": "Gardez cette valeur : une règle plus forte du même profil la demande.",
            "en": "Keep this value: a stronger rule of the same profile asks for it.",
        }
    return places.advise(case.group) if places.is_kept(case.group, case.index) else None


def _add_more(case: Case) -> Text | None:
    """To give as many more values as are lacking, where some are given."""
    few = count_too_few(case)
    if few is None:
        return None
    lacking = few[1] - few[0]
    if lacking == 1:
        return {"fr": "Ajoutez une autre valeur.", "en": "Add another value."}
    return {"fr": f"Ajoutez {lacking} autres valeurs.", "en": f"Add {lacking} more values."}


def _rename(former: str, right: str) -> Text:
    """To write the name of a property as it should be: of the whole names, as much as differs."""
    old, new = local_name(former), local_name(right)
    if old != new and former.removesuffix(old) != right.removesuffix(new):
        old, new = (shorten(make_iri(one)).strip("<>") for one in (former, right))
    if old == new:
        return {
            "fr": f"La valeur est là, sous le nom « {old} » d'un autre vocabulaire : prenez celui "
            "de la correction.",
            "en": f"The value is there, under the name “{old}” of another vocabulary: take that "
            "of the fix.",
        }
    return {
        "fr": f"La valeur est là, sous le nom « {old} » au lieu de « {new} » : corrigez ce nom.",
        "en": f"The value is there, under the name “{old}” in place of “{new}”: correct that name.",
    }


def _declare(case: Case) -> Text | None:
    """To say what a thing is, where that alone is wrong."""
    kind = kind_of(case)
    if kind is None or not (case.group.kind == "type" or case.fix.declared):
        return None
    are, they = ("ce sont", "they are") if subjects.is_several(kind) else ("c'est", "it is")
    fr, en = "", ""
    if written := case.fix.declared:
        more = _listed_parts(case.fix.parts)
        fr = f", avec le type « {written} »{more['fr']},"
        en = f", with the type “{written}”{more['en']},"
    return {
        "fr": f"Précisez-le{fr} si {are} bien {kind['fr']}, ou changez la valeur.",
        "en": f"Say so{en} if {they} {kind['en']}, or change the value.",
    }


def _listed_parts(parts: Sequence[str]) -> Text:
    """What must be said of a thing besides its type, as the end of a sentence; often nothing."""
    names = [name_of_property(part) for part in parts]
    if not names:
        return {"fr": "", "en": ""}
    fr = ", ".join(f"« {one['fr']} »" for one in names)
    en = ", ".join(f"“{one['en']}”" for one in names)
    return {"fr": f" et ce qu'il faut en dire ({fr})", "en": f" and what must be said of it ({en})"}


def _describe(case: Case) -> Text | None:
    """To describe a contact in place of the address that it has."""
    kind, group = kind_of(case), case.group
    if kind is None or group.kind != "value" or not is_reach(group.path, group.value):
        return None
    return {
        "fr": f"Décrivez plutôt {kind['fr']}, avec cette adresse.",
        "en": f"Describe {kind['en']} instead, with this address.",
    }


def _rewrite(case: Case) -> Text | None:
    """To write the same value as it should be, where that takes no guess."""
    if case.group.kind != "value" or not case.fix.converted:
        return None
    # A rule of ours that asks for nothing in particular says itself what is right.
    if case.asked.is_vague():
        return None
    words = bare_words(case)
    if case.fix.against:
        return {
            "fr": f"Vérifiez ce nombre, et déclarez-le comme {words['fr']}.",
            "en": f"Check this number, and declare it as {words['en']}.",
        }
    if bare_form := _unquote(case):
        return bare_form
    if is_mistyped(case):
        return {
            "fr": f"Gardez la valeur et déclarez-la comme {words['fr']}.",
            "en": f"Keep the value and declare it as {words['en']}.",
        }
    right = show(case.fix.converted) or case.asked.words()
    return {"fr": f"Écrivez plutôt {right['fr']}.", "en": f"Write {right['en']} instead."}


def _unquote(case: Case) -> Text | None:
    """To write without quotes, or with them, what is right but for that."""
    converted, value = case.fix.converted or "", case.group.value or ""
    if is_boolean(converted):
        written = literal(converted)[0]
        return {
            "fr": f"Écrivez {written}, sans guillemets.",
            "en": f"Write {written}, without quotation marks.",
        }
    if is_iri(converted) and is_literal(value) and bare(converted) == literal(value)[0].strip():
        return {
            "fr": "Écrivez cette adresse comme un lien, entre chevrons et sans guillemets.",
            "en": "Write this address as a link, between angle brackets and without quotation "
            "marks.",
        }
    if is_literal(converted) and is_iri(value) and bare(value) == literal(converted)[0]:
        return {
            "fr": "Écrivez cette adresse comme un texte, entre guillemets.",
            "en": "Write this address as text, in quotation marks.",
        }
    return None


def _own_advice(case: Case) -> Text:
    """The rule's own advice; for a wrong value, what to put in its place."""
    lead = case.group.lead
    own = lead.fix if isinstance(lead, Finding) else None
    in_words_of_its_own = isinstance(lead, Finding) and case.told == lead.message
    if is_told(case) and (in_words_of_its_own or not is_limited(case.group)):
        return own or (_complete(case) if case.group.kind == "missing" else case.told)
    if case.group.kind == "value":
        words = case.asked.words()
        if case.asked.classes and not case.asked.lists:
            return case.told
        code = example_code(case.asked.lists[0]) if case.asked.lists else None
        return {
            "fr": f"Remplacez cette valeur par {words['fr']}"
            + (f", par exemple « {code.label['fr']} » ({code.iri})." if code else "."),
            "en": f"Replace this value with {words['en']}"
            + (f", “{code.label['en']}” ({code.iri}) for instance." if code else "."),
        }
    return case.told


def _complete(case: Case) -> Text:
    """To give what a rule says is missing, not in the same words again."""
    described = subjects.description_of(case.about)
    return {
        "fr": f"Ajoutez « {case.name['fr']} » à {described['fr']}.",
        "en": f"Add “{case.name['en']}” to {described['en']}.",
    }


def _did_you_mean(case: Case) -> Text:
    first, *others = case.suggestions
    missing = case.group.kind == "missing" or not case.group.value
    if not others:
        if missing:
            return {
                "fr": f"Ajoutez « {first.label['fr']} » ({first.iri}).",
                "en": f"Add “{first.label['en']}” ({first.iri}).",
            }
        if first.likely == "possible":
            return {
                "fr": f"Écrivez « {first.label['fr']} » ({first.iri}).",
                "en": f"Write “{first.label['en']}” ({first.iri}).",
            }
        so = (
            ("Écrivez", "Write") if first.likely == "named" else ("Si oui, écrivez", "If so, write")
        )
        return {
            "fr": f"Vouliez-vous dire « {first.label['fr']} » ? {so[0]} « {first.iri} ».",
            "en": f"Did you mean “{first.label['en']}”? {so[1]} “{first.iri}”.",
        }
    if missing or first.likely == "possible":
        return {
            "fr": f"Choisissez : {_listed(case, 'fr', '« {} »')}.",
            "en": f"Choose: {_listed(case, 'en', '“{}”')}.",
        }
    return {
        "fr": f"Vouliez-vous dire : {_listed(case, 'fr', '« {} »')} ?",
        "en": f"Did you mean: {_listed(case, 'en', '“{}”')}?",
    }


def _listed(case: Case, lang: str, quotes: str) -> str:
    return ", ".join(f"{quotes.format(s.label[lang])} ({s.iri})" for s in case.suggestions)
