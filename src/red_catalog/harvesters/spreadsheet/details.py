"""More columns of the sheet of datasets: population, rules, what else there is to know."""

from typing import Final

from red_catalog.harvesters.spreadsheet.columns import Column
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY

POPULATION: Final = (
    Column(
        "population", ("Population couverte", "Population coverage"), "text",
        "healthdcatap:populationCoverage", "RRR",
        ("Qui est dans les données : critères, territoire, période.",
         "Who is in the data: criteria, territory, period."),
        ("Patients adultes hospitalisés au moins une nuit.",
         "Adult patients who stayed at least one night."), width=34,
    ),
    Column(
        "min_age", ("Âge minimal habituel", "Minimum typical age"), "whole",
        "healthdcatap:minTypicalAge", "RRR",
        ("L'âge habituel le plus bas, en années.", "Lowest typical age, in years."),
        ("18", "18"), width=10,
        aliases=("âge minimal", "minimum age", "age min", "âge minimum", "min typical age"),
        counted=("d'années (6 mois : 0)", "of years (6 months: 0)"),
    ),
    Column(
        "max_age", ("Âge maximal habituel", "Maximum typical age"), "whole",
        "healthdcatap:maxTypicalAge", "RRR",
        ("L'âge habituel le plus haut, en années.", "Highest typical age, in years."),
        ("105", "105"), width=10,
        aliases=("âge maximal", "maximum age", "age max", "âge maximum", "max typical age"),
        counted=("d'années (6 mois : 0)", "of years (6 months: 0)"),
    ),
    Column(
        "records", ("Nombre d'enregistrements", "Number of records"), "whole",
        "healthdcatap:numberOfRecords", "RRR",
        ("Nombre de lignes, un nombre entier.", "Number of rows, a whole number."),
        ("1840200", "1840200"),
        width=14, counted=("de lignes (12,4 milliers : 12400)", "of rows (12.4 thousand: 12400)"),
    ),
    Column(
        "individuals", ("Nombre de personnes distinctes", "Number of unique individuals"), "whole",
        "healthdcatap:numberOfUniqueIndividuals", "RRR",
        ("Nombre de personnes distinctes, un nombre entier.",
         "Number of distinct persons, a whole number."), ("612400", "612400"),
        aliases=("nombre de personnes", "number of individuals", "nombre d'individus",
                 "nombre de patients"),
        width=14, counted=("de personnes (9,8 milliers : 9800)", "of persons (9.8 thousand: 9800)"),
    ),
    Column(
        "spatial", ("Territoire", "Territory"), "place", "dct:spatial", "RRR",
        ("Un pays ou un continent de la liste ; nommez une région dans la population couverte.",
         "A country or continent of the list; name a region in the population coverage."),
        ("France", "France"),
        lists=(f"{EU_AUTHORITY}country", f"{EU_AUTHORITY}continent"), many=True,
        aliases=("couverture géographique", "pays", "spatial coverage", "country"), width=18,
    ),
    Column(
        "period_start", ("Début de la période", "Period start"), "start", "dct:temporal", "RRR",
        ("Premier jour couvert, AAAA-MM-JJ ou année.", "First day covered, YYYY-MM-DD or year."),
        ("2012-01-01", "2012-01-01"), aliases=("date de début", "start date"), width=13,
    ),
    Column(
        "period_end", ("Fin de la période", "Period end"), "end", "dct:temporal", "---",
        ("Dernier jour couvert ; vide si la collecte continue.",
         "Last day covered; empty while collection goes on."), ("2026-06-30", "2026-06-30"),
        aliases=("date de fin", "end date"), width=13,
    ),
    Column(
        "resolution", ("Résolution temporelle", "Temporal resolution"), "duration",
        "dcat:temporalResolution", "--R",
        ("Durée ISO 8601 : P1D un jour, P1M un mois, P1Y un an.",
         "ISO 8601 duration: P1D a day, P1M a month, P1Y a year."), ("P1D", "P1D"), width=12,
    ),
    Column(
        "frequency", ("Fréquence de mise à jour", "Update frequency"), "code",
        "dct:accrualPeriodicity", "--R",
        ("À quel rythme les données sont complétées.", "How often data are added."),
        ("annuel", "annual"), lists=(f"{EU_AUTHORITY}frequency",),
        aliases=("fréquence", "périodicité", "frequency"), width=14,
    ),
    Column(
        "language", ("Langue des données", "Language of the data"), "code", "dct:language", "--R",
        ("La langue dans laquelle les données sont écrites.",
         "The language that the data are written in."), ("français", "French"),
        lists=(f"{EU_AUTHORITY}language",), many=True, aliases=("langue", "language"), width=14,
    ),
)  # fmt: skip
RULES: Final = (
    Column(
        "personal", ("Données à caractère personnel", "Personal data"), "code",
        "dpv:hasPersonalData", "RRR",
        ("Les données à caractère personnel présentes (liste en anglais du vocabulaire DPV).",
         "The personal data that are present."),
        ("Age ; Gender ; Medical Health", "Age ; Gender ; Medical Health"),
        node="dpv:PersonalData", lists=("https://w3id.org/dpv/pd#",), many=True,
        aliases=("données personnelles",),
    ),
    Column(
        "legal_basis", ("Base légale", "Legal basis"), "code", "dpv:hasLegalBasis", "RRR",
        ("La base légale du traitement (liste en anglais du vocabulaire DPV).",
         "The legal basis of the processing."),
        ("Public Interest", "Public Interest"), node="dpv:LegalBasis",
        lists=("https://w3id.org/dpv#LegalBasis", "https://w3id.org/dpv/legal/eu/gdpr#"),
        many=True, aliases=("bases légales", "fondement juridique"),
    ),
    Column(
        "purpose", ("Finalité", "Purpose"), "code", "dpv:hasPurpose", "RRR",
        ("Pourquoi ces données ont été recueillies (liste en anglais du vocabulaire DPV).",
         "Why these data were collected."),
        ("Academic Research", "Academic Research"), node="dpv:Purpose",
        lists=("https://w3id.org/dpv#Purpose",), many=True, aliases=("finalités", "purposes"),
    ),
    Column(
        "retention_start", ("Début de conservation", "Retention start"), "start",
        "healthdcatap:retentionPeriod", "RRR",
        ("Depuis quand les données sont conservées.", "Since when the data are kept."),
        ("2012-01-01", "2012-01-01"), width=13,
    ),
    Column(
        "retention_end", ("Fin de conservation", "Retention end"), "end",
        "healthdcatap:retentionPeriod", "---",
        ("Jusqu'à quand les données sont conservées.", "Until when the data are kept."),
        ("2046-12-31", "2046-12-31"), width=13,
    ),
    Column(
        "rights", ("Conditions d'utilisation", "Terms of use"), "statement", "dct:rights", "---",
        ("Conditions, restrictions, droits de tiers, en quelques phrases.",
         "Conditions, restrictions, rights of others, in a few sentences."),
        ("Appariement soumis à l'avis du comité scientifique.",
         "Linkage requires the opinion of the scientific committee."),
        node="dct:RightsStatement", aliases=("droits",), width=34,
    ),
)  # fmt: skip
MORE: Final = (
    Column(
        "coding_system", ("Système de codage", "Coding system"), "code",
        "healthdcatap:hasCodingSystem", "RRR",
        ("Les nomenclatures employées.", "The coding systems in use."), ("ICD-10", "ICD-10"),
        lists=(f"{HEALTH_AUTHORITY}coding-system",), many=True, aliases=("nomenclature",),
    ),
    Column(
        "code_values", ("Codes utilisés", "Code values"), "plain", "healthdcatap:hasCodeValues",
        "RRR",
        ("Les codes qui caractérisent les données, séparés par « ; ».",
         "The codes that characterise the data, separated by “;”."), ("I50 ; E11", "I50 ; E11"),
        many=True, aliases=("valeurs codées", "codes étudiés"),
    ),
    Column(
        "standard", ("Norme suivie", "Standard followed"), "code", "dct:conformsTo", "--R",
        ("La norme de santé que suivent les données.", "The health standard that the data follow."),
        ("Fast Healthcare Interoperability Resources",
         "Fast Healthcare Interoperability Resources"),
        lists=(f"{HEALTH_AUTHORITY}standard",), many=True,
        aliases=("norme", "conforms to"),
    ),
    Column(
        "landing", ("Page de présentation", "Landing page"), "link", "dcat:landingPage", "--R",
        ("La page web du jeu de données.", "The web page of the dataset."),
        ("https://donnees.hopital.example/eds", "https://data.hospital.example/cdw"),
        node="foaf:Document", many=True,
        aliases=("page d'accueil", "page web", "site web"), width=30,
    ),
    Column(
        "page", ("Documentation", "Documentation"), "link", "foaf:page", "--R",
        ("Guides, dictionnaires : leurs adresses web.", "Guides, dictionaries: their addresses."),
        ("https://donnees.hopital.example/eds/guide.pdf",
         "https://data.hospital.example/cdw/guide.pdf"), node="foaf:Document", many=True, width=30,
    ),
    Column(
        "referenced_by", ("Publications", "Publications"), "link", "dct:isReferencedBy", "--R",
        ("Articles qui utilisent ces données : leurs adresses ou DOI.",
         "Articles that use these data: their addresses or DOIs."),
        ("https://doi.org/10.5072/exemple", "https://doi.org/10.5072/example"), many=True,
        aliases=("referenced by", "articles"), width=30,
    ),
    Column(
        "relation", ("Ressource liée", "Related resource"), "link", "dct:relation", "--R",
        ("Adresses de ressources liées.", "Addresses of related resources."),
        ("https://donnees.hopital.example/eds/comite", "https://data.hospital.example/cdw/board"),
        many=True, aliases=("ressources liées", "related resources"), width=30,
    ),
    Column(
        "quality", ("Label ou certificat de qualité", "Quality label or certificate"),
        "certificate",
        "dqv:hasQualityAnnotation", "RRR",
        ("Adresse du certificat ou du rapport de qualité.",
         "Address of the quality certificate or report."),
        ("https://donnees.hopital.example/eds/qualite.pdf",
         "https://data.hospital.example/cdw/quality.pdf"), node="dqv:QualityCertificate",
        many=True, aliases=("quality certificate", "certificat de qualité"), width=30,
    ),
    Column(
        "assessed", ("Date d'évaluation du label", "Assessment date of the label"), "assessed",
        "dct:issued", "---",
        ("Quand la qualité a été évaluée, AAAA-MM-JJ.",
         "When the quality was assessed, YYYY-MM-DD."),
        ("2026-05-12", "2026-05-12"), aliases=("date du label", "label date"), width=13,
    ),
    Column(
        "issued", ("Date de publication", "Release date"), "date", "dct:issued", "---",
        ("Première mise à disposition, AAAA-MM-JJ.", "First made available, YYYY-MM-DD."),
        ("2024-03-01", "2024-03-01"), aliases=("publié le", "issued"), width=13,
    ),
    Column(
        "modified", ("Date de modification", "Modification date"), "date", "dct:modified", "---",
        ("Dernière mise à jour des données.", "Last update of the data."),
        ("2026-07-01", "2026-07-01"), aliases=("mis à jour le", "modified"), width=13,
    ),
    Column(
        "version", ("Version", "Version"), "plain", "dcat:version", "---",
        ("Numéro de version.", "Version number."), ("3.2", "3.2"), width=10,
    ),
)  # fmt: skip
