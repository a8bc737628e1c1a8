"""The sentences on rows and cells, in French and in English."""

from typing import Final

from red_catalog.harvesters.spreadsheet.file_sentences import FILES, SHEETS, Sentences

_ROWS: Final[Sentences] = {
    "row-untitled": (
        "le jeu de données n'a pas de titre : la ligne n'a pas été reprise.",
        "the dataset has no title: the row was not taken.",
        "Écrivez son titre dans la colonne « {name_fr} »{lacking_fr}.",
        "Write its title in column “{name_en}”{lacking_en}.",
    ),
    "row-double": (
        "« {value} » désigne déjà le jeu de données de la ligne {first_fr} : la ligne n'a pas été "
        "reprise.",
        "“{value}” already names the dataset in row {first_en}: the row was not taken.",
        "Donnez à chaque jeu de données un identifiant à lui.",
        "Give each dataset an identifier of its own.",
    ),
    "row-unattached": (
        "la ligne ne dit pas de quel jeu de données elle parle : elle n'a pas été reprise.",
        "the row does not say which dataset it is about: it was not taken.",
        "Écrivez l'identifiant du jeu de données.", "Write the identifier of the dataset.",
    ),
    "row-astray": (
        "aucun jeu de données n'a l'identifiant « {value} »{near_fr} : la ligne n'a pas été "
        "reprise.",
        "no dataset has the identifier “{value}”{near_en}: the row was not taken.",
        "Reprenez l'identifiant tel qu'il est dans la feuille des jeux de données.",
        "Use the identifier as it is in the sheet of datasets.",
    ),
    "rows-astray": (
        "aucun jeu de données n'a l'identifiant « {value} » ; lignes qui n'ont pas été reprises : "
        "{count}.",
        "no dataset has the identifier “{value}”; rows that were not taken: {count}.",
        "Dans la feuille des jeux de données, la ligne {row} n'a pas d'identifiant : écrivez-y "
        "« {value} » s'il s'agit d'elle.",
        "In the sheet of datasets, row {row} has no identifier: write “{value}” there if it is "
        "that one.",
    ),
    "example-left": (
        "un exemple du modèle (« {value} ») est resté dans une ligne remplie ; il a été laissé "
        "de côté.",
        "an example of the template (“{value}”) stayed in a row that is filled in; it was left "
        "out.",
        "Remplacez-le par votre valeur, ou videz la cellule.",
        "Replace it with your own value, or empty the cell.",
    ),
    "identifier-missing": (
        "pas d'identifiant : l'adresse du jeu de données est faite de son titre et changera avec "
        "lui.",
        "no identifier: the address of the dataset is made from its title and will change with "
        "it.",
        "Donnez un identifiant durable.", "Give it an identifier that lasts.",
    ),
    "cell-missing": (
        "la valeur « {name_fr} » est obligatoire.", "the value “{name_en}” is mandatory.",
        "{help_fr}", "{help_en}",
    ),
    "no-distribution": (
        "le jeu de données « {value} » n'a aucune ligne dans la feuille des distributions.",
        "the dataset “{value}” has no row in the sheet of distributions.",
        "Ajoutez-y une ligne avec l'adresse où l'on obtient ou demande les données.",
        "Add a row there with the address where the data are obtained or applied for.",
    ),
    "samples-alone": (
        "du jeu de données « {value} », la feuille ne décrit que des échantillons ou des analyses.",
        "of the dataset “{value}” the sheet describes samples or analytics only.",
        "Ajoutez une ligne pour les données elles-mêmes, dont le rôle est « distribution ».",
        "Add a row for the data themselves, whose role is “distribution”.",
    ),
    "no-variables": (
        "les données sont dites structurées, mais aucune variable n'est décrite.",
        "the data are said to be structured, but no variable is described.",
        "Décrivez les variables dans leur feuille, ou écrivez « non ».",
        "Describe the variables in their sheet, or write “no”.",
    ),
    "variables-denied": (
        "les données sont dites non structurées ; variables décrites pourtant : {count}.",
        "the data are said not to be structured; variables described all the same: {count}.",
        "Écrivez « oui », ou retirez les variables.", "Write “yes”, or remove the variables.",
    ),
    "variable-double": (
        "la variable « {value} » est déjà décrite à la ligne {first_fr} pour ce tableau.",
        "the variable “{value}” is already described in row {first_en} for this table.",
        "N'en gardez qu'une, ou nommez le tableau de chacune.",
        "Keep one only, or name the table of each.",
    ),
    "contact-double": (
        "le sigle « {value} » est déjà celui de la ligne {first_fr}, qui l'emporte.",
        "the key “{value}” is already that of row {first_en}, which wins.",
        "Donnez à chaque contact un sigle à lui.", "Give each contact a key of its own.",
    ),
    "contact-double-private": (
        "cette ligne dit de ne pas publier « {value} » : le contact de la ligne {first_fr}, de "
        "même sigle, n'est pas publié non plus.",
        "this row says not to publish “{value}”: the contact of row {first_en}, with the same key, "
        "is not published either.",
        "Donnez à chaque contact un sigle à lui.", "Give each contact a key of its own.",
    ),
    "contact-unreachable": (
        "« {value} » n'a ni courriel ni page de contact.",
        "“{value}” has neither an e-mail address nor a contact page.",
        "Écrivez l'un des deux : une adresse de service de préférence.",
        "Write one of the two: preferably a role address.",
    ),
}  # fmt: skip
_CELLS: Final[Sentences] = {
    "cell-error": (
        "la cellule contient une erreur du tableur ({value}).",
        "the cell holds an error of the spreadsheet program ({value}).",
        "Corrigez la formule, ou écrivez la valeur elle-même.",
        "Correct the formula, or write the value itself.",
    ),
    "cell-odd": (
        "la cellule contient une valeur illisible ({value}).",
        "the cell holds a value that cannot be read ({value}).",
        "Écrivez la valeur comme un texte.", "Write the value as text.",
    ),
    "cell-control": (
        "un caractère de commande est remplacé par « \N{REPLACEMENT CHARACTER} » dans « {value} ».",
        "a control character is replaced by “\N{REPLACEMENT CHARACTER}” in “{value}”.",
        "Effacez ce caractère, qui ne se voit pas, ou écrivez la valeur à nouveau.",
        "Delete this character, which cannot be seen, or write the value anew.",
    ),
    "cell-formula": (
        "« {value} » ressemble à une formule ; elle est gardée comme un texte et n'est pas "
        "calculée.",
        "“{value}” looks like a formula; it is kept as text and not computed.",
        "Écrivez le résultat lui-même.", "Write the result itself.",
    ),
    "cell-blank": (
        "« {value} » ne dit rien ; la cellule est tenue pour vide.",
        "“{value}” says nothing; the cell counts as empty.",
        "Écrivez la valeur, ou videz la cellule.", "Write the value, or empty the cell.",
    ),
    "cell-several": (
        "plusieurs valeurs (« {value} ») là où il en faut une ; la première est retenue.",
        "several values (“{value}”) where one is wanted; the first is taken.",
        "N'en gardez qu'une.", "Keep one only.",
    ),
    "cell-code": (
        "« {value} » n'est pas dans la liste.", "“{value}” is not in the list.",
        "{hint_fr}", "{hint_en}",
    ),
    "cell-place": (
        "« {value} » n'est pas dans la liste ; cette valeur est reprise telle quelle.",
        "“{value}” is not in the list; this value is taken as it is.",
        "{hint_fr}", "{hint_en}",
    ),
    "cell-date": (
        "« {value} » n'est pas une date lisible.", "“{value}” is not a date that can be read.",
        "Écrivez-la AAAA-MM-JJ, par exemple 2026-03-31 ; l'année seule suffit.",
        "Write it YYYY-MM-DD, 2026-03-31 for instance; the year alone will do.",
    ),
    "cell-date-number": (
        "« {value} » est un nombre, pas une date.", "“{value}” is a number, not a date.",
        "Donnez à la cellule le format Date, ou écrivez AAAA-MM-JJ.",
        "Format the cell as a date, or write YYYY-MM-DD.",
    ),
    "period-backwards": (
        "la période finit ({value}) avant de commencer ({start}).",
        "the period ends ({value}) before it begins ({start}).",
        "Corrigez l'une des deux dates.", "Correct one of the two dates.",
    ),
    "cell-whole": (
        "« {value} » n'est pas un nombre entier, zéro ou plus.",
        "“{value}” is not a whole number, zero or more.",
        "Écrivez un nombre entier {counted_fr}, arrondi et sans unité.",
        "Write a whole number {counted_en}, rounded and without a unit.",
    ),
    "cell-dated": (
        "la cellule a le format Date : le nombre s'y lit « {value} ».",
        "the cell has the Date format: the number reads “{value}” there.",
        "Donnez à la cellule le format Nombre, et vérifiez le nombre.",
        "Give the cell the Number format, and check the number.",
    ),
    "cell-negative": (
        "« {value} » est négatif.", "“{value}” is negative.",
        "Écrivez un nombre entier, zéro ou plus.", "Write a whole number, zero or more.",
    ),
    "ages-backwards": (
        "l'âge maximal ({value}) est inférieur à l'âge minimal ({start}).",
        "the maximum age ({value}) is below the minimum age ({start}).",
        "Corrigez l'un des deux âges.", "Correct one of the two ages.",
    ),
    "protection-denied": (
        "« Aucune partie protégée » est écrit avec une protection.",
        "“No protected part” is written together with a protection.",
        "Gardez l'une ou l'autre.", "Keep one or the other.",
    ),
    "cell-duration": (
        "« {value} » n'est pas une durée ISO 8601.", "“{value}” is not an ISO 8601 duration.",
        "Écrivez P1D pour un jour, P1M pour un mois, P1Y pour un an.",
        "Write P1D for a day, P1M for a month, P1Y for a year.",
    ),
    "cell-link": (
        "« {value} » n'est pas une adresse web.", "“{value}” is not a web address.",
        "Écrivez l'adresse complète, sans espaces, qui commence par https://.",
        "Write the whole address, without blanks, that begins with https://.",
    ),
    "cell-link-bare": (
        "il manque « https:// » au début de « {value} ».",
        "“https://” is missing before “{value}”.",
        "Écrivez https://{value}", "Write https://{value}",
    ),
    "cell-link-ended": (
        "« {value} » finit par un signe de ponctuation ; l'adresse est reprise telle quelle.",
        "“{value}” ends in a punctuation mark; the address is taken as it is.",
        "Ôtez ce signe s'il n'est pas de l'adresse.", "Remove it if it is not of the address.",
    ),
    "cell-email": (
        "« {value} » n'est pas une adresse électronique.", "“{value}” is not an e-mail address.",
        "Écrivez une seule adresse, par exemple donnees@hopital.example.",
        "Write one address only, such as data@hospital.example.",
    ),
    "cell-phone": (
        "« {value} » n'est pas un numéro de téléphone.", "“{value}” is not a telephone number.",
        "Écrivez un seul numéro, par exemple +33 1 99 00 00 00.",
        "Write one number only, such as +33 1 99 00 00 00.",
    ),
    "cell-phone-number": (
        "« {value} » est un nombre : s'il commençait par un zéro, ce zéro est perdu.",
        "“{value}” is a number: if it began with a zero, that zero is lost.",
        "Donnez à la cellule le format Texte, puis écrivez à nouveau le numéro entier, ou écrivez "
        "par exemple +33 1 99 00 00 00.",
        "Format the cell as text, then write the whole number anew, or write for instance "
        "+33 1 99 00 00 00.",
    ),
    "cell-media": (
        "« {value} » n'est pas un type de média.", "“{value}” is not a media type.",
        "Écrivez-le comme text/csv ou application/json.",
        "Write it like text/csv or application/json.",
    ),
    "cell-contact": (
        "aucun contact n'a le sigle « {value} »{near_fr} ; seul ce nom est repris.",
        "no contact has the key “{value}”{near_en}; only this name is taken.",
        "Ajoutez-le à la feuille des contacts, avec un courriel ou une page{apart_fr}.",
        "Add it to the sheet of contacts, with an e-mail address or a page{apart_en}.",
    ),
    "cell-contact-private": (
        "aucun contact n'a le sigle « {value} », qui nomme ou ressemble à un contact à ne pas "
        "publier : par prudence, cette valeur n'est pas publiée.",
        "no contact has the key “{value}”, which names or resembles a contact not to be published: "
        "to be safe, this value is not published.",
        "Écrivez des sigles de la feuille des contacts, séparés par « ; » là où il en faut "
        "plusieurs.",
        "Write keys of the sheet of contacts, separated by “;” where several are wanted.",
    ),
    "cell-private": (
        "la réponse n'est ni oui ni non : par prudence, ce contact n'est pas publié.",
        "the answer is neither yes nor no: to be safe, this contact is not published.",
        "Écrivez oui ou non.", "Write yes or no.",
    ),
    "cell-none-public": (
        "cette colonne ne nomme qu'un contact à ne pas publier : le jeu de données est publié sans "
        "elle.",
        "this column names only a contact not to be published: the dataset is published without "
        "it.",
        "Nommez ici l'organisme ou un service, qui ait sa propre ligne dans la feuille des "
        "contacts.",
        "Name the organisation or a department here, with a row of its own in the sheet of "
        "contacts.",
    ),
    "cell-languages": (
        "« {value} » n'a donné que la première des deux langues.",
        "“{value}” gave the first of the two languages only.",
        "Séparez les langues par « ; ».", "Separate the languages by “;”.",
    ),
    "cell-commas": (
        "« {value} » est pris pour une seule valeur.", "“{value}” is taken for one value.",
        "S'il y en a plusieurs, séparez-les par « ; ».",
        "If these are several, separate them by “;”.",
    ),
    "cell-year-dated": (
        "la cellule a le format Date, et {value} y est publié : s'agissait-il de l'année {year} ?",
        "the cell has the Date format, and {value} is published: was the year {year} meant?",
        "Donnez à la cellule le format Texte, puis écrivez l'année à nouveau ; sinon laissez-la.",
        "Format the cell as text, then write the year anew; else leave it.",
    ),
    "cell-phone-short": (
        "« {value} » ne commence ni par « + » ni par un zéro ; il est publié tel quel.",
        "“{value}” begins with neither “+” nor a zero; it is published as it is.",
        "Écrivez le numéro entier, comme +33 1 99 00 00 00, dans une cellule au format Texte.",
        "Write the whole number, such as +33 1 99 00 00 00, in a cell formatted as text.",
    ),
    "assessed-alone": (
        "la date n'est celle d'aucun label ni certificat : elle n'a pas été reprise.",
        "the date is that of no label or certificate: it was not taken.",
        "Donnez l'adresse du label ou du certificat, ou videz la cellule.",
        "Give the address of the label or certificate, or empty the cell.",
    ),
    "theme-health": (
        "le thème « Santé » manque.", "the theme “Health” is missing.",
        "Ajoutez-le aux autres, séparé par « ; ».", "Add it to the others, separated by “;”.",
    ),
}  # fmt: skip

SENTENCES: Final[Sentences] = {**FILES, **SHEETS, **_ROWS, **_CELLS}
"""code: (wrong in French, in English, mend in French, in English)"""
