"""JSON-LD contexts: only those of a built-in table, never one from elsewhere."""

import json
import math
import re
from pathlib import Path
from typing import Any, Final

from red_catalog.rdf.trouble import RefusedError, Trouble
from red_catalog.rdf.undeclared import Undeclared, declare, in_force, tell

_FOLDER: Final = Path(__file__).parent.parent / "vocab" / "contexts"
# What CKAN says of a dataset, and a data package of Frictionless does not.
_OF_CKAN: Final = frozenset({"notes", "owner_org", "metadata_modified"})
# Contexts that catalogues name by IRI, and the file of ours that stands for them.
_TABLE: Final = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"https?://(www\.)?w3\.org/ns/dcat(\.jsonld)?#?", "healthdcat-ap"),
        (r"https?://semiceu\.github\.io/(Geo|Stat)?DCAT-AP/.*\.jsonld", "healthdcat-ap"),
        (r"https?://(www\.)?data\.europa\.eu/.*dcat-?ap.*\.jsonld", "healthdcat-ap"),
        (r"https?://healthdataeu\.pages\.code\.europa\.eu/.*\.jsonld", "healthdcat-ap"),
        (r"https?://healthdataportal\.eu/ns/.*\.jsonld", "healthdcat-ap"),
        (r"https?://[^?#]+/red-catalog-1\.jsonld", "red-catalog-1"),
        (r"https?://(www\.)?schema\.org(/|/docs/jsonldcontext\.jsonl?d?)?", "schema-org"),
    )
)


def resolve_contexts(content: bytes, depth: int, repaired: list[Trouble] | None = None) -> bytes:
    """The document with known contexts written in, and in `repaired` what was not declared.

    Raises RefusedError for JSON that is broken, too deep, no JSON-LD, or that names another
    context.
    """
    document = _load(content, depth)
    walk = _Walk(depth)
    walk.visit(document)
    if not walk.keywords:
        raise RefusedError("json-of-ckan" if _is_of_ckan(document) else "json-not-jsonld")
    if name := walk.undeclared.meaningless:
        raise RefusedError("json-no-context", name=name)
    if undeclared := walk.undeclared.found():
        walk.again.update(undeclared)
        document = declare(document, undeclared)
        if repaired is not None:
            repaired += tell(undeclared, content)
    elif not walk.replaced:
        return content
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _is_of_ckan(document: Any) -> bool:
    """Whether this is an answer of CKAN, or the dataset in one."""
    said = document.keys() if isinstance(document, dict) else set[str]()
    return {"success", "result", "help"} <= said or ("resources" in said and bool(_OF_CKAN & said))


def _load(content: bytes, depth: int) -> Any:
    try:
        # Numbers beyond what a machine holds stay as text.
        return json.loads(content, parse_int=_integer, parse_float=_decimal)
    except json.JSONDecodeError as error:
        end = len(content.rstrip()) <= len(error.doc[: error.pos].encode())
        code = "truncated" if end or "Unterminated string" in error.msg else "json"
        raise RefusedError(code, error.lineno, error.colno) from None
    except RecursionError:
        raise RefusedError("too-deep", depth=depth) from None


def _integer(text: str) -> int | str:
    return int(text) if len(text) < 300 else text


def _decimal(text: str) -> float | str:
    value = float(text)
    return value if math.isfinite(value) else text


class _Walk:
    """Visits every object, with its own stack: documents choose how deep they are."""

    def __init__(self, depth: int) -> None:
        self._limit = depth
        self.keywords = False
        self.replaced = False
        self.undeclared: Final = Undeclared()
        self.again: Final[dict[str, str]] = {}  # what to declare behind a null as well

    def visit(self, document: Any) -> None:
        stack = [(document, 1)]
        while stack:
            node, depth = stack.pop()
            if depth > self._limit:
                raise RefusedError("too-deep", depth=self._limit)
            if isinstance(node, dict):
                self._look(node)
                stack.extend((v, depth + 1) for v in node.values() if isinstance(v, dict | list))
            elif isinstance(node, list):
                stack.extend((v, depth + 1) for v in node if isinstance(v, dict | list))

    def _look(self, node: dict[str, Any]) -> None:
        self.keywords = self.keywords or any(key.startswith("@") for key in node)
        self.undeclared.look(node)
        if "@context" in node:
            given = node["@context"]
            several = given if isinstance(given, list) else [given]
            found = [self._find(one) if isinstance(one, str) else one for one in several]
            kept = in_force(found)
            for one in kept:
                self.undeclared.declare(one)
            if len(kept) < len(found):
                node["@context"] = [None, self.again, *kept]
            else:
                node["@context"] = found if isinstance(given, list) else found[0]
        if isinstance(node.get("@import"), str):
            raise RefusedError("context", context=node["@import"])

    def _find(self, context: str) -> Any:
        for pattern, name in _TABLE:
            if pattern.fullmatch(context):
                self.replaced = True
                return json.loads((_FOLDER / f"{name}.jsonld").read_bytes())["@context"]
        raise RefusedError("context", context=context)
