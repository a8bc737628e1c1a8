"""What harvesters and mappings cannot take, in French and in English."""

from typing import Final

from red_catalog.http import printable
from red_catalog.model import Defect, Unreadable

_TEXTS: Final[dict[str, tuple[str, str, str, str]]] = {
    "json-invalid": (
        "La réponse n'est pas du JSON lisible ({reason}).",
        "The answer is not readable JSON ({reason}).",
        "Vérifiez l'adresse de la source et l'état du serveur ; rien n'est retiré du catalogue.",
        "Check the address of the source and the server; nothing is removed from the catalogue.",
    ),
    "field-unmapped": (
        "Champs qui ne sont pas repris : {fields}.",
        "Fields that are not taken over: {fields}.",
        "Si elle compte, reportez cette information dans un champ que le catalogue lit ; sinon, "
        "rien à faire.",
        "If it matters, put this information in a field that the catalogue reads; otherwise there "
        "is nothing to do.",
    ),
    "value-unmapped": (
        "Champ « {field} » : la valeur « {value} » n'est pas {kind_fr} ; elle est laissée de côté.",
        "Field “{field}”: the value “{value}” is not {kind_en}; it is left out.",
        "{fix_fr}",
        "{fix_en}",
    ),
    "ckan-refused": (
        "Le portail CKAN répond par une erreur : {reason}.",
        "The CKAN portal answers with an error: {reason}.",
        "Vérifiez l'adresse du portail, que son API est publique et l'option fq.",
        "Check the address of the portal, that its API is public, and the option fq.",
    ),
    "ckan-unnamed": (
        "Le jeu de données n° {number} ({title}) n'a ni identifiant ni nom utilisable.",
        "Dataset no. {number} ({title}) has no usable identifier or name.",
        "Donnez-lui un champ id ou name, en texte ; les autres jeux de données sont lus.",
        "Give it an id or name field, as text; the other datasets are read.",
    ),
    "page-repeated": (
        "Pagination en boucle à la page {page} : elle répète ce qui est déjà lu.",
        "Paging loop at page {page}: it repeats what was read already.",
        "Corrigez la pagination du serveur ; rien n'est retiré du catalogue.",
        "Correct the paging of the server; nothing is removed from the catalogue.",
    ),
    "count-differs": (
        "Jeux de données annoncés par le serveur : {announced} ; reçus : {given}.",
        "Datasets that the server announces: {announced}; received: {given}.",
        "Relancez la moisson ; si l'écart demeure, vérifiez l'index du serveur. Rien n'est retiré.",
        "Harvest again; if the gap stays, check the index of the server. Nothing is removed.",
    ),
    "pages-missing": (
        "Les pages s'arrêtent ici, alors que la dernière annoncée est {last}.",
        "The pages end here, though the last one announced is {last}.",
        "Vérifiez que chaque page mène à la suivante (hydra:next) ; rien n'est retiré.",
        "Check that each page leads to the next one (hydra:next); nothing is removed.",
    ),
    "skipped": (
        "Entrées laissées de côté ({reason_fr}) : {count}, dont « {example} ».",
        "Entries left out ({reason_en}): {count}, among them “{example}”.",
        "Rien à faire si c'est voulu.",
        "Nothing to do if this is meant.",
    ),
    "fdp-not-described": (
        "La page {url} ne décrit pas le jeu de données que le catalogue y annonce.",
        "The page {url} does not describe the dataset that the catalogue announces there.",
        "Publiez la description à cette adresse, ou retirez le lien du catalogue.",
        "Publish the description at this address, or remove the link from the catalogue.",
    ),
    "fdp-empty": (
        "Le FAIR Data Point {url} ne mène à aucun catalogue ni jeu de données.",
        "The FAIR Data Point {url} leads to no catalogue or dataset.",
        "Donnez l'adresse du FAIR Data Point lui-même, et publiez ses entrées.",
        "Give the address of the FAIR Data Point itself, and publish its entries.",
    ),
    "fdp-elsewhere": (
        "La distribution {url} est décrite sur un autre serveur, qui n'est pas lu.",
        "The distribution {url} is described on another server, which is not read.",
        "Décrivez-la sur le FAIR Data Point, ou ajoutez ce serveur à allow_hosts.",
        "Describe it on the FAIR Data Point, or add this server to allow_hosts.",
    ),
    "fdp-service-elsewhere": (
        "Le service de données {url} est décrit sur un autre serveur, qui n'est pas lu.",
        "The data service {url} is described on another server, which is not read.",
        "Décrivez-le sur le FAIR Data Point, ou ajoutez ce serveur à allow_hosts.",
        "Describe it on the FAIR Data Point, or add this server to allow_hosts.",
    ),
    "fdp-service-unread": (
        "La description du service de données {url} n'est pas reprise. {reason_fr}",
        "The description of the data service {url} is not taken over. {reason_en}",
        "Publiez-la en RDF à cette adresse, ou retirez le lien (accessService).",
        "Publish it as RDF at this address, or remove the link (accessService).",
    ),
    "sparql-results": (
        "Le point d'accès SPARQL ne rend pas de résultats lisibles ({reason}).",
        "The SPARQL endpoint gives no readable results ({reason}).",
        "Vérifiez l'adresse : elle doit répondre en GET, en application/sparql-results+json.",
        "Check the address: it must answer GET with application/sparql-results+json.",
    ),
    "sparql-refused": (
        "Le point d'accès SPARQL répond par l'erreur {status} : « {reason} ».",
        "The SPARQL endpoint answers with the error {status}: “{reason}”.",
        "Vérifiez les options graph, where et query de la source, et les limites du serveur ; "
        "rien n'est retiré du catalogue.",
        "Check the options graph, where and query of the source, and the limits of the server; "
        "nothing is removed from the catalogue.",
    ),
    "sparql-unnamed": (
        "Jeux de données sans adresse (IRI), non moissonnés : {count}.",
        "Datasets without an address (IRI), not harvested: {count}.",
        "Donnez un IRI stable à chaque jeu de données.",
        "Give each dataset a stable IRI.",
    ),
    "sparql-broken-iri": (
        "Jeux de données dont l'IRI est mal formé, non moissonnés : {count} ({iris}).",
        "Datasets whose IRI is badly formed, not harvested: {count} ({iris}).",
        "Corrigez ces IRI (un espace s'y écrit %20) ; les autres jeux de données sont lus.",
        "Correct these IRIs (a space is written %20 there); the other datasets are read.",
    ),
    "sparql-undescribed": (
        "Jeux de données listés dont le point d'accès SPARQL ne rend rien : {count}, "
        "dont {example}.",
        "Listed datasets of which the SPARQL endpoint gives nothing: {count}, such as {example}.",
        "Vérifiez l'option query, ou les limites du serveur ; rien n'est retiré du catalogue.",
        "Check the option query, or the limits of the server; nothing is removed.",
    ),
    "sparql-cut": (
        "La description de {example} compte juste {count} énoncés : elle est peut-être coupée.",
        "The description of {example} has just {count} statements: it may be cut.",
        "Relevez la limite de résultats du point d'accès SPARQL, ou baissez l'option depth.",
        "Raise the result limit of the SPARQL endpoint, or lower the option depth.",
    ),
    "sitemap-invalid": (
        "Le plan du site n'est pas lisible ({reason}).",
        "The sitemap cannot be read ({reason}).",
        "Donnez l'adresse d'un plan de site conforme à sitemaps.org, sans DOCTYPE.",
        "Give the address of a sitemap as sitemaps.org describes it, without a DOCTYPE.",
    ),
    "pages-elsewhere": (
        "Pages d'autres serveurs que cite le plan du site, refusées : {count}, dont {example}.",
        "Pages of other servers that the sitemap names, refused: {count}, among them {example}.",
        "Un plan de site ne cite que son propre serveur ; retirez-les, ou faites-en une source.",
        "A sitemap names its own server only; remove them, or make a source of them.",
    ),
    "jsonld-broken": (
        "Un bloc JSON-LD de la page qui parle d'un Dataset est mal écrit ({reason}).",
        "A JSON-LD block of the page that speaks of a Dataset is badly written ({reason}).",
        "Vérifiez la page avec un outil de test de données structurées.",
        "Check the page with a structured-data testing tool.",
    ),
    "dataset-unnamed": (
        "La page décrit plusieurs jeux de données ; « {title} » n'a ni @id ni url à lui.",
        "The page describes several datasets; “{title}” has no @id or url of its own.",
        "Donnez à chacun un @id stable.",
        "Give each a stable @id.",
    ),
    "dataset-untitled": (
        "La page n'a pas dit ce qu'elle décrit : le Dataset n'a pas de nom (name).",
        "The page does not say what it describes: the Dataset has no name.",
        "Ajoutez name et description au Dataset.",
        "Add name and description to the Dataset.",
    ),
    "access-doubtful": (
        "« Accès public » s'accompagne d'autres mots (« {value} ») : aucun niveau n'est repris.",
        "“Public access” comes with other words (“{value}”): no access level is taken over.",
        "Ne gardez dans {field} que le niveau ; dites les conditions ailleurs.",
        "Keep the level alone in {field}; say the conditions elsewhere.",
    ),
    "free-is-not-access": (
        "« isAccessibleForFree » parle de prix et non de niveau d'accès : laissé de côté.",
        "“isAccessibleForFree” speaks of price, not of the access level: left out.",
        "Ajoutez conditionsOfAccess avec PUBLIC, RESTRICTED ou NON_PUBLIC, ou son IRI.",
        "Add conditionsOfAccess with PUBLIC, RESTRICTED or NON_PUBLIC, or its IRI.",
    ),
}
_DOWN: Final = {"unreachable", "deadline", "busy", "tls", "host-unknown", "address-refused"}


def defect(code: str, subject: str | None = None, **facts: object) -> Defect:
    """The defect of this code, its sentences filled in. Raises KeyError for an unknown code.

    A fact of two texts is one in French and in English.
    """
    shown = [
        {name: printable(str(fact[at] if isinstance(fact, tuple) else fact))
         for name, fact in facts.items()}
        for at in (0, 1)
    ]  # fmt: skip
    fr, en, fix_fr, fix_en = (text.format(**shown[at % 2]) for at, text in enumerate(_TEXTS[code]))
    return Defect(code, {"fr": fr, "en": en}, {"fr": fix_fr, "en": fix_en}, subject=subject)


def unreadable(location: str, code: str, subject: str | None = None, **facts: object) -> Unreadable:
    """The document at this location gave nothing, for this reason."""
    return Unreadable(printable(location), defect(code, subject, **facts))


def is_server_down(trouble: Unreadable) -> bool:
    """Whether the server itself is in trouble, so that its other pages need not be tried."""
    return trouble.problem.code in _DOWN
