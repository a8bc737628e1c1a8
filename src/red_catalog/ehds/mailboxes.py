"""Mailboxes of roles, which may be published, and of persons, which may not."""

import re
from typing import Final

_NAMED: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?\.[^\W\d_]+(?:-[^\W\d_]+)?\d{0,2}")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Words of shared mailboxes, in French and English, and of what such mailboxes are about.
_ROLES: Final = frozenset(
    {
        "abuse", "acces", "access", "accueil", "admin", "administration", "agence", "agency",
        "aide", "aphp", "archives", "atih", "biobank", "biobanque", "bureau", "catalog",
        "catalogue", "center", "centre", "chru", "chu", "clinical", "clinique", "cnam", "cohort",
        "cohorte", "collection", "comite", "commission", "communication", "contact", "contacts",
        "coordination", "coordinator", "correspondant", "data", "database", "dataset", "datasets",
        "delegue", "demande", "demandes", "department", "desk", "dim", "direction", "donnee",
        "donnees", "dpo", "drees", "dsi", "ehds", "entrepot", "epidemiologie", "equipe", "etude",
        "etudes", "etudiant", "feedback", "generale", "ght", "gouvernance", "guichet", "hdab",
        "hdh", "health", "help", "helpdesk", "hopital", "hospital", "hotline", "info",
        "information", "informations", "informatique", "infos", "innovation", "inserm",
        "institut", "institute", "it", "juridique", "lab", "laboratoire", "legal", "mail",
        "mailbox", "medical", "medicale", "metadata", "metadonnees", "national", "office", "open",
        "opendata", "orad", "paris", "partenariat", "partenariats", "plateforme", "platform",
        "portail", "portal", "postmaster", "press", "presse", "privacy", "projet", "projets",
        "protection", "public", "publications", "qualite", "quality", "recherche", "regional",
        "register", "registre", "registry", "reply", "request", "requests", "research", "reuse",
        "reutilisation", "sante", "science", "sciences", "scientifique", "secretariat", "secure",
        "securite", "security", "service", "services", "shared", "sndm", "snds", "statistics",
        "statistique", "statistiques", "study", "support", "survey", "team", "technique", "unit",
        "unite", "universitaire", "university", "utilisateurs", "veille", "web", "webmaster",
    }
)  # fmt: skip
# The same in other languages of Europe, but for words that are names of people, too.
_ELSEWHERE: Final = frozenset(
    {
        "adatok", "aineisto", "andmed", "arkisto", "auskunft", "badania", "biuro", "cercetare",
        "dados", "danych", "daten", "datenschutz", "datos", "dejta", "duomenys", "forschung",
        "forskning", "gabinete", "gegevens", "geral", "gesundheit", "gezondheid", "haigla",
        "halsa", "hospitais", "investigacao", "investigacion", "iroda", "kancelaria", "kirjaamo",
        "klinik", "klinikum", "korhaz", "krankenhaus", "kutatas", "ligonine", "nemocnice",
        "oficina", "onderzoek", "ospedale", "ospideal", "podaci", "podatelna", "podatki",
        "registar", "registo", "registr", "registratura", "registro", "registrs", "registru",
        "rejestr", "rekisteri", "ricerca", "sairaala", "saude", "secretaria",
        "secretariaat", "segreteria", "sekretariat", "sekretariatet", "sjukhus", "slimnica",
        "sonrai", "statistik", "statystyka", "sundhed", "sykehus", "szpital", "tietolupa",
        "titkarsag", "tutkimus", "ufficio", "unidad", "unidade", "urad", "verwaltung", "zentrale",
        "ziekenhuis",
    }
)  # fmt: skip


def is_personal(local: str) -> bool:
    """Whether what stands before the @ looks like a first and a last name."""
    words = {word.casefold() for word in _WORD.findall(local)}
    return _NAMED.fullmatch(local) is not None and not words & (_ROLES | _ELSEWHERE)
