"""What people call the properties that mappings speak of, in French and in English."""

from typing import Final

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "dcat:spatialResolutionInMeters": (
        "résolution spatiale (mètres)",
        "spatial resolution (metres)",
    ),
    "dcat:theme": ("thème", "theme"),
    "dct:accrualPeriodicity": ("fréquence de mise à jour", "update frequency"),
    "dct:available": ("date de mise à disposition", "date of availability"),
    "dct:contributor": ("contributeur", "contributor"),
    "dct:created": ("date de création", "creation date"),
    "dct:creator": ("auteur", "creator"),
    "dct:format": ("format", "format"),
    "dct:issued": ("date de publication", "release date"),
    "dct:license": ("licence", "licence"),
    "dct:language": ("langue", "language"),
    "dct:modified": ("date de modification", "modification date"),
    "dct:publisher": ("éditeur", "publisher"),
    "dct:rightsHolder": ("titulaire des droits", "rights holder"),
    "dct:spatial": ("territoire", "territory"),
    "geodcatap:custodian": ("détenteur des données", "data holder"),
    "geodcatap:distributor": ("diffuseur", "distributor"),
    "dcat:version": ("version", "version"),
    "vcard:hasEmail": ("adresse électronique", "e-mail address"),
}


def name(written: object) -> tuple[str, str]:
    """The name of a property in French and English; what else a source's own format calls it."""
    text = str(written)
    return _NAMES.get(text, (text, text))
