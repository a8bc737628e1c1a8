"""How the read interface writes its answers, cached per release."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from red_catalog.serve.files import has_tag
from red_catalog.store.searching import Index

Plain = dict[str, Any]


def send_json(
    request: Request, index: Index, value: Any, links: Mapping[str, str | None]
) -> Response:
    """A value as JSON, with the links that it names."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return send(request, index, content, "application/json", links)


def send(
    request: Request,
    index: Index,
    content: bytes,
    media_type: str,
    links: Mapping[str, str | None] | None = None,
) -> Response:
    """A content with its ETag, or 304 where the client has it."""
    digest = hashlib.sha256(content + media_type.encode()).hexdigest()[:32]
    headers = {
        "ETag": f'W/"{digest}"',
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Language",
        "X-Release": index.about["release"],
    }
    named = [f'<{to}>; rel="{name}"' for name, to in (links or {}).items() if to]
    if named:
        headers["Link"] = ", ".join(named)
    if has_tag(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def address(base: str, path: str, values: Mapping[str, Any]) -> str:
    """The address of an answer, its parameters encoded."""
    pairs = [
        (name, one)
        for name, value in values.items()
        for one in (value if isinstance(value, list | tuple) else [value])
        if one not in {None, ""}
    ]
    return f"{base}{quote(path)}" + (f"?{urlencode(pairs)}" if pairs else "")
