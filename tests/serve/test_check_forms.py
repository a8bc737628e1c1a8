"""What forms of `/api/check` may hold, and how the addresses in them are read."""

import asyncio
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests
from starlette.requests import Request

from red_catalog.serve import check
from red_catalog.serve.request.forms import Bounds, receive_form
from red_catalog.serve.request.refusal import Refusal
from red_catalog.validation.documents import source_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DOCUMENT = SAMPLES / "chu-valmorin" / "urgences-passages.ttl"


def test_a_form_is_utf8_whatever_it_says(samples: Any) -> None:
    """An encoding that a form names is not used: some take minutes, or are none."""
    text = '<https://a.example/1> <http://purl.org/dc/terms/title> "Été" .'
    part = f'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n{text}\r\n--b--\r\n'
    for charset in ("punycode", "undefined", "utf-16", "idna"):
        headers = {"Content-Type": f"multipart/form-data; charset={charset}; boundary=b"}
        address = samples.url + "api/check"
        answer = samples.session.post(address, part.encode(), headers=headers, timeout=60)
        document = answer.json()["document"]
        assert (document["verdict"], document["repaired"]) == ("read", [])


def test_a_field_that_is_given_twice_is_refused(samples: Any) -> None:
    """Which one counts would be a guess; the description of the interface allows one."""
    form = [("text", "x"), ("output", "html"), ("output", "csv")]
    answer = samples.session.post(samples.url + "api/check", data=form, timeout=60)
    assert answer.status_code == 400
    assert "Donnez chaque champ une seule fois." in answer.text
    twice = [("output", "html"), ("text", "x"), ("text", "y")]
    page = samples.session.post(samples.url + "api/check", data=twice, timeout=60)
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_a_long_text_comes_in_parts(samples: Any) -> None:
    """A form in one line is refused where it is long, with what to send; in parts it is read."""
    text = "# Passages aux urgences\n" * 15_000 + DOCUMENT.read_text("utf-8")
    address, lang = samples.url + "api/check", {"lang": "en"}
    refused = samples.session.post(address, data={"text": text} | lang, timeout=60)
    assert refused.status_code == 413
    assert "up to 262144 bytes: send it as multipart/form-data" in refused.json()["detail"]
    taken = samples.session.post(address, files={"text": (None, text)}, data=lang, timeout=60)
    assert taken.json()["datasets"]


@pytest.mark.parametrize(
    "form",
    [
        {"data": "&".join(f"a{n}=" for n in range(11))},
        {"files": {f"a{n}": (None, "x") for n in range(11)}},
        {"files": [("file", (f"{n}.csv", b"x")) for n in range(7)]},
    ],
)
def test_a_form_of_many_fields_is_refused(samples: Any, form: dict[str, Any]) -> None:
    """Ten fields and a file for each sheet of the template are enough."""
    if "data" in form:
        form["headers"] = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = samples.session.post(samples.url + "api/check", **form, timeout=60)
    assert (answer.status_code, "cannot be read" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"data": {"text": ""}}, 400, "nothing to check"),
        ({"data": {"text": "a", "url": "https://a.example/"}}, 400, "empty the other fields"),
        ({"data": {"url": "https://a.example/" + "a" * 2000}}, 400, "Give an address of 2000"),
        ({"data": {"text": "a", "profile": "inconnu"}}, 400, "no such profile"),
        ({"files": {"file": ("jeux.ttl", b"#" * 5_100_000)}}, 413, "is over"),
    ],
)
def test_a_refused_form_leads_back_to_its_page(
    samples: Any, form: dict[str, Any], status: int, said: str
) -> None:
    """Who sends the check page's form stays on the site, in its language; programs get JSON."""
    page = samples.session.get(samples.url + "en/check.html", timeout=60).text
    action = re.search('action="/(api/check[^"]*)"', page)
    assert action
    address = samples.url + unescape(action[1])
    answer = samples.session.post(address, **form, headers={"Accept-Language": "fr"}, timeout=60)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert said in answer.text
    assert '<a href="/en/check.html">Back to the form</a>' in answer.text
    told = samples.session.post(samples.url + "api/check", **form, timeout=60)
    assert (told.status_code, told.json()["status"]) == (status, status)


def test_a_field_may_ask_for_the_page(samples: Any) -> None:
    """A form of one's own that names language and output in its fields is answered alike."""
    form = {"output": "html", "lang": "fr", "text": ""}
    answer = samples.session.post(samples.url + "api/check", data=form, timeout=60)
    assert answer.status_code == 400
    assert '<a href="/check.html">Retour au formulaire</a>' in answer.text


@pytest.mark.parametrize(("lang", "page"), [("fr", "/check.html"), ("en", "/en/check.html")])
def test_a_report_on_a_form_leads_back_to_it(samples: Any, lang: str, page: str) -> None:
    """It has the site's icon as well; a report that a program fetches stands alone."""
    address, query = samples.url + "api/check", {"output": "html", "lang": lang}
    text = DOCUMENT.read_text("utf-8")
    form = {"text": (None, text)}
    served = samples.session.post(address, params=query, files=form, timeout=60).text
    assert f'<a href="{page}">' in served
    (icon,) = re.findall('rel="icon"[^>]* href="([^"]*)"', served)
    for one in (page, icon):
        found = samples.session.get(samples.url + one.lstrip("/"), timeout=60)
        assert found.status_code == 200
    headers = {"Content-Type": "text/turtle"}
    alone = samples.session.post(
        address, text.encode(), params=query, headers=headers, timeout=60
    ).text
    assert page not in alone
    assert "icon" not in alone


def test_a_report_is_set_as_the_other_pages_are(samples: Any) -> None:
    """Its French has curled apostrophes, but in what is quoted; its English stays as it is."""
    title = """<https://a.example/1> a <http://www.w3.org/ns/dcat#Dataset> ;
        <http://purl.org/dc/terms/title> "L'eau"@fr ."""
    told = {}
    for lang in ("fr", "en"):
        form = {"text": (None, title), "output": (None, "html"), "lang": (None, lang)}
        page = samples.session.post(samples.url + "api/check", files=form, timeout=60).text
        told[lang] = unescape(page.partition('class="card-title"')[2].partition("</article>")[0])
    assert "L'eau" in told["fr"]
    assert "Indiquez l’organisme responsable de l’accès aux données de santé" in told["fr"]
    assert "the regulation's 17 categories" in told["en"]


@pytest.mark.parametrize(
    ("lang", "other", "said"),
    [
        ("fr", "/en/check.html", "Contrôle de la description envoyée"),
        ("en", "/check.html", "Check of the description sent"),
    ],
)
def test_a_report_on_a_form_is_a_page_of_the_site(
    samples: Any, lang: str, other: str, said: str
) -> None:
    """It has the site's menu, switch and name; what was pasted has a name in words."""
    form = {"text": (None, "# <b>rien</b>"), "output": (None, "html"), "lang": (None, lang)}
    answer = samples.session.post(samples.url + "api/check", files=form, timeout=60)
    assert answer.headers["x-robots-tag"] == "noindex"
    page = answer.text
    home = samples.session.get(samples.url + ("en/" if lang == "en" else ""), timeout=60).text
    name = home.partition("<title>")[2].partition(" – ")[2].partition("</title>")[0]
    assert f"<title>{said} – {name}</title>" in page
    assert page.count("<h1>") == 1
    assert f"<h1>{said}</h1>" in page
    for part in ('class="skip"', 'class="wrap main-nav"', 'class="bottom"', f'href="{other}"'):
        assert part in page
    assert '<link rel="stylesheet"' in page
    assert "<style" not in page


def test_markup_in_an_address_stays_text(samples: Any) -> None:
    """What an address holds reaches title and heading of the report as text."""
    form = {"url": "http://127.0.0.1/<img src=x>jeux.ttl", "output": "html"}
    page = samples.session.post(samples.url + "api/check", data=form, timeout=60).text
    assert "<img src=x" not in page
    shown = "Contrôle de http://127.0.0.1/&lt;img src=x&gt;jeux.ttl"
    assert f"<title>{shown} – " in page
    assert f"<h1>{shown}</h1>" in page


class SlowSite:
    """A holder's site that answers nobody before it is woken, and who has come to it."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.place = f"127.0.0.1:{listener.getsockname()[1]}"
        self.come: list[socket.socket] = []
        self.awake = threading.Event()

    def run(self) -> None:
        """Takes in who comes, to the end of the listener."""
        with suppress(OSError):
            while True:
                self.come.append(self.listener.accept()[0])
                if self.awake.is_set():
                    self.answer()

    def answer(self) -> None:
        """There is nothing, everyone is told."""
        self.awake.set()
        for one in self.come:
            with suppress(OSError):
                one.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                one.close()


@pytest.fixture
def slow_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowSite]:
    """The slow site, on loopback, which stands for the internet here."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        site = SlowSite(listener)
        monkeypatch.setattr(
            check, "source_of", lambda url: replace(source_of(url), allow_hosts=(site.place,))
        )
        thread = threading.Thread(target=site.run)
        thread.start()
        yield site
        site.answer()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_slow_addresses_leave_the_others_their_turn(samples: Any, slow_site: SlowSite) -> None:
    """Two of a client are read at once, four in all; the next is a 503, a document is checked."""
    form, answers = {"url": f"http://{slow_site.place}/jeux.ttl", "lang": "en"}, []

    def ask(client: str) -> requests.Response:
        headers = {"X-Forwarded-For": f"203.0.113.{client}"}
        address = samples.url + "api/check"
        return requests.post(address, data=form, headers=headers, timeout=60)

    def come(client: str, number: int) -> threading.Thread:
        thread = threading.Thread(target=lambda: answers.append(ask(client)))
        thread.start()
        while len(slow_site.come) < number:
            time.sleep(0.01)
        return thread

    asking = [come("1", 1), come("1", 2)]
    refused = ask("1")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "20")
    assert "send the document" in refused.json()["detail"]
    asking += [come("2", 3), come("2", 4)]
    assert ask("3").status_code == 503
    text = {"text": DOCUMENT.read_text("utf-8")}
    sent = requests.post(samples.url + "api/check", data=text, timeout=60)
    assert sent.json()["datasets"]
    slow_site.answer()
    for thread in asking:
        thread.join()
    assert [a.status_code for a in answers] == [200] * 4


def test_a_long_content_type_is_refused_unread() -> None:
    """Taking its parameters apart would hold up everybody."""
    header = b'multipart/form-data;a="' + b";" * 1_000_000
    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", header)]}
    began = time.process_time()
    with pytest.raises(Refusal) as refused:
        asyncio.run(receive_form(Request(scope), Bounds(size=1_000, fields=1)))
    assert refused.value.status == 400
    assert time.process_time() - began < 5
