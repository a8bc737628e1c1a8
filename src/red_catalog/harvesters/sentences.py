"""The sentences on what oaipmh, csw, ddi and ldes read, in French and in English."""

from typing import Final

from red_catalog.harvesters.losses import LOSSES

SENTENCES: Final[dict[str, tuple[str, str, str, str]]] = {
    # Documents that are refused.
    "xml-broken": (
        "Le XML est mal formé (ligne {line}).",
        "Broken XML: it is not well formed (line {line}).",
        "Corrigez cet endroit, ou l'export qui l'écrit.",
        "Correct this place, or the export that writes it.",
    ),
    "xml-dtd": (
        "Le XML déclare un type de document (DOCTYPE, ligne {line}) : il est refusé.",
        "The XML declares a document type (DOCTYPE, line {line}): it is refused.",
        "Exportez le XML sans DOCTYPE ni entités.",
        "Export the XML without DOCTYPE or entities.",
    ),
    "xml-too-deep": (
        "Le XML est imbriqué sur plus de {depth} niveaux (ligne {line}).",
        "The XML is nested over {depth} levels deep (line {line}).",
        "Corrigez l'export : aucune description n'a besoin d'une telle profondeur.",
        "Correct the export: no description needs such depth.",
    ),
    "xml-too-many": (
        "Le XML a plus de {millions} millions d'éléments et d'attributs (ligne {line}).",
        "The XML has over {millions} million elements and attributes (line {line}).",
        "Publiez les descriptions en plusieurs documents ou pages plus petits.",
        "Publish the descriptions in several smaller documents or pages.",
    ),
    "xml-unknown": (
        "Le format XML « {root} » n'est pas lu ici.",
        "The XML format “{root}” is not read here.",
        "Publiez en DCAT, Dublin Core, ISO 19139 ou DDI, ou choisissez un autre préfixe.",
        "Publish as DCAT, Dublin Core, ISO 19139 or DDI, or choose another prefix.",
    ),
    # OAI-PMH.
    "oai-not": (
        "La réponse n'est pas de l'OAI-PMH (« {root} »).",
        "The answer is not OAI-PMH (“{root}”).",
        "Donnez dans location l'adresse du service OAI-PMH lui-même.",
        "Give in location the address of the OAI-PMH service itself.",
    ),
    "oai-token-repeated": (
        "Le jeton de reprise « {token} » est répété : la liste tourne en boucle.",
        "Resumption token repeated: “{token}”; the list goes round for ever.",
        "Corrigez le serveur : chaque page doit donner un nouveau jeton, la dernière un jeton "
        "vide.",
        "Correct the server: each page must give a new token, the last one an empty token.",
    ),
    "oai-too-many-pages": (
        "La liste a plus de {limit} pages.",
        "The list has more than {limit} pages.",
        "Mettez plus de notices par page, ou choisissez un ensemble (set).",
        "Put more records on each page, or choose a set.",
    ),
    "oai-no-records": (
        "L'entrepôt dit n'avoir aucune notice ; rien n'est retiré du catalogue.",
        "The repository says that it has no record; nothing is removed from the catalogue.",
        "Vérifiez l'ensemble (set) et le préfixe de la source.",
        "Check the set and the prefix of the source.",
    ),
    "oai-short": (
        "Notices annoncées par l'entrepôt (completeListSize) : {announced} ; reçues : {given}.",
        "Records that the repository announces (completeListSize): {announced}; received: {given}.",
        "Vérifiez que la liste va jusqu'au bout et que le total est exact ; rien n'est retiré.",
        "Check that the list goes to its end and that the total is right; nothing is removed.",
    ),
    "oai-bad-token": (
        "L'entrepôt refuse le jeton de reprise qu'il a donné ({detail}).",
        "The repository refuses the resumption token that it gave ({detail}).",
        "Relancez ; si cela se répète, allongez la durée de vie des jetons sur le serveur.",
        "Run again; if it happens again, make tokens live longer on the server.",
    ),
    "oai-format": (
        "L'entrepôt ne fournit pas le format demandé ({detail}).",
        "The repository does not provide the format asked for ({detail}).",
        "Choisissez dans metadata_prefix un format de l'entrepôt : {known}.",
        "Choose in metadata_prefix a format of the repository: {known}.",
    ),
    "oai-no-sets": (
        "L'entrepôt n'a pas d'ensembles (sets) ({detail}).",
        "The repository has no sets ({detail}).",
        "Retirez l'option set de la source.",
        "Remove the option set from the source.",
    ),
    "oai-bad-argument": (
        "L'entrepôt juge la demande incorrecte ({detail}).",
        "The repository says that the request is wrong ({detail}).",
        "Vérifiez les options set et metadata_prefix de la source.",
        "Check the options set and metadata_prefix of the source.",
    ),
    "oai-error": (
        "L'entrepôt répond par l'erreur « {code} » ({detail}).",
        "The repository answers with the error “{code}” ({detail}).",
        "Demandez à l'exploitant de l'entrepôt ce que cela veut dire ; rien n'est retiré.",
        "Ask those who run the repository what it means; nothing is removed.",
    ),
    "oai-no-identifier": (
        "Une notice n'a pas d'identifiant OAI.",
        "A record has no OAI identifier.",
        "Corrigez l'en-tête (header) de la notice.",
        "Correct the header of the record.",
    ),
    "oai-no-metadata": (
        "La notice n'a pas de métadonnées et n'est pas signalée comme supprimée.",
        "The record has no metadata and is not marked as deleted.",
        'Donnez ses métadonnées, ou status="deleted".',
        'Give its metadata, or status="deleted".',
    ),
    # CSW.
    "csw-not": (
        "La réponse n'est pas celle d'un catalogue CSW (« {root} »).",
        "The answer is not that of a CSW catalogue (“{root}”).",
        "Donnez dans location l'adresse du service CSW 2.0.2 ou 3.0.",
        "Give in location the address of the CSW 2.0.2 or 3.0 service.",
    ),
    "csw-exception": (
        "Le catalogue répond par une erreur : {detail}.",
        "The catalogue answers with an error: {detail}.",
        "Vérifiez les options output_schema, type_names et constraint de la source.",
        "Check the options output_schema, type_names and constraint of the source.",
    ),
    "csw-paging": (
        "La pagination n'avance pas : après la notice {start} vient la notice {next}.",
        "Paging does not go on: after record {start} comes record {next}.",
        "Corrigez nextRecord dans la réponse du catalogue.",
        "Correct nextRecord in the catalogue's answer.",
    ),
    "csw-short": (
        "Notices annoncées par le catalogue : {matched} ; reçues : {given}.",
        "Records that the catalogue announces: {matched}; received: {given}.",
        "Réindexez le catalogue ; rien n'est retiré en attendant.",
        "Index the catalogue again; nothing is removed meanwhile.",
    ),
    "csw-no-count": (
        "Le catalogue ne dit pas combien de notices il a (numberOfRecordsMatched).",
        "The catalogue does not say how many records it has (numberOfRecordsMatched).",
        "Annoncez-le : sans lui, rien ne prouve que la liste est complète.",
        "Announce it: without it nothing proves that the list is complete.",
    ),
    "csw-repeated": (
        "La page qui commence à la notice {start} répète des notices déjà reçues.",
        "The page that starts at record {start} repeats records that came before.",
        "Vérifiez que le catalogue tient compte de startPosition.",
        "Check that the catalogue heeds startPosition.",
    ),
    "csw-no-records": (
        "Le catalogue ne trouve aucune notice ; rien n'est retiré.",
        "The catalogue finds no record; nothing is removed.",
        "Vérifiez l'option constraint de la source.",
        "Check the option constraint of the source.",
    ),
    "iso-no-resource": (
        "La notice ISO 19139 ne dit pas ce qu'elle décrit (identificationInfo).",
        "The ISO 19139 record does not say what it describes (identificationInfo).",
        "Exportez la notice entière ; en attendant, rien n'est retiré.",
        "Export the whole record; nothing is removed meanwhile.",
    ),
    # DDI.
    "ddi-list-empty": (
        "La liste ne nomme aucun document DDI.",
        "The list names no DDI document.",
        "Écrivez-y une adresse par ligne, ou donnez un sitemap.",
        "Write one address per line there, or give a sitemap.",
    ),
    "ddi-too-many": (
        "La liste nomme plus de {limit} documents.",
        "The list names more than {limit} documents.",
        "Partagez-la entre plusieurs sources.",
        "Share it out between several sources.",
    ),
    "ddi-no-study": (
        "Le document DDI ne décrit aucune étude.",
        "The DDI document describes no study.",
        "Exportez la description de l'étude (stdyDscr ou StudyUnit).",
        "Export the description of the study (stdyDscr or StudyUnit).",
    ),
    "ddi-nameless": (
        "Le document DDI décrit plusieurs études, et l'une au moins n'a pas d'identifiant.",
        "The DDI document describes several studies, and one at least has no identifier.",
        "Donnez à chaque étude un identifiant à elle (IDNo, ou Agency et ID).",
        "Give each study an identifier of its own (IDNo, or Agency and ID).",
    ),
    "ddi-same-name": (
        "Une autre étude ({what}) du document DDI a le même identifiant : elle est omise.",
        "Another study ({what}) of the DDI document has the same identifier: it is left out.",
        "Donnez à chaque étude un identifiant à elle (IDNo, ou Agency et ID).",
        "Give each study an identifier of its own (IDNo, or Agency and ID).",
    ),
    "ddi-too-large": (
        "Les études du document DDI renvoient ensemble à trop d'éléments : il n'est pas lu.",
        "The studies of the DDI document refer to too many elements together: it is not read.",
        "Exportez un document par étude.",
        "Export one document per study.",
    ),
    "ddi-whose": (
        "Le document DDI décrit plusieurs études, et rien ne dit à laquelle se rapportent les "
        "fichiers et variables qui sont à part : laissés de côté ({count}).",
        "The DDI document describes several studies, and nothing says to which of them the files "
        "and variables that lie apart belong: left out ({count}).",
        "Exportez un document par étude, ou reliez les variables à leur étude (références).",
        "Export one document per study, or link the variables to their study (references).",
    ),
    # LDES.
    "ldes-empty": (
        "Le flux ne contient ni événement ni relation vers une autre page.",
        "The feed holds neither an event nor a relation to another page.",
        "Donnez dans location l'adresse d'une page du flux (ldes:EventStream, tree:view).",
        "Give in location the address of a page of the feed (ldes:EventStream, tree:view).",
    ),
    "ldes-forgets": (
        "Le flux oublie ses anciens événements (ldes:retentionPolicy, ou page qui répond 410) : ce "
        "qu'il ne dit plus n'est pas retiré du catalogue.",
        "The feed forgets its old events (ldes:retentionPolicy, or a page that answers 410): what "
        "it no longer tells is not removed from the catalogue.",
        "Gardez le dernier événement de chaque jeu de données, et dites as:Delete quand l'un "
        "disparaît.",
        "Keep the latest event of each dataset, and say as:Delete when one is no more.",
    ),
    "ldes-no-events": (
        "Le flux ne contient encore aucun événement ; rien n'est retiré du catalogue.",
        "The feed holds no event yet; nothing is removed from the catalogue.",
        "Publiez un événement as:Create par jeu de données.",
        "Publish one as:Create event per dataset.",
    ),
    "ldes-no-date": (
        "L'événement {event} n'a pas de date as:published lisible : son rang est inconnu.",
        "The event {event} has no readable as:published date: its rank is unknown.",
        "Datez chaque événement (xsd:dateTime).",
        "Date each event (xsd:dateTime).",
    ),
    "ldes-no-object": (
        "L'événement {event} ne dit pas quel jeu de données il touche (as:object).",
        "The event {event} does not say which dataset it touches (as:object).",
        "Donnez un IRI, et un seul, dans as:object.",
        "Give one IRI, and only one, in as:object.",
    ),
    "ldes-no-description": (
        "L'événement {event} crée ou change {object} sans le décrire.",
        "The event {event} creates or changes {object} without describing it.",
        "Mettez la description dans le graphe nommé d'après l'événement.",
        "Put the description in the graph named after the event.",
    ),
    "ldes-mixed": (
        "Plusieurs événements de la page décrivent {object} dans le même graphe.",
        "Several events of the page describe {object} in the same graph.",
        "Mettez la description de chaque événement dans un graphe nommé d'après lui.",
        "Put each event's description in a graph named after it.",
    ),
    "ldes-activity": (
        "L'événement {event} ne se dit ni Create, ni Update, ni Delete : il est laissé de côté.",
        "The event {event} is not said to be Create, Update or Delete: it is left out.",
        "Employez les types as:Create, as:Update et as:Delete.",
        "Use the types as:Create, as:Update and as:Delete.",
    ),
    **LOSSES,
}
"""code: (wrong in French, in English, mend in French, in English)"""
