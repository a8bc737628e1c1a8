"""What is said of a record that a mapping could not carry over, in French and English."""

from typing import Final

LOSSES: Final[dict[str, tuple[str, str, str, str]]] = {
    "map-minted": (
        "La notice n'a pas d'identifiant web : {iri} a été formé pour elle.",
        "The record has no web identifier: {iri} was made for it.",
        "Donnez à la notice un IRI ou un DOI stable.",
        "Give the record a stable IRI or DOI.",
    ),
    "map-minted-here": (
        "La notice n'a pas d'identifiant web : {iri} a été formé pour elle d'après l'adresse de la "
        "source, et changera avec celle-ci.",
        "The record has no web identifier: {iri} was made for it from the source's address, "
        "and changes with it.",
        "Donnez à la notice un IRI ou un DOI stable, ou demandez d'abord à l'opérateur un espace "
        "de noms (namespaces).",
        "Give the record a stable IRI or DOI, or ask the operator for a namespace first "
        "(namespaces).",
    ),
    "map-nowhere": (
        "{what} : « {value} » n'est pas repris.",
        "{what}: “{value}” is not taken over.",
        "Rien à faire, ou redites-le dans la description.",
        "Nothing to do, or say it again in the description.",
    ),
    "map-date": (
        "La date « {value} » ({what}) ne se lit pas.",
        "The date “{value}” ({what}) cannot be read.",
        "Écrivez-la AAAA, AAAA-MM ou AAAA-MM-JJ.",
        "Write it YYYY, YYYY-MM or YYYY-MM-DD.",
    ),
    "map-dates": (
        "Plusieurs dates, dont rien ne dit ce qu'elles sont ({value}) : aucune n'est reprise.",
        "Several dates, and nothing says what they are ({value}): none is taken over.",
        "N'en gardez qu'une, celle de publication, ou nommez-les (issued, modified…).",
        "Keep only one, that of publication, or name them (issued, modified…).",
    ),
    "map-number": (
        "« {value} » ({what}) n'est pas un nombre entier.",
        "“{value}” ({what}) is not a whole number.",
        "Écrivez-le en chiffres.",
        "Write it in digits.",
    ),
    "map-degrees": (
        "« {value} » ({what}) n'est pas une position en degrés : laissé de côté.",
        "“{value}” ({what}) is not a position in degrees: left out.",
        "Écrivez des degrés décimaux : de -180 à 180 à l'est, de -90 à 90 au nord.",
        "Write decimal degrees: from -180 to 180 east, from -90 to 90 north.",
    ),
    "map-url": (
        "« {value} » ({what}) n'est pas une adresse web.",
        "“{value}” ({what}) is not a web address.",
        "Donnez une adresse complète, http:// ou https://.",
        "Give a complete address, http:// or https://.",
    ),
    "map-email": (
        "« {value} » ({what}) n'est pas une adresse électronique : laissé de côté.",
        "“{value}” ({what}) is not an e-mail address: left out.",
        "Écrivez l'adresse en entier et sans espace, par exemple donnees@hopital.example.",
        "Write the address whole and without a space, such as data@hospital.example.",
    ),
    "map-code": (
        "« {value} » ({what}) n'est pas dans la liste européenne : laissé de côté.",
        "“{value}” ({what}) is not in the EU list: left out.",
        "Employez un code de la liste.",
        "Use a code of the list.",
    ),
    "map-access": (
        "Le niveau d'accès n'est pas dit sans équivoque (« {value} ») : aucun n'est repris.",
        "The access level is not said beyond doubt (“{value}”): none is taken over.",
        "Dites « public », « restreint » ou « non public », ou donnez le code européen.",
        "Say “public access”, “restricted access” or “non-public”, or give the EU code.",
    ),
    "map-licence": (
        "Une phrase nomme la licence « {value} », peut-être pour l'exclure : aucune n'est reprise.",
        "A sentence names the licence “{value}”, maybe to exclude it: none is taken over.",
        "Donnez l'adresse de la licence seule, ou comme un lien.",
        "Give the address of the licence alone, or as a link.",
    ),
    "map-one": (
        "{what} : HealthDCAT-AP n'admet qu'une valeur ; « {value} » est laissé de côté.",
        "{what}: HealthDCAT-AP admits only one value; “{value}” is left out.",
        "N'en gardez qu'une dans la notice.",
        "Keep only one in the record.",
    ),
    "map-whose": (
        "Rien ne dit à quelle adresse se rapporte « {value} » ({what}) : laissé de côté.",
        "Nothing says which address “{value}” ({what}) belongs to: left out.",
        "Décrivez chaque forme à part, avec son adresse, son format et sa taille (un distributeur "
        "pour chacune).",
        "Describe each form separately, with its address, format and size (a distributor for "
        "each).",
    ),
    "map-size": (
        "« {value} » (transferSize) n'est pas un nombre de mégaoctets plus grand que zéro.",
        "“{value}” (transferSize) is not a number of megabytes above zero.",
        "Écrivez la taille en mégaoctets, en chiffres, par exemple 12.5.",
        "Write the size in megabytes, in digits, such as 12.5.",
    ),
    "map-nameless": (
        "Un organisme ({what}) n'est connu que par « {value} » : il est laissé de côté.",
        "An organisation ({what}) is known by “{value}” only: it is left out.",
        "Donnez son nom dans la notice.",
        "Give its name in the record.",
    ),
    "map-person": (
        "Une personne est nommée comme contact ; son nom n'est pas repris.",
        "A person is named as contact; the name was not taken over.",
        "Nommez un service et son adresse électronique.",
        "Name a department and its e-mail address.",
    ),
    "not-a-dataset": (
        "La notice ne décrit pas un jeu de données mais : {value}. Elle est laissée de côté.",
        "The record does not describe a dataset but: {value}. It is left out.",
        "Rien à faire, ou corrigez le type de la notice.",
        "Nothing to do, or correct the type of the record.",
    ),
}
"""code: (wrong in French, in English, mend in French, in English)"""
