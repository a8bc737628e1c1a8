"""Names of the properties of HealthDCAT-AP, in both languages, for people."""

import re
from functools import cache
from typing import Final

from red_catalog.ehds import terms
from red_catalog.namespaces import PREFIXES
from red_catalog.rdf.terms import iri as bare

NAMES: Final[dict[str, tuple[str, str]]] = {
    "adms:identifier": ("Autre identifiant", "Other identifier"),
    "adms:sample": ("Échantillon", "Sample"),
    "adms:schemaAgency": ("Organisme attributeur", "Issuing body"),
    "adms:status": ("Statut", "Status"),
    "adms:versionNotes": ("Notes de version", "Version notes"),
    "csvw:column": ("Variable", "Variable"),
    "csvw:datatype": ("Type de donnée", "Data type"),
    "csvw:name": ("Nom technique", "Technical name"),
    "csvw:propertyUrl": ("Définition", "Definition"),
    "csvw:table": ("Table", "Table"),
    "csvw:title": ("Libellé", "Label"),
    "csvw:titles": ("Libellé", "Label"),
    "csvw:url": ("Adresse de la table", "Table address"),
    "cv:contactPage": ("Page de contact", "Contact page"),
    "cv:contactPoint": ("Contact", "Contact"),
    "cv:email": ("Courriel", "E-mail"),
    "cv:frequency": ("Fréquence", "Frequency"),
    "cv:openingHours": ("Heures d’ouverture", "Opening hours"),
    "cv:specialOpeningHoursSpecification": ("Horaires exceptionnels", "Special opening hours"),
    "cv:telephone": ("Téléphone", "Telephone"),
    "dcat:accessService": ("Service d’accès", "Access service"),
    "dcat:accessURL": ("Adresse d’accès", "Access address"),
    "dcat:bbox": ("Rectangle englobant", "Bounding box"),
    "dcat:byteSize": ("Taille", "Size"),
    "dcat:centroid": ("Centre", "Centroid"),
    "dcat:compressFormat": ("Format de compression", "Compression format"),
    "dcat:contactPoint": ("Contact", "Contact"),
    "dcat:distribution": ("Distribution", "Distribution"),
    "dcat:downloadURL": ("Téléchargement", "Download"),
    "dcat:endDate": ("Fin", "End"),
    "dcat:endpointDescription": ("Description du service", "Service description"),
    "dcat:endpointURL": ("Adresse du service", "Service address"),
    "dcat:hadRole": ("Rôle", "Role"),
    "dcat:inSeries": ("Série", "Series"),
    "dcat:keyword": ("Mots-clés", "Keywords"),
    "dcat:landingPage": ("Page d’accueil", "Landing page"),
    "dcat:mediaType": ("Type de média", "Media type"),
    "dcat:packageFormat": ("Format d’archive", "Package format"),
    "dcat:qualifiedRelation": ("Relation qualifiée", "Qualified relation"),
    "dcat:servesDataset": ("Jeu de données servi", "Serves dataset"),
    "dcat:spatialResolutionInMeters": (
        "Résolution spatiale (mètres)",
        "Spatial resolution (metres)",
    ),
    "dcat:startDate": ("Début", "Start"),
    "dcat:temporalResolution": ("Résolution temporelle", "Temporal resolution"),
    "dcat:theme": ("Thème", "Theme"),
    "dcat:version": ("Version", "Version"),
    "dcatap:applicableLegislation": ("Législation applicable", "Applicable legislation"),
    "dcatap:availability": ("Disponibilité", "Availability"),
    "dct:accessRights": ("Droits d’accès", "Access rights"),
    "dct:accrualPeriodicity": ("Fréquence de mise à jour", "Update frequency"),
    "dct:alternative": ("Autre titre", "Alternative title"),
    "dct:conformsTo": ("Standards", "Standards"),
    "dct:creator": ("Producteur", "Creator"),
    "dct:description": ("Description", "Description"),
    "dct:format": ("Format", "Format"),
    "dct:hasPart": ("Comprend", "Has part"),
    "dct:hasVersion": ("Autre version", "Has version"),
    "dct:identifier": ("Identifiant", "Identifier"),
    "dct:isPartOf": ("Fait partie de", "Is part of"),
    "dct:isReferencedBy": ("Publications qui l’utilisent", "Referenced by"),
    "dct:issued": ("Publié le", "Issued"),
    "dct:language": ("Langue", "Language"),
    "dct:license": ("Licence", "Licence"),
    "dct:modified": ("Modifié le", "Modified"),
    "dct:provenance": ("Origine des données", "Origin of the data"),
    "dct:publisher": ("Éditeur", "Publisher"),
    "dct:relation": ("Ressource liée", "Related resource"),
    "dct:rights": ("Conditions", "Rights"),
    "dct:source": ("Source", "Source"),
    "dct:spatial": ("Territoire", "Territory"),
    "dct:temporal": ("Période couverte", "Period covered"),
    "dct:title": ("Titre", "Title"),
    "dct:type": ("Type", "Type"),
    "dpv:hasLegalBasis": ("Base légale", "Legal basis"),
    "dpv:hasPersonalData": ("Données personnelles", "Personal data"),
    "dpv:hasPurpose": ("Finalités", "Purposes"),
    "dqv:hasQualityAnnotation": ("Label ou certificat de qualité", "Quality label or certificate"),
    "foaf:homepage": ("Site", "Website"),
    "foaf:mbox": ("Courriel", "E-mail"),
    "foaf:name": ("Nom", "Name"),
    "foaf:page": ("Documentation", "Documentation"),
    "foaf:phone": ("Téléphone", "Telephone"),
    "geodcatap:custodian": ("Détenteur des données", "Data holder"),
    "healthdcatap:analytics": ("Analyse publiée", "Published analysis"),
    "healthdcatap:hasCodeValues": ("Codes utilisés", "Code values"),
    "healthdcatap:hasCodingSystem": ("Systèmes de codage", "Coding systems"),
    "healthdcatap:hasStructuredData": ("Données structurées", "Structured data"),
    "healthdcatap:hasVariables": ("Variables", "Variables"),
    "healthdcatap:hdab": (
        "Organisme responsable de l’accès aux données de santé",
        "Health data access body",
    ),
    "healthdcatap:hdabCoordinator": (
        "Organisme coordonnateur de l’accès",
        "Coordinating access body",
    ),
    "healthdcatap:healthCategory": ("Catégories de l’article 51", "Article 51 categories"),
    "healthdcatap:healthTheme": ("Thèmes de santé", "Health themes"),
    "healthdcatap:maxTypicalAge": ("Âge typique maximal", "Maximum typical age"),
    "healthdcatap:minTypicalAge": ("Âge typique minimal", "Minimum typical age"),
    "healthdcatap:numberOfRecords": ("Nombre d’enregistrements", "Number of records"),
    "healthdcatap:numberOfUniqueIndividuals": ("Nombre de personnes", "Number of people"),
    "healthdcatap:populationCoverage": ("Population couverte", "Population covered"),
    "healthdcatap:publisherNote": ("Note de l’éditeur", "Publisher note"),
    "healthdcatap:publisherType": ("Type d’éditeur", "Publisher type"),
    "healthdcatap:retentionPeriod": ("Durée de conservation", "Retention period"),
    "healthdcatap:trustedDataHolder": ("Détenteur de confiance déclaré", "Claims trusted holder"),
    "locn:geometry": ("Géométrie", "Geometry"),
    "oa:hasBody": ("Document", "Document"),
    "oa:hasTarget": ("Porte sur", "About"),
    "oa:motivatedBy": ("Motif", "Motivation"),
    "odrl:hasPolicy": ("Règles d’usage", "Usage policy"),
    "owl:versionInfo": ("Version", "Version"),
    "prov:agent": ("Agent", "Agent"),
    "prov:qualifiedAttribution": ("Contribution", "Attribution"),
    "prov:used": ("Utilise", "Used"),
    "prov:wasGeneratedBy": ("Produit par", "Generated by"),
    "rdf:type": ("Nature", "Kind"),
    "rdfs:comment": ("Commentaire", "Comment"),
    "rdfs:label": ("Libellé", "Label"),
    "rdfs:seeAlso": ("Voir aussi", "See also"),
    "skos:inScheme": ("Liste", "Scheme"),
    "skos:notation": ("Code", "Notation"),
    "skos:prefLabel": ("Libellé", "Label"),
    "spdx:algorithm": ("Algorithme", "Algorithm"),
    "spdx:checksum": ("Empreinte", "Checksum"),
    "spdx:checksumValue": ("Valeur de l’empreinte", "Checksum value"),
    "time:hasBeginning": ("Début", "Beginning"),
    "time:hasEnd": ("Fin", "End"),
    "time:inXSDDate": ("Date", "Date"),
    "vcard:fn": ("Nom", "Name"),
    "vcard:hasEmail": ("Courriel", "E-mail"),
    "vcard:hasTelephone": ("Téléphone", "Telephone"),
    "vcard:hasURL": ("Page de contact", "Contact page"),
    "vcard:organization-name": ("Organisation", "Organisation"),
}

_STEP: Final = re.compile(r"<[^<>]*>")
_STEPS: Final = re.compile(r"<[^<>]*>|[|/]")
# Between the names of the steps of a path that is not a single property.
_BETWEEN: Final = {"|": (" ou ", " or "), "/": (" › ", " › ")}


def of_path(path: str) -> str:
    """The IRI of a path that is one property; another path as SPARQL writes it."""
    return bare(path) if _STEP.fullmatch(path) else path


@cache
def compact(iri: str) -> str:
    """The prefixed name of an IRI where one of our prefixes fits, else the IRI; so in a path."""
    if "<" in iri:
        return _STEP.sub(lambda step: compact(bare(step[0])), iri)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


@cache
def name(iri: str, code: str) -> str:
    """What people call this property, or path; its prefixed name where we have no word for it."""
    if "<" in iri:
        return _name_path(iri, code)
    short = compact(iri)
    known = NAMES.get(short)
    if known is None:
        ours = terms.labels(iri)
        return ours[code] if ours else short
    return known[code == "en"]


def _name_path(path: str, code: str) -> str:
    told = ""
    for step in _STEPS.findall(path):
        if step in _BETWEEN:
            told += _BETWEEN[step][code == "en"]
        else:
            named = name(bare(step), code)
            told += named[:1].lower() + named[1:] if told else named
    return told


def order(iri: str) -> tuple[int, str]:
    """A key that sorts titles first, descriptions next, then by IRI."""
    rank = {"dct:title": 0, "foaf:name": 0, "dct:description": 1, "rdf:type": 9}
    return rank.get(compact(iri), 5), iri
