"""The forms of a SPARQL answer, by the media types that clients ask for."""

from red_catalog.serve.request.accept import choose
from red_catalog.serve.request.refusal import Refusal

_JSON = "application/sparql-results+json"
_XML = "application/sparql-results+xml"
# Media type asked for → the format written, and the type it is sent as. A browser that sends
# text/html by itself is shown what it can show: JSON, or Turtle as text.
TABLES = {
    _JSON: (_JSON, _JSON),
    _XML: (_XML, _XML),
    "text/csv": ("text/csv", "text/csv; charset=utf-8; header=present"),
    "text/tab-separated-values": (
        "text/tab-separated-values",
        "text/tab-separated-values; charset=utf-8",
    ),
    "text/html": (_JSON, "application/json"),
    "application/json": (_JSON, "application/json"),
    "application/xml": (_XML, "application/xml"),
    "text/xml": (_XML, "text/xml; charset=utf-8"),
}
GRAPHS = {
    "text/turtle": ("text/turtle", "text/turtle; charset=utf-8"),
    "application/n-triples": ("application/n-triples", "application/n-triples"),
    "application/ld+json": ("application/ld+json", "application/ld+json"),
    "application/rdf+xml": ("application/rdf+xml", "application/rdf+xml"),
    "text/html": ("text/turtle", "text/plain; charset=utf-8"),
    "application/json": ("application/ld+json", "application/json"),
    "application/xml": ("application/rdf+xml", "application/xml"),
    "text/plain": ("application/n-triples", "text/plain; charset=utf-8"),
}
# Values of the `format` parameter, for links that cannot set Accept.
NAMES = {
    "json": _JSON,
    "xml": _XML,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


def choose_format(form: str | None, accept: str | None, name: str | None) -> tuple[str, str]:
    """The format to write and the Content-Type to send. Raises Refusal (406) for neither."""
    known = GRAPHS if form in {"CONSTRUCT", "DESCRIBE"} else TABLES
    chosen = NAMES.get(name) if name else choose(accept, list(known))
    if chosen in known:
        return known[chosen]
    listed = ", ".join(m for m in known if m != "text/html")
    raise Refusal(
        406,
        f"La réponse à cette requête existe en : {listed}.",
        f"The answer to this query exists as: {listed}.",
    )
