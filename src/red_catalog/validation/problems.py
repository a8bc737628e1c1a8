"""Problems: what is wrong, what is expected, how to mend it, in words for a data officer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import rdflib

from red_catalog import vocabulary
from red_catalog.model import Finding, Level, Problem, Report, Severity, Suggestion, Text, Triple
from red_catalog.namespaces import EU_AUTHORITY, RDF_TYPE, term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, is_iri, is_literal, literal, make_iri
from red_catalog.validation import causes as looking
from red_catalog.validation import grouping, subjects
from red_catalog.validation.asking import Asked, ask, rules_on
from red_catalog.validation.compiled.data import index_triples
from red_catalog.validation.compiled.declaration import term_of
from red_catalog.validation.explaining import name_of_property, name_of_rule, told_by
from red_catalog.validation.fixing import Fix, fix_group
from red_catalog.validation.grouping import Group, Index
from red_catalog.validation.rules import wording
from red_catalog.validation.suggesting import example_code, suggest

_ACCESS_RIGHTS: Final = term("dct:accessRights")
_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
_LISTED: Final = 4  # names of several things that have the same problem


class Locator(Protocol):
    """What finds the line of a statement, or of a subject, in the submitted document."""

    def find(self, subject: str, path: str | None = None, value: str | None = None) -> int | None:
        """The line, None where it is not sure."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One group of findings with all that its words are made of."""

    group: Group
    index: Index
    dataset: str
    asked: Asked
    name: Text
    about: Text
    told: Text  # what the rule itself says
    suggestions: tuple[Suggestion, ...]
    fix: Fix


@dataclass(frozen=True, slots=True)
class Setting:
    """What the problems of one record are made from."""

    shapes: rdflib.Graph
    triples: Sequence[Triple]
    iri: str
    locator: Locator | None = None
    index: Index = field(default_factory=dict)


def find_problems(
    report: Report,
    shapes: rdflib.Graph,
    triples: Sequence[Triple],
    iri: str,
    locator: Locator | None = None,
) -> tuple[Problem, ...]:
    """The problems of a report on one record, blocking first; each finding is in one of them."""
    setting = Setting(shapes, triples, iri, locator, index_triples(sorted(triples)))
    causes = looking.Causes(shapes, triples)
    groups = grouping.group(report.findings, setting.index, causes)
    found = [_problem(_case(g, setting), report.profile, locator) for g in groups]
    # Blocking first; within that, what is said of the dataset itself first.
    found.sort(key=lambda p: (_RANKS[p.severity], p.subjects[0] != make_iri(iri)))
    return tuple(found)


def retell(report: Report, problems: Sequence[Problem]) -> Report:
    """The report whose findings have the message, the fix and the line of their problem."""
    by_finding = {_identity(f): p for p in problems for f in p.findings}
    told = (_tell(f, by_finding.get(_identity(f))) for f in report.findings)
    return replace(report, findings=tuple(told))


def _tell(finding: Finding, problem: Problem | None) -> Finding:
    if problem is None:
        return finding
    return replace(finding, message=problem.message, fix=problem.fix, line=problem.line)


def _identity(finding: Finding) -> tuple[str | None, ...]:
    return (
        finding.focus, finding.path, finding.value, finding.component, finding.severity,
    )  # fmt: skip


def _case(group: Group, setting: Setting) -> _Case:
    dataset = make_iri(setting.iri)
    asked = ask(setting.shapes, _rules(group, setting))
    found: tuple[Suggestion, ...] = ()
    if group.value and group.kind == "value":
        found = suggest(group.value, asked.lists)
    found = _wanted(group, asked, setting.index) or found
    assert group.lead is not None
    return _Case(
        group=group,
        index=setting.index,
        dataset=dataset,
        asked=asked,
        name=name_of_rule(group.lead, setting.shapes),
        about=subjects.call(setting.index, group.subjects, dataset),
        told=told_by(group.lead, setting.shapes),
        suggestions=found,
        fix=fix_group(group, asked, found, setting.index),
    )


def _rules(group: Group, setting: Setting) -> tuple[str, ...]:
    """The rules that were broken; for what is missing, all rules on what should be there."""
    rules = tuple(group.shapes)
    if group.kind != "missing" or not group.path:
        return rules
    types = setting.index.get(group.subjects[0], {}).get(RDF_TYPE, ())
    others = rules_on(setting.shapes, group.path, tuple(types))
    return tuple(dict.fromkeys((*rules, *others)))


def _wanted(group: Group, asked: Asked, index: Index) -> tuple[Suggestion, ...]:
    """The value that must be there, where that is what is wrong; any level, where none is."""
    given = index.get(group.subjects[0], {}).get(group.path or "", ())
    if group.kind == "missing" and group.path == _ACCESS_RIGHTS and not given:
        return tuple(_code(f"{EU_AUTHORITY}access-right/{level}") for level in reversed(Level))
    if "sh:HasValueConstraintComponent" not in group.components or not asked.values:
        return ()
    value = asked.values[0]
    if not isinstance(value, rdflib.URIRef) or term_of(value) in given:
        return ()
    return (_code(str(value)),)


def _code(address: str) -> Suggestion:
    return Suggestion(address, vocabulary.labels(address) or {"fr": address, "en": address})


def _problem(case: _Case, profile: str, locator: Locator | None) -> Problem:
    group = case.group
    lead = group.shapes[0] if group.shapes else None
    rule = bare(lead) if lead and is_iri(lead) else None
    return Problem(
        severity=group.severity,
        kind=group.kind,
        subjects=tuple(group.subjects),
        about=case.about,
        path=group.path,
        name=case.name,
        message=_message(case),
        fix=_advice(case),
        expected=case.asked.words(),
        found=_shown(group.value),
        suggestions=case.suggestions,
        turtle=case.fix.turtle,
        removed=case.fix.removed,
        rule=rule,
        page=f"rules/{profile}/{_local(rule)}.html" if rule else None,
        line=_line(group, case.index, locator),
        findings=tuple(group.findings),
    )


def _local(rule: str) -> str:
    return rule.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


def _line(group: Group, index: Index, locator: Locator | None) -> int | None:
    if locator is None:
        return None
    subject = group.subjects[0]
    if group.kind == "value":
        return locator.find(subject, group.path, group.value)
    if group.kind == "many" and group.path:
        values = index.get(subject, {}).get(group.path, ())
        lines = [line for v in values if (line := locator.find(subject, group.path, v))]
        return max(lines, default=None)
    return _first_line(subject, index, locator)


def _first_line(subject: str, index: Index, locator: Locator) -> int | None:
    if not is_blank(subject):
        return locator.find(subject)
    owners = [
        (s, p) for s, said in index.items() for p, values in said.items() if subject in values
    ]
    if len(owners) == 1 and not is_blank(owners[0][0]):
        return locator.find(*owners[0], subject)
    return None


# --- Words


def _is_told(case: _Case) -> bool:
    """Whether the rule's own words say more than ours could."""
    group = case.group
    if wording.find(group.shapes[0] if group.shapes else None):
        return True
    return group.kind == "value" and case.asked.is_vague()


def _with_value(case: _Case) -> Text:
    """What a rule says, with the property and the value that it says it of."""
    told, whose, shown = case.told, subjects.of(case.about), _shown(case.group.value)
    if case.group.kind != "value" or shown is None:
        return _with_place(case, told)
    return {
        "fr": f"« {case.name['fr']} » {whose['fr']} ({shown['fr']}) : {_small(told['fr'])}",
        "en": f"“{case.name['en']}” {whose['en']} ({shown['en']}): {_small(told['en'])}",
    }


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _message(case: _Case) -> Text:
    group = case.group
    if _is_told(case):
        return _with_value(case)
    teller = _MESSAGES.get(group.kind)
    return teller(case) if teller else _with_place(case, case.told)


def _missing(case: _Case) -> Text:
    whose = subjects.of(case.about)
    name, advised = case.name, case.group.severity is not Severity.VIOLATION
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
            "fr": f"« {name['fr']} » serait utile dans la description {whose['fr']}.",
            "en": f"“{name['en']}” would be useful in the description {whose['en']}.",
        })  # fmt: skip
    return _and_names(case, {
        "fr": f"Il manque « {name['fr']} » dans la description {whose['fr']}.",
        "en": f"“{name['en']}” is missing from the description {whose['en']}.",
    })  # fmt: skip


def _wrong(case: _Case) -> Text:
    shown, whose, asked = _shown(case.group.value), subjects.of(case.about), case.asked
    assert shown is not None
    expected = asked.words()
    start = {
        "fr": f"« {case.name['fr']} » {whose['fr']} : ",
        "en": f"“{case.name['en']}” {whose['en']}: ",
    }
    value = case.group.value or ""
    said: Text
    if _is_mistyped(case):
        said = {
            "fr": f"{shown['fr']} est lisible, mais n'est pas déclaré comme "
            f"{_bare_words(case)['fr']}.",
            "en": f"{shown['en']} is readable, but not declared as {_bare_words(case)['en']}.",
        }
        said = _add_contradiction(case, said)
    elif asked.classes and not asked.lists and not is_literal(value):
        said = _undescribed(shown, _kind(case))
    else:
        said = {
            "fr": f"{shown['fr']} n'est pas {expected['fr']}.",
            "en": f"{shown['en']} is not {expected['en']}.",
        }
    return {lang: start[lang] + said[lang] for lang in ("fr", "en")}


def _add_contradiction(case: _Case, said: Text) -> Text:
    """The sentence, and which other figure the value cannot be true beside."""
    if case.fix.against is None:
        return said
    path, value = case.fix.against
    name, figure = name_of_property(path), literal(value)[0]
    return {
        "fr": f"{said['fr']} De plus, il ne va pas avec « {name['fr']} » ({figure}).",
        "en": f"{said['en']} Besides, it does not go with “{name['en']}” ({figure}).",
    }


def _many(case: _Case) -> Text:
    whose = subjects.of(case.about)
    group = case.group
    count = len(case.index.get(group.subjects[0], {}).get(group.path or "", ()))
    most = case.asked.most or 1
    few = {"fr": "une seule" if most == 1 else str(most), "en": "one" if most == 1 else str(most)}
    return {
        "fr": f"« {case.name['fr']} » {whose['fr']} a {count} valeurs ; il en faut "
        f"{few['fr']}{' au plus' if most > 1 else ''}.",
        "en": f"“{case.name['en']}” {whose['en']} has {count} values; "
        f"at most {few['en']} is allowed.",
    }


def _untyped(case: _Case) -> Text:
    kind, name, subject = _kind(case), case.name, case.group.subjects[0]
    names = {lang: subjects.name_of(case.index, subject, lang) for lang in ("fr", "en")}
    called: Text | None = (
        {"fr": f"« {names['fr']} »", "en": f"“{names['en']}”"} if names["fr"] else None
    )
    said = _undescribed(called or _shown(subject) or case.about, kind)
    return {
        "fr": f"« {name['fr']} » : {said['fr']}",
        "en": f"“{name['en']}”: {said['en']}",
    }


def _undescribed(shown: Text, kind: Text | None) -> Text:
    """That the document does not say what a thing is."""
    if kind is None:
        return {
            "fr": f"le document ne dit pas ce qu'est {shown['fr']}.",
            "en": f"the document does not say what {shown['en']} is.",
        }
    return {
        "fr": f"le document ne dit pas que {shown['fr']} est {kind['fr']}.",
        "en": f"the document does not say that {shown['en']} is {kind['en']}.",
    }


def _kind(case: _Case) -> Text | None:
    """What a thing should be declared to be."""
    kinds = (subjects.a_kind(make_iri(c)) for c in case.asked.classes)
    return next((k for k in kinds if k), None)


def _with_place(case: _Case, told: Text) -> Text:
    """What a rule says, with the thing that it says it of where that is not the dataset."""
    if case.group.subjects[0] == case.dataset and len(case.group.subjects) == 1:
        return told
    return {
        "fr": f"{_capital(case.about['fr'])} : {told['fr']}",
        "en": f"{_capital(case.about['en'])}: {told['en']}",
    }


def _and_names(case: _Case, said: Text) -> Text:
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


def _advice(case: _Case) -> Text:
    """What to do: the codes that may have been meant, what was misnamed, or the rule's words."""
    group = case.group
    if case.fix.renamed:
        return _rename(_local(case.fix.renamed), _local(bare(group.path or "<>")))
    if case.suggestions:
        return _did_you_mean(case)
    if group.kind == "many":
        most = case.asked.most or 1
        return {
            "fr": f"Gardez {'une seule valeur' if most == 1 else f'{most} valeurs'}.",
            "en": f"Keep {'one value' if most == 1 else f'{most} values'}.",
        }
    return _declare(case) or _rewrite(case) or _own_advice(case)


def _rename(old: str, new: str) -> Text:
    """To write the name of a property as it should be."""
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


def _declare(case: _Case) -> Text | None:
    """To say what a thing is, where that alone is wrong."""
    kind, group, fix = _kind(case), case.group, case.fix
    bare_name = group.kind == "value" and fix.turtle and not fix.removed and not fix.converted
    if kind is None or not (group.kind == "type" or bare_name):
        return None
    return {
        "fr": f"Précisez-le si c'est bien {kind['fr']}, ou changez la valeur.",
        "en": f"Say so if it is {kind['en']}, or change the value.",
    }


def _rewrite(case: _Case) -> Text | None:
    """To write the same value as it should be, where that takes no guess."""
    if case.group.kind != "value" or not case.fix.converted:
        return None
    words = _bare_words(case)
    if case.fix.against:
        return {
            "fr": f"Vérifiez ce nombre, et déclarez-le comme {words['fr']}.",
            "en": f"Check this number, and declare it as {words['en']}.",
        }
    if _is_mistyped(case):
        return {
            "fr": f"Gardez la valeur et déclarez-la comme {words['fr']}.",
            "en": f"Keep the value and declare it as {words['en']}.",
        }
    right = _shown(case.fix.converted) or case.asked.words()
    return {"fr": f"Écrivez plutôt {right['fr']}.", "en": f"Write {right['en']} instead."}


def _is_mistyped(case: _Case) -> bool:
    """Whether only the declared type of a value is wrong."""
    converted, value = case.fix.converted, case.group.value
    if not converted or not value or not (is_literal(converted) and is_literal(value)):
        return False
    return literal(converted)[0] == literal(value)[0]


def _bare_words(case: _Case) -> Text:
    words = case.asked.words()
    return {"fr": words["fr"].split(", déclaré")[0], "en": words["en"].split(", declared")[0]}


def _own_advice(case: _Case) -> Text:
    """The rule's own advice; for a wrong value, what to put in its place."""
    lead = case.group.lead
    own = lead.fix if isinstance(lead, Finding) else None
    if _is_told(case):
        return own or case.told
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


def _did_you_mean(case: _Case) -> Text:
    first, *others = case.suggestions
    missing = case.group.kind == "missing" or not case.group.value
    if not others:
        if missing:
            return {
                "fr": f"Ajoutez « {first.label['fr']} » ({first.iri}).",
                "en": f"Add “{first.label['en']}” ({first.iri}).",
            }
        return {
            "fr": f"Vouliez-vous dire « {first.label['fr']} » ? Écrivez {first.iri}.",
            "en": f"Did you mean “{first.label['en']}”? Write {first.iri}.",
        }
    if missing:
        return {
            "fr": f"Choisissez : {_listed(case, 'fr', '« {} »')}.",
            "en": f"Choose: {_listed(case, 'en', '“{}”')}.",
        }
    return {
        "fr": f"Vouliez-vous dire : {_listed(case, 'fr', '« {} »')} ?",
        "en": f"Did you mean: {_listed(case, 'en', '“{}”')}?",
    }


def _listed(case: _Case, lang: str, quotes: str) -> str:
    return ", ".join(f"{quotes.format(s.label[lang])} ({s.iri})" for s in case.suggestions)


def _shown(value: str | None) -> Text | None:
    """A value as people may read it."""
    if value is None:
        return None
    if is_blank(value):
        return {"fr": "la valeur donnée", "en": "the value given"}
    if is_literal(value):
        text = subjects.shorten(literal(value)[0], 80)
        if not text:
            return {"fr": "le texte vide", "en": "the empty text"}
        return {"fr": f"« {text} »", "en": f"“{text}”"}
    address = subjects.shorten(bare(value), 100)
    known = vocabulary.labels(bare(value))
    if known:
        return {"fr": f"« {known['fr']} » ({address})", "en": f"“{known['en']}” ({address})"}
    return {"fr": f"« {address} »", "en": f"“{address}”"}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_MESSAGES: Final = {"missing": _missing, "value": _wrong, "many": _many, "type": _untyped}
