"""DDI Lifecycle (3.1 to 3.3) study descriptions to HealthDCAT-AP, by tables."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import state_access
from red_catalog.harvesters.ddi_studies import RIGHTS, Study, find_studies, keep_apart, name_item
from red_catalog.harvesters.description import Description, begin, web_identifier
from red_catalog.harvesters.variables import Variable, write_tables
from red_catalog.harvesters.xmltree import (
    attribute,
    find,
    find_all,
    language,
    line_of_text,
    text,
)
from red_catalog.model import Defect, Source

Words = tuple[str, str | None]
_TEXTS: Final = (
    ("Citation/Title", "dct:title"),
    ("Citation/AlternateTitle", "dct:alternative"),
    ("Citation/SubTitle", "dct:alternative"),
    ("Abstract", "dct:description"),
    ("Coverage/TopicalCoverage/Keyword", "dcat:keyword"),
    ("Coverage/TopicalCoverage/Subject", "dcat:keyword"),
    ("KindOfData", "dcat:keyword"),
)
_PROVENANCE: Final = (
    "SamplingProcedure", "TimeMethod", "ModeOfCollection", "DataCollectionMethodology",
)  # fmt: skip
_NOWHERE: Final = (
    "Purpose", "FundingInformation", "SeriesStatement", "AuthorizationSource", "ExPostEvaluation",
)  # fmt: skip
_TYPES: Final = {
    "TextRepresentation": "string", "TextDomain": "string", "CodeRepresentation": "string",
    "CodeDomain": "string", "DateTimeRepresentation": "dateTime", "DateTimeDomain": "dateTime",
    "NumericRepresentation": "decimal", "NumericDomain": "decimal",
}  # fmt: skip
_WHOLE: Final = {"integer", "long", "short", "int", "count", "incremental"}
_UNIT: Final = {"fr": "Unité d'analyse : {}", "en": "Unit of analysis: {}"}


def map_ddi_lifecycle(root: Element, source: Source, fallback: str) -> list[Description] | Defect:
    """The datasets that the study units are, or why there are none."""
    studies = find_studies(root)
    if isinstance(studies, Defect):
        return studies
    alone = fallback if len(studies) == 1 else ""
    return keep_apart((_describe(one, source, alone) for one in studies), "StudyUnit")


def _describe(study: Study, source: Source, fallback: str) -> Description | None:
    unit = study.unit
    ids = _identifiers(unit)
    if not ids and not fallback:
        return None
    web = [one for one in ids if web_identifier(one) and not one.startswith("urn:ddi:")]
    description = begin(source, web or ids[-1:], fallback)
    for identifier in dict.fromkeys(ids or [fallback]):
        description.say("dct:identifier", identifier)
    for say in (_texts, _agents, _dates, _coverage, _left_out):
        say(description, unit)
    for tell_of in (_universe, _provenance, _access, _variables):
        tell_of(description, study)
    return description


def _identifiers(study: Element) -> list[str]:
    """Identifiers for people first, then the one of DDI without its version.

    A DDI URN names a version: as the name of a dataset it would change with each edition.
    """
    found = [line_of_text(one) for one in find_all(study, "Citation/InternationalIdentifier/*")]
    found = [one for one in found if web_identifier(one)]
    found += [line_of_text(one) for one in find_all(study, "UserID")]
    return [one for one in (*found, name_item(study)) if one]


def _words(element: Element) -> Iterator[Words]:
    """A text of DDI: in the element, or in its String or Content children, by language."""
    inner = [*find_all(element, "String"), *find_all(element, "Content")]
    for one in inner or [element]:
        if words := text(one):
            yield words, language(one)


def _texts(description: Description, study: Element) -> None:
    for path, predicate in _TEXTS:
        for element in find_all(study, path):
            for words, tag in _words(element):
                description.say(predicate, words, tag)
    for element in find_all(study, "AnalysisUnit"):
        for words, tag in _words(element):
            sentence = _UNIT["fr" if (tag or "").startswith("fr") else "en"]
            description.say("healthdcatap:populationCoverage", sentence.format(words), tag)
    for element in find_all(study, "Citation/Language"):
        description.language(line_of_text(element), line_of_text(element))


def _agents(description: Description, study: Element) -> None:
    for element in find_all(study, "Citation/Creator"):
        _agent(description, "dct:creator", find(element, "CreatorName"), element)
    for element in find_all(study, "Citation/Contributor"):
        _agent(description, "dct:contributor", find(element, "ContributorName"), element)
    for element in find_all(study, "Citation/Publisher"):
        name = find(element, "PublisherName")
        if description.has("dct:publisher"):
            description.tell("map-one", what="dct:publisher", value=line_of_text(element))
        else:
            _agent(description, "dct:publisher", name, element)


def _agent(description: Description, predicate: str, name: Element | None, whole: Element) -> None:
    first = next(_words(name if name is not None else whole), ("", None))
    if find(whole, "AgencyOrganizationReference") is None or name is not None:
        description.agent(predicate, *first)
    else:
        description.tell("map-nowhere", what=predicate, value=line_of_text(whole))


def _dates(description: Description, study: Element) -> None:
    for element in find_all(study, "Citation/PublicationDate"):
        written = line_of_text(find(element, "SimpleDate")) or line_of_text(element)
        if description.has("dct:issued"):
            description.tell("map-one", what="dct:issued", value=written)
        else:
            description.date("dct:issued", written, "PublicationDate")


def _coverage(description: Description, study: Element) -> None:
    for element in find_all(study, "Coverage/TemporalCoverage/ReferenceDate"):
        simple = line_of_text(find(element, "SimpleDate"))
        start = line_of_text(find(element, "StartDate")) or simple
        end = line_of_text(find(element, "EndDate")) or simple
        description.period(start, end, "ReferenceDate")
    for element in find_all(study, "Coverage/SpatialCoverage"):
        codes = [*find_all(element, "CountryCode"), *find_all(element, "Country")]
        for one in codes:
            code = line_of_text(one)
            description.place(code, None, code)
        for one in find_all(element, "Description"):
            for words, tag in _words(one):
                description.place(words, tag)


def _left_out(description: Description, study: Element) -> None:
    for path in _NOWHERE:
        for element in find_all(study, path):
            if words := line_of_text(element):
                description.tell("map-nowhere", what=path, value=words)


def _universe(description: Description, study: Study) -> None:
    """The universes that the study refers to, or all of them where it refers to none."""
    wanted = {line_of_text(one) for one in find_all(study.unit, "UniverseReference/ID")}
    for element in study.descend("Universe"):
        if wanted and line_of_text(find(element, "ID")) not in wanted:
            continue
        for name in ("Label", "HumanReadable", "Description"):
            for one in find_all(element, name):
                for words, tag in _words(one):
                    description.say("healthdcatap:populationCoverage", words, tag)


def _provenance(description: Description, study: Study) -> None:
    for name in _PROVENANCE:
        for element in study.descend(name):
            for part in [*find_all(element, "Description"), *find_all(element, "Content")]:
                for words, tag in _words(part):
                    kind = "dct:ProvenanceStatement"
                    description.statement("dct:provenance", kind, words, tag)


def _access(description: Description, study: Study) -> None:
    said = []
    for name in RIGHTS:
        for element in study.around(name):
            for words, tag in _words(element):
                description.statement("dct:rights", "dct:RightsStatement", words, tag)
                if name not in {"ConfidentialityStatement", "CitationRequirement"}:
                    said.append(words)
    state_access(description, said)


def _variables(description: Description, study: Study) -> None:
    titles = [words for one in find_all(study.unit, "Citation/Title") for words in _words(one)]
    variables = [_variable(one) for one in study.descend("Variable") if len(one)]
    write_tables(description, titles, [(titles, variables)])
    if loose := sum(len(one) > 0 for one in study.loose.get("Variable", ())):
        description.tell("ddi-whose", count=loose)


def _variable(element: Element) -> Variable:
    names = [*find_all(element, "VariableName"), *find_all(element, "Name")]
    name = next((words for one in names for words, _ in _words(one)), "")
    labels = {tag: words for one in find_all(element, "Label") for words, tag in _words(one)}
    notes = {tag: words for one in find_all(element, "Description") for words, tag in _words(one)}
    name = name or line_of_text(find(element, "ID")) or attribute(element, "id")
    return Variable(name, labels, notes, _datatype(element))


def _datatype(element: Element) -> str | None:
    """What the representation says, in the words of CSV on the Web."""
    for one in element.iter():
        kind = _TYPES.get(one.tag.rpartition("}")[2])
        if kind == "decimal":
            said = attribute(one, "type") or line_of_text(find(one, "NumericTypeCode"))
            return "integer" if said.lower() in _WHOLE else "decimal"
        if kind is not None:
            return kind
    return None
