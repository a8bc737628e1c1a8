"""The sheet of datasets, a row each."""

from typing import Final

from red_catalog.harvesters.spreadsheet.columns import Column, Sheet
from red_catalog.harvesters.spreadsheet.conditions import CONDITIONS
from red_catalog.harvesters.spreadsheet.details import MORE, POPULATION, RULES
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY

_GENERAL: Final = (
    Column(
        "identifier", ("Identifiant", "Identifier"), "plain", "dct:identifier", "MMM",
        ("Votre référence pour ce jeu de données. Ne la changez jamais : elle le désigne "
         "partout, et d'un envoi à l'autre.",
         "Your reference for this dataset. Never change it: it names the dataset everywhere, and "
         "from one submission to the next."),
        ("EDS-SEJOURS", "EDS-STAYS"),
        aliases=("id", "reference", "référence", "code"), width=18,
    ),
    Column(
        "iri", ("Adresse permanente", "Permanent address"), "iri", "", "---",
        ("Adresse web qui désigne ce jeu de données, si vous en avez une ; sinon le catalogue "
         "en fait une à partir de l'identifiant.",
         "Web address that names this dataset, if you have one; else the catalogue makes one "
         "from the identifier."),
        ("https://donnees.hopital.example/jeu/eds-sejours",
         "https://data.hospital.example/dataset/eds-stays"),
        aliases=("uri", "iri", "url", "doi"), width=30,
    ),
    Column(
        "title", ("Titre", "Title"), "text", "dct:title", "MMM",
        ("Le nom du jeu de données, clair hors de votre établissement.",
         "The name of the dataset, clear outside your organisation."),
        ("Séjours hospitaliers et diagnostics codés", "Hospital stays and coded diagnoses"),
        translated=True, aliases=("intitulé", "nom", "name", "titre du jeu de données"), width=34,
    ),
    Column(
        "description", ("Description", "Description"), "text", "dct:description", "MMM",
        ("Ce que contient le jeu de données, sur qui, depuis quand, en quelques phrases.",
         "What the dataset holds, about whom, since when, in a few sentences."),
        ("Séjours de médecine et de chirurgie depuis 2012, avec diagnostics et actes codés.",
         "Medical and surgical stays since 2012, with coded diagnoses and procedures."),
        translated=True, aliases=("résumé", "abstract", "summary"), width=50,
    ),
    Column(
        "access", ("Niveau d'accès", "Access level"), "code", "dct:accessRights", "MMM",
        ("« public » : ouvert à tous. « restreint » : sous conditions. « non public » : sur "
         "autorisation de l'organisme d'accès aux données de santé.",
         "“public”: open to all. “restricted”: under conditions. “non public”: with a permit of "
         "the health data access body."),
        ("non public", "non public"),
        lists=(f"{EU_AUTHORITY}access-right",),
        aliases=("accès", "conditions d'accès", "droits d'accès", "access", "access rights"),
        width=16,
    ),
    Column(
        "legislation", ("Législation applicable", "Applicable legislation"), "code",
        "dcatap:applicableLegislation", "MMM",
        ("Le règlement sur l'espace européen des données de santé, (UE) 2025/327, et d'autres "
         "s'il y en a ; dans un classeur, leur adresse ELI convient aussi.",
         "The European Health Data Space regulation, (EU) 2025/327, and others if any; in a "
         "workbook their ELI address will do as well."),
        ("Espace européen des données de santé, règlement (UE) 2025/327",
         "European Health Data Space, Regulation (EU) 2025/327"),
        node="eli:LegalResource", lists=("local:legislation",), many=True, width=30,
    ),
)  # fmt: skip
_SUBJECT: Final = (
    Column(
        "category", ("Catégorie de l'article 51", "Article 51 category"), "code",
        "healthdcatap:healthCategory", "MMM",
        ("Une ou plusieurs des 17 catégories de l'article 51.",
         "One or more of the 17 categories of Article 51."),
        ("a) Dossiers de santé électroniques", "(a) Electronic Health Data from EHRs"),
        lists=(f"{HEALTH_AUTHORITY}healthcategories",), many=True,
        aliases=("catégorie", "catégories", "catégorie de données de santé", "category",
                 "health category", "health data category"), width=34,
    ),
    Column(
        "theme", ("Thème", "Theme"), "code", "dcat:theme", "MMM",
        ("« Santé » au moins.", "“Health” at least."), ("Santé", "Health"),
        lists=(f"{EU_AUTHORITY}data-theme",), many=True, aliases=("thèmes", "themes"), width=16,
    ),
    Column(
        "health_theme", ("Thème de santé", "Health theme"), "code", "healthdcatap:healthTheme",
        "RRR",
        ("De quoi traitent les données.", "What the data are about."),
        ("Cancer", "Cancer"), lists=(f"{HEALTH_AUTHORITY}health-theme",), many=True,
        aliases=("thèmes de santé", "health themes"),
    ),
    Column(
        "type", ("Type de jeu de données", "Dataset type"), "code", "dct:type", "--M",
        ("La nature du jeu de données.", "The nature of the dataset."),
        ("Données personnelles", "Personal data"),
        lists=(f"{EU_AUTHORITY}dataset-type",), many=True, aliases=("type", "nature"),
    ),
    Column(
        "keyword", ("Mots-clés", "Keywords"), "text", "dcat:keyword", "RRM",
        ("Plusieurs, séparés par « ; ».", "Several, separated by “;”."),
        ("séjours hospitaliers ; PMSI ; diagnostics", "hospital stays ; diagnoses"),
        many=True, translated=True, aliases=("mots clés", "mot-clé", "keyword", "tags"), width=30,
    ),
    Column(
        "provenance", ("Provenance", "Provenance"), "statement", "dct:provenance", "--M",
        ("Comment les données ont été recueillies et transformées.",
         "How the data were collected and transformed."),
        ("Extraction nocturne du dossier patient informatisé, pseudonymisée.",
         "Nightly extraction from the electronic health record, pseudonymised."),
        node="dct:ProvenanceStatement", aliases=("origine",), width=40,
    ),
    Column(
        "activity", ("Activité d'origine", "Activity that produced the data"), "activity",
        "prov:wasGeneratedBy", "---",
        ("L'activité qui a produit les données.", "The activity that produced the data."),
        ("Admission, soins et sortie des patients", "Patient admission, care and discharge"),
        node="prov:Activity", lists=(f"{HEALTH_AUTHORITY}health-activity",), many=True,
        aliases=("généré par", "generated by", "was generated by"),
    ),
    Column(
        "structured", ("Données structurées", "Structured data"), "boolean",
        "healthdcatap:hasStructuredData", "MMM",
        ("« oui » si les données sont en tableaux : décrivez alors leurs variables.",
         "“yes” if the data are in tables: then describe their variables."),
        ("oui", "yes"), lists=("local:boolean",), aliases=("structuré", "is structured"), width=14,
    ),
)  # fmt: skip
_PEOPLE: Final = (
    Column(
        "custodian", ("Détenteur des données", "Data holder"), "agent", "geodcatap:custodian",
        "RRR",
        ("L'organisme responsable des données : son sigle dans la feuille des contacts.",
         "The organisation responsible for the data: its key in the sheet of contacts."),
        ("HOPITAL", "HOSPITAL"), aliases=("détenteur", "custodian", "holder", "responsable"),
    ),
    Column(
        "publisher", ("Éditeur", "Publisher"), "agent", "dct:publisher", "RRR",
        ("L'organisme qui publie ces données : son sigle dans la feuille des contacts.",
         "The organisation that publishes these data: its key in the sheet of contacts."),
        ("HOPITAL", "HOSPITAL"), aliases=("producteur", "diffuseur"),
    ),
    Column(
        "hdab",
        ("Organisme responsable de l'accès aux données de santé", "Health data access body"),
        "agent", "healthdcatap:hdab", "MMM",
        ("L'organisme qui instruit les demandes d'accès : son sigle dans la feuille des contacts.",
         "The health data access body in charge: its key in the sheet of contacts."),
        ("ORAD", "HDAB"),
        aliases=("organisme d'accès", "organisme d'accès aux données de santé", "orad", "hdab"),
    ),
    Column(
        "contact", ("Point de contact", "Contact point"), "contact", "dcat:contactPoint", "RRM",
        ("À qui écrire : le sigle d'un service dans la feuille des contacts.",
         "Whom to write to: the key of a department in the sheet of contacts."),
        ("EDS", "CDW"), many=True, aliases=("contact", "contacts"),
    ),
)  # fmt: skip

GROUPS: Final = (
    ("general", ("Le jeu de données", "The dataset"), _GENERAL),
    ("subject", ("Ce qu’il contient", "What it holds"), _SUBJECT),
    ("people", ("Qui", "Who"), _PEOPLE),
    ("population", ("Population et couverture", "Population and coverage"), POPULATION),
    (
        "rules",
        ("Données à caractère personnel et base légale", "Personal data and legal basis"),
        RULES,
    ),
    ("conditions", ("Conditions d’accès", "Access conditions"), CONDITIONS),
    ("more", ("Pour en savoir plus", "More about it"), MORE),
)
"""The columns in groups, as a form shows them: key, name, columns."""

DATASETS: Final = Sheet(
    "datasets", ("Jeux de données", "Datasets"),
    ("Un jeu de données par ligne.", "One dataset per row."),
    tuple(column for _, _, columns in GROUPS for column in columns),
    aliases=("jeu de données", "dataset", "catalogue", "jeux"),
)  # fmt: skip
