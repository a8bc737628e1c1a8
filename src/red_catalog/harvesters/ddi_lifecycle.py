"""DDI Lifecycle (3.1 to 3.3) study descriptions to HealthDCAT-AP, by tables."""

from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import state_access
from red_catalog.harvesters.boxes import say_box
from red_catalog.harvesters.ddi_lifecycle_files import say_files
from red_catalog.harvesters.ddi_lifecycle_text import read_all, read_words
from red_catalog.harvesters.ddi_organisations import say_organisations
from red_catalog.harvesters.ddi_studies import RIGHTS, Study, find_studies, keep_apart, name_item
from red_catalog.harvesters.ddi_text import (
    COVERED,
    EXCLUDED,
    MODE,
    SAMPLING,
    TIMES,
    UNIT,
    name_words,
    word,
)
from red_catalog.harvesters.description import Description, begin, web_identifier
from red_catalog.harvesters.variables import Variable, write_tables
from red_catalog.harvesters.xmltree import (
    attribute,
    find,
    find_all,
    line_of_text,
    local,
)
from red_catalog.model import Defect, Source

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
    ("SamplingProcedure", SAMPLING), ("TimeMethod", TIMES), ("ModeOfCollection", MODE),
    ("DataCollectionMethodology", COVERED),
)  # fmt: skip
_NOWHERE: Final = (
    "Citation/Copyright", "Purpose", "FundingInformation", "SeriesStatement",
    "AuthorizationSource", "ExPostEvaluation",
)  # fmt: skip
# Wherever they stand in what speaks of the study.
_TOLD: Final = {
    "Weighting", "WeightingMethodology", "DeviationFromSampleDesign", "Instrument",
    "CollectionSituation", "ActionToMinimizeLosses", "DataCollectionFrequency", "DataSource",
    "ControlOperation", "CleaningOperation", "DataAppraisalInformation", "QualityStatement",
    "DepositRequirement", "Disclaimer",
}  # fmt: skip
_COUNTRIES: Final = ("CountryCode", "Country", "Country_2", "Country_3", "Country_N")
_SIDES: Final = ("WestLongitude", "SouthLatitude", "EastLongitude", "NorthLatitude")
_TYPES: Final = {
    "TextRepresentation": "string", "TextDomain": "string", "CodeRepresentation": "string",
    "CodeDomain": "string", "DateTimeRepresentation": "dateTime", "DateTimeDomain": "dateTime",
    "NumericRepresentation": "decimal", "NumericDomain": "decimal",
}  # fmt: skip
_WHOLE: Final = {"integer", "long", "short", "int", "count", "incremental"}


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
    for say in (_texts, _dates, _places):
        say(description, unit)
    for tell_of in (say_organisations, _times, _universe, _provenance, _access, say_files,
                    _variables, _left_out):  # fmt: skip
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


def _texts(description: Description, study: Element) -> None:
    for path, predicate in _TEXTS:
        for element in find_all(study, path):
            for words, tag in read_words(element):
                description.say(predicate, words, tag)
    for element in find_all(study, "AnalysisUnit"):
        for words, tag in read_words(element):
            description.say("healthdcatap:populationCoverage", word(UNIT, words, tag), tag)
    for element in find_all(study, "Citation/Language"):
        description.language(line_of_text(element), line_of_text(element))


def _dates(description: Description, study: Element) -> None:
    for element in find_all(study, "Citation/PublicationDate"):
        written = line_of_text(find(element, "SimpleDate")) or line_of_text(element)
        if description.has("dct:issued"):
            description.tell("map-one", what="dct:issued", value=written)
        else:
            description.date("dct:issued", written, "PublicationDate")


def _places(description: Description, study: Element) -> None:
    for element in find_all(study, "Coverage/SpatialCoverage"):
        for one in (found for name in _COUNTRIES for found in find_all(element, name)):
            _country(description, line_of_text(one))
        for one in find_all(element, "Description"):
            for words, tag in read_words(one):
                description.place(words, tag)
        for one in find_all(element, "BoundingBox"):
            say_box(description, [line_of_text(find(one, side)) for side in _SIDES], "BoundingBox")


def _country(description: Description, code: str) -> None:
    if code.isdecimal():
        description.tell("map-code", what="dct:spatial", value=code)
    else:
        description.place(code, None, code)


def _times(description: Description, study: Study) -> None:
    """What the data cover, else when they were collected."""
    covered = [*find_all(study.unit, "Coverage/TemporalCoverage/ReferenceDate")]
    collected = [*study.descend("DataCollectionDate")]
    for element in covered or collected:
        description.period(*_span(element), local(element))
    for element in collected if covered else ():
        start, end = _span(element)
        description.tell("map-nowhere", what="DataCollectionDate", value=f"{start} – {end}")


def _span(element: Element) -> tuple[str, str]:
    simple = line_of_text(find(element, "SimpleDate"))
    start = line_of_text(find(element, "StartDate")) or simple
    return start, line_of_text(find(element, "EndDate")) or simple


def _left_out(description: Description, study: Study) -> None:
    elements = [one for path in _NOWHERE for one in find_all(study.unit, path)]
    found = {id(one): one for part in study.parts for one in part.iter() if local(one) in _TOLD}
    for element in [*elements, *found.values()]:
        if words := read_all(element):
            description.tell("map-nowhere", what=local(element), value=words)


def _universe(description: Description, study: Study) -> None:
    """The universes that the study refers to, or all of them where it refers to none."""
    wanted = {line_of_text(one) for one in find_all(study.unit, "UniverseReference/ID")}
    for element in study.descend("Universe"):
        if wanted and line_of_text(find(element, "ID")) not in wanted:
            continue
        left_out = attribute(element, "isInclusive") in {"false", "0"}
        sentences = EXCLUDED if left_out else COVERED
        for name in ("Label", "HumanReadable", "Description"):
            for one in find_all(element, name):
                for words, tag in read_words(one):
                    told = word(sentences, words, tag)
                    description.say("healthdcatap:populationCoverage", told, tag)


def _provenance(description: Description, study: Study) -> None:
    for name, sentences in _PROVENANCE:
        for element in study.descend(name):
            for part in [*find_all(element, "Description"), *find_all(element, "Content")]:
                for words, tag in read_words(part):
                    kind = "dct:ProvenanceStatement"
                    told = name_words(sentences, words, tag)
                    description.statement("dct:provenance", kind, told, tag)


def _access(description: Description, study: Study) -> None:
    said = []
    for name in RIGHTS:
        for element in study.around(name):
            for words, tag in read_words(element):
                description.statement("dct:rights", "dct:RightsStatement", words, tag)
                if name not in {"ConfidentialityStatement", "CitationRequirement"}:
                    said.append(words)
    state_access(description, said)


def _variables(description: Description, study: Study) -> None:
    titles = [words for one in find_all(study.unit, "Citation/Title") for words in read_words(one)]
    variables = [_variable(one) for one in study.descend("Variable") if len(one)]
    write_tables(description, titles, [(titles, variables)])
    apart = (one for name in ("Variable", "PhysicalInstance") for one in study.loose.get(name, ()))
    if loose := sum(len(one) > 0 for one in apart):
        description.tell("ddi-whose", count=loose)


def _variable(element: Element) -> Variable:
    names = [*find_all(element, "VariableName"), *find_all(element, "Name")]
    name = next((words for one in names for words, _ in read_words(one)), "")
    labels = {tag: words for one in find_all(element, "Label") for words, tag in read_words(one)}
    notes = {
        tag: words for one in find_all(element, "Description") for words, tag in read_words(one)
    }
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
