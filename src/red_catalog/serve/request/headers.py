"""Headers of every answer, and its compression."""

import base64
import hashlib
import re
from typing import Final
from urllib.parse import unquote

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from red_catalog.serve.request.accept import choose_encoding
from red_catalog.serve.request.refusal import Refusal, write_refusal

# The search reads its index with WebAssembly; 'wasm-unsafe-eval' lets no script be evaluated.
POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Everything served is public and no answer depends on a cookie, so any site may read it.
ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Retry-After, Warning, "
    "X-Release, X-Truncated",
}
_LISTS: Final = (b"accept", b"accept-language", b"accept-encoding", b"if-none-match")
_WHOLE: Final = re.compile(rb"https?://([^/]+)(/.*)?", re.IGNORECASE | re.DOTALL)
_LEAST: Final = 1000  # bytes worth compressing
_QUALITY: Final = 4  # as quick as gzip, and smaller
_COMPRESSED = (".gz", ".zip", ".xlsx", ".png", ".jpg", ".webp", ".woff2")


def permit_style(page: bytes) -> str:
    """The policy of a page that carries its own style, so that it can be sent by e-mail."""
    style = re.search(rb"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1] if style else b"").digest()).decode()
    return POLICY.replace("style-src 'self'", f"style-src 'sha256-{digest}'")


class WithHeaders:
    """Adds the headers of ALWAYS to each answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class WithPaths:
    """Takes the path out of a target that is a whole address (RFC 9112, 3.2.2).

    Old proxies and some monitors send such ones. Its server counts, whatever Host says.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http" and (whole := _WHOLE.fullmatch(scope.get("raw_path", b""))):
            server, path = whole[1], whole[2] or b"/"
            headers = [(b"host", server), *(one for one in scope["headers"] if one[0] != b"host")]
            told = unquote(path.decode("ascii"))
            scope = {**scope, "path": told, "raw_path": path, "headers": headers}
        await self.app(scope, receive, send)


class WithJoinedLines:
    """Joins the lines of a list that a client, or a proxy, sent in several (RFC 9110, 5.3)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http":
            given = scope["headers"]
            for name in _LISTS:
                lines = [value for one, value in given if one == name]
                if len(lines) > 1:
                    others = [line for line in given if line[0] != name]
                    given = [*others, (name, b", ".join(lines))]
            scope = {**scope, "headers": given}
        await self.app(scope, receive, send)


class WithOneLength:
    """Refuses requests that tell the length of their body in two ways.

    The proxy before us may believe the other one, and take the rest for another's request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] == "http":
            given = Headers(scope=scope)
            if "content-length" in given and "transfer-encoding" in given:
                refusal = Refusal(
                    400,
                    "Donnez Content-Length ou Transfer-Encoding, pas les deux.",
                    "Give Content-Length or Transfer-Encoding, not both.",
                    headers={"Connection": "close"},
                )
                await write_refusal(Request(scope), refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class WithCompression:
    """Compresses answers, save parts of files and what is compressed already.

    All tell caches so, those without a body too: by a 304 a cache forgets what the 200 told it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http" or scope["path"].endswith(_COMPRESSED):
            await self.app(scope, receive, send)
            return

        async def send_varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "accept-encoding" not in headers.get("vary", "").lower():
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        asked = Headers(scope=scope)
        encoding = None if "range" in asked else choose_encoding(asked.get("accept-encoding"))
        if encoding == "br":
            await BrotliResponder(self.app, _LEAST)(scope, receive, send_varied)
        elif encoding == "gzip":
            await GZipResponder(self.app, _LEAST, compresslevel=5)(scope, receive, send_varied)
        else:
            await IdentityResponder(self.app, _LEAST)(scope, receive, send_varied)


class BrotliResponder(IdentityResponder):
    """Compresses one answer by Brotli, piece by piece."""

    content_encoding = "br"
    _compressor: brotli.Compressor | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """The next piece, compressed."""
        self._compressor = self._compressor or brotli.Compressor(quality=_QUALITY)
        piece = self._compressor.process(body)
        last = self._compressor.flush() if more_body else self._compressor.finish()
        return bytes(piece + last)
