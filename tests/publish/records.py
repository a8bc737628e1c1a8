"""Datasets of three holders as the register keeps them, and the catalogue that shows them."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from red_catalog.config import Catalogue, Config, Guards, Publication, Sparql
from red_catalog.model import (
    Defect,
    Entry,
    Finding,
    Holder,
    Level,
    Outcome,
    Report,
    Run,
    Severity,
    Source,
    State,
    Unreadable,
    Verdict,
)
from red_catalog.namespaces import EHDS_LEGISLATION, EU_AUTHORITY, HEALTH_AUTHORITY, term
from red_catalog.rdf.limits import Limits

MOMENT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
XSD = "http://www.w3.org/2001/XMLSchema#"
CHU = "https://donnees.chu-rivemont.example/jeu/"
CANCER = "https://registre-cancers.example/donnees/"
COHORT = "https://cohorte-aubade.example/id/"


def words(text: str, language: str = "fr") -> str:
    """A literal with a language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"@{language}'


def typed(value: object, datatype: str = "nonNegativeInteger") -> str:
    """A literal with a datatype of XML Schema."""
    return f'"{value}"^^<{XSD}{datatype}>'


def eu(path: str) -> str:
    """A term of an EU code list."""
    return f"<{EU_AUTHORITY}{path}>"


def health(path: str) -> str:
    """A term of a health code list."""
    return f"<{HEALTH_AUTHORITY}{path}>"


def canonical(statements: Sequence[tuple[str, str, str]]) -> bytes:
    """Sorted N-Triples of statements whose predicates are prefixed names."""
    lines = {
        f"{s} {term(p)} {term(o[2:]) if o.startswith('a ') else o} .\n" for s, p, o in statements
    }
    return "".join(sorted(lines)).encode()


def full(iri: str, title: str, *, level: str = "NON_PUBLIC", english: str | None = None) -> bytes:
    """A description that says nearly all that the profile knows."""
    me, dist, sample = f"<{iri}>", f"<{iri}/csv>", f"<{iri}/echantillon>"
    said = [
        (me, "rdf:type", "a dcat:Dataset"),
        (me, "dct:title", words(title)),
        (me, "dct:description", words(
            "Ce jeu de données rassemble les séjours hospitaliers, les diagnostics, les actes et "
            "les résultats de biologie des patients pris en charge depuis 2015.\n\nLes données "
            "sont pseudonymisées et chaînées avec le système national des données de santé. "
            "Elles sont mises à jour une fois par an."
        )),
        (me, "dct:identifier", f'"{iri.rsplit("/", 1)[1]}"'),
        (me, "dct:accessRights", eu(f"access-right/{level}")),
        (me, "dcatap:applicableLegislation", f"<{EHDS_LEGISLATION}>"),
        (me, "dcat:theme", eu("data-theme/HEAL")),
        (me, "dct:language", eu("language/FRA")),
        (me, "dct:type", eu("dataset-type/STATISTICAL")),
        (me, "dct:spatial", eu("country/FRA")),
        (me, "dct:accrualPeriodicity", eu("frequency/ANNUAL")),
        (me, "dct:modified", typed("2026-09-01", "date")),
        (me, "dct:issued", typed("2019-03-15", "date")),
        (me, "dct:temporal", "_:b01"),
        ("_:b01", "rdf:type", "a dct:PeriodOfTime"),
        ("_:b01", "dcat:startDate", typed("2015-01-01", "date")),
        ("_:b01", "dcat:endDate", typed("2025-12-31", "date")),
        (me, "dcat:keyword", words("hospitalisation")),
        (me, "dcat:keyword", words("diabète")),
        (me, "dcat:keyword", words("parcours de soins")),
        (me, "dcat:keyword", words("hospital stay", "en")),
        (me, "healthdcatap:healthCategory", health("healthcategories/EHRS")),
        (me, "healthdcatap:healthCategory", health("healthcategories/HGPD")),
        (me, "healthdcatap:healthTheme", health("health-theme/CANCER_DISEASE")),
        (me, "healthdcatap:hasCodingSystem", health("coding-system/SNOMED-CT")),
        (me, "healthdcatap:hasStructuredData", typed("true", "boolean")),
        (me, "healthdcatap:numberOfRecords", typed(1850000)),
        (me, "healthdcatap:numberOfUniqueIndividuals", typed("0412000")),
        (me, "healthdcatap:minTypicalAge", typed(18)),
        (me, "healthdcatap:maxTypicalAge", typed(99)),
        (me, "healthdcatap:populationCoverage", words(
            "Adultes hospitalisés dans l’un des cinq établissements du groupement.")),
        (me, "dcat:temporalResolution", typed("P1D", "duration")),
        (me, "healthdcatap:retentionPeriod", "_:b02"),
        ("_:b02", "rdf:type", "a dct:PeriodOfTime"),
        ("_:b02", "dcat:startDate", typed("2015-01-01", "date")),
        ("_:b02", "dcat:endDate", typed("2045-12-31", "date")),
        (me, "healthdcatap:hdab", "_:b03"),
        ("_:b03", "rdf:type", "a foaf:Agent"),
        ("_:b03", "foaf:name", words("Organisme d’accès aux données de santé")),
        ("_:b03", "cv:contactPoint", "_:b04"),
        ("_:b04", "rdf:type", "a cv:ContactPoint"),
        ("_:b04", "cv:email", '"acces@orad.example"'),
        ("_:b04", "cv:contactPage", "<https://orad.example/contact>"),
        (me, "dcat:contactPoint", "_:b05"),
        ("_:b05", "rdf:type", "a vcard:Organization"),
        ("_:b05", "vcard:fn", words("Entrepôt de données de santé")),
        ("_:b05", "vcard:hasEmail", "<mailto:eds@chu-rivemont.example>"),
        (me, "dct:publisher", "_:b06"),
        ("_:b06", "rdf:type", "a foaf:Agent"),
        ("_:b06", "foaf:name", words("CHU de Rivemont")),
        ("_:b06", "foaf:homepage", "<https://chu-rivemont.example/>"),
        (me, "dpv:hasLegalBasis", "_:b07"),
        ("_:b07", "dct:description", words("Mission d’intérêt public, article 9, 2, j du RGPD.")),
        (me, "dpv:hasPurpose", "_:b08"),
        ("_:b08", "dct:description", words("Recherche scientifique en santé.")),
        (me, "dpv:hasPersonalData", "<https://w3id.org/dpv/dpv-pd#Age>"),
        (me, "dct:provenance", "_:b09"),
        ("_:b09", "rdfs:label", words("Extraction annuelle du dossier patient informatisé.")),
        (me, "foaf:page", f"<{iri}/documentation>"),
        (me, "dcat:distribution", dist),
        (dist, "rdf:type", "a dcat:Distribution"),
        (dist, "dct:title", words("Extraction CSV sécurisée")),
        (dist, "dct:description", words("Remise dans un environnement de traitement sécurisé.")),
        (dist, "dct:format", eu("file-type/CSV")),
        (dist, "dcat:byteSize", typed(245000000)),
        (dist, "dcat:accessURL", f"<{iri}/acces>"),
        (dist, "dcatap:applicableLegislation", f"<{EHDS_LEGISLATION}>"),
        (me, "adms:sample", sample),
        (sample, "rdf:type", "a dcat:Distribution"),
        (sample, "dct:title", words("Échantillon synthétique")),
        (sample, "dct:format", eu("file-type/CSV")),
        (sample, "dcat:accessURL", f"<{iri}/echantillon.csv>"),
        (sample, "dcat:downloadURL", f"<{iri}/echantillon.csv>"),
        (me, "healthdcatap:hasVariables", "_:b20"),
        ("_:b20", "rdf:type", "a csvw:TableGroup"),
        ("_:b20", "csvw:table", "_:b21"),
        ("_:b21", "rdf:type", "a csvw:Table"),
        ("_:b21", "dct:title", words("Séjours")),
        *_column("_:b22", "patient_id", "Identifiant du patient", "string"),
        *_column("_:b23", "date_entree", "Date d’entrée", "date"),
        *_column("_:b24", "diagnostic_principal", "Diagnostic principal (CIM-10)", "string"),
        *_column("_:b25", "hba1c", "Hémoglobine glyquée (%)", "decimal"),
        (me, "rdfs:comment", words("Une étude de faisabilité peut être demandée.")),
    ]  # fmt: skip
    if english:
        said.append((me, "dct:title", words(english, "en")))
        said.append((me, "dct:description", words(
            "Hospital stays, diagnoses, procedures and laboratory results of patients treated "
            "since 2015, pseudonymised and linked to the national health data system.", "en",
        )))  # fmt: skip
    return canonical(said)


def _column(node: str, name: str, title: str, datatype: str) -> list[tuple[str, str, str]]:
    return [
        ("_:b21", "csvw:column", node),
        (node, "rdf:type", "a csvw:Column"),
        (node, "csvw:name", f'"{name}"'),
        (node, "csvw:title", words(title)),
        (node, "csvw:datatype", f'"{datatype}"'),
        (node, "dct:description", words(f"{title}, tel qu’il figure dans le dossier.")),
    ]


def poor(iri: str, title: str | None = None, *more: tuple[str, str]) -> bytes:
    """A description that says little; `more` are further properties of the dataset."""
    me = f"<{iri}>"
    said = [(me, "rdf:type", "a dcat:Dataset"), *((me, p, o) for p, o in more)]
    if title is not None:
        said.append((me, "dct:title", words(title)))
    return canonical(said)


def lacking(iri: str, level: Level = Level.NON_PUBLIC) -> Report:
    """A report with two violations, one warning and one remark."""
    me = f"<{iri}>"

    def finding(severity: Severity, name: str, fr: str, en: str) -> Finding:
        return Finding(
            severity, me, term(name), None, "sh:MinCountConstraintComponent", None,
            {"fr": fr, "en": en},
            {"fr": f"Ajoutez {name} à la description.", "en": f"Add {name} to the description."},
        )  # fmt: skip

    return Report("healthdcat-ap-8", "8", "sha256:00", level, (
        finding(Severity.WARNING, "dcat:keyword",
                "Aucun mot-clé n’est donné.", "No keyword is given."),
        finding(Severity.VIOLATION, "healthdcatap:hdab",
                "L’organisme responsable de l’accès n’est pas indiqué.",
                "The health data access body is not given."),
        finding(Severity.VIOLATION, "dct:provenance",
                "L’origine des données n’est pas décrite.",
                "The origin of the data is not described."),
        finding(Severity.INFO, "dct:spatial",
                "Le territoire n’est pas indiqué.", "The territory is not given."),
    ))  # fmt: skip


def clear(level: Level = Level.NON_PUBLIC) -> Report:
    """A report without findings."""
    return Report("healthdcat-ap-8", "8", "sha256:00", level)


def entry(
    iri: str,
    slug: str,
    content: bytes,
    *,
    holder: str = "chu-rivemont",
    report: Report | None = None,
    day: int = 1,
) -> Entry:
    """An entry of the register; without a report it is conformant."""
    return Entry(
        iri=iri,
        slug=slug,
        holder=holder,
        source=f"{holder}-dcat",
        canonical=content,
        digest=hashlib.sha256(content).hexdigest(),
        verdict=Verdict.FLAGGED if report else Verdict.CONFORMANT,
        report=report or clear(),
        first_seen=datetime(2026, 9, 1, 6, 0, tzinfo=UTC),
        changed=datetime(2026, 11, day, 6, 0, tzinfo=UTC),
        versions=day,
    )


def entries() -> list[Entry]:
    """Seven datasets of three holders: conformant, flagged, absent and withdrawn ones."""
    sejours = full(f"{CHU}sejours", "Séjours hospitaliers du groupement de Rivemont",
                   english="Hospital stays of the Rivemont group")  # fmt: skip
    gone = entry(f"{CHU}ancien", "ancien-5b21", poor(f"{CHU}ancien", "Ancien jeu"))
    missing = entry(
        f"{CANCER}mortalite", "mortalite-77aa", poor(f"{CANCER}mortalite", "Mortalité par cancer"),
        holder="registre-cancers", report=lacking(f"{CANCER}mortalite"), day=9,
    )  # fmt: skip
    return [
        entry(f"{CHU}sejours", "sejours-1a2b", sejours, day=12),
        entry(f"{CHU}imagerie", "imagerie-9c3d",
              full(f"{CHU}imagerie", "Imagerie thoracique", level="RESTRICTED"), day=3),
        replace(gone, withdrawn_at=datetime(2026, 11, 15, 5, 0, tzinfo=UTC)),
        entry(f"{CANCER}incidence", "incidence-0f0f",
              full(f"{CANCER}incidence", "Incidence des cancers par département", level="PUBLIC"),
              holder="registre-cancers", day=5),
        replace(missing, absent_since=datetime(2026, 11, 18, 5, 0, tzinfo=UTC)),
        entry(f"{COHORT}aubade", "aubade-4e4e",
              full(f"{COHORT}aubade", "Étude Aubade : questionnaires de suivi à dix ans"),
              holder="cohorte-aubade", report=lacking(f"{COHORT}aubade"), day=18),
        entry(f"{COHORT}42", "42-c0de", poor(f"{COHORT}42"),
              holder="cohorte-aubade", report=lacking(f"{COHORT}42"), day=2),
    ]  # fmt: skip


def runs() -> list[Run]:
    """One run for each source: all well, in trouble, and failed."""
    trouble = Defect(
        "syntax",
        {"fr": "Un guillemet n’est pas fermé.", "en": "A quotation mark is not closed."},
        {"fr": "Fermez le guillemet à la ligne 12.", "en": "Close the quotation mark on line 12."},
        12, 8, f"{CANCER}depistage",
    )  # fmt: skip
    started, ended = (
        datetime(2026, 11, 20, 5, 0, tzinfo=UTC),
        datetime(2026, 11, 20, 5, 2, tzinfo=UTC),
    )
    own = {"fr": "Cet identifiant appartient à un autre détenteur.",
           "en": "This identifier belongs to another holder."}  # fmt: skip
    return [
        Run(1, "chu-rivemont-dcat", started, ended, "ok", unchanged=1, outcomes=(
            Outcome(f"{CHU}sejours", State.UPDATED, Verdict.CONFORMANT),
        )),
        Run(2, "registre-cancers-dcat", started, ended, "incomplete", unchanged=1, outcomes=(
            Outcome(f"{CHU}sejours", State.CONFLICT, None, own),
            Outcome(f"{CANCER}depistage", State.QUARANTINED, None, trouble.message),
        ), unreadable=(Unreadable("https://registre-cancers.example/page-2.ttl", trouble),),
            repaired=(("https://registre-cancers.example/page-1.ttl", trouble),),
            dropped={"foreign": 4}),
        Run(3, "cohorte-aubade-dcat", started, ended, "failed",
            unreadable=(Unreadable("export.rdf", trouble),)),
    ]  # fmt: skip


def config(root: Path, base_iri: str = "https://red.example.fr/") -> Config:
    """A catalogue of three holders."""
    holders = (
        Holder("chu-rivemont", {"fr": "CHU de Rivemont", "en": "Rivemont University Hospital"},
               {"siren": "123456782", "finess": "010000001"}, trusted=True, namespaces=(CHU,),
               homepage="https://chu-rivemont.example/", email="eds@chu-rivemont.example"),
        Holder("registre-cancers", {"fr": "Registre des cancers du Val-d’Orne",
                                    "en": "Cancer registry of Val-d’Orne"}),
        Holder("cohorte-aubade", {"fr": "Cohorte Aubade", "en": "Aubade cohort"}),
    )  # fmt: skip
    places = ("https://user:secret@chu-rivemont.example/catalog.ttl",
              "https://registre-cancers.example/dcat", "samples/aubade")  # fmt: skip
    return Config(
        root=root,
        catalogue=Catalogue(
            base_iri=base_iri,
            title={"fr": "Répertoire des données de santé", "en": "Health Dataset Register"},
            description={
                "fr": "Les jeux de données de santé disponibles pour la recherche, l’innovation "
                "et la santé publique : ce qu’ils contiennent, qui les détient, comment y accéder.",
                "en": "The health datasets available for research, innovation and public health: "
                "what they hold, who holds them, how to gain access.",
            },
            publisher={"fr": "Agence d’exemple", "en": "Example Agency"},
            publisher_homepage="https://agence.example.fr/",
            contact="contact@red.example.fr",
            hdab={"fr": "Organisme d’accès d’exemple", "en": "Example access body"},
            hdab_coordinator=None,
            application_url="https://demande.example.fr/",
            licence=f"{EU_AUTHORITY}licence/ETALAB_OL_2_0",
        ),
        publication=Publication("flag", 2),
        guards=Guards(0.2, 50, 7, 3),
        limits=Limits(),
        sparql=Sparql(30.0, 10_000, 16_384, 1_000_000_000, 5, 2),
        holders=holders,
        sources=tuple(
            Source(f"{h.id}-dcat", h.id, "dcat", place)
            for h, place in zip(holders, places, strict=True)
        ),
    )
