"""DDI Codebook (1.2 to 2.6) to HealthDCAT-AP, by tables."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from red_catalog.harvesters.access import say_licences, state_access
from red_catalog.harvesters.boxes import say_box
from red_catalog.harvesters.ddi_agents import say_agents
from red_catalog.harvesters.ddi_files import name_licences, say_files
from red_catalog.harvesters.ddi_releases import say_archived, say_release
from red_catalog.harvesters.ddi_studies import keep_apart
from red_catalog.harvesters.ddi_text import (
    CODE,
    COLLECTOR,
    COVERED,
    EXCLUDED,
    MODE,
    ORIGIN,
    RHYTHM,
    SAMPLING,
    TIMES,
    UNIT,
    find_codes,
    name_words,
    read_line,
    read_text,
    word,
)
from red_catalog.harvesters.description import Description, begin, web_identifier
from red_catalog.harvesters.telling import tell
from red_catalog.harvesters.xmltree import (
    attribute,
    descend,
    find,
    find_all,
    language,
    line_of_text,
)
from red_catalog.model import Defect, Source
from red_catalog.rdf.terms import make_iri

_TEXTS: Final = (
    ("citation/titlStmt/titl", "dct:title"),
    ("citation/titlStmt/parTitl", "dct:title"),
    ("citation/titlStmt/altTitl", "dct:alternative"),
    ("citation/titlStmt/subTitl", "dct:alternative"),
    ("stdyInfo/abstract", "dct:description"),
    ("stdyInfo/subject/keyword", "dcat:keyword"),
    ("stdyInfo/subject/topcClas", "dcat:keyword"),
    ("stdyInfo/sumDscr/dataKind", "dcat:keyword"),
)
_PROVENANCE: Final = (
    ("sampProc", SAMPLING), ("collMode", MODE), ("timeMeth", TIMES), ("dataCollector", COLLECTOR),
    ("sources/dataSrc", ORIGIN), ("frequenc", RHYTHM),
)  # fmt: skip
_RIGHTS: Final = (
    "dataAccs/useStmt/restrctn", "dataAccs/useStmt/conditions", "dataAccs/useStmt/confDec",
    "dataAccs/useStmt/specPerm", "dataAccs/useStmt/citReq", "dataAccs/useStmt/disclaimer",
    "dataAccs/setAvail/avlStatus", "dataAccs/notes",
)  # fmt: skip
_SIDES: Final = ("west", "south", "east", "north")
# Where a codebook may state the access level.
_ACCESS: Final = (
    "dataAccs/setAvail/avlStatus", "dataAccs/useStmt/restrctn", "dataAccs/useStmt/conditions",
    "dataAccs/useStmt/confDec", "dataAccs/useStmt/specPerm", "dataAccs/notes",
)  # fmt: skip
_NOWHERE: Final = (
    "citation/prodStmt/fundAg", "citation/prodStmt/grantNo", "citation/prodStmt/copyright",
    "citation/prodStmt/prodPlac", "citation/prodStmt/software", "citation/distStmt/depDate",
    "citation/serStmt/serName", "citation/serStmt/serInfo", "citation/distStmt/depositr",
    "citation/rspStmt/othId", "citation/biblCit", "citation/notes", "citation/verStmt/notes",
    "citation/verStmt/verResp", "stdyInfo/studyBudget", "stdyInfo/exPostEvaluation",
    "stdyInfo/sumDscr/geogUnit", "stdyInfo/sumDscr/boundPoly", "stdyInfo/qualityStatement",
    "stdyInfo/notes", "method/dataColl/weight", "method/dataColl/cleanOps",
    "method/dataColl/deviat", "method/dataColl/resInstru", "method/dataColl/collSitu",
    "method/dataColl/collectorTraining", "method/dataColl/sampleFrame",
    "method/dataColl/targetSampleSize", "method/dataColl/instrumentDevelopment",
    "method/dataColl/sources/srcChar", "method/dataColl/sources/srcDocu", "method/stdyClas",
    "method/dataProcessing", "method/codingInstructions",
    "method/dataColl/actMin", "method/dataColl/ConOps", "method/dataColl/sources/srcOrig",
    "method/notes", "method/anlyInfo/respRate", "method/anlyInfo/EstSmpErr",
    "method/anlyInfo/dataAppr", "dataAccs/useStmt/deposReq", "dataAccs/setAvail/accsPlac",
    "dataAccs/setAvail/origArch", "dataAccs/setAvail/collSize", "dataAccs/setAvail/complete",
    "dataAccs/setAvail/notes", "othrStdyMat/relMat", "othrStdyMat/relStdy",
    "othrStdyMat/othRefs", "notes",
)  # fmt: skip
_LOOSE: Final = ("fileDscr", "otherMat", "dataDscr/var")


def map_ddi_codebook(root: Element, source: Source, fallback: str) -> list[Description] | Defect:
    """The datasets that a codebook's studies are, or why there are none."""
    studies = list(find_all(root, "stdyDscr"))
    if not studies:
        return tell("ddi-no-study")
    if len(studies) == 1:
        description = _describe(studies[0], source, fallback)
        say_archived(description, root)
        say_files(description, root, studies[0])
        return [description]
    loose = sum(1 for path in _LOOSE for _ in find_all(root, path))
    return keep_apart((_describe_apart(one, source, loose) for one in studies), "stdyDscr")


def _describe_apart(study: Element, source: Source, loose: int) -> Description | None:
    """One study of several: nothing says which files and variables are its own."""
    if not any(_identifiers(study)):
        return None
    description = _describe(study, source, "")
    say_licences(description, name_licences(description, study), [])
    if loose:
        description.tell("ddi-whose", count=loose)
    return description


def _describe(study: Element, source: Source, fallback: str) -> Description:
    ids = [line_of_text(one) for one in find_all(study, "citation/titlStmt/IDNo")]
    description = begin(source, _identifiers(study), fallback)
    for identifier in dict.fromkeys(filter(None, ids or [fallback])):
        description.say("dct:identifier", identifier)
    for say in (_texts, _population, say_agents, say_release, _coverage, _access, _links,
                _publications, _left_out):  # fmt: skip
        say(description, study)
    return description


def _identifiers(study: Element) -> list[str]:
    """What may name a study: its own identifiers, else where it is kept."""
    ids = [line_of_text(one) for one in find_all(study, "citation/titlStmt/IDNo")]
    holdings = [attribute(one, "URI") for one in find_all(study, "citation/holdings")]
    return ids if any(ids) else [*ids, *holdings]


def _texts(description: Description, study: Element) -> None:
    for path, predicate in _TEXTS:
        for element in find_all(study, path):
            description.say(predicate, read_text(element), language(element))
    spoken = _language(study)
    for path, sentences in _PROVENANCE:
        for element in find_all(study, f"method/dataColl/{path}"):
            tag = language(element)
            if words := read_text(element):
                told = name_words(sentences, words, tag or spoken)
                description.statement("dct:provenance", "dct:ProvenanceStatement", told, tag)


def _language(study: Element) -> str | None:
    """The language of the title, in which what names none may be as well."""
    titles = find_all(study, "citation/titlStmt/titl")
    return next(filter(None, map(language, titles)), None)


def _population(description: Description, study: Element) -> None:
    """Who is covered; who is left out and the unit of analysis under words of their own."""
    for element in find_all(study, "stdyInfo/sumDscr/universe"):
        excluded = attribute(element, "clusion").upper() == "E"
        _say_population(description, study, element, EXCLUDED if excluded else COVERED)
    for element in find_all(study, "stdyInfo/sumDscr/anlyUnit"):
        _say_population(description, study, element, UNIT)


def _say_population(
    description: Description, study: Element, element: Element, sentences: Mapping[str, str]
) -> None:
    tag = language(element)
    if words := read_text(element):
        told = word(sentences, words, tag or _language(study))
        description.say("healthdcatap:populationCoverage", told, tag)


def _coverage(description: Description, study: Element) -> None:
    summary = find(study, "stdyInfo/sumDscr")
    if summary is None:
        return
    covered = list(_periods(summary, "timePrd"))
    collected = list(_periods(summary, "collDate"))
    for start, end in covered or collected:
        description.period(start, end, "timePrd" if covered else "collDate")
    for start, end in collected if covered else ():
        description.tell("map-nowhere", what="collDate", value=f"{start} – {end}")
    for element in find_all(summary, "nation"):
        description.place(read_line(element), language(element), attribute(element, "abbr"))
    for element in find_all(summary, "geogCover"):
        description.place(read_line(element), language(element))
    for element in find_all(summary, "geoBndBox"):
        bounds = [line_of_text(find(element, f"{side}BL")) for side in _SIDES]
        say_box(description, bounds, "geoBndBox")


def _periods(summary: Element, name: str) -> Iterator[tuple[str, str]]:
    """Start and end, which a codebook writes as two elements one after the other."""
    start: str | None = None
    for element in find_all(summary, name):
        written = attribute(element, "date") or line_of_text(element)
        event = attribute(element, "event")
        if event == "end":
            yield start or "", written
            start = None
            continue
        if start is not None:
            yield start, ""
        start = None
        if event == "start":
            start = written
        elif written:
            yield written, written
    if start is not None:
        yield start, ""


def _access(description: Description, study: Element) -> None:
    for path in _RIGHTS:
        for element in find_all(study, path):
            words = read_text(element)
            description.statement("dct:rights", "dct:RightsStatement", words, language(element))
    said = [one for path in _ACCESS for one in find_all(study, path)]
    needed = [one for one in said if attribute(one, "required") != "no"]
    state_access(description, map(read_line, needed))


def _links(description: Description, study: Element) -> None:
    for element in find_all(study, "citation/holdings"):
        description.page("dcat:landingPage", attribute(element, "URI"), "holdings")


def _publications(description: Description, study: Element) -> None:
    """Publications by their address or DOI; others are told."""
    for element in find_all(study, "othrStdyMat/relPubl"):
        links = [*descend(element, "ExtLink"), *find_all(element, "citation/holdings")]
        given = [attribute(one, "URI") for one in links]
        given += map(line_of_text, find_all(element, "citation/titlStmt/IDNo"))
        if found := next(filter(None, map(web_identifier, given)), None):
            description.add("dct:isReferencedBy", make_iri(found))
        elif words := read_line(element) or next(filter(None, given), ""):
            description.tell("map-nowhere", what="relPubl", value=words)


def _left_out(description: Description, study: Element) -> None:
    for path in _NOWHERE:
        for element in find_all(study, path):
            if words := read_line(element):
                description.tell("map-nowhere", what=path.rpartition("/")[2], value=words)
    if codes := list(dict.fromkeys(find_codes(study))):
        description.tell("map-nowhere", what=CODE, value=", ".join(codes))
