"""Sending to those who agreed to receive: the same guards, deadlines and credentials."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from requests.auth import HTTPDigestAuth
from requests.utils import parse_dict_header

from red_catalog.http.access import credentials, secret_of
from red_catalog.http.defects import Refused
from red_catalog.http.exchange import Answer, Broken, Budget, ask, prepare
from red_catalog.http.guard import Resolve, check_host, may_hold_credentials, resolve
from red_catalog.http.headers import retry_after
from red_catalog.http.line import Line
from red_catalog.model import Source, Text

_BACKOFF: Final = (0.5, 2.0)
# What is told otherwise of an answer than of a document.
_TOLD: Final = {
    "deadline": (
        "La cible n'a pas répondu en entier en {:g} secondes (réglage limits.document_seconds).",
        "The target did not answer whole within {:g} seconds (setting limits.document_seconds).",
    ),
    "too-large": (
        "La réponse de la cible dépasse {} octets une fois décompressée.",
        "The target's answer exceeds {} bytes once decompressed.",
    ),
}


@dataclass(frozen=True, slots=True)
class Unsent:
    """Why there is no answer: nobody there, too late, too much, not allowed."""

    reason: Text
    code: str = "unreachable"


class Sender:
    """The way to one place. What is sent must be such that it may be sent twice.

    `patience`: seconds that a request may wait in all where it is told to come again.
    """

    def __init__(
        self,
        place: Source,
        agent: str,
        *,
        seconds: float = 60.0,
        most: int = 200_000_000,
        patience: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
        find: Resolve = resolve,
    ) -> None:
        self._place = place
        self._agent = agent
        self._seconds = seconds
        self._most = most
        self._patience = patience
        self._sleep = sleep
        self._line = Line(place, find)
        self._digest: HTTPDigestAuth | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def send(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer | Unsent:
        """The answer with its body, whatever its status; redirects are not followed."""
        waited = 0.0
        while True:
            answer = self._persist(method, url, headers or {}, body)
            wait = _asked_wait(answer)
            if wait is None or waited + wait > self._patience:
                return answer
            waited += wait
            self._sleep(wait)

    def _persist(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Answer | Unsent:
        """The answer to the first request that reached the place whole."""
        for wait in (*_BACKOFF, None):
            try:
                return self._try(method, url, headers, body)
            except Refused as refused:
                return self._tell(refused)
            except Broken as broken:
                if wait is None:
                    return Unsent(Refused("unreachable", host=broken).problem.message)
                self._sleep(wait)
        raise AssertionError("the last wait is None")

    def _tell(self, refused: Refused) -> Unsent:
        code = refused.problem.code
        if code not in _TOLD:
            return Unsent(refused.problem.message, code)
        bound = self._seconds if code == "deadline" else self._most
        fr, en = (text.format(bound) for text in _TOLD[code])
        return Unsent({"fr": fr, "en": en}, code)

    def _try(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        answer = self._once(method, url, dict(headers), body)
        if answer.status == 401 and self._answers_challenge(answer):
            answer = self._once(method, url, dict(headers), body)
        return answer

    def _once(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        server = check_host(url, self._place)
        headers |= {"User-Agent": self._agent, "Accept-Encoding": "gzip"}
        if may_hold_credentials(server, self._place):
            headers |= self._credentials(method, url)
        request = prepare(url, headers)
        request.prepare_method(method)
        if body or method in {"POST", "PUT"}:
            request.prepare_body(body, None)
        return ask(self._line, request, Budget(self._seconds), self._most, whole=True)

    def _credentials(self, method: str, url: str) -> dict[str, str]:
        auth = self._place.auth
        if auth is None or auth.scheme != "digest":
            return credentials(self._place)
        if self._digest is None:
            return {}
        written = self._digest.build_digest_header(method, url)  # type: ignore[no-untyped-call]
        return {"Authorization": written} if written else {}

    def _answers_challenge(self, answer: Answer) -> bool:
        """Takes up a digest challenge, where this is how the place knows us."""
        auth, asked = self._place.auth, answer.headers.get("WWW-Authenticate", "")
        if auth is None or auth.scheme != "digest" or not asked.lower().startswith("digest "):
            return False
        challenge: dict[str, str] = parse_dict_header(asked[7:])  # type: ignore[no-untyped-call]
        if not {"realm", "nonce"} <= challenge.keys():
            return False
        digest = HTTPDigestAuth(auth.name, secret_of(self._place))
        digest.init_per_thread_state()
        # The library has no public way to hand it a challenge.
        thread = digest._thread_local  # type: ignore[attr-defined]  # noqa: SLF001
        thread.chal = challenge
        self._digest = digest
        return True


def _asked_wait(answer: Answer | Unsent) -> float | None:
    """Seconds after which who is busy wants to be asked again, a second at least."""
    if isinstance(answer, Unsent) or answer.status not in {429, 503}:
        return None
    asked = retry_after(answer.headers)
    return None if asked is None else max(asked, 1.0)
