"""HealthDCAT-AP records of French holders, as many as asked for, the same for the same seed.

60 to 120 triples each, the three access levels in turn, 15 % with one known fault.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from red_catalog.model import Level, Record, Triple
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, HEALTH_AUTHORITY, PREFIXES, term
from red_catalog.rdf.terms import make_literal

FAULTY_SHARE: Final = 0.15
IANA: Final = "http://www.iana.org/assignments/media-types/"

HOLDERS: Final = (
    ("chu-rennes", "Centre hospitalier universitaire de Rennes", "inpatient-institute"),
    ("chu-nantes", "Centre hospitalier universitaire de Nantes", "inpatient-institute"),
    ("ap-hp", "Assistance publique – Hôpitaux de Paris", "inpatient-institute"),
    ("hcl", "Hospices civils de Lyon", "inpatient-institute"),
    ("cnam", "Caisse nationale de l'assurance maladie", "national-authority"),
    ("spf", "Santé publique France", "national-authority"),
    ("atih", "Agence technique de l'information sur l'hospitalisation", "national-authority"),
    ("registre-bas-rhin", "Registre des cancers du Bas-Rhin", "public-health-registry"),
)
SUBJECTS: Final = (
    (
        "cohorte de patients atteints de diabète de type 2",
        "diabète",
        "EHRS",
        "NONCOMMUNICABLE_DISEASES",
    ),
    ("registre des accidents vasculaires cérébraux", "AVC", "MRMR", "NONCOMMUNICABLE_DISEASES"),
    ("passages aux urgences et hospitalisations", "urgences", "EHRS", "HEALTH_SYSTEMS"),
    ("remboursements de soins de ville", "remboursement", "IDHP", "HEALTH_SYSTEMS"),
    ("registre des cancers de l'enfant", "cancer", "MRMR", "CANCER_DISEASE"),
    ("entrepôt de comptes rendus d'imagerie", "imagerie", "EHRS", "HEALTH_SYSTEMS"),
    ("enquête sur la santé périnatale", "périnatalité", "RQSH", "REPRODUCTIVE_HEALTH"),
    ("suivi de la couverture vaccinale", "vaccination", "DIOH", "IMMUNIZATION_DISEASES"),
)
COLUMNS: Final = (
    ("sexe", "Sexe", "string"), ("annee_naissance", "Année de naissance", "gYear"),
    ("code_commune", "Commune de résidence", "string"), ("diagnostic", "Diagnostic", "string"),
    ("date_entree", "Date d'entrée", "date"), ("duree", "Durée du séjour", "integer"),
    ("poids", "Poids à la naissance, en « g »", "decimal"), ("issue", "Issue", "string"),
)  # fmt: skip
CODING: Final = ("SNOMED-CT", "MEDDRA", "UCUM", "OHDSI-VOCAB")
FREQUENCIES: Final = ("ANNUAL", "MONTHLY", "WEEKLY", "IRREG")
FORMATS: Final = (("CSV", "text/csv"), ("JSON", "application/json"), ("PDF", "application/pdf"))
PERSONAL: Final = ("Age", "Gender", "HealthRecord")


@dataclass(frozen=True, slots=True)
class Draft:
    """A record being written: its statements, and chance."""

    base: str
    level: Level
    chance: random.Random
    triples: list[Triple]

    @property
    def dataset(self) -> str:
        """The dataset's term."""
        return f"<{self.base}>"

    def blank(self, role: str) -> str:
        """A blank node with a label that depends on what it stands for."""
        return f"_:b{hashlib.sha256(f'{self.base} {role}'.encode()).hexdigest()[:16]}"

    def say(self, subject: str) -> Callable[..., None]:
        """A function that states a property of a subject for each object given."""

        def state(name: str, *values: str) -> None:
            self.triples.extend((subject, term(name), value) for value in values)

        return state


def generate(count: int, seed: int = 0) -> Iterator[Record]:
    """So many records; the first ones of a longer run are those of a shorter one."""
    return (make_record(seed, number) for number in range(count))


def make_record(seed: int, number: int) -> Record:
    """The record of this number."""
    chance = random.Random(f"{seed} {number}")
    level = list(Level)[number % 3]
    holder = chance.choice(HOLDERS)
    base = f"https://{holder[0]}.example.fr/jeux-de-donnees/{seed}-{number}"
    draft = Draft(base, level, chance, [])
    _describe(draft, holder)
    if chance.random() < FAULTY_SHARE:
        chance.choice(FAULTS)(draft)
    lines = sorted({f"{s} {p} {o} .\n" for s, p, o in draft.triples})
    canonical = "".join(lines).encode()
    return Record(base, canonical, hashlib.sha256(canonical).hexdigest(), "generator")


def level_of(record: Record) -> Level:
    """The access level that the record was made for."""
    return list(Level)[int(record.iri.rsplit("-", 1)[1]) % 3]


def _describe(draft: Draft, holder: tuple[str, str, str]) -> None:
    chance = draft.chance
    title, keyword, category, theme = chance.choice(SUBJECTS)
    say = draft.say(draft.dataset)
    years = f"{chance.randint(2008, 2018)}-{chance.randint(2019, 2025)}"
    say("rdf:type", term("dcat:Dataset"))
    say("dct:title", fr(f"{title.capitalize()}, {years}"), en(f"Dataset {years} of {holder[0]}"))
    say("dct:description", fr(f"Données de la base « {title} », {holder[1]}.\nVersion {years}."))
    say("dct:identifier", make_literal(draft.base))
    say("dct:accessRights", eu("access-right", draft.level.value))
    say("dcatap:applicableLegislation", f"<{EHDS_LEGISLATION}>")
    say("dcat:theme", eu("data-theme", "HEAL"))
    say("dcat:keyword", fr(keyword), fr("données de santé"))
    say("dct:type", eu("dataset-type", "STATISTICAL"))
    say("healthdcatap:healthCategory", health("healthcategories", category))
    say("healthdcatap:healthTheme", health("health-theme", theme))
    _describe_population(draft)
    _describe_parties(draft, holder)
    _describe_files(draft)
    if chance.random() < 0.7:
        _describe_variables(draft, title)
    else:
        say("healthdcatap:hasStructuredData", boolean(value=False))


def _describe_population(draft: Draft) -> None:
    say, chance = draft.say(draft.dataset), draft.chance
    say("dct:provenance", draft.blank("provenance"))
    provenance = draft.say(draft.blank("provenance"))
    provenance("rdf:type", term("dct:ProvenanceStatement"))
    provenance("rdfs:label", fr("Données recueillies pendant les soins, puis pseudonymisées."))
    say("healthdcatap:numberOfRecords", count(chance.randint(10_000, 9_000_000)))
    say("healthdcatap:numberOfUniqueIndividuals", count(chance.randint(500, 9_999)))
    say("healthdcatap:minTypicalAge", count(chance.randint(0, 18)))
    say("healthdcatap:maxTypicalAge", count(chance.randint(60, 110)))
    say("healthdcatap:populationCoverage", fr("Patients pris en charge en France"))
    say("healthdcatap:hasCodingSystem", health("coding-system", chance.choice(CODING)))
    personal = f"<https://w3id.org/dpv/dpv-pd#{chance.choice(PERSONAL)}>"
    say("dpv:hasPersonalData", personal)
    draft.say(personal)("rdf:type", term("dpv:PersonalData"))
    say("dct:accrualPeriodicity", eu("frequency", chance.choice(FREQUENCIES)))
    say("dct:language", eu("language", "FRA"))
    say("dct:spatial", eu("country", "FRA"))
    say("dct:modified", date(2025, chance.randint(1, 12)))
    say("dct:temporal", _period(draft, "temporal", 2010, 2024))
    say("healthdcatap:retentionPeriod", _period(draft, "retention", 2010, 2040))


def _describe_parties(draft: Draft, holder: tuple[str, str, str]) -> None:
    slug, name, kind = holder
    say = draft.say(draft.dataset)
    say("dct:publisher", _agent(draft, "publisher", name, kind, f"donnees@{slug}.example.fr"))
    say("healthdcatap:hdab", _agent(draft, "hdab", "Organisme d'accès aux données de santé",
                                    "national-authority", "acces@hdab.example.fr"))  # fmt: skip
    if draft.chance.random() < 0.5:
        say("geodcatap:custodian", _agent(draft, "custodian", name, kind, f"dpo@{slug}.example.fr"))
    say("dcat:contactPoint", draft.blank("contact"))
    contact = draft.say(draft.blank("contact"))
    contact("rdf:type", term("vcard:Organization"))
    contact("vcard:hasEmail", f"<mailto:contact@{slug}.example.fr>")


def _agent(draft: Draft, role: str, name: str, kind: str, email: str) -> str:
    agent, contact = draft.blank(role), draft.blank(f"{role} contact")
    say = draft.say(agent)
    say("rdf:type", term("foaf:Organization"))
    say("foaf:name", fr(name))
    say("dct:type", health("publisher-type", kind))
    say("cv:contactPoint", contact)
    say = draft.say(contact)
    say("rdf:type", term("cv:ContactPoint"))
    say("cv:email", make_literal(email))
    return agent


def _describe_files(draft: Draft) -> None:
    roles = ["dcat:distribution", *draft.chance.sample(
        ["dcat:distribution", "adms:sample", "healthdcatap:analytics"], draft.chance.randint(0, 2)
    )]  # fmt: skip
    for number, role in enumerate(roles):
        node = f"<{draft.base}/distributions/{number}>"
        draft.say(draft.dataset)(role, node)
        file_type, media_type = draft.chance.choice(FORMATS)
        say = draft.say(node)
        say("rdf:type", term("dcat:Distribution"))
        say("dct:title", fr(f"Extraction {file_type}"))
        say("dcat:accessURL", f"<{draft.base}/acces>")
        say("dcatap:applicableLegislation", f"<{EHDS_LEGISLATION}>")
        say("dct:format", eu("file-type", file_type))
        say("dcat:mediaType", f"<{IANA}{media_type}>")
        draft.say(f"<{IANA}{media_type}>")("rdf:type", term("dct:MediaType"))
        say("dcat:byteSize", count(draft.chance.randint(10**6, 10**9)))


def _describe_variables(draft: Draft, title: str) -> None:
    group, table = draft.blank("variables"), draft.blank("table")
    say = draft.say(draft.dataset)
    say("healthdcatap:hasStructuredData", boolean(value=True))
    say("healthdcatap:hasVariables", group)
    say = draft.say(group)
    say("rdf:type", term("csvw:TableGroup"))
    say("dct:title", fr(f"Dictionnaire : {title}"))
    say("csvw:table", table)
    say = draft.say(table)
    say("rdf:type", term("csvw:Table"))
    say("dct:title", fr("Séjours"))
    for name, label, datatype in draft.chance.sample(COLUMNS, draft.chance.randint(1, 4)):
        add_column(draft, table, name, label, datatype)


def add_column(draft: Draft, table: str, name: str, label: str, datatype: str) -> None:
    """States a variable of a table."""
    column = draft.blank(f"column {name}")
    draft.say(table)("csvw:column", column)
    say = draft.say(column)
    say("rdf:type", term("csvw:Column"))
    say("csvw:name", make_literal(name))
    say("csvw:title", fr(label))
    say("csvw:datatype", make_literal(datatype))
    say("dct:description", fr(f"{label}, tel que saisi."))


def make_wide(columns: int) -> list[Triple]:
    """The statements of a record whose table has so many variables."""
    draft = Draft("https://ap-hp.example.fr/large", Level.NON_PUBLIC, random.Random(0), [])
    _describe(draft, HOLDERS[2])
    say = draft.say(draft.dataset)
    draft.triples[:] = [t for t in draft.triples if t[1] != term("healthdcatap:hasStructuredData")]
    say("healthdcatap:hasStructuredData", boolean(value=True))
    say("healthdcatap:hasVariables", draft.blank("variables"))
    for node, kind in (("variables", "csvw:TableGroup"), ("table", "csvw:Table")):
        draft.say(draft.blank(node))("rdf:type", term(kind))
    draft.say(draft.blank("variables"))("csvw:table", draft.blank("table"))
    for number in range(columns):
        add_column(draft, draft.blank("table"), f"v{number}", f"Variable {number}", "string")
    return draft.triples


def _period(draft: Draft, role: str, first: int, last: int) -> str:
    say = draft.say(draft.blank(role))
    say("rdf:type", term("dct:PeriodOfTime"))
    say("dcat:startDate", date(first, 1))
    say("dcat:endDate", date(last, 12))
    return draft.blank(role)


def _lose(name: str) -> Callable[[Draft], None]:
    def fault(draft: Draft) -> None:
        draft.triples[:] = [t for t in draft.triples if t[1] != term(name)]

    return fault


def _put(name: str, *values: str) -> Callable[[Draft], None]:
    def fault(draft: Draft) -> None:
        subjects = {s for s, p, _ in draft.triples if p == term(name)} or {draft.dataset}
        _lose(name)(draft)
        for subject in sorted(subjects):
            draft.say(subject)(name, *values)

    return fault


def fr(text: str) -> str:
    """A French literal."""
    return make_literal(text, "fr")


def en(text: str) -> str:
    """An English literal."""
    return make_literal(text, "en")


def eu(scheme: str, code: str) -> str:
    """A code of an EU list."""
    return f"<{EU_AUTHORITY}{scheme}/{code}>"


def health(scheme: str, code: str) -> str:
    """A code of a health list."""
    return f"<{HEALTH_AUTHORITY}{scheme}/{code}>"


def count(number: int) -> str:
    """A number of things."""
    return make_literal(str(number), datatype=PREFIXES["xsd"] + "nonNegativeInteger")


def date(year: int, month: int) -> str:
    """The first of a month."""
    return make_literal(f"{year}-{month:02}-01", datatype=PREFIXES["xsd"] + "date")


def boolean(*, value: bool) -> str:
    """True or false."""
    return make_literal(str(value).lower(), datatype=PREFIXES["xsd"] + "boolean")


FAULTS: Final[tuple[Callable[[Draft], None], ...]] = (
    _lose("dct:title"),
    _lose("healthdcatap:hdab"),
    _lose("dcat:theme"),
    _lose("dcat:accessURL"),
    _lose("cv:email"),
    _lose("dct:accessRights"),
    _lose("csvw:datatype"),
    _put("dct:accessRights", eu("access-right", "PUBLIC"), eu("access-right", "RESTRICTED")),
    _put("healthdcatap:healthCategory", health("healthcategories", "INCONNU")),
    _put("healthdcatap:healthCategory", fr("dossiers médicaux")),
    _put("healthdcatap:healthTheme", "<http://13.81.34.152:1101/resource/authority/health-theme/X>"),
    _put("dct:language", make_literal("fr")),
    _put("dct:format", f"<{IANA}text/csv>"),
    _put("dct:accrualPeriodicity", eu("frequency", "PARFOIS")),
    _put("healthdcatap:numberOfRecords", make_literal("1 200 000")),
    _put("healthdcatap:minTypicalAge",
         make_literal("-1", datatype=PREFIXES["xsd"] + "nonNegativeInteger")),
    _put("dcat:byteSize", make_literal("12.5", datatype=PREFIXES["xsd"] + "decimal")),
    _put("vcard:hasEmail", make_literal("contact@chu.example.fr")),
    _put("dpv:hasPersonalData", "<https://w3id.org/dpv/pd#Age>"),
)  # fmt: skip
