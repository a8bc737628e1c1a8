"""The sheets of the template: one table from which everything about them is derived."""

from typing import Final

from red_catalog.harvesters.spreadsheet.columns import Column, Sheet
from red_catalog.harvesters.spreadsheet.datasets import DATASETS
from red_catalog.namespaces import EU_AUTHORITY, HEALTH_AUTHORITY


def _dataset(what: tuple[str, str]) -> Column:
    return Column(
        "dataset", ("Jeu de données", "Dataset"), "dataset", "", "MMM", what,
        ("EDS-SEJOURS", "EDS-STAYS"),
        aliases=("identifiant du jeu de données", "dataset identifier", "jeu"), width=18,
    )  # fmt: skip


DISTRIBUTIONS: Final = Sheet(
    "distributions", ("Distributions", "Distributions"),
    ("Comment chaque jeu de données est mis à disposition : une forme par ligne, une au moins.",
     "How each dataset is made available: one form per row, at least one."),
    (
        _dataset(("L'identifiant du jeu de données.", "The identifier of the dataset.")),
        Column(
            "role", ("Rôle", "Role"), "role", "", "---",
            ("« distribution » (par défaut), « échantillon » ou « analyse ».",
             "“distribution” (by default), “sample” or “analytics”."),
            ("distribution", "distribution"), lists=("local:role",), width=14,
        ),
        Column(
            "title", ("Titre", "Title"), "text", "dct:title", "---",
            ("Le nom de cette forme.", "The name of this form."),
            ("Extraction en espace sécurisé", "Extract in a secure environment"),
            translated=True, aliases=("intitulé", "nom", "name"), width=30,
        ),
        Column(
            "description", ("Description", "Description"), "text", "dct:description", "---",
            ("Ce que contient cette forme.", "What this form holds."),
            ("Accès dans la bulle sécurisée après autorisation.",
             "Access in the secure environment, with a permit."), translated=True, width=40,
        ),
        Column(
            "access_url", ("Adresse d'accès", "Access address"), "link", "dcat:accessURL", "MMM",
            ("La page où l'on obtient ou demande les données.",
             "The page where the data are obtained or applied for."),
            ("https://donnees.hopital.example/acces", "https://data.hospital.example/access"),
            many=True, aliases=("url d'accès", "lien", "access url", "url"), width=36,
        ),
        Column(
            "download_url", ("Adresse de téléchargement", "Download address"), "link",
            "dcat:downloadURL", "---",
            ("L'adresse du fichier, s'il est public.", "The address of the file, if it is public."),
            ("https://donnees.hopital.example/sejours.csv",
             "https://data.hospital.example/stays.csv"), many=True,
            aliases=("url de téléchargement", "download url"), width=36,
        ),
        Column(
            "format", ("Format", "Format"), "code", "dct:format", "---",
            ("Le format des fichiers.", "The format of the files."), ("CSV", "CSV"),
            lists=(f"{EU_AUTHORITY}file-type",), width=12,
        ),
        Column(
            "media_type", ("Type de média", "Media type"), "media", "dcat:mediaType", "---",
            ("Le type IANA, par exemple text/csv.", "The IANA type, text/csv for instance."),
            ("text/csv", "text/csv"), node="dct:MediaType", width=14,
        ),
        Column(
            "size", ("Taille en octets", "Size in bytes"), "whole", "dcat:byteSize", "---",
            ("Un nombre entier, sans unité.", "A whole number, without a unit."),
            ("48200000", "48200000"),
            aliases=("taille", "byte size", "size"), width=14,
            counted=("d'octets (48 Mo : 48000000)", "of bytes (48 MB: 48000000)"),
        ),
        Column(
            "licence", ("Licence", "Licence"), "code", "dct:license", "---",
            ("La licence des données, si elles sont diffusées.",
             "The licence of the data, if they are released."),
            ("Licence Ouverte 2.0",
             "Creative Commons Attribution 4.0 International [CC_BY_4_0]"),
            node="dct:LicenseDocument", lists=(f"{EU_AUTHORITY}licence", "local:licence"),
            aliases=("license",), width=20,
        ),
        Column(
            "rights", ("Conditions d'utilisation", "Terms of use"), "statement", "dct:rights",
            "---", ("Conditions propres à cette forme.", "Conditions of this form."),
            ("Accès sur autorisation.", "Access with a permit."), node="dct:RightsStatement",
            width=30,
        ),
        Column(
            "legislation", ("Législation applicable", "Applicable legislation"), "code",
            "dcatap:applicableLegislation", "---",
            ("Vide : celle du jeu de données.", "Empty: that of the dataset."),
            ("Espace européen des données de santé, règlement (UE) 2025/327",
             "European Health Data Space, Regulation (EU) 2025/327"),
            node="eli:LegalResource", lists=("local:legislation",), many=True, width=30,
        ),
        Column(
            "language", ("Langue", "Language"), "code", "dct:language", "---",
            ("La langue des fichiers.", "The language of the files."), ("français", "French"),
            lists=(f"{EU_AUTHORITY}language",), many=True, width=14,
        ),
        Column(
            "status", ("Statut", "Status"), "code", "adms:status", "---",
            ("Où en est cette forme.", "How finished this form is."), ("complété", "completed"),
            lists=(f"{EU_AUTHORITY}distribution-status",), aliases=("état",), width=14,
        ),
        Column(
            "availability", ("Disponibilité prévue", "Planned availability"), "code",
            "dcatap:availability", "---",
            ("Pour combien de temps.", "For how long."), ("stable", "stable"),
            lists=(f"{EU_AUTHORITY}planned-availability",), aliases=("disponibilité",), width=14,
        ),
        Column(
            "issued", ("Date de publication", "Release date"), "date", "dct:issued", "---",
            ("AAAA-MM-JJ.", "YYYY-MM-DD."), ("2024-03-01", "2024-03-01"), width=13,
        ),
        Column(
            "modified", ("Date de modification", "Modification date"), "date", "dct:modified",
            "---", ("AAAA-MM-JJ.", "YYYY-MM-DD."), ("2026-07-01", "2026-07-01"), width=13,
        ),
    ),
    aliases=("distribution", "fichiers", "files", "ressources"),
)  # fmt: skip
VARIABLES: Final = Sheet(
    "variables", ("Variables", "Variables"),
    ("Les variables des données structurées, une par ligne.",
     "The variables of structured data, one per row."),
    (
        _dataset(("L'identifiant du jeu de données.", "The identifier of the dataset.")),
        Column(
            "table", ("Tableau", "Table"), "text", "dct:title", "---",
            ("Le nom du tableau ; vide s'il n'y en a qu'un.",
             "The name of the table; empty where there is only one."), ("SEJOUR", "STAY"),
            aliases=("table",), width=16,
        ),
        Column(
            "name", ("Nom de la variable", "Variable name"), "plain", "csvw:name", "MMM",
            ("Tel qu'il est dans les fichiers.", "As it is in the files."), ("age", "age"),
            aliases=("nom", "variable", "name"), width=18,
        ),
        Column(
            "label", ("Libellé", "Label"), "text", "csvw:title", "MMM",
            ("Ce que l'on lit à la place du nom.", "What people read instead of the name."),
            ("Âge à l'admission", "Age at admission"), translated=True, width=26,
        ),
        Column(
            "datatype", ("Type de valeurs", "Data type"), "datatype", "csvw:datatype", "MMM",
            ("La nature des valeurs.", "The nature of the values."), ("entier", "integer"),
            lists=("local:datatype",),
            aliases=("type", "type de données", "type de variable", "datatype"), width=14,
        ),
        Column(
            "description", ("Description", "Description"), "text", "dct:description", "MMM",
            ("Unité, valeurs possibles, mode de recueil.",
             "Unit, possible values, how it is collected."),
            ("Âge révolu, en années, le jour de l'admission.",
             "Age in completed years on the day of admission."), translated=True, width=44,
        ),
    ),
    aliases=("variable", "dictionnaire", "dictionary", "colonnes"),
)  # fmt: skip
CONTACTS: Final = Sheet(
    "contacts", ("Contacts", "Contacts"),
    ("Organismes et services. Donnez des adresses de service ; pour un contact qui est une "
     "personne, répondez « oui » à « Ne pas publier ».",
     "Organisations and departments. Give role addresses; for a contact who is a person, "
     "answer “yes” to “Do not publish”."),
    (
        Column(
            "key", ("Sigle", "Key"), "plain", "", "MMM",
            ("Comment les autres feuilles désignent cette ligne.",
             "How the other sheets name this row."), ("HOPITAL", "HOSPITAL"),
            aliases=("identifiant", "code", "id", "identifier"), width=16,
        ),
        Column(
            "name", ("Nom", "Name"), "text", "foaf:name", "MMM",
            ("Le nom de l'organisme ou du service.",
             "The name of the organisation or department."),
            ("Centre hospitalier de l'Exemple", "Example Hospital"), translated=True,
            aliases=("organisme", "organisation"), width=36,
        ),
        Column(
            "email", ("Adresse électronique", "E-mail address"), "email", "cv:email", "RRR",
            ("Celle d'un service. Adresse électronique ou page de contact : l'une des deux.",
             "A role address. E-mail address or contact page: one of the two."),
            ("donnees@hopital.example", "data@hospital.example"),
            aliases=("courriel", "mail", "email", "e-mail"), width=30,
        ),
        Column(
            "page", ("Page de contact", "Contact page"), "link", "cv:contactPage", "---",
            ("L'adresse d'un formulaire ou d'une page de contact.",
             "The address of a contact form or page."),
            ("https://hopital.example/contact", "https://hospital.example/contact"), width=30,
        ),
        Column(
            "phone", ("Téléphone", "Telephone"), "phone", "cv:telephone", "---",
            ("Celui d'un accueil, jamais d'une personne.", "That of a desk, never a person's."),
            ("+33 1 99 00 00 00", "+33 1 99 00 00 00"), width=18,
        ),
        Column(
            "homepage", ("Site web", "Website"), "link", "foaf:homepage", "---",
            ("Le site de l'organisme.", "The website of the organisation."),
            ("https://hopital.example/", "https://hospital.example/"), node="foaf:Document",
            width=30,
        ),
        Column(
            "type", ("Type d'organisme", "Type of organisation"), "code", "dct:type", "---",
            ("La nature de l'organisme.", "The nature of the organisation."),
            ("Institution administrative", "Administrative institution"),
            lists=(f"{HEALTH_AUTHORITY}publisher-type",),
            aliases=("type", "type d'organisation"), width=30,
        ),
        Column(
            "note", ("Présentation", "About the organisation"), "text", "dct:description",
            "---",
            ("L'organisme en une phrase.", "The organisation in a sentence."),
            ("Établissement public de santé de 800 lits.", "Public hospital with 800 beds."),
            aliases=("note",), width=36,
        ),
        Column(
            "private", ("Ne pas publier", "Do not publish"), "boolean", "red:private", "---",
            ("« oui » si ce contact est une personne : il est conservé et jamais publié.",
             "“yes” if this contact is a person: it is kept and never published."),
            ("non", "no"), lists=("local:boolean",), aliases=("privé", "private"), width=14,
        ),
    ),
    aliases=("contact", "organisations", "organismes"),
)  # fmt: skip

SHEETS: Final = (DATASETS, DISTRIBUTIONS, VARIABLES, CONTACTS)
