"""The sentences on files and sheets as a whole, in French and in English."""

from typing import Final

Sentences = dict[str, tuple[str, str, str, str]]

FILES: Final[Sentences] = {
    "too-big": (
        "le fichier dépasse {megabytes} Mo.", "the file is larger than {megabytes} MB.",
        "Répartissez les jeux de données en plusieurs fichiers.",
        "Spread the datasets over several files.",
    ),
    "too-slow": (
        "le fichier n'a pas pu être lu en {seconds} secondes.",
        "the file could not be read in {seconds} seconds.",
        "Répartissez les lignes en plusieurs fichiers.", "Spread the rows over several files.",
    ),
    "memory": (
        "lire ce fichier demande plus de mémoire qu'il n'est permis.",
        "reading this file takes more memory than is allowed.",
        "Répartissez les lignes en plusieurs fichiers.", "Spread the rows over several files.",
    ),
    "crash": (
        "la lecture du fichier s'est arrêtée net.", "reading the file came to a sudden end.",
        "Enregistrez à nouveau le fichier en .xlsx, ou exportez-le en CSV.",
        "Save the file again as .xlsx, or export it as CSV.",
    ),
    "xlsx-bomb": (
        "une fois décompressé, le classeur dépasse {megabytes} Mo.",
        "unpacked, the workbook is larger than {megabytes} MB.",
        "Retirez les images et les feuilles inutiles, puis enregistrez à nouveau.",
        "Remove pictures and needless sheets, then save again.",
    ),
    "xlsx-broken": (
        "le classeur est endommagé ou incomplet (détail technique, en anglais : {reason}).",
        "the workbook is damaged or incomplete (technical detail: {reason}).",
        "Ouvrez-le, enregistrez-le à nouveau en .xlsx, puis renvoyez-le.",
        "Open it, save it again as .xlsx, then send it again.",
    ),
    "xlsx-xml": (
        "le classeur est endommagé : {part}, ligne {line}.",
        "the workbook is damaged: {part}, line {line}.",
        "Ouvrez-le, enregistrez-le à nouveau en .xlsx, puis renvoyez-le.",
        "Open it, save it again as .xlsx, then send it again.",
    ),
    "xlsx-dtd": (
        "le classeur déclare des entités XML (DOCTYPE) : il est refusé.",
        "the workbook declares XML entities (DOCTYPE): it is refused.",
        "Ouvrez-le dans un tableur et enregistrez-le à nouveau en .xlsx.",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    ),
    "xlsx-deep": (
        "le XML du classeur est imbriqué sur plus de {depth} niveaux.",
        "the XML of the workbook is nested over {depth} levels deep.",
        "Ouvrez-le dans un tableur et enregistrez-le à nouveau en .xlsx.",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    ),
    "xlsx-locked": (
        "le classeur est protégé par un mot de passe.", "the workbook is locked by a password.",
        "Retirez le mot de passe, puis enregistrez en .xlsx.",
        "Remove the password, then save as .xlsx.",
    ),
    "xlsx-strict": (
        "le classeur est au format « Classeur Open XML strict », qui n'est pas lu ici.",
        "the workbook is in the format “Strict Open XML Spreadsheet”, which is not read here.",
        "Enregistrez-le sous le type « Classeur Excel (.xlsx) ».",
        "Save it as “Excel Workbook (.xlsx)”.",
    ),
    "xls-old": (
        "le classeur est à l'ancien format .xls.", "the workbook is in the old .xls format.",
        "Enregistrez-le en .xlsx, ou exportez-le en CSV.", "Save it as .xlsx, or export it as CSV.",
    ),
    "ods": (
        "le classeur est au format .ods.", "the workbook is in the .ods format.",
        "Enregistrez-le en .xlsx, ou exportez chaque feuille en CSV.",
        "Save it as .xlsx, or export each sheet as CSV.",
    ),
    "xlsx-not": (
        "le fichier n'est pas un classeur .xlsx.", "the file is not an .xlsx workbook.",
        "Envoyez le classeur lui-même, ou un export CSV.",
        "Send the workbook itself, or an export as CSV.",
    ),
    "empty": (
        "le fichier est vide.", "the file is empty.",
        "Vérifiez qu'il a été enregistré et copié en entier, puis renvoyez-le.",
        "Check that it was saved and copied whole, then send it again.",
    ),
    "html": (
        "le fichier est une page web, non un classeur ou un CSV.",
        "the file is a web page, not a workbook or CSV.",
        "Téléchargez à nouveau le classeur lui-même, ou enregistrez-le en .xlsx dans un tableur.",
        "Download the workbook itself again, or save it as .xlsx in a spreadsheet program.",
    ),
    "pdf": (
        "le fichier est un PDF, non un classeur ou un CSV.",
        "the file is a PDF, not a workbook or CSV.",
        "Envoyez le classeur lui-même, ou un export CSV.",
        "Send the workbook itself, or an export as CSV.",
    ),
    "csv-encoding": (
        "le codage des caractères du fichier CSV n'est ni UTF-8 ni Windows-1252.",
        "the characters of the CSV file are neither in UTF-8 nor in Windows-1252.",
        "Exportez le fichier en « CSV UTF-8 », non en « CSV (Macintosh) » ni « CSV (MS-DOS) ».",
        "Export the file as “CSV UTF-8”, not as “CSV (Macintosh)” or “CSV (MS-DOS)”.",
    ),
    "csv-mixed": (
        "le fichier CSV mêle deux codages de caractères, et sa ligne {row} n'est pas dans celui du "
        "reste : rien n'a été lu, rien n'est retiré du catalogue.",
        "the CSV file mixes two encodings of characters, and its line {row} is not in that of the "
        "rest: nothing was read, nothing is removed from the catalogue.",
        "Écrivez à nouveau les lettres accentuées de cette ligne, puis exportez le fichier en "
        "« CSV UTF-8 ».",
        "Write the accented letters of this line anew, then export the file as “CSV UTF-8”.",
    ),
    "csv-nul": (
        "le fichier CSV contient un caractère nul (ligne {row}) : il n'est pas du texte.",
        "the CSV file holds a null character (line {row}): it is not text.",
        "Exportez à nouveau le fichier en « CSV UTF-8 ».", "Export the file again as “CSV UTF-8”.",
    ),
    "csv-broken": (
        "le fichier CSV est mal formé à partir de la ligne {row} (détail technique, en anglais : "
        "{reason}).",
        "the CSV file is malformed from line {row} on (technical detail: {reason}).",
        "Fermez les guillemets de cette ligne, et doublez ceux qui sont dans un texte.",
        "Close the quotes of this line, and double those within a text.",
    ),
    "too-many-rows": (
        "une feuille a plus de {limit} lignes : rien n'a été lu, rien n'est retiré du catalogue.",
        "a sheet has more than {limit} rows: nothing was read, nothing is removed from the "
        "catalogue.",
        "Répartissez les lignes en plusieurs fichiers.", "Spread the rows over several files.",
    ),
    "too-much": (
        "le fichier a plus de {cells} cellules remplies, ou de {characters} caractères.",
        "the file has more than {cells} filled cells, or {characters} characters.",
        "Répartissez les lignes en plusieurs fichiers ; rien n'est retiré du catalogue.",
        "Spread the rows over several files; nothing is removed from the catalogue.",
    ),
    "column-far": (
        "la feuille « {sheet} » a une valeur en {cell}, au-delà de {limit} colonnes : rien n'a été "
        "lu, rien n'est retiré du catalogue.",
        "the sheet “{sheet}” has a value in {cell}, beyond {limit} columns: nothing was read, "
        "nothing is removed from the catalogue.",
        "Videz cette cellule, et celles à droite des colonnes du modèle.",
        "Empty this cell, and those to the right of the template's columns.",
    ),
    "too-many-columns": (
        "le fichier a plus de {limit} colonnes (ligne {row}).",
        "the file has more than {limit} columns (line {row}).",
        "Revenez aux colonnes du modèle, que donne la page « Déclarer des jeux de données » du "
        "catalogue (ou red-catalog template).",
        "Go back to the columns of the template, which the page “Declare datasets” of the "
        "catalogue gives (or red-catalog template).",
    ),
    "no-rows": (
        "aucune ligne de jeu de données n'est remplie.", "no row of a dataset is filled in.",
        "Remplissez la feuille des jeux de données à partir de la ligne 4 ; rien n'est retiré "
        "du catalogue.",
        "Fill in the sheet of datasets from row 4 on; nothing is removed from the catalogue.",
    ),
    "no-datasets": (
        "aucune feuille de jeux de données n'a été reconnue.",
        "no sheet of datasets was recognised.",
        "Partez du modèle, que donne la page « Déclarer des jeux de données » du catalogue (ou "
        "red-catalog template), ou nommez une colonne « Titre ».",
        "Start from the template, which the page “Declare datasets” of the catalogue gives (or "
        "red-catalog template), or name a column “Title”.",
    ),
}  # fmt: skip
SHEETS: Final[Sentences] = {
    "csv-charset": (
        "le fichier CSV est annoncé en {charset} mais il est en UTF-8 ; il a été lu comme tel.",
        "the CSV file is announced as {charset} but is in UTF-8; it was read as such.",
        "Annoncez charset=utf-8 sur le serveur.", "Announce charset=utf-8 on the server.",
    ),
    "macros": (
        "le classeur contient des macros : elles n'ont pas été exécutées, ses cellules ont été "
        "lues.", "the workbook holds macros: they were not run, its cells were read.",
        "Enregistrez-le en .xlsx, sans macros.", "Save it as .xlsx, without macros.",
    ),
    "external-links": (
        "le classeur renvoie à d'autres fichiers : ils n'ont pas été ouverts, les dernières "
        "valeurs enregistrées ont été lues.",
        "the workbook refers to other files: they were not opened, the values last saved were "
        "read.",
        "Rompez les liaisons (collez les valeurs).", "Break the links (paste values).",
    ),
    "more": (
        "Points de même nature qui ne sont pas énumérés : {count}.",
        "More points of the same kind, not listed: {count}.",
        "Corrigez ceux qui sont nommés, puis vérifiez à nouveau.",
        "Correct those that are named, then check again.",
    ),
    "merged": (
        "les cellules {cells} sont fusionnées : leur texte ne vaut que pour la première.",
        "the cells {cells} are merged: their text counts for the first one only.",
        "Défusionnez ces cellules et écrivez la valeur dans chacune.",
        "Unmerge these cells and write the value in each.",
    ),
    "merged-key": (
        "les cellules {cells} sont fusionnées : leur texte ne vaut que pour la première.",
        "the cells {cells} are merged: their text counts for the first one only.",
        "Défusionnez ces cellules et donnez à chaque ligne sa propre valeur.",
        "Unmerge these cells and give each row a value of its own.",
    ),
    "formulas": (
        "cellules de la feuille qui contiennent une formule : {count}, celle-ci d'abord ; le "
        "dernier résultat enregistré a été lu.",
        "cells of the sheet that hold a formula: {count}, this one first; the result last saved "
        "was read.",
        "Copiez la colonne, puis collez les valeurs.", "Copy the column, then paste values.",
    ),
    "formula-empty": (
        "la formule n'a pas de résultat enregistré : la cellule est vide pour qui la lit.",
        "the formula has no saved result: the cell is empty for whoever reads it.",
        "Ouvrez le classeur dans un tableur, enregistrez-le, ou écrivez la valeur elle-même.",
        "Open the workbook in a spreadsheet program, save it, or write the value itself.",
    ),
    "number-shown": (
        "la cellule affiche « {shown} » et contient le nombre {value}, qui est lu (cellules de ce "
        "genre dans la colonne : {count}).",
        "the cell shows “{shown}” and holds the number {value}, which is read (cells of this kind "
        "in the column: {count}).",
        "Donnez à la colonne le format Texte, puis écrivez les valeurs comme elles s'affichent.",
        "Format the column as text, then write the values as they are shown.",
    ),
    "hidden-sheet": (
        "la feuille est masquée ; elle a été lue quand même.",
        "the sheet is hidden; it was read all the same.",
        "Affichez-la, ou supprimez-la si elle ne doit pas être envoyée.",
        "Show it, or delete it if it is not meant to be sent.",
    ),
    "hidden-row": (
        "lignes masquées de la feuille : {count}, celle-ci d'abord ; elles ont été lues quand "
        "même.",
        "hidden rows of the sheet: {count}, this one first; they were read all the same.",
        "Affichez-les, ou supprimez-les si elles ne doivent pas être envoyées.",
        "Show them, or delete them if they are not meant to be sent.",
    ),
    "hidden-column": (
        "la colonne est masquée ; elle a été lue quand même.",
        "the column is hidden; it was read all the same.",
        "Affichez-la, ou supprimez-la si elle ne doit pas être envoyée.",
        "Show it, or delete it if it is not meant to be sent.",
    ),
    "unknown-sheet": (
        "la feuille n'est pas de celles du modèle ({known}) : elle n'a pas été lue.",
        "the sheet is none of the template's ({known}): it was not read.",
        "Renommez-la, ou supprimez-la si elle ne sert qu'à vous.",
        "Rename it, or delete it if it is for your own use.",
    ),
    "no-headings": (
        "aucune ligne de titres de colonnes n'a été reconnue : la feuille n'a pas été lue.",
        "no row of column headings was recognised: the sheet was not read.",
        "Remettez en première ligne les titres du modèle.",
        "Put the headings of the template back in the first row.",
    ),
    "unknown-heading": (
        "aucune colonne du modèle ne s'appelle ainsi{near_fr} : {unread_fr}.",
        "no column of the template has this name{near_en}: {unread_en}.",
        "Reprenez le titre exact du modèle, ou supprimez la colonne.",
        "Use the exact heading of the template, or delete the column.",
    ),
    "double-heading": (
        "ce titre est déjà celui de la colonne {first} : la première valeur écrite l'emporte.",
        "this heading is already that of column {first}: the first value written wins.",
        "Supprimez ou renommez l'une des deux colonnes.", "Delete or rename one of the columns.",
    ),
    "heading-missing": (
        "la colonne obligatoire « {name} » manque.", "the mandatory column “{name}” is missing.",
        "Ajoutez une colonne de ce nom, et remplissez-la.",
        "Add a column of this name, and fill it.",
    ),
    "no-heading": (
        "la valeur « {value} » est dans une colonne sans titre : elle n'a pas été lue.",
        "the value “{value}” is in a column without a heading: it was not read.",
        "Donnez un titre du modèle à la colonne. Dans un CSV : mettez entre guillemets le "
        "texte qui contient le séparateur.",
        "Give the column a heading of the template. In a CSV file: put quotes around a text that "
        "holds the separator.",
    ),
}  # fmt: skip
