"""Dublin Core (oai_dc, or elements of dcterms) to DCAT, by a table."""

import re
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import (
    find_licences,
    recognise,
    say_licences,
    state_access,
    whole_licence,
)
from red_catalog.harvesters.boxes import say_box, say_point
from red_catalog.harvesters.description import Description, begin, web_identifier
from red_catalog.harvesters.mapping.codes import find_code
from red_catalog.harvesters.markup import strip_tags
from red_catalog.harvesters.telling import tell
from red_catalog.harvesters.xmltree import find_all, language, language_tag, line_of_text, text
from red_catalog.model import Defect, Source
from red_catalog.model.spelling import unaccent
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.rdf.terms import make_iri

Say = Callable[[Description, Element], None]
_DATASET: Final = re.compile(
    # A report on a survey is none, nor is a register of a parish.
    r"(?!.*\((?:[^()]* )?(?:articles?|rapports?|theses?|memoires?|protocoles?|questionnaires?)\b)"
    r"(?!registres? (?:paroissia|d.etat civil|matricule)|enquetes? publique)"
    r"(?:.*[/#])?(?:data ?sets?|collection|databases?|c_ddb1|survey|cohort|registry"
    # Whoever deposits writes the kind of data in free words: "clinical data", "Données d'enquête".
    r"|(?:[\w'-]+ ){0,4}(?:micro-?)?data"
    r"|(?:(?:jeux?|bases?|entrepots?) de |micro-?)?donnees\b.*|(?:enquete|registre|cohorte)s?\b.*)"
)
_YEARS: Final = re.compile(r"(\d{4}(?:-\d\d){0,2})\s*(?:/|-|–|à|to)\s*(\d{4}(?:-\d\d){0,2})")
_DCMI_PERIOD: Final = re.compile(r"\b(start|end)\s*=\s*([^;]+)")
_DCMI_PLACE: Final = re.compile(
    r"\b(name|(?:north|south|east|west)limit|north|east|units|projection)\s*=\s*([^;]+)",
    re.IGNORECASE,
)
# One link, which is all of a text.
_LINK: Final = re.compile(
    r"""\A<a\s[^<>]{0,1000}?\bhref\s*=\s*["']\s*([^\s"'<>]*)\s*["'][^<>]*>[^<>]*</a>\Z""",
    re.IGNORECASE,
)
_LIMITS: Final = ("westlimit", "southlimit", "eastlimit", "northlimit")
_POINT: Final = ("east", "north")


def map_dublin_core(
    root: Element, source: Source, fallback: str, *, any_type: bool = False
) -> Description | Defect:
    """The dataset that a Dublin Core record describes, or why it is none.

    `fallback` names it where it has no identifier; `any_type` takes articles and the like too.
    """
    kinds = [line_of_text(one) for one in find_all(root, "type")]
    if kinds and not any_type and not any(map(_is_data, kinds)):
        return tell("not-a-dataset", value=", ".join(kinds))
    identifiers = [line_of_text(one) for one in find_all(root, "identifier")]
    description = begin(source, [*filter(web_identifier, identifiers)], fallback)
    for element in root:
        name = element.tag.rpartition("}")[2]
        _TABLE.get(name, _nowhere)(description, element)
    _settle_agents(description, root)
    _settle_dates(description, root)
    rights = [line_of_text(o) for n in ("rights", "accessRights") for o in find_all(root, n)]
    state_access(description, rights)
    _settle_licences(description, root)
    if not identifiers:
        description.say("dct:identifier", fallback)
    return description


def _is_data(kind: str) -> bool:
    return _DATASET.fullmatch(unaccent(kind).lower()) is not None


def _settle_agents(description: Description, root: Element) -> None:
    """HealthDCAT-AP admits one publisher."""
    publishers = list(find_all(root, "publisher"))
    for position, element in enumerate(publishers):
        if position:
            description.tell("map-one", what="dct:publisher", value=line_of_text(element))
        else:
            description.agent("dct:publisher", line_of_text(element), language(element))


def _settle_dates(description: Description, root: Element) -> None:
    """One date is that of publication; of several nobody knows which is which."""
    dates = {written: one for one in find_all(root, "date") if (written := line_of_text(one))}
    if len(dates) > 1:
        description.tell("map-dates", value=", ".join(dates))
        return
    for element in dates.values():
        _date("dct:issued")(description, element)


def _settle_licences(description: Description, root: Element) -> None:
    """Those that are all that is written; a sentence may exclude the one that it names."""
    said = [line_of_text(o) for n in ("license", "rights") for o in find_all(root, n)]
    found = (whole_licence(_LINK.sub(r"\1", words)) for words in said)
    say_licences(description, filter(None, found), [])


def _text(predicate: str) -> Say:
    def say(description: Description, element: Element) -> None:
        description.say(predicate, strip_tags(text(element)), language(element))

    return say


def _agent(predicate: str) -> Say:
    def say(description: Description, element: Element) -> None:
        description.agent(predicate, line_of_text(element), language(element))

    return say


def _date(predicate: str) -> Say:
    def say(description: Description, element: Element) -> None:
        written = line_of_text(element)
        if description.has(predicate):
            description.tell("map-one", what=predicate, value=written)
        else:
            description.date(predicate, written, predicate)

    return say


def _identifier(description: Description, element: Element) -> None:
    written = line_of_text(element)
    description.say("dct:identifier", written)
    found = web_identifier(written)
    if found == description.iri and found.startswith("http"):
        description.page("dcat:landingPage", found, "identifier")


def _language(description: Description, element: Element) -> None:
    written = line_of_text(element)
    description.language(written, language_tag(written))


def _coverage(description: Description, element: Element) -> None:
    """Dublin Core has one word for places and times."""
    written = line_of_text(element)
    bounds = dict(_DCMI_PERIOD.findall(written))
    years = _YEARS.fullmatch(written)
    if bounds or years:
        start, end = years.groups() if years else (bounds.get("start", ""), bounds.get("end", ""))
        description.period(start.strip(), end.strip(), "coverage")
    elif re.fullmatch(r"\d{4}(-\d\d){0,2}", written):
        description.period(written, written, "coverage")
    elif fields := _place_fields(written):
        _say_place(description, element, fields)
    else:
        code = written if re.fullmatch("[A-Z]{2,3}", written) else ""
        description.place(written, language(element), code)


def _place_fields(written: str) -> dict[str, str]:
    """What a DCMI Box or Point holds; nothing where a text is none."""
    fields = {name.lower(): value.strip() for name, value in _DCMI_PLACE.findall(written)}
    return fields if fields.keys() & {*_LIMITS, *_POINT} else {}


def _say_place(description: Description, element: Element, fields: dict[str, str]) -> None:
    tag, name = language(element), fields.get("name", "")
    say, parts = (say_box, _LIMITS) if fields.keys() & set(_LIMITS) else (say_point, _POINT)
    if "units" in fields or "projection" in fields:
        description.tell("map-nowhere", what="coverage", value=line_of_text(element))
        description.place(name, tag)
    elif node := say(description, [fields.get(one, "") for one in parts], "coverage"):
        description.say("skos:prefLabel", name, tag, node)
    else:
        description.place(name, tag)


def _relation(predicate: str) -> Say:
    def say(description: Description, element: Element) -> None:
        written = line_of_text(element)
        if found := web_identifier(written):
            description.add(predicate, make_iri(found))
        else:
            description.tell("map-nowhere", what=element.tag.rpartition("}")[2], value=written)

    return say


def _standard(description: Description, element: Element) -> None:
    _relation("dct:conformsTo")(description, element)
    if found := web_identifier(line_of_text(element)):
        description.add("rdf:type", term("dct:Standard"), make_iri(found))


def _rights(description: Description, element: Element) -> None:
    """Words on rights; the address of a licence or an access level says nothing more to people."""
    line = line_of_text(element)
    is_level = line.startswith(("http", "info:")) and recognise(line)
    if not is_level and find_licences(line) != [line]:
        words = strip_tags(text(element))
        description.statement("dct:rights", "dct:RightsStatement", words, language(element))


def _provenance(description: Description, element: Element) -> None:
    kind, words = "dct:ProvenanceStatement", strip_tags(text(element))
    description.statement("dct:provenance", kind, words, language(element))


def _frequency(description: Description, element: Element) -> None:
    written = line_of_text(element)
    word = written.rpartition("/")[2] if written.startswith("http") else written
    found = find_code((f"{EU_AUTHORITY}frequency",), word)
    if found and description.has("dct:accrualPeriodicity"):
        description.tell("map-one", what="dct:accrualPeriodicity", value=written)
    elif found:
        description.add("dct:accrualPeriodicity", make_iri(found))
    elif written:
        description.tell("map-code", what="dct:accrualPeriodicity", value=written)


def _nowhere(description: Description, element: Element) -> None:
    if words := line_of_text(element):
        name = element.tag.rpartition("}")[2]
        description.tell("map-nowhere", what=name, value=words)


def _elsewhere(_description: Description, _element: Element) -> None:
    """Dealt with for the record as a whole."""


_TABLE: Final[dict[str, Say]] = {
    "title": _text("dct:title"),
    "alternative": _text("dct:alternative"),
    "description": _text("dct:description"),
    "abstract": _text("dct:description"),
    "subject": _text("dcat:keyword"),
    "identifier": _identifier,
    "creator": _agent("dct:creator"),
    "contributor": _agent("dct:contributor"),
    "publisher": _elsewhere,
    "type": _elsewhere,
    "date": _elsewhere,
    "issued": _date("dct:issued"),
    "created": _date("dct:created"),
    "available": _date("dct:available"),
    "modified": _date("dct:modified"),
    "language": _language,
    "coverage": _coverage,
    "spatial": _coverage,
    "temporal": _coverage,
    "relation": _relation("dct:relation"),
    "source": _relation("dct:source"),
    **{
        name: _relation(f"dct:{name}")
        for name in (
            "isReferencedBy",
            "isPartOf",
            "hasPart",
            "isVersionOf",
            "replaces",
            "isReplacedBy",
            "requires",
            "isRequiredBy",
        )
    },
    "conformsTo": _standard,
    "rights": _rights,
    "accessRights": _elsewhere,
    "license": _rights,
    "rightsHolder": _agent("dct:rightsHolder"),
    "provenance": _provenance,
    "accrualPeriodicity": _frequency,
}
