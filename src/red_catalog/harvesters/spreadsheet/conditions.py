"""More columns of the sheet of datasets: the conditions of access, in our own vocabulary."""

from typing import Final

from red_catalog.ehds.terms import PROTECTIONS, PURPOSES
from red_catalog.harvesters.spreadsheet.columns import Column

CONDITIONS: Final = (
    Column(
        "fee_policy", ("Politique tarifaire", "Fee policy"), "link", "red:feePolicy", "---",
        ("La page qui présente vos redevances et leur calcul (article 62).",
         "The page that gives your fees and how they are worked out (Article 62)."),
        ("https://donnees.hopital.example/tarifs", "https://data.hospital.example/fees"),
        aliases=("tarifs", "grille tarifaire"), width=30,
    ),
    Column(
        "fees", ("Redevances", "Fees"), "text", "red:feeNote", "---",
        ("Ce que coûte l'accès, en quelques phrases.", "What access costs, in a few sentences."),
        ("Gratuit pour la recherche publique ; coûts d'extraction sinon.",
         "Free for public research; else the cost of the extraction."),
        translated=True, aliases=("frais", "coût"), width=34,
    ),
    Column(
        "fee_estimate", ("Estimation en euros", "Estimate in euros"), "whole", "red:feeEstimate",
        "---",
        ("Montant d'une demande courante, en euros entiers ; 0 si l'accès est gratuit.",
         "Amount for a usual application, in whole euros; 0 where access is free."),
        ("1200", "1200"), aliases=("estimation", "estimate"), width=12,
        counted=("d'euros (1 200,50 € : 1201)", "of euros (€1,200.50: 1201)"),
    ),
    Column(
        "delivery", ("Délai en jours", "Days to provide"), "whole", "red:deliveryDays", "---",
        ("Nombre de jours qu'il vous faut d'ordinaire pour fournir les données, une fois saisi.",
         "How many days you usually need to provide the data, once asked."), ("45", "45"),
        aliases=("délai", "délai de mise à disposition", "delay"), width=12,
        counted=("de jours (2 mois : 60)", "of days (2 months: 60)"),
    ),
    Column(
        "allowed", ("Finalités admises", "Allowed purposes"), "code", "red:allowedPurpose", "---",
        ("Finalités de l'article 53 ; vide : toutes. L'intérêt public en santé, les politiques "
         "publiques et les statistiques officielles sont réservés aux organismes publics.",
         "Purposes of Article 53; empty: all. Public interest in health, policy making and "
         "official statistics are reserved for public bodies."),
        ("Recherche scientifique et innovation", "Scientific research and innovation"),
        lists=(PURPOSES,), many=True, aliases=("finalités autorisées",), width=30,
    ),
    Column(
        "protection", ("Protection", "Protection"), "code", "red:protection", "---",
        ("Propriété intellectuelle, secret d'affaires, ou aucune (article 52).",
         "Intellectual property, trade secret, or none (Article 52)."),
        ("Secret d’affaires", "Trade secret"),
        lists=(PROTECTIONS,), many=True, aliases=("propriété intellectuelle",), width=24,
    ),
    Column(
        "protected", ("Parties protégées", "Protected parts"), "text", "red:protectedPart", "---",
        ("Quelles variables, quels tableaux ou documents. Ce texte est publié.",
         "Which variables, tables or documents. This text is published."),
        ("Les scores de l'algorithme de tri.", "The scores of the triage algorithm."),
        translated=True, width=30,
    ),
    Column(
        "reason", ("Justification de la protection", "Reason for the protection"), "text",
        "red:protectionReason", "---",
        ("Pourquoi ces parties sont protégées. Ce texte est publié.",
         "Why these parts are protected. This text is published."),
        ("Formule en cours de dépôt de brevet.", "Formula under patent application."),
        translated=True, aliases=("reason of the protection",), width=34,
    ),
    Column(
        "condition", ("Autres conditions d'accès", "Other conditions of access"), "text",
        "red:accessCondition", "---",
        ("Tout ce qu'un demandeur doit savoir avant de déposer sa demande.",
         "Whatever an applicant must know before applying."),
        ("Avis du comité scientifique de l'entrepôt.",
         "Opinion of the scientific committee of the warehouse."), translated=True, width=34,
    ),
    Column(
        "note", ("Note privée", "Private note"), "text", "red:privateNote", "---",
        ("Pour l'organisme d'accès et l'opérateur du catalogue : conservée, jamais publiée.",
         "For the access body and the operator of the catalogue: kept, never published."),
        ("Négociation en cours avec l'éditeur du logiciel.",
         "Under negotiation with the software's publisher."),
        aliases=("note interne", "internal note"), width=34,
    ),
)  # fmt: skip
