"""Descriptions of a hospital's datasets, as its server would give them."""

from collections.abc import Iterable

from tests.http.loopback import Handler, Route, answer

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""


def base(holder: str = "chu-lille") -> str:
    """What the IRIs of a holder's datasets start with."""
    return f"https://{holder}.exemple.fr/jeu/"


def dataset(name: str, holder: str = "chu-lille", title: str | None = None) -> str:
    """One dataset in Turtle, with a contact that is a blank node."""
    return f"""<{base(holder)}{name}> a dcat:Dataset ;
  dct:title "{title or f"Séjours {name}"}"@fr ; dct:identifier "{name}" ;
  dct:publisher <https://{holder}.exemple.fr/> ;
  dcat:contactPoint [ a vcard:Organization ; vcard:fn "Entrepôt de données"@fr ] .
"""


def turtle(names: Iterable[str], holder: str = "chu-lille") -> bytes:
    """A document of these datasets."""
    return (PREFIXES + "".join(dataset(name, holder) for name in names)).encode()


def page(names: Iterable[str], onward: str | None, holder: str = "chu-lille") -> bytes:
    """A page of a Hydra collection, which names the next one."""
    link = f'hydra:next "{onward}"' if onward else "hydra:totalItems 1"
    head = f"<https://{holder}.exemple.fr/catalogue> a hydra:PagedCollection ; {link} .\n"
    return (PREFIXES + head).encode() + turtle(names, holder)


def versioned(body: bytes, etag: str) -> Route:
    """A route that answers 304 to who has this version already."""

    def route(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.send_header("ETag", etag)
            handler.end_headers()
        else:
            answer(body, ETag=etag)(handler)

    return route
