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
    "csvw:datatype": ("Type de valeurs", "Data type"),
    "csvw:name": ("Nom de la variable", "Variable name"),
    "csvw:propertyUrl": ("Adresse de la définition", "Address of the definition"),
    "csvw:table": ("Tableau", "Table"),
    "csvw:title": ("Libellé", "Label"),
    "csvw:titles": ("Libellé", "Label"),
    "csvw:url": ("Adresse du tableau", "Address of the table"),
    "cv:contactPage": ("Page de contact", "Contact page"),
    "cv:contactPoint": ("Point de contact", "Contact point"),
    "cv:email": ("Adresse électronique", "E-mail address"),
    "cv:frequency": ("Fréquence", "Frequency"),
    "cv:openingHours": ("Horaires d’ouverture", "Opening hours"),
    "cv:specialOpeningHoursSpecification": ("Horaires exceptionnels", "Special opening hours"),
    "cv:telephone": ("Téléphone", "Telephone"),
    "dcat:accessService": ("Service d’accès", "Access service"),
    "dcat:accessURL": ("Adresse d’accès", "Access address"),
    "dcat:bbox": ("Emprise géographique", "Bounding box"),
    "dcat:byteSize": ("Taille", "Size"),
    "dcat:catalog": ("Catalogues inclus", "Catalogues included"),
    "dcat:centroid": ("Centre géographique", "Centre point"),
    "dcat:compressFormat": ("Format de compression", "Compression format"),
    "dcat:contactPoint": ("Point de contact", "Contact point"),
    "dcat:dataset": ("Jeux de données", "Datasets"),
    "dcat:distribution": ("Distribution", "Distribution"),
    "dcat:downloadURL": ("Adresse de téléchargement", "Download address"),
    "dcat:endDate": ("Date de fin", "End date"),
    "dcat:endpointDescription": ("Documentation du service", "Documentation of the service"),
    "dcat:endpointURL": ("Adresse du service", "Address of the service"),
    "dcat:first": ("Premier de la série", "First of the series"),
    "dcat:hadRole": ("Rôle", "Role"),
    "dcat:hasCurrentVersion": ("Version actuelle", "Current version"),
    "dcat:hasVersion": ("Autre version", "Other version"),
    "dcat:inSeries": ("Série", "Series"),
    "dcat:isVersionOf": ("Version de", "Version of"),
    "dcat:keyword": ("Mots-clés", "Keywords"),
    "dcat:landingPage": ("Page de présentation", "Landing page"),
    "dcat:last": ("Dernier de la série", "Last of the series"),
    "dcat:mediaType": ("Type de média", "Media type"),
    "dcat:next": ("Suivant dans la série", "Next in the series"),
    "dcat:nextVersion": ("Version suivante", "Next version"),
    "dcat:packageFormat": ("Format d’archive", "Packaging format"),
    "dcat:prev": ("Précédent dans la série", "Previous in the series"),
    "dcat:previousVersion": ("Version précédente", "Previous version"),
    "dcat:qualifiedRelation": ("Relation qualifiée", "Qualified relation"),
    "dcat:record": ("Notices", "Catalogue records"),
    "dcat:servesDataset": ("Jeux de données servis", "Datasets served"),
    "dcat:service": ("Services de données", "Data services"),
    "dcat:spatialResolutionInMeters": (
        "Résolution spatiale (mètres)",
        "Spatial resolution (metres)",
    ),
    "dcat:startDate": ("Date de début", "Start date"),
    "dcat:temporalResolution": ("Résolution temporelle", "Temporal resolution"),
    "dcat:theme": ("Thème", "Theme"),
    "dcat:themeTaxonomy": ("Liste de thèmes", "List of themes"),
    "dcat:version": ("Version", "Version"),
    "dcatap:applicableLegislation": ("Législation applicable", "Applicable legislation"),
    "dcatap:availability": ("Disponibilité prévue", "Planned availability"),
    "dct:accessRights": ("Niveau d’accès", "Access level"),
    "dct:accrualPeriodicity": ("Fréquence de mise à jour", "Update frequency"),
    "dct:alternative": ("Titre secondaire", "Alternative title"),
    "dct:conformsTo": ("Norme suivie", "Standard followed"),
    "dct:creator": ("Auteur", "Creator"),
    "dct:description": ("Description", "Description"),
    "dct:format": ("Format", "Format"),
    "dct:hasPart": ("Comprend", "Has part"),
    "dct:hasVersion": ("Autre version", "Other version"),
    "dct:identifier": ("Identifiant", "Identifier"),
    "dct:isPartOf": ("Fait partie de", "Is part of"),
    "dct:isReferencedBy": ("Publications", "Publications"),
    "dct:isReplacedBy": ("Remplacé par", "Replaced by"),
    "dct:isRequiredBy": ("Nécessaire à", "Required by"),
    "dct:isVersionOf": ("Version de", "Version of"),
    "dct:issued": ("Date de publication", "Release date"),
    "dct:language": ("Langue", "Language"),
    "dct:license": ("Licence", "Licence"),
    "dct:modified": ("Date de modification", "Modification date"),
    "dct:provenance": ("Provenance", "Provenance"),
    "dct:publisher": ("Éditeur", "Publisher"),
    "dct:references": ("Fait référence à", "References"),
    "dct:relation": ("Ressource liée", "Related resource"),
    "dct:replaces": ("Remplace", "Replaces"),
    "dct:requires": ("Nécessite", "Requires"),
    "dct:rights": ("Conditions d’utilisation", "Terms of use"),
    "dct:source": ("Jeu de données d’origine", "Source dataset"),
    "dct:spatial": ("Territoire", "Territory"),
    "dct:temporal": ("Période couverte", "Period covered"),
    "dct:title": ("Titre", "Title"),
    "dct:type": ("Type", "Type"),
    "dpv:hasLegalBasis": ("Base légale", "Legal basis"),
    "dpv:hasPersonalData": ("Données à caractère personnel", "Personal data"),
    "dpv:hasPurpose": ("Finalité", "Purpose"),
    "dqv:hasLegalBasis": ("Base légale", "Legal basis"),
    "dqv:hasQualityAnnotation": ("Label ou certificat de qualité", "Quality label or certificate"),
    "foaf:homepage": ("Site web", "Website"),
    "foaf:mbox": ("Adresse électronique", "E-mail address"),
    "foaf:name": ("Nom", "Name"),
    "foaf:page": ("Documentation", "Documentation"),
    "foaf:phone": ("Téléphone", "Telephone"),
    "foaf:primaryTopic": ("Ressource décrite", "Resource described"),
    "geodcatap:custodian": ("Détenteur des données", "Data holder"),
    "dqv:hasQualityMeasurement": ("Mesure de qualité", "Quality measurement"),
    "dqv:isMeasurementOf": ("Indicateur mesuré", "Metric"),
    "dqv:value": ("Valeur", "Value"),
    "healthdcatap:analytics": ("Analyses produites", "Analytics"),
    "healthdcatap:hasCodeValues": ("Codes utilisés", "Code values"),
    "healthdcatap:hasCodingSystem": ("Système de codage", "Coding system"),
    "healthdcatap:hasStructuredData": ("Données structurées", "Structured data"),
    "healthdcatap:hasVariables": ("Description des variables", "Description of the variables"),
    "healthdcatap:hdab": (
        "Organisme responsable de l’accès aux données de santé",
        "Health data access body",
    ),
    "healthdcatap:hdabCoordinator": (
        "Organisme coordonnateur de l’accès",
        "Coordinating access body",
    ),
    "healthdcatap:healthCategory": ("Catégorie de l’article 51", "Article 51 category"),
    "healthdcatap:healthTheme": ("Thème de santé", "Health theme"),
    "healthdcatap:maxTypicalAge": ("Âge maximal habituel", "Maximum typical age"),
    "healthdcatap:minTypicalAge": ("Âge minimal habituel", "Minimum typical age"),
    "healthdcatap:numberOfRecords": ("Nombre d’enregistrements", "Number of records"),
    "healthdcatap:numberOfUniqueIndividuals": (
        "Nombre de personnes distinctes",
        "Number of unique individuals",
    ),
    "healthdcatap:populationCoverage": ("Population couverte", "Population coverage"),
    "healthdcatap:publisherNote": (
        "Présentation de l’éditeur",
        "Presentation of the publisher",
    ),
    "healthdcatap:publisherType": ("Type d’éditeur", "Publisher type"),
    "healthdcatap:retentionPeriod": ("Durée de conservation", "Retention period"),
    "healthdcatap:trustedDataHolder": (
        "Détenteur de confiance déclaré",
        "Declared trusted data holder",
    ),
    "locn:geometry": ("Géométrie", "Geometry"),
    "oa:hasBody": ("Document", "Document"),
    "oa:hasTarget": ("Porte sur", "About"),
    "oa:motivatedBy": ("Motif", "Motivation"),
    "odrl:action": ("Action", "Action"),
    "odrl:hasPolicy": ("Politique d’usage", "Usage policy"),
    "odrl:obligation": ("Obligation", "Obligation"),
    "odrl:permission": ("Autorisation", "Permission"),
    "odrl:prohibition": ("Interdiction", "Prohibition"),
    "owl:versionInfo": ("Version", "Version"),
    "prov:agent": ("Agent", "Agent"),
    "prov:endedAtTime": ("Fin", "End"),
    "prov:qualifiedAttribution": ("Responsabilité déclarée", "Declared responsibility"),
    "prov:startedAtTime": ("Début", "Beginning"),
    "prov:used": ("Utilise", "Used"),
    "prov:wasAssociatedWith": ("Organisme associé", "Associated organisation"),
    "prov:wasDerivedFrom": ("Dérivé de", "Derived from"),
    "prov:wasGeneratedBy": (
        "Activité d’origine",
        "Activity that produced the data",
    ),
    "rdf:type": ("Nature", "Kind"),
    "rdfs:comment": ("Commentaire", "Comment"),
    "rdfs:label": ("Libellé", "Label"),
    "rdfs:seeAlso": ("Voir aussi", "See also"),
    "skos:inScheme": ("Liste d’origine", "List of origin"),
    "skos:notation": ("Code", "Notation"),
    "skos:prefLabel": ("Libellé", "Label"),
    "spdx:algorithm": ("Algorithme", "Algorithm"),
    "spdx:checksum": ("Empreinte", "Checksum"),
    "spdx:checksumValue": ("Valeur de l’empreinte", "Checksum value"),
    "time:hasBeginning": ("Début", "Beginning"),
    "time:hasEnd": ("Fin", "End"),
    "time:inXSDDate": ("Date", "Date"),
    "vcard:country-name": ("Pays", "Country"),
    "vcard:fn": ("Nom", "Name"),
    "vcard:hasAddress": ("Adresse postale", "Postal address"),
    "vcard:hasEmail": ("Adresse électronique", "E-mail address"),
    "vcard:hasTelephone": ("Téléphone", "Telephone"),
    "vcard:hasURL": ("Page de contact", "Contact page"),
    "vcard:locality": ("Ville", "Town"),
    "vcard:organization-name": ("Organisme", "Organisation"),
    "vcard:postal-code": ("Code postal", "Postal code"),
    "vcard:street-address": ("Rue", "Street"),
}

# What is called otherwise where it is not said of a dataset, but of what a dataset leads to.
_INSIDE: Final = {"dct:source": ("Source", "Source")}
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
def name(iri: str, code: str, *, inside: bool = False) -> str:
    """What people call this property, or path; its prefixed name where we have no word for it.

    `inside`: it is said of what a dataset leads to, its legal basis for instance.
    """
    if "<" in iri:
        return _name_path(iri, code)
    short = compact(iri)
    known = (inside and _INSIDE.get(short)) or NAMES.get(short)
    if known is None:
        ours = terms.labels(iri)
        return ours[code] if ours else short
    return known[code == "en"]


def _name_path(path: str, code: str) -> str:
    told = ""
    inside = False
    for step in _STEPS.findall(path):
        if step in _BETWEEN:
            told += _BETWEEN[step][code == "en"]
            inside = inside or step == "/"
        else:
            named = name(bare(step), code, inside=inside)
            told += named[:1].lower() + named[1:] if told else named
    return told


def order(iri: str) -> tuple[int, str]:
    """A key that sorts titles first, descriptions next, then by IRI."""
    rank = {"dct:title": 0, "foaf:name": 0, "dct:description": 1, "rdf:type": 9}
    return rank.get(compact(iri), 5), iri
