"""The shapes of the read interface's answers, as JSON Schema."""

from typing import Any, Final

Plain = dict[str, Any]
_TEXT: Final[Plain] = {"type": "string"}
_MAYBE: Final[Plain] = {"type": ["string", "null"]}
_COUNT: Final[Plain] = {"type": "integer", "minimum": 0}
_TEXTS: Final[Plain] = {"type": "array", "items": _TEXT}
_MOMENT: Final[Plain] = {"type": "string", "format": "date-time"}


def _object(optional: tuple[str, ...] = (), **properties: Plain) -> Plain:
    required = [name for name in properties if name not in optional]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _list(schema: Plain) -> Plain:
    return {"type": "array", "items": schema}


def _ref(name: str) -> Plain:
    return {"$ref": f"#/components/schemas/{name}"}


_CODE: Final = _object(code=_TEXT, name=_TEXT)
_FROM: Final[Any] = {"from": {"type": "string", "format": "date"}}
_PART: Final = _object(category=_TEXT, condition=_MAYBE, **_FROM)
_APPLICATION: Final = _object(kind={"enum": ["2029", "2031", "mixed"]}, parts=_list(_PART), **_FROM)
_DAY: Final[Plain] = {"type": "string", "format": "date"}
_CHECK: Final = _object(
    attested={"anyOf": [_DAY, {"type": "null"}]},
    version={"type": ["integer", "null"]},
    changed_since={"type": "boolean"},
    due=_DAY,
    overdue=_DAY,
)
_CARD: Final[Plain] = {
    "id": _TEXT,
    "iri": _TEXT,
    "page": _TEXT,
    "title": _TEXT,
    "title_language": _MAYBE,
    "summary": _MAYBE,
    "summary_language": _MAYBE,
    "keywords": _TEXTS,
    "holder": _ref("Code"),
    "access": _ref("Code"),
    "categories": _list(_ref("Code")),
    "themes": _list(_ref("Code")),
    "territories": _list(_ref("Code")),
    "formats": _list(_ref("Code")),
    "check": {"anyOf": [_CHECK, {"type": "null"}]},
    "application": {"anyOf": [_APPLICATION, {"type": "null"}]},
    "verdict": {"enum": ["conformant", "flagged"]},
    "minimum_elements": {"anyOf": [_object(given=_COUNT, applicable=_COUNT), {"type": "null"}]},
    "quality_points": {"type": ["integer", "null"]},
    "first_seen": _MOMENT,
    "changed": _MOMENT,
}
_DISTRIBUTION: Final = _object(
    title=_MAYBE, description=_MAYBE, formats=_TEXTS, access_urls=_TEXTS, download_urls=_TEXTS
)
_CONDITIONS: Final = _object(
    fee_policies=_TEXTS,
    fees=_MAYBE,
    fee_estimate=_MAYBE,
    delivery_days=_MAYBE,
    purposes=_list(_ref("Code")),
    protections=_list(_ref("Code")),
    protected_parts=_MAYBE,
    protection_reason=_MAYBE,
    others=_MAYBE,
)
_WHOLE: Final[Plain] = {
    **_CARD,
    "description": _MAYBE,
    "landing_pages": _TEXTS,
    "publishers": _list(_object(iri=_MAYBE, name=_MAYBE)),
    "contacts": _list(_object(name=_MAYBE, emails=_TEXTS, urls=_TEXTS)),
    "access_conditions": _CONDITIONS,
    "distributions": _list(_DISTRIBUTION),
    "apply": _MAYBE,
    "files": _object(turtle=_TEXT, jsonld=_TEXT, rdfxml=_TEXT, ntriples=_TEXT),
}
_VALUE: Final = _object(code=_TEXT, name=_TEXT, count={"type": "integer", "minimum": 1})
_HOLDER: Final = _object(
    id=_TEXT,
    name=_TEXT,
    identifiers={"type": "object", "additionalProperties": _TEXT},
    homepage=_MAYBE,
    trusted={"type": "boolean"},
    page=_TEXT,
    datasets=_COUNT,
)
_CHANGE: Final = _object(
    number={"type": "integer", "minimum": 1},
    published=_MOMENT,
    kind={"enum": ["create", "update", "delete"]},
    id=_TEXT,
    iri=_TEXT,
    holder=_TEXT,
    changed=_MOMENT,
    version={"type": "integer", "minimum": 1},
    digest={"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
    page=_TEXT,
)

_COUNTS: Final[Plain] = {"type": "object", "additionalProperties": _COUNT}
_OUTLOOK: Final = _object(day=_DAY, bound=_COUNT, lacking=_COUNT, nonconformant=_COUNT)
_SUMS: Final[Plain] = {
    "datasets": _COUNT,
    "conformant": _COUNT,
    "attested": _COUNT,
    "changed_since": _COUNT,
    "outlook": _list(_OUTLOOK),
}
_DUTIES: Final = _object(
    id=_TEXT,
    name={"type": "object", "additionalProperties": _TEXT},
    kind=_TEXT,
    state={"enum": ["describes", "declares", "exempt", "silent"]},
    categories=_COUNTS,
    holds_none=_TEXTS,
    clashes=_TEXTS,
    **_SUMS,
)
# What both have in common: a holder's own, and that of all.
_DASHBOARD: Final[Plain] = {
    "type": "object",
    "required": [
        "holder", "name", "datasets", "conformant", "outlook", "contradictions", "checks", "late",
    ],
    "properties": {
        "holder": _MAYBE,
        "name": {"type": "object", "additionalProperties": _TEXT},
        "datasets": _COUNT,
        "conformant": _COUNT,
        "outlook": _list(_OUTLOOK),
        "contradictions": _list({"type": "object", "additionalProperties": _TEXT}),
        "checks": _COUNTS,
        "late": _list({"type": "object", "required": ["id", "iri", "due", "overdue"]}),
    },
}  # fmt: skip
_PROFILE: Final = _object(
    profile=_TEXT, release=_TEXT, level=_TEXT, datasets=_COUNT, conformant=_COUNT
)

SCHEMAS: Final[Plain] = {
    "Code": _CODE,
    "Card": _object(**_CARD),
    "Dataset": _object(**_WHOLE),
    "Datasets": _object(
        release=_TEXT,
        total=_COUNT,
        page=_COUNT,
        size=_COUNT,
        pages=_COUNT,
        prev=_MAYBE,
        next=_MAYBE,
        datasets=_list(_ref("Card")),
        facets=_list(_object(id=_TEXT, name=_TEXT, values=_list(_VALUE))),
    ),
    "Dashboard": _DASHBOARD,
    "Duties": _object(
        release=_TEXT,
        states=_COUNTS,
        profiles=_list(_PROFILE),
        holders=_list(_DUTIES),
        **_SUMS,
    ),
    "Holders": _object(release=_TEXT, holders=_list(_HOLDER)),
    "Changes": _object(
        release=_TEXT,
        feed=_TEXT,
        since=_MOMENT,
        until=_MAYBE,
        last=_COUNT,
        next=_MAYBE,
        changes=_list(_CHANGE),
    ),
    "Problem": _object(
        ("line", "column"),
        title=_TEXT,
        status={"type": "integer"},
        detail=_TEXT,
        line={"type": "integer"},
        column={"type": "integer"},
    ),
}
