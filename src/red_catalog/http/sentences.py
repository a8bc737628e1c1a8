"""The sentences on what may go wrong on the way to a document, in French and in English."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str, str, str]]] = {
    "bad-url": (
        "L'adresse « {url} » n'est pas valide.",
        "The address “{url}” is not valid.",
        "Donnez une adresse complète, http:// ou https://, sans nom d'utilisateur ni mot de passe.",
        "Give a complete address, http:// or https://, without a user name or password.",
    ),
    "scheme-refused": (
        "L'adresse « {url} » n'est ni en http ni en https : elle est refusée.",
        "The address “{url}” is neither http nor https: it is refused.",
        "Publiez le document, et ses pages suivantes, en http ou en https.",
        "Publish the document, and its following pages, over http or https.",
    ),
    "host-refused": (
        "L'adresse « {url} » mène à un serveur ({host}) qui n'est pas celui de la source.",
        "The address “{url}” leads to a server ({host}) that is not the source's.",
        "Corrigez l'adresse ou, si ce serveur est le bon, ajoutez-le à allow_hosts.",
        "Correct the address or, if this server is the right one, add it to allow_hosts.",
    ),
    "address-refused": (
        "Le serveur {host} a l'adresse {address}, qui n'est pas publique : elle est refusée.",
        "The server {host} has the address {address}, which is not public: it is refused.",
        "Publiez sur un serveur public ou, si celui-ci est voulu, ajoutez-le à allow_hosts.",
        "Publish on a public server or, if this one is meant, add it to allow_hosts.",
    ),
    "host-unknown": (
        "Le nom du serveur {host} est introuvable.",
        "The name of the server {host} cannot be found.",
        "Vérifiez l'adresse de la source, et que le nom est bien déclaré dans le DNS.",
        "Check the address of the source, and that its name is declared in the DNS.",
    ),
    "host-unseen": (
        "Le serveur {host} est introuvable depuis Internet.",
        "The server {host} cannot be found from the Internet.",
        "Vérifiez l'adresse ou, si ce serveur est interne, enregistrez le document, puis vérifiez "
        "le fichier.",
        "Check the address or, if this server is internal, save the document, then check the file.",
    ),
    "unreachable": (
        "Le serveur {host} ne répond pas, coupe la connexion, ou répond hors des règles de HTTP.",
        "The server {host} does not answer, breaks the connection, or answers outside the rules "
        "of HTTP.",
        "Vérifiez que le serveur est en service et joignable depuis Internet.",
        "Check that the server is up and can be reached from the Internet.",
    ),
    "tls": (
        "Le certificat de {host} n'est pas valide ({reason}).",
        "The certificate of {host} is not valid ({reason}).",
        "Renouvelez le certificat, avec sa chaîne complète et le bon nom de serveur.",
        "Renew the certificate, with its whole chain and the right server name.",
    ),
    "deadline": (
        "Le document n'est pas arrivé en entier en {seconds} secondes.",
        "The document did not arrive whole within {seconds} seconds.",
        "Accélérez le serveur ou découpez le document en pages ; sinon, écrivez à l'opérateur du "
        "catalogue (réglage limits.document_seconds).",
        "Speed the server up or split the document into pages; else write to the operator of the "
        "catalogue (setting limits.document_seconds).",
    ),
    "too-large": (
        "Le document dépasse {limit} octets une fois décompressé.",
        "The document exceeds {limit} bytes once decompressed.",
        "Découpez le document en pages ou en fichiers ; sinon, écrivez à l'opérateur du catalogue "
        "(réglage limits.document_bytes).",
        "Split the document into pages or files; else write to the operator of the catalogue "
        "(setting limits.document_bytes).",
    ),
    "truncated": (
        "Le document reçu est plus court que la taille annoncée.",
        "The document is incomplete: body shorter than announced.",
        "Vérifiez l'export et le serveur : le document a été coupé avant la fin.",
        "Check the export and the server: the document was cut before its end.",
    ),
    "answer-cut": (
        "Le serveur dit que sa réponse n'est pas entière ({said}).",
        "The server says that its answer is not whole ({said}).",
        "Relevez sur le serveur la durée d'une requête (MaxQueryExecutionTime de Virtuoso) ou la "
        "longueur d'une réponse ([sparql] rows de red-catalog), ou demandez moins à la fois ; rien "
        "n'est retiré du catalogue.",
        "Raise the time of a query on the server (MaxQueryExecutionTime of Virtuoso) or the length "
        "of an answer ([sparql] rows of red-catalog), or ask for less at once; nothing is removed "
        "from the catalogue.",
    ),
    "truncated-gzip": (
        "Le fichier compressé (gzip) est coupé avant la fin.",
        "The compressed (gzip) document is cut before its end.",
        "Refaites l'archive et vérifiez-la avec « gzip -t ».",
        "Make the archive again and check it with “gzip -t”.",
    ),
    "damaged-gzip": (
        "Le fichier compressé (gzip) est endommagé.",
        "The compressed (gzip) document is damaged.",
        "Refaites l'archive et vérifiez-la avec « gzip -t ».",
        "Make the archive again and check it with “gzip -t”.",
    ),
    "encoding-refused": (
        "Le serveur a répondu avec le codage « {encoding} », qui n'est pas lu ici.",
        "The server answered with the encoding “{encoding}”, which is not read here.",
        "Envoyez le document tel quel, ou compressé avec gzip.",
        "Send the document as it is, or compressed with gzip.",
    ),
    "empty": (
        "Le document est vide (0 octet).",
        "The document is empty (0 bytes).",
        "Vérifiez l'export ; un catalogue vide ne retire rien.",
        "Check the export; an empty catalogue removes nothing.",
    ),
    "no-content": (
        "Le serveur répond « sans contenu » (204) au lieu du document.",
        "The server answers “no content” (204) instead of the document.",
        "Vérifiez l'adresse et l'export ; rien n'est retiré du catalogue.",
        "Check the address and the export; nothing is removed from the catalogue.",
    ),
    "html-received": (
        "Page HTML reçue à la place du document.",
        "HTML received instead of the document.",
        "Donnez le document lui-même ou son adresse ; si c'en est un, corrigez son Content-Type "
        "ou indiquez format dans la configuration de la source.",
        "Give the document itself or its address; if it is one, correct its Content-Type or set "
        "format in the configuration of the source.",
    ),
    "status": (
        "Le serveur répond par l'erreur {status}.",
        "The server answers with the error {status}.",
        "Vérifiez que l'adresse est la bonne et que le document est public ; rien n'est retiré "
        "du catalogue.",
        "Check that the address is right and the document public; nothing is removed from the "
        "catalogue.",
    ),
    "status-nowhere": (
        "Le serveur renvoie ailleurs (réponse {status}) sans dire où.",
        "The server redirects elsewhere (answer {status}) without saying where.",
        "Corrigez la redirection (en-tête Location), ou donnez l'adresse finale du document.",
        "Correct the redirect (header Location), or give the final address of the document.",
    ),
    "status-denied": (
        "Le serveur refuse l'accès (réponse {status}).",
        "The server denies access (answer {status}).",
        "Rendez le document public, ou indiquez de quoi s'identifier dans [source.auth] ; rien "
        "n'est retiré du catalogue.",
        "Make the document public, or give credentials in [source.auth]; nothing is removed from "
        "the catalogue.",
    ),
    "status-unproved": (
        "Le serveur refuse l'accès (réponse {status}).",
        "The server denies access (answer {status}).",
        "Les identifiants de [source.auth] lui ont été envoyés et ne lui suffisent pas : vérifiez "
        "la variable d'environnement {variable}, et les droits de ce compte ; rien n'est retiré "
        "du catalogue.",
        "The credentials of [source.auth] were sent and are not enough for it: check the "
        "environment variable {variable}, and what this account may read; nothing is removed "
        "from the catalogue.",
    ),
    "status-absent": (
        "Il n'y a rien à cette adresse (réponse {status}).",
        "There is nothing at this address (answer {status}).",
        "Corrigez l'adresse dans la configuration de la source, ou remettez le document en "
        "place ; rien n'est retiré du catalogue.",
        "Correct the address in the configuration of the source, or put the document back; nothing "
        "is removed from the catalogue.",
    ),
    "status-failing": (
        "Le serveur est en panne (réponse {status}).",
        "The server fails (answer {status}).",
        "Voyez le journal du serveur et relancez plus tard ; rien n'est retiré du catalogue.",
        "See the log of the server and run again later; nothing is removed from the catalogue.",
    ),
    "busy": (
        "La source est occupée (réponse {status}) : elle demande de revenir plus tard.",
        "Source busy (answer {status}): it asks us to come back later.",
        "Relancez plus tard, ou autorisez ce moissonneur sur le serveur.",
        "Run again later, or let this harvester through on the server.",
    ),
    "redirects": (
        "L'adresse renvoie plus de {limit} fois vers une autre.",
        "The address redirects more than {limit} times.",
        "Donnez l'adresse finale du document ; supprimez la boucle sur le serveur.",
        "Give the final address of the document; remove the loop on the server.",
    ),
    "robots": (
        "Le fichier robots.txt de {host} interdit cette adresse au moissonneur.",
        "The robots.txt file of {host} does not allow the harvester to read this address.",
        "Autorisez l'agent « {agent} » dans robots.txt.",
        "Allow the agent “{agent}” in robots.txt.",
    ),
    "interrupted": (
        "La moisson a été interrompue avant ce document.",
        "The harvest was interrupted before this document.",
        "Relancez-la.",
        "Run it again.",
    ),
    "source-slow": (
        "La source n'est pas entièrement lue après {seconds} secondes.",
        "The source was not fully read after {seconds} seconds.",
        "Accélérez le serveur, mettez plus de jeux de données par page, ou écrivez à l'opérateur "
        "du catalogue (réglage limits.source_seconds) ; rien n'est retiré du catalogue.",
        "Speed the server up, put more datasets on each page, or write to the operator of the "
        "catalogue (setting limits.source_seconds); nothing is removed from the catalogue.",
    ),
    "paging-loop": (
        "Pagination en boucle à la page {page} : la page suivante est déjà lue.",
        "Paging loop at page {page}: its next page has already been read.",
        "Corrigez le lien vers la page suivante ; la dernière page n'en a pas.",
        "Correct the link to the next page; the last page has none.",
    ),
    "too-many-pages": (
        "Le catalogue a plus de {limit} pages.",
        "The catalogue has more than {limit} pages.",
        "Mettez plus de jeux de données par page.",
        "Put more datasets on each page.",
    ),
    "next-page-refused": (
        "La page suivante « {url} » n'est pas sur le même serveur que la source.",
        "The next page “{url}” is not on the same server as the source.",
        "Corrigez le lien vers la page suivante : même protocole (http ou https), même serveur.",
        "Correct the link to the next page: same scheme (http or https), same server.",
    ),
    "misconfigured": (
        "Cette source est mal réglée dans la configuration du catalogue : rien n'y a été lu.",
        "This source is not set up correctly in the catalogue's configuration: nothing was read.",
        "Le détenteur n'a rien à faire ; pour l'opérateur, red-catalog doctor dit ce qui manque.",
        "The holder need do nothing; to the operator, red-catalog doctor says what is missing.",
    ),
    "file-missing": (
        "Le fichier ou dossier « {path} » n'existe pas.",
        "The file or folder “{path}” does not exist.",
        "Vérifiez location dans la configuration de la source, et que le dépôt a eu lieu.",
        "Check location in the configuration of the source, and that the delivery took place.",
    ),
    "file-unreadable": (
        "Le fichier « {path} » ne peut pas être lu ({reason}).",
        "The file “{path}” cannot be read ({reason}).",
        "Donnez au catalogue le droit de lire ce fichier.",
        "Give the catalogue the right to read this file.",
    ),
    "file-special": (
        "« {path} » n'est pas un fichier ordinaire.",
        "“{path}” is not an ordinary file.",
        "Déposez un fichier ordinaire à sa place.",
        "Put an ordinary file in its place.",
    ),
    "folder-empty": (
        "Le dossier « {path} » ne contient aucun des fichiers que lit cette source.",
        "The folder “{path}” holds none of the files that this source reads.",
        "Déposez-y des fichiers {known} ; rien n'est retiré du catalogue.",
        "Put {known} files there; nothing is removed from the catalogue.",
    ),
    "file-unknown": (
        "L'extension du fichier « {path} » n'est pas de celles que lit cette source.",
        "The extension of the file “{path}” is none of those that this source reads.",
        "Déposez à sa place un fichier de l'un de ces types : {known}, ou sortez-le du dossier ; "
        "si c'en est un, corrigez son nom ou indiquez format dans la source.",
        "Put a file of one of these types in its place: {known}, or take it out of the folder; "
        "if it is one, correct its name or set format in the source.",
    ),
    "link-refused": (
        "Le lien symbolique « {path} » mène hors du dossier de la source.",
        "The symbolic link “{path}” leads out of the folder of the source.",
        "Déposez le fichier lui-même dans le dossier.",
        "Put the file itself in the folder.",
    ),
}
"""code: (wrong in French, in English, mend in French, in English)"""
