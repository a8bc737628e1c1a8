"""What can be wrong in a document: a sentence, and how to mend it, in French and English."""

from typing import Final

from red_catalog.model import Defect
from red_catalog.rdf.trouble import Trouble

# code: (wrong in French, in English, mend in French, in English)
TABLE: Final[dict[str, tuple[str, str, str, str]]] = {
    # Documents that give nothing.
    "empty": (
        "Le document est vide.",
        "The document is empty.",
        "Vérifiez que l'export s'est bien terminé, puis republiez le document.",
        "Check that the export ended well, then publish the document again.",
    ),
    "html": (
        "Page HTML reçue à la place des descriptions.",
        "HTML received instead of descriptions.",
        "Vérifiez l'adresse ou le fichier : c'est une page d'erreur, de connexion ou d'accueil, "
        "non le fichier RDF.",
        "Check the address or the file: it is an error, login or home page, not the RDF file.",
    ),
    "html-dataset": (
        "Page HTML reçue à la place du RDF ; elle décrit un jeu de données en JSON-LD.",
        "HTML received instead of RDF; it describes a dataset in JSON-LD.",
        "Déclarez cette page comme une source de type webpage, qui la lit ; la vérification d'un "
        "document ne lit que du RDF ou un classeur.",
        "Declare this page as a source of kind webpage, which reads it; the check of a document "
        "reads RDF or a workbook only.",
    ),
    "pdf": (
        "Le document est un PDF, dont aucune description ne peut être lue.",
        "The document is a PDF, of which no description can be read.",
        "Envoyez les descriptions en RDF (Turtle, RDF/XML, JSON-LD), ou le classeur rempli.",
        "Send the descriptions as RDF (Turtle, RDF/XML, JSON-LD), or the workbook filled in.",
    ),
    "too-big": (
        "Le document dépasse {megabytes} Mo une fois décompressé.",
        "The document is over {megabytes} MB once unpacked.",
        "Découpez-le en pages ; si ce n'est pas possible, écrivez à l'opérateur du catalogue "
        "(réglage limits.document_bytes).",
        "Split it into pages; if that cannot be done, write to the operator of the catalogue "
        "(setting limits.document_bytes).",
    ),
    "gzip": (
        "Le fichier compressé (gzip) est abîmé ou incomplet.",
        "The compressed file (gzip) is damaged or incomplete.",
        "Compressez-le de nouveau et republiez-le.",
        "Compress it again and publish it again.",
    ),
    "not-utf8": (
        "Le texte n'est pas en UTF-8 : l'octet {offset} (ligne {line}) est incorrect.",
        "The text is not UTF-8: byte {offset} (line {line}) is wrong.",
        "Enregistrez le fichier en UTF-8, ou annoncez son encodage (charset).",
        "Save the file as UTF-8, or announce its encoding (charset).",
    ),
    "encoding": (
        "Le texte ne se lit pas dans l'encodage annoncé ({charset}).",
        "The text cannot be read in the encoding it announces ({charset}).",
        "Enregistrez le fichier en UTF-8 et annoncez-le comme tel.",
        "Save the file as UTF-8 and announce it as such.",
    ),
    "truncated": (
        "Le document est coupé : il s'arrête au milieu d'une description.",
        "The document is cut: it stops in the middle of a description.",
        "Transférez-le ou exportez-le de nouveau en entier.",
        "Transfer or export it again, whole.",
    ),
    "syntax": (
        "Le document est mal écrit, près de « {near} ».",
        "The document is badly written, near “{near}”.",
        "Corrigez cet endroit, ou exportez le document avec un outil RDF.",
        "Correct this place, or export the document with an RDF tool.",
    ),
    "parser": (
        "Le {syntax} est incorrect ; détail technique, en anglais : {detail}.",
        "The {syntax} is wrong; technical detail: {detail}.",
        "Corrigez cet endroit, ou exportez le document avec un outil RDF.",
        "Correct this place, or export the document with an RDF tool.",
    ),
    "xml": (
        "Le XML est mal formé.",
        "The XML is not well formed.",
        "Corrigez cet endroit : balise non fermée, caractère interdit ou préfixe non déclaré.",
        "Correct this place: an open tag, a forbidden character or an undeclared prefix.",
    ),
    "xml-start": (
        "« <?xml … ?> » n'ouvre pas le document : une ligne, un espace ou un texte le précède.",
        "“<?xml … ?>” does not open the document: a line, a space or a text stands before it.",
        "Retirez tout ce qui précède « <?xml ».",
        "Remove all that stands before “<?xml”.",
    ),
    "xml-entity": (
        "Rien ne dit ce que vaut « &{name}; » : le XML ne connaît de lui-même que &amp;, &lt;, "
        "&gt;, &quot; et &apos;.",
        "Nothing says what “&{name};” stands for: by itself XML knows &amp;, &lt;, &gt;, &quot; "
        "and &apos; only.",
        "Écrivez le caractère lui-même, par exemple « é » au lieu de « &eacute; ».",
        "Write the character itself, for instance “é” instead of “&eacute;”.",
    ),
    "xml-ampersand": (
        "Un « & » est écrit tel quel, ce que le XML ne permet pas, même dans une adresse.",
        "An “&” is written as it is, which XML does not allow, not even in an address.",
        "Écrivez « &amp; » à sa place.",
        "Write “&amp;” in its place.",
    ),
    "xml-prefix": (
        "L'abréviation « {prefix}: » n'est pas déclarée.",
        "The abbreviation “{prefix}:” is not declared.",
        'Ajoutez à la balise qui ouvre le document : xmlns:{prefix}="{namespace}".',
        'Add to the tag that opens the document: xmlns:{prefix}="{namespace}".',
    ),
    "xml-several": (
        "L'élément « {name} » en contient plusieurs ; le RDF/XML n'en permet qu'un.",
        "The element “{name}” contains several others; RDF/XML allows one.",
        "Répétez « {name} » autour de chacun d'eux.",
        "Repeat “{name}” around each of them.",
    ),
    "xml-nesting": (
        "« {inner} » est écrit directement dans « {name} » : rien ne dit ce qu'il décrit.",
        "“{inner}” stands directly in “{name}”: nothing says what it describes.",
        "Entourez le contenu de « {name} » d'un élément qui le dise, ou écrivez "
        '« <{name} rdf:parseType="Resource"> ».',
        "Put an element that says so around the content of “{name}”, or write "
        '“<{name} rdf:parseType="Resource">”.',
    ),
    "xml-mixed": (
        "Dans « {name} », un texte se trouve là où le RDF/XML n'en permet pas.",
        "In “{name}”, a text stands where RDF/XML allows none.",
        "Retirez ce texte, ou entourez-le d'un élément qui dise ce qu'il est.",
        "Remove this text, or put an element around it that says what it is.",
    ),
    "xml-not-rdf": (
        "Le document est du XML (« {root} ») mais pas du RDF.",
        "The document is XML (“{root}”) but not RDF.",
        "Donnez un export DCAT en RDF/XML, Turtle ou JSON-LD.",
        "Give a DCAT export in RDF/XML, Turtle or JSON-LD.",
    ),
    "xml-of-kind": (
        "Le document est du XML (« {root} ») mais pas du RDF.",
        "The document is XML (“{root}”) but not RDF.",
        "Déclarez-le, ou le service qui le donne, comme une source de type {kind}, qui le lit ; "
        "ou donnez un export DCAT en RDF/XML, Turtle ou JSON-LD.",
        "Declare it, or the service that gives it, as a source of kind {kind}, which reads it; or "
        "give a DCAT export in RDF/XML, Turtle or JSON-LD.",
    ),
    "json": (
        "Le JSON est mal formé.",
        "The JSON is not well formed.",
        "Corrigez cet endroit : virgule, guillemet ou accolade.",
        "Correct this place: a comma, a quote or a brace.",
    ),
    "json-not-jsonld": (
        "Le document est du JSON mais pas du JSON-LD.",
        "The document is JSON but not JSON-LD.",
        "Donnez un export DCAT en JSON-LD (avec @context, @id et @type), RDF/XML ou Turtle.",
        "Give a DCAT export in JSON-LD (with @context, @id and @type), RDF/XML or Turtle.",
    ),
    "json-no-context": (
        "Le JSON-LD n'a pas de contexte (@context) : rien ne dit ce que veut dire « {name} ».",
        "The JSON-LD has no context (@context): nothing says what “{name}” means.",
        'Écrivez au début du document : "@context": "https://www.w3.org/ns/dcat.jsonld", ou '
        "publiez en Turtle ou en RDF/XML.",
        'Write at the head of the document: "@context": "https://www.w3.org/ns/dcat.jsonld", or '
        "publish in Turtle or RDF/XML.",
    ),
    "json-of-ckan": (
        "Le document est une réponse de CKAN, et non du JSON-LD.",
        "The document is an answer of CKAN, not JSON-LD.",
        "Déclarez le catalogue CKAN comme une source de type ckan, qui le lit, ou donnez un export "
        "DCAT en JSON-LD, RDF/XML ou Turtle.",
        "Declare the CKAN catalogue as a source of kind ckan, which reads it, or give a DCAT "
        "export in JSON-LD, RDF/XML or Turtle.",
    ),
    "context": (
        "Le document renvoie au contexte « {context} », que le catalogue ne va pas chercher.",
        "The document refers to the context “{context}”, which the catalogue does not fetch.",
        "Écrivez le contexte dans le document, ou publiez en Turtle ou en RDF/XML.",
        "Write the context in the document, or publish in Turtle or RDF/XML.",
    ),
    "external-entity": (
        "Le XML renvoie à un fichier extérieur (« {name} »), ce que le catalogue refuse.",
        "The XML refers to an outside file (“{name}”), which the catalogue refuses.",
        "Retirez la déclaration SYSTEM ou PUBLIC de l'en-tête (DOCTYPE).",
        "Remove the SYSTEM or PUBLIC declaration from the header (DOCTYPE).",
    ),
    "entity-expansion": (
        "L'abréviation XML « {name} » prendrait trop de place une fois développée.",
        "The XML shorthand “{name}” would take too much room once written out.",
        "Écrivez les textes en toutes lettres au lieu d'entités XML.",
        "Write texts in full instead of XML entities.",
    ),
    "too-deep": (
        "Le document emboîte plus de {depth} niveaux.",
        "The document nests more than {depth} levels.",
        "Donnez une adresse (IRI) aux éléments au lieu de les emboîter.",
        "Give elements an address (IRI) instead of nesting them.",
    ),
    "relative-iri": (
        "L'adresse « {iri} » est relative et rien ne dit par rapport à quoi.",
        "The address “{iri}” is relative and nothing says to what.",
        "Écrivez les adresses en entier (https://…), ou déclarez une base dans le document.",
        "Write addresses in full (https://…), or declare a base in the document.",
    ),
    "too-many-errors": (
        "Le document contient plus de {count} erreurs de syntaxe.",
        "The document holds more than {count} syntax errors.",
        "Exportez-le avec un outil RDF plutôt qu'à la main.",
        "Export it with an RDF tool rather than by hand.",
    ),
    "too-slow": (
        "La lecture du document a été arrêtée après {seconds:g} s.",
        "Reading the document was stopped after {seconds:g} s.",
        "Découpez-le en pages ; si ce n'est pas possible, écrivez à l'opérateur du catalogue "
        "(réglage limits.document_seconds).",
        "Split it into pages; if that cannot be done, write to the operator of the catalogue "
        "(setting limits.document_seconds).",
    ),
    "memory": (
        "La lecture du document demande plus de mémoire que permis.",
        "Reading the document takes more memory than allowed.",
        "Découpez-le en pages ; si ce n'est pas possible, écrivez à l'opérateur du catalogue "
        "(réglage limits.memory_bytes).",
        "Split it into pages; if that cannot be done, write to the operator of the catalogue "
        "(setting limits.memory_bytes).",
    ),
    "crash": (
        "La lecture du document s'est arrêtée brutalement : son contenu est anormal.",
        "Reading the document stopped abruptly: its content is abnormal.",
        "Exportez-le de nouveau avec un outil RDF ; s'il reste refusé, signalez-le à l'opérateur "
        "du catalogue.",
        "Export it again with an RDF tool; if it is still refused, tell the operator of the "
        "catalogue.",
    ),
    # Datasets held back.
    "prefix-unknown": (
        "L'abréviation « {prefix}: » n'est pas déclarée.",
        "The abbreviation “{prefix}:” is not declared.",
        "Ajoutez en tête du document : @prefix {prefix}: <…> .",
        "Add at the head of the document: @prefix {prefix}: <…> .",
    ),
    "iri-invalid": (
        "L'adresse « {iri} » contient un espace ou un caractère interdit.",
        "The address “{iri}” holds a space or a forbidden character.",
        "Corrigez l'adresse, par exemple %20 au lieu d'un espace.",
        "Correct the address, for instance %20 instead of a space.",
    ),
    "mailto-invalid": (
        "L'adresse électronique « {iri} » contient un espace ou un caractère interdit.",
        "The e-mail address “{iri}” holds a space or a forbidden character.",
        "Retirez cet espace ou ce caractère : une adresse électronique s'écrit mailto:nom@domaine.",
        "Remove that space or character: an e-mail address is written mailto:name@domain.",
    ),
    "mailto-text": (
        "« {iri} » n'est pas une adresse électronique.",
        "“{iri}” is no e-mail address.",
        "Écrivez mailto:nom@domaine, ou retirez ce lien ; le nom d'un service se donne à part "
        "(vcard:fn).",
        "Write mailto:name@domain, or remove this link; the name of a department is given apart "
        "(vcard:fn).",
    ),
    "language-invalid": (
        "La langue « {tag} » est mal écrite.",
        "The language “{tag}” is badly written.",
        "Écrivez un code de langue avec un trait d'union : fr, ou fr-FR.",
        "Write a language code with a hyphen: fr, or fr-FR.",
    ),
    "string-open": (
        "Un texte n'est pas fermé par un guillemet.",
        "A text is not closed by a quote.",
        "Fermez le guillemet, ou entourez un texte de plusieurs lignes de trois guillemets.",
        "Close the quote, or put three quotes around a text of several lines.",
    ),
    "dot-missing": (
        "Il manque un point ou un point-virgule avant « {near} ».",
        "A full stop or a semicolon is missing before “{near}”.",
        "Terminez chaque description par un point, et séparez ses lignes par des points-virgules.",
        "End each description with a full stop, and separate its lines with semicolons.",
    ),
    "iri-bare": (
        "L'adresse « {iri} » n'est pas entre chevrons.",
        "The address “{iri}” is not between angle brackets.",
        "Écrivez-la en entier entre chevrons : <https://…>, ou <mailto:…>.",
        "Write it whole between angle brackets: <https://…>, or <mailto:…>.",
    ),
    "quote-curly": (
        "Le guillemet « {quote} » n'ouvre ni ne ferme un texte en Turtle.",
        "The quote “{quote}” neither opens nor closes a text in Turtle.",
        'Entourez le texte de guillemets droits : "…".',
        'Put straight quotes around the text: "…".',
    ),
    "date-bare": (
        "La date « {date} » est écrite sans guillemets ni type.",
        "The date “{date}” is written without quotes and type.",
        'Écrivez l\'année, le mois et le jour ainsi : "AAAA-MM-JJ"^^xsd:date.',
        'Write the year, month and day like this: "YYYY-MM-DD"^^xsd:date.',
    ),
    "backslash": (
        "Dans un texte, « \\ » annonce un caractère spécial ; celui-ci n'en est pas un.",
        "In a text “\\” announces a special character, which this one is not.",
        "Doublez la barre oblique inverse : « \\\\ ».",
        "Double the backslash: “\\\\”.",
    ),
    "word-bare": (
        "« {word} » est écrit sans guillemets.",
        "“{word}” is written without quotes.",
        "Entourez un texte de guillemets droits ; vrai et faux s'écrivent true et false, en "
        "minuscules et sans guillemets.",
        "Put straight quotes around a text; true and false are written in lower case, without "
        "quotes.",
    ),
    "literal-too-long": (
        "Un texte de ce jeu de données dépasse un million de caractères.",
        "A text of this dataset is over a million characters.",
        "Publiez ce texte à part et donnez-en l'adresse.",
        "Publish this text elsewhere and give its address.",
    ),
    "nested": (
        "La description de ce jeu de données emboîte plus de {depth} niveaux.",
        "The description of this dataset nests more than {depth} levels.",
        "Donnez une adresse (IRI) aux éléments au lieu de les emboîter.",
        "Give elements an address (IRI) instead of nesting them.",
    ),
    "number": (
        "Un nombre de ce jeu de données est démesuré.",
        "A number of this dataset is far too large.",
        "Corrigez ce nombre, et écrivez-le en chiffres sans exposant.",
        "Correct this number, and write it in digits without an exponent.",
    ),
    "tangled": (
        "Les éléments sans adresse de ce jeu de données renvoient les uns aux autres sans qu'on "
        "puisse les distinguer en {seconds:g} s.",
        "The elements without address of this dataset refer to one another and cannot be told "
        "apart in {seconds:g} s.",
        "Donnez une adresse (IRI) à ces éléments.",
        "Give these elements an address (IRI).",
    ),
    "no-iri": (
        "Le jeu de données « {title_fr} » n'a pas d'adresse (IRI).",
        "The dataset “{title_en}” has no address (IRI).",
        "Donnez-lui une adresse stable, par exemple https://votre-site.fr/jeu/nom-du-jeu.",
        "Give it a stable address, for instance https://your-site.fr/dataset/its-name.",
    ),
    # Mended on reading.
    "bom": (
        "Le document commence par une marque d'ordre des octets (BOM), ignorée.",
        "The document begins with a byte order mark (BOM), ignored.",
        "Enregistrez le fichier en UTF-8 sans BOM.",
        "Save the file as UTF-8 without BOM.",
    ),
    "charset": (
        "Le document n'est pas en UTF-8 ; il a été lu comme {charset}.",
        "The document is not UTF-8; it was read as {charset}.",
        "Enregistrez le fichier en UTF-8.",
        "Save the file as UTF-8.",
    ),
    "charset-wrong": (
        "Le document est annoncé en {charset} mais il est en UTF-8 ; il a été lu comme tel.",
        "The document is announced as {charset} but is UTF-8; it was read as such.",
        'Annoncez charset=utf-8 sur le serveur, et encoding="UTF-8" en tête d\'un XML.',
        'Announce charset=utf-8 on the server, and encoding="UTF-8" at the head of XML.',
    ),
    "media-type": (
        "Le type annoncé ({type}) n'est pas un type RDF ; le document a été lu comme {seen}.",
        "The announced type ({type}) is no RDF type; the document was read as {seen}.",
        "Annoncez sur le serveur le type du format, par exemple text/turtle.",
        "Announce the type of the format on the server, for instance text/turtle.",
    ),
    "wrong-type": (
        "Le document est annoncé en {said} mais il est en {seen} ; il a été lu comme tel.",
        "The document is announced as {said} but is {seen}; it was read as such.",
        "Corrigez le type annoncé ou l'extension du fichier.",
        "Correct the announced type or the file's extension.",
    ),
    "prefix": (
        "L'abréviation « {prefix}: » n'était pas déclarée ; son sens usuel a été retenu.",
        "The abbreviation “{prefix}:” was not declared; its usual meaning was taken.",
        "Ajoutez en tête du document : @prefix {prefix}: <{namespace}> .",
        "Add at the head of the document: @prefix {prefix}: <{namespace}> .",
    ),
    "prefix-in-context": (
        "L'abréviation « {prefix}: » n'était pas déclarée ; son sens usuel a été retenu.",
        "The abbreviation “{prefix}:” was not declared; its usual meaning was taken.",
        'Ajoutez dans le contexte (@context) : "{prefix}": "{namespace}".',
        'Add to the context (@context): "{prefix}": "{namespace}".',
    ),
}


def describe(trouble: Trouble, subject: str | None) -> Defect:
    """The defect, in words."""
    if trouble.code == "iri-invalid" and trouble.details["iri"].startswith("mailto:"):
        # Written %20, the space would stay a part of the mailbox; and a text is none either way.
        is_text = "@" not in trouble.details["iri"]
        trouble = trouble._replace(code="mailto-text" if is_text else "mailto-invalid")
    table = TABLE[trouble.code]
    wrong_fr, wrong_en, mend_fr, mend_en = (_fill(sentence, trouble) for sentence in table)
    return Defect(
        code=trouble.code,
        message={"fr": wrong_fr, "en": wrong_en},
        fix={"fr": mend_fr, "en": mend_en},
        line=trouble.line,
        column=trouble.column,
        subject=subject,
    )


def _fill(sentence: str, trouble: Trouble) -> str:
    # Data must not fill the sentence with more than a glance can take, nor break its line.
    details = {
        key: " ".join(value.split())[:120] if isinstance(value, str) else value
        for key, value in trouble.details.items()
    }
    return sentence.format(line=trouble.line, **details)
