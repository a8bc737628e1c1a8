"""Reports that reach the holders, through a real mail server or in files."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from red_catalog import config
from red_catalog.commands.harvests import conclude
from red_catalog.errors import RedError
from red_catalog.model import READ, Defect, Holder, Outcome, Run, State, Unreadable
from red_catalog.pipeline.letters.letters import Letter, tell_run
from red_catalog.pipeline.letters.notifying import is_told, notify
from red_catalog.pipeline.letters.posting import POLICY
from red_catalog.register.ledger import Change, Register
from tests import catalogue as command
from tests.http.loopback import Route, Site, answer, free_port
from tests.pipeline.conftest import MONDAY, Catalogue
from tests.pipeline.feeds import base, turtle
from tests.publish import records

Serve = Callable[[dict[str, Route]], Site]


class Sink:
    """A mail server that keeps what it receives."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []
        self.served: list[Any] = []
        self.greeted = 0

    busy = ""
    """What the next letter of a connection is answered, and at which command."""

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Counts those who connect."""
        session.host_name = hostname
        self.greeted += 1
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Takes one letter a connection, where it is busy."""
        if self.busy and (session in self.served or "all" in self.busy):
            return self.busy
        self.served.append(session)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Knows everybody but who left."""
        if address.startswith(("parti", "plein")):
            return "550 No such mailbox" if address.startswith("parti") else "452 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes one message."""
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def texts(self) -> dict[str, str]:
        """The plain text of the message that each address has received."""
        told = {}
        for (to,), content in self.received:
            body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
            assert body is not None
            told[to] = str(body.get_content())
        return told


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """A running mail server and its port."""
    handler, port = Sink(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    yield handler, port
    controller.stop()


def told(catalogue: Catalogue, serve: Serve, settings: str, body: bytes) -> int:
    """How many messages a harvest of this document sends."""
    site = serve({"/c.ttl": answer(body)})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[notify]\n{settings}", encoding="utf-8")
    return send(catalogue, catalogue.harvest())


def send(catalogue: Catalogue, runs: list[Run]) -> int:
    """How many messages these runs are worth."""
    settings = config.load(catalogue.root / "red.toml")
    with Register.open(settings.register) as register:
        return notify(settings, register, runs)


def test_a_report_is_mailed(catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]) -> None:
    """The holder and the operator receive it, in French and in English."""
    handler, port = sink
    settings = f"""mode = "always"\nsmtp = "127.0.0.1:{port}"
from = "repertoire@red.exemple.fr"\nto = "operateur@red.exemple.fr"\n"""
    assert told(catalogue, serve, settings, turtle("ab")) == 2
    assert [to for to, _ in handler.received] == [
        ["donnees@chu-lille.exemple.fr"], ["operateur@red.exemple.fr"]
    ]  # fmt: skip
    message = message_from_bytes(handler.received[0][1], policy=policy.default)
    text = message.get_content()
    assert "descriptions lues\xa0: 2 (2 nouvelles)" in text
    assert "descriptions read: 2 (2 new)" in text
    assert "https://red.exemple.fr/harvest/chu-lille.html" in text
    assert "https://red.exemple.fr/en/harvest/chu-lille.html" in text
    assert "Jeux de données publiés\xa0: 2\xa0; à corriger\xa0: 2." in text
    assert re.search(
        r"  - Séjours a – points bloquants\xa0: \d+ – https://red.exemple.fr/dataset/\S+", text
    )
    french, english = text.split("* * *", 1)
    assert "\xa0" in french
    assert "\xa0" not in english
    assert "-- " not in text
    assert message["From"] == "repertoire@red.exemple.fr"
    title = "Moisson de vos descriptions / Harvest of your descriptions"
    assert message["Subject"] == f"{title} – Centre hospitalier chu-lille"


@pytest.mark.parametrize(
    "name",
    ["Établissement de l'Évêché", "CHU d'Échirolles, œuvre hospitalière évaluée à Évry", "CHU",
     "Agence régionale de santé – évaluation médico-sociale, très très longue, en été"],
)  # fmt: skip
def test_a_subject_keeps_its_blanks(name: str) -> None:
    """However long it is and whichever of its words have accents, for any reader of mail."""
    message = EmailMessage(POLICY)
    message["Subject"] = subject = f"Moisson de vos descriptions / Harvest – {name}"
    message.set_content("Été")
    written = bytes(message)
    assert max(map(len, written.split(b"\n"))) <= 78
    plain = str(message_from_bytes(written)["Subject"]).replace("\n", "")
    assert str(make_header(decode_header(plain))) == subject
    assert message_from_bytes(written, policy=policy.default)["Subject"] == subject


@pytest.mark.parametrize(
    ("mode", "good", "bad"), [("never", 0, 0), ("on-error", 0, 1), ("on-change", 1, 1)]
)
def test_modes(tmp_path: Path, serve: Serve, mode: str, good: int, bad: int) -> None:
    """Errors are always a reason but for `never`; changes are one where asked."""
    settings = f'mode = "{mode}"\nfolder = "mail"\nfrom = "repertoire@red.exemple.fr"\n'
    for number, (body, expected) in enumerate([(turtle("a"), good), (b"<", bad)]):
        catalogue = Catalogue(tmp_path / f"catalogue-{number}")
        assert told(catalogue, serve, settings, body) == expected
        assert len(list(catalogue.root.glob("mail/*.eml"))) == expected


@pytest.mark.parametrize(
    ("mode", "letters"),
    [("always", [1] * 6), ("on-error", [0, 0, 1, 1, 0, 0]), ("on-change", [1, 0, 1, 0, 1, 0])],
)
def test_on_change_nothing_is_said_twice(
    catalogue: Catalogue, serve: Serve, mode: str, letters: list[int]
) -> None:
    """What goes on is mailed when it begins and when it ends; each night, on errors or always."""
    site = serve({"/c.ttl": answer(turtle("a"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    settings = f'mode = "{mode}"\nfolder = "mail"\nfrom = "repertoire@red.exemple.fr"\n'
    path.write_text(f"{path.read_text('utf-8')}\n[notify]\n{settings}", encoding="utf-8")
    sent = []
    for night, body in enumerate((turtle("a"), b"<", turtle("a"))):
        site.routes["/c.ttl"] = answer(body)
        for hours in (0, 24):
            now = MONDAY + timedelta(days=2 * night, hours=hours)
            sent.append(send(catalogue, catalogue.harvest(now)))
    assert sent == letters


def test_what_is_held_back_is_trouble_in_a_run_without() -> None:
    """A harvest that is complete is told of on errors where a record was kept out of it."""
    held = {"fr": "Finalité absente.", "en": "No purpose."}
    runs = [
        Run(
            1,
            "chu-lille",
            MONDAY,
            MONDAY,
            "ok",
            outcomes=(Outcome("https://a.example/1", s, None, r),),
        )
        for s, r in ((State.UNCHANGED, None), (State.QUARANTINED, held))
    ]
    assert [is_told("on-error", [run], ()) for run in runs] == [False, True]


AWAY = 'mode = "always"\nsmtp = "127.0.0.1:9"\nfrom = "repertoire@red.exemple.fr"\n'


def two_holders(catalogue: Catalogue, serve: Serve, settings: str) -> list[Run]:
    """A harvest of two hospitals at the same second, one of which publishes garbage."""
    sites = [serve({"/c.ttl": answer(turtle("ab"))}), serve({"/c.ttl": answer(b"\x00 <")})]
    names = ("chu-lille", "chu-nantes")
    catalogue.configure(*((n, s, "/c.ttl") for n, s in zip(names, sites, strict=True)))
    path = catalogue.root / "red.toml"
    path.write_text(f"{path.read_text('utf-8')}\n[notify]\n{settings}", encoding="utf-8")
    return catalogue.harvest()


def mailing(port: int, to: str = "operateur@red.exemple.fr") -> str:
    """Settings by which a server on this port is given every letter."""
    return f"""mode = "always"\nsmtp = "127.0.0.1:{port}"
from = "repertoire@red.exemple.fr"\nto = "{to}"\n"""


def test_each_holder_has_its_letter_and_the_operator_one_of_all(
    catalogue: Catalogue, serve: Serve
) -> None:
    """Files for us alone: a letter each, and a digest that starts with trouble."""
    settings = """mode = "always"\nfolder = "mail"\nfrom = "repertoire@red.exemple.fr"
to = "operateur@red.exemple.fr"\n"""
    assert send(catalogue, two_holders(catalogue, serve, settings)) == 3
    files = sorted(path.name.split("-", 1)[1] for path in catalogue.root.glob("mail/*.eml"))
    assert files == ["all.eml", "chu-lille.eml", "chu-nantes.eml"]
    assert (catalogue.root / "mail").stat().st_mode & 0o777 == 0o700
    (digest,) = catalogue.root.glob("mail/*-all.eml")
    message = message_from_bytes(digest.read_bytes(), policy=policy.default)
    assert message["Subject"].endswith("1 complète, 1 en échec / 1 complete, 1 failed")
    text = message.get_content()
    assert text.index("chu-nantes\xa0: échec de la moisson") < text.index("chu-lille\xa0: moisson")
    assert "chu-nantes: harvest failed" in text


def test_a_letter_tells_of_its_holder_alone(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """Neither hospital reads of the other's harvest or datasets."""
    handler, port = sink
    settings = AWAY.replace(":9", f":{port}")
    assert send(catalogue, two_holders(catalogue, serve, settings)) == 2
    told = handler.texts()
    lille, nantes = (told[f"donnees@chu-{city}.exemple.fr"] for city in ("lille", "nantes"))
    assert "Séjours a" in lille
    assert "chu-nantes" not in lille
    assert "chu-nantes" in nantes
    assert "chu-lille" not in nantes
    assert "Séjours" not in nantes


def test_a_letter_names_no_withdrawn_dataset(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """What was taken out of the catalogue is neither counted nor assessed."""
    handler, port = sink
    site = serve({"/c.ttl": answer(turtle("ab"))})
    catalogue.configure(("chu-lille", site, "/c.ttl"))
    path = catalogue.root / "red.toml"
    notify = f"\n[notify]\n{AWAY.replace(':9', f':{port}')}"
    path.write_text(path.read_text("utf-8") + notify, encoding="utf-8")
    runs = catalogue.harvest()
    later = MONDAY + timedelta(days=1)
    with Register.open(config.load(path).register) as register:
        gone = (f"{base()}b",)
        register.commit(Change(Run(0, "chu-lille", later, later, "ok"), withdrawn=gone))
    assert send(catalogue, runs) == 1
    (text,) = handler.texts().values()
    assert "Jeux de données publiés\xa0: 1\xa0;" in text
    assert "Séjours a" in text
    assert "Séjours b" not in text


@pytest.mark.parametrize(("mailbox", "said"), [("parti", "550"), ("données", "no accents")])
def test_a_refused_receiver_does_not_stop_the_others(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], mailbox: str, said: str
) -> None:
    """Who left, or has an accent that the server cannot write: named; the others are told."""
    handler, port = sink
    runs = two_holders(catalogue, serve, mailing(port))
    path = catalogue.root / "red.toml"
    text = path.read_text("utf-8").replace("donnees@chu-lille", f"{mailbox}@chu-lille")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        RedError,
        match=rf"reports to {mailbox}@chu-lille\.exemple\.fr \({said}.*\) could not be sent",
    ):
        send(catalogue, runs)
    assert [to for to, _ in handler.received] == [
        ["donnees@chu-nantes.exemple.fr"], ["operateur@red.exemple.fr"]
    ]  # fmt: skip


@pytest.mark.parametrize("busy", ["451 One letter at a time", "421 Too many letters"])
def test_a_server_that_limits_letters_gets_them_one_a_connection(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], busy: str
) -> None:
    """Whether it hangs up or not, both holders and the operator are told."""
    handler, port = sink
    handler.busy = busy
    runs = two_holders(catalogue, serve, mailing(port))
    assert send(catalogue, runs) == 3
    assert len({to for (to,), _ in handler.received}) == len(handler.received) == 3


@pytest.mark.parametrize(
    ("busy", "connections", "said"),
    [
        ("550 Not from you, all of you", 1, "Not from you.* check \\[notify\\]\\.$"),
        ("450 Later, all of you", 6, r"\(450 Later, all of you\), .* or \[notify\]\.$"),
    ],
)
def test_a_server_that_takes_nothing_is_told_so(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int], busy: str, connections: int,
    said: str,
) -> None:  # fmt: skip
    """No letter is said to have gone out; each was tried on two connections, where it may pass."""
    handler, port = sink
    handler.busy = busy
    runs = two_holders(catalogue, serve, mailing(port))
    with pytest.raises(RedError, match=said):
        send(catalogue, runs)
    assert handler.received == []
    assert handler.greeted == connections


def test_a_full_mailbox_is_told_with_the_servers_words(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """It is tried twice, then named; of two receivers of a letter the other one has it."""
    handler, port = sink
    runs = two_holders(catalogue, serve, mailing(port, "plein@red.exemple.fr"))
    path = catalogue.root / "red.toml"
    text = path.read_text("utf-8")
    both = "donnees@chu-lille.exemple.fr, parti@chu-lille.exemple.fr"
    path.write_text(text.replace("donnees@chu-lille.exemple.fr", both), encoding="utf-8")
    with pytest.raises(RedError) as raised:
        send(catalogue, runs)
    assert "plein@red.exemple.fr (452 Mailbox full)" in str(raised.value)
    assert "parti@chu-lille.exemple.fr (550 No such mailbox)" in str(raised.value)
    assert [to for to, _ in handler.received] == [
        ["donnees@chu-lille.exemple.fr"], ["donnees@chu-nantes.exemple.fr"]
    ]  # fmt: skip


def test_a_domain_with_accents_is_written_to(
    catalogue: Catalogue, serve: Serve, sink: tuple[Sink, int]
) -> None:
    """The mail server gets the domain as the net knows it."""
    handler, port = sink
    runs = two_holders(catalogue, serve, mailing(port, "veille@hôpital.exemple.fr"))
    assert send(catalogue, runs) == 3
    assert ["veille@xn--hpital-ixa.exemple.fr"] in [to for to, _ in handler.received]


def test_a_refused_letter_stops_no_reminder(catalogue: Catalogue) -> None:
    """What comes after letters that could not be sent is sent, and each trouble is told."""
    catalogue.configure()
    settings = config.load(catalogue.root / "red.toml")
    sent: list[Register] = []

    def refused(_register: Register) -> None:
        raise RedError("The mail server is away.")

    with pytest.raises(RedError, match="is away"):
        conclude(settings, [], "text", refused, sent.append)
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("counts", "read", "gone"),
    [
        ({State.NEW: 1}, "descriptions lues : 1 (1 nouvelle)", None),
        ({State.UPDATED: 2, State.REJECTED: 1, State.ABSENT: 2, State.WITHDRAWN: 1},
         "descriptions lues : 3 (2 modifiées, 1 refusée)",
         "descriptions disparues : 2 absentes, 1 retirée"),
    ],
)  # fmt: skip
def test_counts_agree_with_what_they_count(
    counts: dict[State, int], read: str, gone: str | None
) -> None:
    """One description is feminine and singular; what was not read is counted apart."""
    outcomes = [
        Outcome(f"https://chu.exemple.fr/{state}/{n}", state, reason={"fr": "Ainsi.", "en": "So."})
        for state, count in counts.items()
        for n in range(count)
    ]
    number = sum(n for state, n in counts.items() if state in READ)
    moment = datetime(2029, 3, 26, 12, tzinfo=UTC)
    run = Run(1, "chu-fichiers", moment, moment, "ok", outcomes=tuple(outcomes), read=number)
    lines = [line.strip() for line in tell_run(run, "https://red.exemple.fr/", "fr")]
    assert read in lines
    assert gone is None or gone in lines
    assert any(line.startswith("- https://chu.exemple.fr/") for line in lines)


def test_what_a_holder_wrote_starts_no_line_of_its_own() -> None:
    """A line feed or a mark that turns the text round is shown in a letter, not obeyed."""
    wrong = dict.fromkeys(("fr", "en"), "« a\nVirement urgent\u202e »\x1b[2K")
    outcome = Outcome("https://chu.exemple.fr/jeu/1", State.REJECTED, reason=wrong)
    moment = datetime(2029, 3, 26, 12, tzinfo=UTC)
    run = Run(1, "chu-fichiers", moment, moment, "ok", outcomes=(outcome,), read=1)
    text = "\n".join(tell_run(run, "https://red.exemple.fr/", "fr"))
    assert "« a\ufffdVirement urgent\ufffd »\ufffd[2K" in text


def test_a_letter_says_who_writes_and_whom_to_answer(tmp_path: Path) -> None:
    """Of a first harvest that fails nothing is called published; settings are the operator's."""
    catalogue = records.config(tmp_path).catalogue
    wrong = Defect("http-404", dict.fromkeys(("fr", "en"), "404."), {"fr": "fr", "en": "en"})
    moment = datetime(2029, 3, 26, 12, tzinfo=UTC)
    failed = Run(1, "chu-fichiers", moment, moment, "failed",
                 unreadable=(Unreadable("https://chu.exemple.fr/c.ttl", wrong),))  # fmt: skip
    holder = Holder("chu-lille", {"fr": "CHU Lille", "en": "CHU Lille"})
    french, _, english = Letter(holder, (failed,), catalogue).text.partition("* * *")
    assert catalogue.contact
    for text, lang, page in ((french, "fr", ""), (english, "en", "en/")):
        last = text.split("\n\n")[-2 if lang == "fr" else -1].strip().splitlines()
        assert last[0] == f"{catalogue.title[lang]} ({catalogue.publisher[lang]})"
        assert last[1] == f"{catalogue.base_iri}{page}"
        assert last[2].endswith(catalogue.contact.removeprefix("mailto:"))
    assert "échec de la moisson\xa0: ce qui était publié le reste" in french
    assert "est à voir avec l'opérateur du catalogue" in french
    assert "opérateur" not in Letter(holder, (), catalogue).text


def test_no_name_starts_a_line_of_its_own(tmp_path: Path) -> None:
    """Neither in the subject, where it would be a header, nor in the text."""
    name = dict.fromkeys(("fr", "en"), "CHU Lille\nBcc: tous@exemple.fr")
    letter = Letter(Holder("chu-lille", name), (), records.config(tmp_path).catalogue)
    assert letter.subject.count("\n") == 0
    assert not re.search("^Bcc", letter.text, re.MULTILINE)
    assert "CHU Lille" in letter.subject


def test_a_mail_server_that_is_away_is_a_sentence(catalogue: Catalogue, serve: Serve) -> None:
    """The harvest is kept, and the operator learns why nobody was told."""
    with pytest.raises(RedError, match="could not be sent"):
        told(catalogue, serve, AWAY, turtle("a"))
    assert len(catalogue.entries()) == 1


def test_a_mail_server_that_is_away_hides_nothing(catalogue: Catalogue, serve: Serve) -> None:
    """The table, the reasons and the exit code of the harvest come all the same, as a log too."""
    two_holders(catalogue, serve, AWAY)
    done = command.red_catalog(catalogue.root, "harvest", "--workers", "1", "--log", "json")
    assert done.returncode == 3
    assert "chu-nantes" in done.stdout
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [e["exit_code"] for e in events if e["event"] == "error"] == [2, 3]
    assert "could not be sent" in next(e["message"] for e in events if e["event"] == "error")
    ended = [e["status"] for e in events if e["event"] == "ended"]
    assert ended == ["ok", "failed"]
