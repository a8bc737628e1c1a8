"""Where the value that is asked for is written in a source that is no RDF, or what can hold it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from red_catalog.harvesters.elements import FORMATS, name_elements
from red_catalog.harvesters.places import name_fields, subjects
from red_catalog.model import Problem, Severity, Text
from red_catalog.namespaces import term
from red_catalog.validation.advice.subjects import is_about

_NAMES: Final[dict[str, Text]] = {
    "ckan": {"fr": "CKAN", "en": "CKAN"},
    "webpage": {"fr": "schema.org", "en": "schema.org"},
    "ddi": {"fr": "DDI", "en": "DDI"},
    "dublin-core": {"fr": "Dublin Core", "en": "Dublin Core"},
    "iso19139": {"fr": "ISO 19139", "en": "ISO 19139"},
    "oaipmh": {"fr": "Dublin Core, DDI ou ISO 19139", "en": "Dublin Core, DDI or ISO 19139"},
}
# What the form calls a distribution, in which the field lies.
_PARTS: Final[dict[str, Text]] = {
    "ckan": {"fr": " (ressource)", "en": " (resource)"},
    "webpage": {"fr": " (DataDownload)", "en": " (DataDownload)"},
}
_WHOLE: Final[Text] = {"fr": "", "en": ""}
_HERE: Final[Text] = {"fr": "Dans {}.", "en": "In {}."}
_WRITTEN: Final[Text] = {"fr": "{} : {}", "en": "{}: {}"}
_APART: Final[Text] = {"fr": " ; ", "en": "; "}
_NOWHERE: Final[Text] = {
    "fr": "Aucun champ pour cela dans {} : donnez cette description par un fichier DCAT, le "
    "classeur ou le formulaire.",
    "en": "There is no field for it in {}: give this description by a DCAT file, the spreadsheet "
    "or the form.",
}
_ANEW: Final[Text] = {
    "fr": "Publiez la description corrigée par un nouvel événement as:Update, daté d'aujourd'hui : "
    "les événements déjà lus ne sont pas relus.",
    "en": "Publish the corrected description by a new as:Update event with today's date: events "
    "that were read are not read again.",
}


def place_problems(problems: Sequence[Problem], form: str) -> tuple[Problem, ...]:
    """The problems of a dataset that is written in this form, with where each is corrected.

    How a description reaches the catalogue at all is told with the first.
    """
    if form == "ldes":
        return (*(_say(one, _ANEW) for one in problems[:1]), *problems[1:])
    return tuple(_say(one, _place(one, form)) for one in problems)


def _say(problem: Problem, told: Text | None) -> Problem:
    if told is None:
        return problem
    return replace(problem, fix={lang: f"{fix} {told[lang]}" for lang, fix in problem.fix.items()})


def _place(problem: Problem, form: str) -> Text | None:
    about = [one for one in subjects() if _is_about(problem, one)]
    if problem.path is None or not about:
        return None
    found = _find(form, about[0], problem.path)
    lacks = problem.kind == "missing" and problem.severity is Severity.VIOLATION
    if found is None or not (found or lacks):
        return None
    part = _PARTS.get(form, _WHOLE) if about[0] == term("dcat:Distribution") else _WHOLE
    if not found:
        return {lang: _NOWHERE[lang].format(_NAMES[form][lang] + part[lang]) for lang in _NOWHERE}
    told = {
        lang: [words.format(name + part[lang], ", ".join(found[name])) for name in found]
        for lang, words in _WRITTEN.items()
    }
    return {lang: _HERE[lang].format(_APART[lang].join(one)) for lang, one in told.items()}


def _find(form: str, subject: str, path: str) -> dict[str, tuple[str, ...]] | None:
    """The fields or elements that say a property, by what these are of; None: nobody knows."""
    if form in FORMATS:
        return name_elements(form, subject, path)
    fields = name_fields(form, subject, path)
    named = _NAMES[form]["en"]
    return fields if fields is None else {named: fields} if fields else {}


def _is_about(problem: Problem, kind: str) -> bool:
    """Whether a problem is about things of a class (a term), with a name of their own or not."""
    said = problem.about["en"]
    return is_about({"en": said}, kind) or is_about({"en": f"{said} "}, kind)
