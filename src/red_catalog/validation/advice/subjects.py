"""What people call the things that a description speaks of."""

from collections.abc import Mapping, Sequence
from typing import Final

from red_catalog import vocabulary
from red_catalog.model import Text
from red_catalog.namespaces import RDF_TYPE, term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_iri, is_literal, literal

Index = Mapping[str, Mapping[str, Sequence[str]]]

_CONTACT: Final = ("le contact", "contacts", "the contact", "contacts")
_ORGANISATION: Final = ("l'organisme", "organismes", "the organisation", "organisations")
# One and several of each class, in French and English.
_CLASSES: Final[dict[str, tuple[str, str, str, str]]] = {
    "dcat:Dataset": ("le jeu de données", "jeux de données", "the dataset", "datasets"),
    "dcat:Distribution": ("la distribution", "distributions", "the distribution", "distributions"),
    "dcat:DataService": ("le service", "services", "the service", "services"),
    "dcat:Catalog": ("le catalogue", "catalogues", "the catalogue", "catalogues"),
    "dcat:DatasetSeries": ("la série", "séries", "the series", "series"),
    "dcat:CatalogRecord": ("la notice", "notices", "the record", "records"),
    "dcat:Relationship": ("la relation", "relations", "the relation", "relations"),
    "csvw:Column": ("la variable", "variables", "the variable", "variables"),
    "csvw:Table": ("le tableau", "tableaux", "the table", "tables"),
    "csvw:TableGroup": ("la description des variables", "descriptions des variables",
                        "the description of the variables", "descriptions of variables"),
    "cv:ContactPoint": ("le point de contact", "points de contact",
                        "the contact point", "contact points"),
    "vcard:Kind": _CONTACT,
    "vcard:Organization": _CONTACT,
    "vcard:Individual": _CONTACT,
    "vcard:Group": _CONTACT,
    "foaf:Organization": _ORGANISATION,
    "foaf:Agent": _ORGANISATION,
    "foaf:Person": ("la personne", "personnes", "the person", "people"),
    "dct:PeriodOfTime": ("la période", "périodes", "the period", "periods"),
    "dct:Location": ("le lieu", "lieux", "the place", "places"),
    "dct:ProvenanceStatement": ("la provenance", "provenances", "the provenance", "provenances"),
    "dct:LicenseDocument": ("la licence", "licences", "the licence", "licences"),
    "dct:RightsStatement": ("la mention de droits", "mentions de droits",
                            "the rights statement", "rights statements"),
    "dct:Standard": ("la norme", "normes", "the standard", "standards"),
    "dct:LinguisticSystem": ("la langue", "langues", "the language", "languages"),
    "dct:Frequency": ("la fréquence", "fréquences", "the frequency", "frequencies"),
    "dqv:QualityCertificate": ("le certificat de qualité", "certificats de qualité",
                               "the quality certificate", "quality certificates"),
    "prov:Activity": ("l'activité", "activités", "the activity", "activities"),
    "prov:Attribution": ("la responsabilité déclarée", "responsabilités déclarées",
                         "the declared responsibility", "declared responsibilities"),
    "adms:Identifier": ("l'autre identifiant", "autres identifiants",
                        "the other identifier", "other identifiers"),
    "spdx:Checksum": ("l'empreinte", "empreintes", "the checksum", "checksums"),
    "time:TemporalEntity": ("les horaires", "horaires", "the opening hours", "opening hours"),
    "foaf:Document": ("la page web", "pages web", "the web page", "web pages"),
    "eli:LegalResource": ("le texte de loi", "textes de loi", "the law", "laws"),
    "dct:MediaType": ("le type de média", "types de médias", "the media type", "media types"),
    "skos:Concept": ("le code", "codes", "the code", "codes"),
    "skos:ConceptScheme": ("la liste de codes", "listes de codes", "the code list", "code lists"),
    "dpv:LegalBasis": ("la base légale", "bases légales", "the legal basis", "legal bases"),
    "dpv:Purpose": ("la finalité", "finalités", "the purpose", "purposes"),
    "dpv:PersonalData": ("le type de données à caractère personnel",
                         "types de données à caractère personnel",
                         "the kind of personal data", "kinds of personal data"),
}  # fmt: skip
# What a thing without a class is, from what it is said to be of another.
_ROLES: Final = {
    "healthdcatap:hdab": "foaf:Agent", "healthdcatap:hdabCoordinator": "foaf:Agent",
    "geodcatap:custodian": "foaf:Agent", "dct:publisher": "foaf:Agent",
    "dct:creator": "foaf:Agent", "cv:contactPoint": "cv:ContactPoint",
    "dcat:contactPoint": "vcard:Kind", "dcat:distribution": "dcat:Distribution",
    "adms:sample": "dcat:Distribution", "healthdcatap:analytics": "dcat:Distribution",
    "dct:temporal": "dct:PeriodOfTime", "dct:spatial": "dct:Location",
    "healthdcatap:hasVariables": "csvw:TableGroup", "csvw:table": "csvw:Table",
    "csvw:column": "csvw:Column", "healthdcatap:retentionPeriod": "dct:PeriodOfTime",
    "dct:license": "dct:LicenseDocument", "prov:wasGeneratedBy": "prov:Activity",
}  # fmt: skip
# One of a class, where that is not its name with the article.
_ONE_OF: Final[dict[str, Text]] = {
    term("foaf:Agent"): {
        "fr": "un organisme ou une personne",
        "en": "an organisation or a person",
    },
    term("adms:Identifier"): {"fr": "un identifiant", "en": "an identifier"},
    term("time:TemporalEntity"): {"fr": "des horaires", "en": "opening hours"},
}
_OF_CLASS: Final = {term(name): words for name, words in _CLASSES.items()}
_FEMININE: Final = {term("prov:Activity"), term("spdx:Checksum")}  # their article is elided
_OF_ROLE: Final = {term(name): _CLASSES[kind] for name, kind in _ROLES.items()}
_NAMES: Final = tuple(
    term(n)
    for n in ("dct:title", "foaf:name", "vcard:fn", "csvw:name", "rdfs:label", "skos:prefLabel")
)
_UNKNOWN: Final = ("l'élément", "éléments", "the item", "items")
_SHOWN: Final = 60


def name_of(index: Index, subject: str, lang: str) -> str | None:
    """The title or name of a thing, in this language where it has one."""
    found = spoken_name_of(index, subject, lang)
    return found[0] if found else None


def spoken_name_of(index: Index, subject: str, lang: str) -> tuple[str, str | None] | None:
    """The same with the language that it is in."""
    for predicate in _NAMES:
        texts = [literal(o) for o in index.get(subject, {}).get(predicate, ()) if is_literal(o)]
        texts = [t for t in texts if t[0].strip()]
        if texts:
            best = min(texts, key=lambda t: ((t[1] or "")[:2] != lang, t[1] != "en", t[0]))
            return shorten(best[0]), best[1]
    known = vocabulary.labels(bare(subject)) if is_iri(subject) else None
    return (known[lang], lang) if known else None


def call(index: Index, subjects: Sequence[str], dataset: str) -> Text:
    """What people call one thing or several: `la distribution « Extrait »`, `3 variables`."""
    words = _words(index, subjects[0])
    if len(subjects) > 1:
        count = len(subjects)
        return {"fr": f"{count} {words[1]}", "en": f"{count} {words[3]}"}
    if subjects[0] == dataset:
        return {"fr": words[0], "en": words[2]}
    return {
        "fr": words[0] + _called(index, subjects[0], "fr", "« {} »"),
        "en": words[2] + _called(index, subjects[0], "en", "“{}”"),
    }


def is_about(about: Text, kind: str) -> bool:
    """Whether what people call so, one or several, is of a class (a term)."""
    *_, one, several = _OF_CLASS[kind]
    return about["en"].startswith(f"{one} ") or about["en"].endswith(f" {several}")


def is_called(text: str, kind: str) -> bool:
    """Whether this, in either language, is what one or several of a class (a term) are called."""
    fr, several_fr, en, several_en = _OF_CLASS[kind]
    count, _, rest = text.partition(" ")
    if count.isdigit():
        return rest in {several_fr, several_en}
    return text in {fr, en} or text.startswith((f"{fr} ", f"{en} "))


def a_kind(kind: str) -> Text | None:
    """One of a class (a term) with its article: `un organisme`; None for an unknown class."""
    words = _OF_CLASS.get(kind)
    if words is None:
        return None
    if kind in _ONE_OF:
        return _ONE_OF[kind]
    article, _, bare_fr = words[0].replace("'", "' ", 1).partition(" ")
    feminine = article == "la" or kind in _FEMININE
    fr = f"{'une' if feminine else 'un'} {bare_fr}"
    english = words[2].removeprefix("the ")
    return {"fr": fr, "en": f"{'an' if english[0] in 'aeiou' else 'a'} {english}"}


def is_several(kind: Text) -> bool:
    """Whether one of a class is told in the plural: `des horaires`."""
    return kind["fr"].startswith("des ")


def of(about: Text) -> Text:
    """The same with a preposition: `du jeu de données`, `of the dataset`."""
    fr = about["fr"]
    if fr.startswith("le "):
        fr = f"du {fr[3:]}"
    elif fr.startswith("les "):
        fr = f"des {fr[4:]}"
    else:
        fr = f"de {fr}"
    return {"fr": fr, "en": f"of {about['en']}"}


def description_of(about: Text) -> Text:
    """Its description: `la description de la distribution`; of a description, itself."""
    owner = of(about)
    fr, en = about["fr"], about["en"]
    return {
        "fr": fr if fr.startswith("la description ") else f"la description {owner['fr']}",
        "en": en if en.startswith("the description ") else f"the description {owner['en']}",
    }


def shorten(text: str, most: int = _SHOWN) -> str:
    """The text on one line, cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _called(index: Index, subject: str, lang: str, quotes: str) -> str:
    name = name_of(index, subject, lang)
    if name:
        return f" {quotes.format(name)}"
    owner = next(
        (s for s, said in index.items() for os in said.values() if subject in os and s != subject),
        None,
    )
    owner_name = name_of(index, owner, lang) if owner else None
    if owner_name and owner:
        words = _words(index, owner)
        about = {"fr": words[0], "en": words[2]}
        return f" {of(about)[lang]} {quotes.format(owner_name)}"
    return f" {quotes.format(shorten(bare(subject), 90))}" if is_iri(subject) else ""


def _words(index: Index, subject: str) -> tuple[str, str, str, str]:
    types = index.get(subject, {}).get(RDF_TYPE, ())
    for kind, words in _OF_CLASS.items():
        if kind in types:
            return words
    roles = {p for said in index.values() for p, objects in said.items() if subject in objects}
    return next((words for role, words in _OF_ROLE.items() if role in roles), _UNKNOWN)
