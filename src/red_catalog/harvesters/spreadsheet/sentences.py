"""The sentences on spreadsheets, in French and in English."""

from typing import Final

Sentences = dict[str, tuple[str, str, str, str]]

_FILES: Final[Sentences] = {
    "too-big": (
        "le fichier dépasse {megabytes} Mo.", "the file is larger than {megabytes} MB.",
        "Répartir les jeux de données en plusieurs fichiers.",
        "Spread the datasets over several files.",
    ),
    "too-slow": (
        "le fichier n'a pas pu être lu en {seconds} secondes.",
        "the file could not be read in {seconds} seconds.",
        "Répartir les lignes en plusieurs fichiers.", "Spread the rows over several files.",
    ),
    "memory": (
        "lire ce fichier demande plus de mémoire qu'il n'est permis.",
        "reading this file takes more memory than is allowed.",
        "Répartir les lignes en plusieurs fichiers.", "Spread the rows over several files.",
    ),
    "crash": (
        "la lecture du fichier s'est arrêtée net.", "reading the file came to a sudden end.",
        "Enregistrer à nouveau le fichier en .xlsx, ou l'exporter en CSV.",
        "Save the file again as .xlsx, or export it as CSV.",
    ),
    "xlsx-bomb": (
        "une fois décompressé, le classeur dépasse {megabytes} Mo.",
        "unpacked, the workbook is larger than {megabytes} MB.",
        "Retirer les images et les feuilles inutiles, puis enregistrer à nouveau.",
        "Remove pictures and needless sheets, then save again.",
    ),
    "xlsx-broken": (
        "le classeur est endommagé ou incomplet ({reason}).",
        "the workbook is damaged or incomplete ({reason}).",
        "L'ouvrir, l'enregistrer à nouveau en .xlsx, puis le renvoyer.",
        "Open it, save it again as .xlsx, then send it again.",
    ),
    "xlsx-xml": (
        "le classeur est endommagé : {part}, ligne {line}.",
        "the workbook is damaged: {part}, line {line}.",
        "L'ouvrir, l'enregistrer à nouveau en .xlsx, puis le renvoyer.",
        "Open it, save it again as .xlsx, then send it again.",
    ),
    "xlsx-dtd": (
        "le classeur déclare des entités XML (DOCTYPE) : il est refusé.",
        "the workbook declares XML entities (DOCTYPE): it is refused.",
        "L'ouvrir dans un tableur et l'enregistrer à nouveau en .xlsx.",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    ),
    "xlsx-deep": (
        "le XML du classeur est imbriqué sur plus de {depth} niveaux.",
        "the XML of the workbook is nested over {depth} levels deep.",
        "L'ouvrir dans un tableur et l'enregistrer à nouveau en .xlsx.",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    ),
    "xlsx-locked": (
        "le classeur est protégé par un mot de passe.", "the workbook is locked by a password.",
        "Retirer le mot de passe, puis enregistrer en .xlsx.",
        "Remove the password, then save as .xlsx.",
    ),
    "xls-old": (
        "le classeur est à l'ancien format .xls.", "the workbook is in the old .xls format.",
        "L'enregistrer en .xlsx, ou l'exporter en CSV.", "Save it as .xlsx, or export it as CSV.",
    ),
    "ods": (
        "le classeur est au format .ods.", "the workbook is in the .ods format.",
        "L'enregistrer en .xlsx, ou exporter chaque feuille en CSV.",
        "Save it as .xlsx, or export each sheet as CSV.",
    ),
    "xlsx-not": (
        "le fichier n'est pas un classeur .xlsx.", "the file is not an .xlsx workbook.",
        "Envoyer le classeur lui-même, ou un export CSV.",
        "Send the workbook itself, or an export as CSV.",
    ),
    "csv-encoding": (
        "le codage des caractères du fichier CSV n'est ni UTF-8 ni Windows-1252.",
        "the characters of the CSV file are neither in UTF-8 nor in Windows-1252.",
        "Exporter le fichier en « CSV UTF-8 ».", "Export the file as “CSV UTF-8”.",
    ),
    "csv-nul": (
        "le fichier CSV contient un caractère nul (ligne {row}) : il n'est pas du texte.",
        "the CSV file holds a null character (line {row}): it is not text.",
        "Exporter à nouveau le fichier en « CSV UTF-8 ».", "Export the file again as “CSV UTF-8”.",
    ),
    "csv-broken": (
        "le fichier CSV est mal formé à partir de la ligne {row} ({reason}).",
        "the CSV file is malformed from line {row} on ({reason}).",
        "Fermer les guillemets de cette ligne, et doubler ceux qui sont dans un texte.",
        "Close the quotes of this line, and double those within a text.",
    ),
    "too-many-rows": (
        "une feuille a plus de {limit} lignes : rien n'a été lu, rien n'est retiré du catalogue.",
        "a sheet has more than {limit} rows: nothing was read, nothing is removed from the "
        "catalogue.",
        "Répartir les lignes en plusieurs fichiers.", "Spread the rows over several files.",
    ),
    "too-many-columns": (
        "une feuille a plus de {limit} colonnes (ligne {row}).",
        "a sheet has more than {limit} columns (row {row}).",
        "Revenir aux colonnes du modèle : red-catalog template.",
        "Go back to the columns of the template: red-catalog template.",
    ),
    "no-datasets": (
        "aucune feuille de jeux de données n'a été reconnue.",
        "no sheet of datasets was recognised.",
        "Partir du modèle (red-catalog template), ou nommer une colonne « Titre ».",
        "Start from the template (red-catalog template), or name a column “Title”.",
    ),
}  # fmt: skip
_SHEETS: Final[Sentences] = {
    "macros": (
        "le classeur contient des macros : elles n'ont pas été exécutées, ses cellules ont été "
        "lues.", "the workbook holds macros: they were not run, its cells were read.",
        "L'enregistrer en .xlsx, sans macros.", "Save it as .xlsx, without macros.",
    ),
    "external-links": (
        "le classeur renvoie à d'autres fichiers : ils n'ont pas été ouverts, les dernières "
        "valeurs enregistrées ont été lues.",
        "the workbook refers to other files: they were not opened, the values last saved were "
        "read.",
        "Rompre les liaisons (coller les valeurs).", "Break the links (paste values).",
    ),
    "merged": (
        "les cellules {cells} sont fusionnées : leur texte ne vaut que pour la première.",
        "the cells {cells} are merged: their text counts for the first one only.",
        "Défusionner ces cellules et écrire la valeur dans chacune.",
        "Unmerge these cells and write the value in each.",
    ),
    "formulas": (
        "{count} cellule(s) de la feuille contiennent une formule, celle-ci d'abord : le "
        "dernier résultat enregistré a été lu.",
        "{count} cell(s) of the sheet hold a formula, this one first: the result last saved "
        "was read.",
        "Copier la colonne, puis coller les valeurs.", "Copy the column, then paste values.",
    ),
    "formula-empty": (
        "la formule n'a pas de résultat enregistré : la cellule est vide pour qui la lit.",
        "the formula has no saved result: the cell is empty for whoever reads it.",
        "Ouvrir le classeur dans un tableur, l'enregistrer, ou écrire la valeur elle-même.",
        "Open the workbook in a spreadsheet program, save it, or write the value itself.",
    ),
    "hidden-sheet": (
        "la feuille est masquée ; elle a été lue quand même.",
        "the sheet is hidden; it was read all the same.",
        "L'afficher, ou la supprimer si elle ne doit pas être envoyée.",
        "Show it, or delete it if it is not meant to be sent.",
    ),
    "hidden-row": (
        "{count} ligne(s) masquée(s) dans la feuille, celle-ci d'abord ; elles ont été lues "
        "quand même.",
        "{count} hidden row(s) in the sheet, this one first; they were read all the same.",
        "Les afficher, ou les supprimer si elles ne doivent pas être envoyées.",
        "Show them, or delete them if they are not meant to be sent.",
    ),
    "hidden-column": (
        "la colonne est masquée ; elle a été lue quand même.",
        "the column is hidden; it was read all the same.",
        "L'afficher, ou la supprimer si elle ne doit pas être envoyée.",
        "Show it, or delete it if it is not meant to be sent.",
    ),
    "unknown-sheet": (
        "la feuille n'est pas de celles du modèle ({known}) : elle n'a pas été lue.",
        "the sheet is none of the template's ({known}): it was not read.",
        "La renommer, ou la supprimer si elle ne sert qu'à vous.",
        "Rename it, or delete it if it is for your own use.",
    ),
    "no-headings": (
        "aucune ligne de titres de colonnes n'a été reconnue : la feuille n'a pas été lue.",
        "no row of column headings was recognised: the sheet was not read.",
        "Remettre en première ligne les titres du modèle.",
        "Put the headings of the template back in the first row.",
    ),
    "unknown-heading": (
        "aucune colonne du modèle ne s'appelle ainsi{near_fr} : ses {count} valeur(s) n'ont pas "
        "été lues.",
        "no column of the template has this name{near_en}: its {count} value(s) were not read.",
        "Reprendre le titre exact du modèle, ou supprimer la colonne.",
        "Use the exact heading of the template, or delete the column.",
    ),
    "double-heading": (
        "ce titre est déjà celui de la colonne {first} : la première valeur écrite l'emporte.",
        "this heading is already that of column {first}: the first value written wins.",
        "Supprimer ou renommer l'une des deux colonnes.", "Delete or rename one of the columns.",
    ),
    "heading-missing": (
        "la colonne obligatoire « {name} » manque.", "the mandatory column “{name}” is missing.",
        "Ajouter une colonne de ce nom, et la remplir.", "Add a column of this name, and fill it.",
    ),
    "no-heading": (
        "la valeur « {value} » est dans une colonne sans titre : elle n'a pas été lue.",
        "the value “{value}” is in a column without a heading: it was not read.",
        "Donner un titre du modèle à la colonne. Dans un CSV : mettre entre guillemets le texte "
        "qui contient le séparateur.",
        "Give the column a heading of the template. In a CSV file: put quotes around a text that "
        "holds the separator.",
    ),
}  # fmt: skip
_ROWS: Final[Sentences] = {
    "row-untitled": (
        "le jeu de données n'a pas de titre : la ligne n'a pas été retenue.",
        "the dataset has no title: the row was not taken.",
        "Écrire son titre dans la colonne « {name_fr} ».", "Write its title in column “{name_en}”.",
    ),
    "row-double": (
        "« {value} » désigne déjà le jeu de données de la ligne {first} : la ligne n'a pas été "
        "retenue.",
        "“{value}” already names the dataset in row {first}: the row was not taken.",
        "Donner à chaque jeu de données un identifiant à lui.",
        "Give each dataset an identifier of its own.",
    ),
    "row-unattached": (
        "la ligne ne dit pas de quel jeu de données elle parle : elle n'a pas été retenue.",
        "the row does not say which dataset it is about: it was not taken.",
        "Écrire l'identifiant du jeu de données.", "Write the identifier of the dataset.",
    ),
    "row-astray": (
        "aucun jeu de données n'a l'identifiant « {value} »{near_fr} : la ligne n'a pas été "
        "retenue.",
        "no dataset has the identifier “{value}”{near_en}: the row was not taken.",
        "Reprendre l'identifiant tel qu'il est dans la feuille des jeux de données.",
        "Use the identifier as it is in the sheet of datasets.",
    ),
    "example-left": (
        "un exemple du modèle (« {value} ») est resté dans une ligne remplie ; il a été laissé "
        "de côté.",
        "an example of the template (“{value}”) stayed in a row that is filled in; it was left "
        "aside.",
        "Le remplacer par votre valeur, ou vider la cellule.",
        "Replace it by your own value, or empty the cell.",
    ),
    "identifier-missing": (
        "pas d'identifiant : l'adresse du jeu de données est faite de son titre et changera avec "
        "lui.",
        "no identifier: the address of the dataset is made from its title and will change with "
        "it.",
        "Donner un identifiant durable.", "Give it an identifier that lasts.",
    ),
    "cell-missing": (
        "la valeur « {name_fr} » est obligatoire.", "the value “{name_en}” is mandatory.",
        "{help_fr}", "{help_en}",
    ),
    "no-distribution": (
        "le jeu de données « {value} » n'a aucune ligne dans la feuille des distributions.",
        "the dataset “{value}” has no row in the sheet of distributions.",
        "Y ajouter une ligne avec l'adresse où l'on obtient ou demande les données.",
        "Add a row there with the address where the data are obtained or applied for.",
    ),
    "no-variables": (
        "les données sont dites structurées, mais aucune variable n'est décrite.",
        "the data are said to be structured, but no variable is described.",
        "Décrire les variables dans leur feuille, ou écrire « non ».",
        "Describe the variables in their sheet, or write “no”.",
    ),
    "variables-denied": (
        "les données sont dites non structurées, mais {count} variable(s) sont décrites.",
        "the data are said not to be structured, but {count} variable(s) are described.",
        "Écrire « oui », ou retirer les variables.", "Write “yes”, or remove the variables.",
    ),
    "variable-double": (
        "la variable « {value} » est déjà décrite à la ligne {first} pour ce tableau.",
        "the variable “{value}” is already described in row {first} for this table.",
        "N'en garder qu'une, ou nommer le tableau de chacune.",
        "Keep one only, or name the table of each.",
    ),
    "contact-double": (
        "le sigle « {value} » est déjà celui de la ligne {first}, qui l'emporte.",
        "the key “{value}” is already that of row {first}, which wins.",
        "Donner à chaque contact un sigle à lui.", "Give each contact a key of its own.",
    ),
    "contact-unreachable": (
        "« {value} » n'a ni courriel ni page de contact.",
        "“{value}” has neither an e-mail address nor a contact page.",
        "Écrire l'un des deux : une boîte de fonction de préférence.",
        "Write one of the two: a role mailbox preferably.",
    ),
}  # fmt: skip
_CELLS: Final[Sentences] = {
    "cell-error": (
        "la cellule contient une erreur du tableur ({value}).",
        "the cell holds an error of the spreadsheet program ({value}).",
        "Corriger la formule, ou écrire la valeur elle-même.",
        "Mend the formula, or write the value itself.",
    ),
    "cell-odd": (
        "la cellule contient une valeur illisible ({value}).",
        "the cell holds a value that cannot be read ({value}).",
        "Écrire la valeur comme un texte.", "Write the value as text.",
    ),
    "cell-formula": (
        "« {value} » ressemble à une formule ; elle est gardée comme un texte et n'est pas "
        "calculée.",
        "“{value}” looks like a formula; it is kept as text and not computed.",
        "Écrire le résultat lui-même.", "Write the result itself.",
    ),
    "cell-blank": (
        "« {value} » ne dit rien ; la cellule est tenue pour vide.",
        "“{value}” says nothing; the cell counts as empty.",
        "Écrire la valeur, ou vider la cellule.", "Write the value, or empty the cell.",
    ),
    "cell-several": (
        "plusieurs valeurs (« {value} ») là où il en faut une ; la première est retenue.",
        "several values (“{value}”) where one is wanted; the first is taken.",
        "N'en garder qu'une.", "Keep one only.",
    ),
    "cell-code": (
        "« {value} » n'est pas dans la liste.", "“{value}” is not in the list.",
        "{hint_fr}", "{hint_en}",
    ),
    "cell-date": (
        "« {value} » n'est pas une date lisible.", "“{value}” is not a date that can be read.",
        "L'écrire AAAA-MM-JJ, par exemple 2026-03-31 ; l'année seule suffit.",
        "Write it YYYY-MM-DD, 2026-03-31 for instance; the year alone will do.",
    ),
    "cell-date-number": (
        "« {value} » est un nombre, pas une date.", "“{value}” is a number, not a date.",
        "Donner à la cellule le format Date, ou écrire AAAA-MM-JJ.",
        "Format the cell as a date, or write YYYY-MM-DD.",
    ),
    "period-backwards": (
        "la période finit ({value}) avant de commencer ({start}).",
        "the period ends ({value}) before it begins ({start}).",
        "Corriger l'une des deux dates.", "Mend one of the two dates.",
    ),
    "cell-whole": (
        "« {value} » n'est pas un nombre entier, zéro ou plus.",
        "“{value}” is not a whole number, zero or more.",
        "Écrire les chiffres seuls, par exemple 12400.", "Write the digits alone, such as 12400.",
    ),
    "cell-negative": (
        "« {value} » est négatif.", "“{value}” is negative.",
        "Écrire un nombre entier, zéro ou plus.", "Write a whole number, zero or more.",
    ),
    "ages-backwards": (
        "l'âge maximal ({value}) est inférieur à l'âge minimal ({start}).",
        "the maximum age ({value}) is below the minimum age ({start}).",
        "Corriger l'un des deux âges.", "Mend one of the two ages.",
    ),
    "cell-duration": (
        "« {value} » n'est pas une durée ISO 8601.", "“{value}” is not an ISO 8601 duration.",
        "Écrire P1D pour un jour, P1M pour un mois, P1Y pour un an.",
        "Write P1D for a day, P1M for a month, P1Y for a year.",
    ),
    "cell-link": (
        "« {value} » n'est pas une adresse web.", "“{value}” is not a web address.",
        "Écrire l'adresse complète, sans espaces, qui commence par https://.",
        "Write the whole address, without blanks, that begins with https://.",
    ),
    "cell-link-bare": (
        "il manque « https:// » au début de « {value} ».",
        "“https://” is missing before “{value}”.",
        "Écrire https://{value}", "Write https://{value}",
    ),
    "cell-email": (
        "« {value} » n'est pas une adresse électronique.", "“{value}” is not an e-mail address.",
        "Écrire une seule adresse, par exemple donnees@hopital.example.",
        "Write one address only, such as data@hospital.example.",
    ),
    "cell-media": (
        "« {value} » n'est pas un type de média.", "“{value}” is not a media type.",
        "L'écrire comme text/csv ou application/json.",
        "Write it like text/csv or application/json.",
    ),
    "cell-contact": (
        "aucun contact n'a le sigle « {value} »{near_fr} ; seul ce nom est repris.",
        "no contact has the key “{value}”{near_en}; only this name is taken.",
        "L'ajouter à la feuille des contacts, avec un courriel ou une page.",
        "Add it to the sheet of contacts, with an e-mail address or a page.",
    ),
    "theme-health": (
        "le thème « Santé » manque.", "the theme “Health” is missing.",
        "L'ajouter aux autres, séparé par « ; ».", "Add it to the others, separated by “;”.",
    ),
}  # fmt: skip

SENTENCES: Final[Sentences] = {**_FILES, **_SHEETS, **_ROWS, **_CELLS}
"""code: (wrong in French, in English, mend in French, in English)"""
