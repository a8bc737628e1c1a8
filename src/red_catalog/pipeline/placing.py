"""Where the value that is asked for is written in a source that is no RDF, or what can hold it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from red_catalog.harvesters.places import name_fields, subjects
from red_catalog.model import Problem, Severity, Text
from red_catalog.namespaces import term
from red_catalog.validation.advice.subjects import is_about

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "ckan": ("CKAN", "CKAN"),
    "webpage": ("schema.org", "schema.org"),
    "csw": ("ISO 19139", "ISO 19139"),
    "ddi": ("DDI", "DDI"),
    "oaipmh": ("Dublin Core, DDI ou ISO 19139", "Dublin Core, DDI or ISO 19139"),
}
# What the kind calls a distribution, in which the field lies.
_PARTS: Final[dict[str, tuple[str, str]]] = {
    "ckan": (" (ressource)", " (resource)"),
    "webpage": (" (DataDownload)", " (DataDownload)"),
}
_HERE: Final[Text] = {"fr": "Dans {} : {}.", "en": "In {}: {}."}
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


def place_problems(problems: Sequence[Problem], kind: str) -> tuple[Problem, ...]:
    """The problems of a dataset of this kind of source, with where each is corrected.

    How a description reaches the catalogue at all is told with the first.
    """
    if kind == "ldes":
        return (*(_say(one, _ANEW) for one in problems[:1]), *problems[1:])
    return tuple(_say(one, _place(one, kind)) for one in problems)


def _say(problem: Problem, told: Text | None) -> Problem:
    if told is None:
        return problem
    return replace(problem, fix={lang: f"{fix} {told[lang]}" for lang, fix in problem.fix.items()})


def _place(problem: Problem, kind: str) -> Text | None:
    about = [one for one in subjects() if _is_about(problem, one)]
    if problem.path is None or not about:
        return None
    fields = name_fields(kind, about[0], problem.path)
    lacks = problem.kind == "missing" and problem.severity is Severity.VIOLATION
    if fields is None or not (fields or lacks):
        return None
    shown, sentence = ", ".join(fields), _HERE if fields else _NOWHERE
    parts = _PARTS.get(kind) if about[0] == term("dcat:Distribution") else None
    names = [f"{name}{part}" for name, part in zip(_NAMES[kind], parts or ("", ""), strict=True)]
    return {lang: sentence[lang].format(names[at], shown) for at, lang in enumerate(("fr", "en"))}


def _is_about(problem: Problem, kind: str) -> bool:
    """Whether a problem is about things of a class (a term), with a name of their own or not."""
    said = problem.about["en"]
    return is_about({"en": said}, kind) or is_about({"en": f"{said} "}, kind)
