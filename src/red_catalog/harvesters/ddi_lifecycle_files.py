"""The files of DDI Lifecycle, and the material beside them."""

from red_catalog.harvesters.ddi_lifecycle_text import read_all, read_words
from red_catalog.harvesters.ddi_studies import Study
from red_catalog.harvesters.description import Description, web_identifier
from red_catalog.harvesters.xmltree import attribute, find_all, line_of_text


def say_files(description: Description, study: Study) -> None:
    """A distribution for each address of a file, the number of records, and pages."""
    seen: set[str] = set()
    cases: list[str] = []
    for instance in study.descend("PhysicalInstance"):
        cases += [line_of_text(o) for o in find_all(instance, "GrossFileStructure/CaseQuantity")]
        titles = [w for one in find_all(instance, "Citation/Title") for w in read_words(one)]
        for element in find_all(instance, "DataFileIdentification/DataFileURI"):
            url = line_of_text(element)
            if not url or url in seen:
                continue
            seen.add(url)
            if attribute(element, "isPublic").lower() in {"false", "0"}:
                description.tell("map-nowhere", what="DataFileURI", value=url)
            elif not (web_identifier(url) or "").startswith("http"):
                description.tell("map-url", what="DataFileURI", value=url)
            else:
                node = description.node("dcat:distribution", "dcat:Distribution")
                description.link("dcat:accessURL", url, "DataFileURI", node)
                for words, tag in titles:
                    description.say("dct:title", words, tag, node)
    if len(cases) == 1:
        description.number("healthdcatap:numberOfRecords", cases[0], "CaseQuantity")
    elif cases:
        description.tell("map-one", what="CaseQuantity", value=" + ".join(cases))
    _say_material(description, study)


def _say_material(description: Description, study: Study) -> None:
    for element in study.descend("OtherMaterial"):
        urls = [line_of_text(one) for one in find_all(element, "ExternalURLReference")]
        for url in urls:
            description.page("foaf:page", url, "OtherMaterial")
        if not urls and (words := read_all(element)):
            description.tell("map-nowhere", what="OtherMaterial", value=words)
