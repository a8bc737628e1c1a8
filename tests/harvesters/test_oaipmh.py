"""OAI-PMH: against a repository of ours, recorded answers and hostile ones."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from red_catalog.errors import RedError
from red_catalog.harvesters import oaipmh
from red_catalog.http import Http
from red_catalog.model import Bookmark, Document, Unreadable
from red_catalog.rdf.limits import Limits
from tests.harvesters.protocols import ByQuery, Item, codes, examine, recorded, told, values
from tests.http.loopback import Route, Site, answer
from tests.shared import attack, real

Serve = Callable[[dict[str, Route]], Site]
Doors = Callable[..., Http]
HEAD = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{}</responseDate>'


@dataclass
class Repository:
    """A repository of a few records, two a page. A record without payload is deleted."""

    records: list[tuple[str, str, str | None]]
    deletions: str = "persistent"
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    formats: tuple[str, ...] = ("marc21", "oai_dc")
    now: str = "2028-05-02T10:00:00Z"
    asked: list[dict[str, str]] = field(default_factory=list)

    def reply(self, query: dict[str, str]) -> bytes:
        """The answer to a request."""
        self.asked.append(query)
        verb = query["verb"]
        return f"{HEAD.format(self.now)}{getattr(self, verb)(query)}</OAI-PMH>".encode()

    def Identify(self, _: dict[str, str]) -> str:  # noqa: N802
        """What the repository is."""
        return (
            f"<Identify><deletedRecord>{self.deletions}</deletedRecord>"
            f"<granularity>{self.granularity}</granularity></Identify>"
        )

    def ListMetadataFormats(self, _: dict[str, str]) -> str:  # noqa: N802
        """What it can give."""
        one = "<metadataFormat><metadataPrefix>{}</metadataPrefix></metadataFormat>"
        inner = "".join(one.format(name) for name in self.formats)
        return f"<ListMetadataFormats>{inner}</ListMetadataFormats>"

    def ListRecords(self, query: dict[str, str]) -> str:  # noqa: N802
        """Two records, and the token of the next ones."""
        since = query.get("from", "")
        start = 0
        if token := query.get("resumptionToken"):
            start, since = int(token.split("|")[0]), token.split("|")[1]
        fresh = [one for one in self.records if one[1][: len(since)] >= since]
        if not fresh:
            return '<error code="noRecordsMatch"/>'
        shown = "".join(self._record(*one) for one in fresh[start : start + 2])
        onward = f"{start + 2}|{since}" if start + 2 < len(fresh) else ""
        return f"<ListRecords>{shown}<resumptionToken>{onward}</resumptionToken></ListRecords>"

    def _record(self, name: str, date: str, payload: str | None) -> str:
        status = "" if payload else ' status="deleted"'
        header = f"<identifier>{name}</identifier><datestamp>{date}</datestamp>"
        metadata = f"<metadata>{payload}</metadata>" if payload else ""
        return f"<record><header{status}>{header}</header>{metadata}</record>"


DC = recorded("oaipmh/oai_dc.xml").decode()
ARTICLE = recorded("oaipmh/article.xml").decode()
DCAT = recorded("oaipmh/dcat.xml").decode()
DDI = recorded("ddi/codebook.xml").decode().partition("?>")[2]
RECORDS = [
    ("oai:chu.exemple.fr:1", "2028-01-05T08:00:00Z", DC),
    ("oai:chu.exemple.fr:2", "2028-02-05T08:00:00Z", None),
    ("oai:chu.exemple.fr:3", "2028-03-05T08:00:00Z", DCAT),
    ("oai:chu.exemple.fr:4", "2028-04-05T08:00:00Z", DDI),
    ("oai:chu.exemple.fr:5", "2028-04-06T08:00:00Z", ARTICLE),
]


def harvest(site: Site, http: Http, **facts: object) -> list[Item]:
    """All that the kind gives for the repository."""
    source = replace(site.source("/oai", **facts), kind="oaipmh")
    return list(oaipmh.harvest(source, http))


def since(site: Site, date: str) -> str:
    """The bookmark of a harvest of the whole repository as Dublin Core."""
    return f"{date} {site.url('/oai')} oai_dc"


def test_records_come_page_by_page(serve: Serve, door: Doors) -> None:
    """Mapped, passed on or gone; then a bookmark of a minute before the server's own time."""
    repository = Repository(RECORDS)
    site = serve(ByQuery("/oai", repository.reply))
    found = harvest(site, door())
    assert told(found) == [
        ("document", "oai:chu.exemple.fr:1"),
        ("gone", "oai:chu.exemple.fr:2"),
        ("document", "oai:chu.exemple.fr:3"),
        ("document", "oai:chu.exemple.fr:4"),
        ("document", "oai:chu.exemple.fr:5"),
        ("bookmark", "whole"),
    ]
    assert found[-1] == Bookmark(since(site, "2028-05-02T09:59:00Z"))
    asked = [one for one in repository.asked if one["verb"] == "ListRecords"]
    assert asked == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "resumptionToken": "2|"},
        {"verb": "ListRecords", "resumptionToken": "4|"},
    ]


def test_a_charset_that_is_wrong_is_told_once(serve: Serve, door: Doors) -> None:
    """Pages in UTF-8 under another name are read as UTF-8."""
    repository = Repository(RECORDS)
    head = b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    found = harvest(serve(ByQuery("/oai", lambda query: head + repository.reply(query))), door())
    assert len(found) == len(RECORDS) + 2
    first, document = found[:2]
    assert isinstance(first, Document)
    assert isinstance(document, Document)
    assert codes(first.defects) == ["charset-wrong"]
    title = "Registre exemple des accidents vasculaires cérébraux@fr"
    assert title in values(document, "dct:title")


@pytest.mark.parametrize(
    ("announced", "expected"),
    [(5, ("bookmark", "whole")), (4, ("bookmark", "whole")), (6, ("unreadable", "oai-short"))],
)
def test_fewer_records_than_announced_are_no_whole_list(
    serve: Serve, door: Doors, announced: int, expected: tuple[str, str]
) -> None:
    """Deleted ones count; a page may have been lost, so there is no bookmark."""
    repository = Repository(RECORDS)

    def reply(query: dict[str, str]) -> bytes:
        size = f'<resumptionToken completeListSize="{announced}">'.encode()
        return repository.reply(query).replace(b"<resumptionToken>", size)

    found = told(harvest(serve(ByQuery("/oai", reply)), door()))
    assert found[-1] == expected
    assert len(found) == len(RECORDS) + 1


def test_a_record_that_changes_page_meanwhile_counts_once(serve: Serve, door: Doors) -> None:
    """As many records as announced, yet one of them never came: there is no bookmark."""
    repository = Repository(RECORDS)

    def reply(query: dict[str, str]) -> bytes:
        size = b'<resumptionToken completeListSize="5">'
        page = repository.reply(query).replace(b"<resumptionToken>", size)
        return page.replace(b"exemple.fr:3<", b"exemple.fr:1<")

    site = serve(ByQuery("/oai", reply))
    last = harvest(site, door())[-1]
    assert isinstance(last, Unreadable)
    assert last.problem.code == "oai-short"
    assert "received: 4" in last.problem.message["en"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("badResumptionToken", "oai-bad-token"), ("badArgument", "oai-bad-argument"),
     ("noRecordsMatch", "oai-no-records"), ("", "status")],
)  # fmt: skip
def test_an_error_is_told_whatever_its_status(
    serve: Serve, door: Doors, code: str, expected: str
) -> None:
    """Some repositories send 422 with each; a page that is none of OAI-PMH leaves the status."""
    repository = Repository(RECORDS)

    def reply(query: dict[str, str]) -> bytes | Route:
        if query["verb"] != "ListRecords":
            return repository.reply(query)
        error = f'{HEAD.format(repository.now)}<error code="{code}">trop tard</error></OAI-PMH>'
        return answer(error.encode() if code else b"<html/>", 422, Content_Type="text/xml")

    assert told(harvest(serve(ByQuery("/oai", reply)), door())) == [("unreadable", expected)]


def test_nothing_new_is_no_trouble_whatever_its_status(serve: Serve, door: Doors) -> None:
    """Asked for what changed, a repository that has nothing may say so with an error of HTTP."""
    repository = Repository(RECORDS)

    def reply(query: dict[str, str]) -> bytes | Route:
        said = repository.reply(query)
        return answer(said, 422, Content_Type="text/xml") if b"<error" in said else said

    site = serve(ByQuery("/oai", reply))
    found = harvest(site, door(), bookmark=since(site, "2028-05-01T00:00:00Z"))
    assert told(found) == [("bookmark", "partial")]


def test_dublin_core_is_mapped(serve: Serve, door: Doors) -> None:
    """Every element arrives, or is told."""
    found = harvest(serve(ByQuery("/oai", Repository(RECORDS[:1]).reply)), door())
    document = found[0]
    assert isinstance(document, Document)
    (record,) = examine(document).records
    assert record.iri == "https://doi.org/10.57745/EXEMPLE2"
    assert values(document, "dct:title") == [
        "Example stroke register@en",
        "Registre exemple des accidents vasculaires cérébraux@fr",
    ]
    assert values(document, "dct:identifier") == [
        "avc-2026", "https://doi.org/10.57745/EXEMPLE2",
    ]  # fmt: skip
    assert values(document, "dct:accessRights") == [
        "http://publications.europa.eu/resource/authority/access-right/RESTRICTED"
    ]
    assert values(document, "dct:language") == [
        "http://publications.europa.eu/resource/authority/language/FRA"
    ]
    assert values(document, "dct:spatial") == [
        "http://publications.europa.eu/resource/authority/country/FRA"
    ]
    assert values(document, "dcat:startDate") == ["1985"]
    assert values(document, "dcat:endDate") == ["2025"]
    assert values(document, "dct:issued") == []
    assert codes(document.defects) == ["map-dates", "map-nowhere", "map-one"]


def test_rdf_payload_is_passed_on(serve: Serve, door: Doors) -> None:
    """DCAT in a record is a document of its own."""
    found = harvest(serve(ByQuery("/oai", Repository(RECORDS[2:3]).reply)), door())
    document = found[0]
    assert isinstance(document, Document)
    assert document.media_type == "application/rdf+xml"
    assert [r.iri for r in examine(document).records] == ["https://chu.exemple.fr/jeu/dialyse"]


def test_article_is_left_out_and_told(serve: Serve, door: Doors) -> None:
    """An institution's repository holds more than datasets."""
    site = serve(ByQuery("/oai", Repository(RECORDS[4:]).reply))
    document = harvest(site, door())[0]
    assert isinstance(document, Document)
    reading = examine(document)
    assert (reading.records, codes(reading.repaired)) == ((), ["not-a-dataset"])
    document = harvest(site, door(), options={"types": "all"})[0]
    assert isinstance(document, Document)
    assert len(examine(document).records) == 1


def test_bookmark_asks_for_what_changed(serve: Serve, door: Doors) -> None:
    """From the bookmark on, and absence means nothing."""
    repository = Repository(RECORDS)
    site = serve(ByQuery("/oai", repository.reply))
    found = harvest(site, door(), bookmark=since(site, "2028-04-06T00:00:00Z"))
    assert told(found) == [("document", "oai:chu.exemple.fr:5"), ("bookmark", "partial")]
    found = harvest(site, door(), bookmark=since(site, "2028-05-01T00:00:00Z"))
    assert told(found) == [("bookmark", "partial")]


def test_granularity_of_days_is_respected(serve: Serve, door: Doors) -> None:
    """A repository of days neither gets nor gives hours."""
    repository = Repository(RECORDS, granularity="YYYY-MM-DD")
    site = serve(ByQuery("/oai", repository.reply))
    found = harvest(site, door(), bookmark=since(site, "2028-04-06"))
    assert repository.asked[-1]["from"] == "2028-04-06"
    assert found[-1] == Bookmark(since(site, "2028-05-02"), partial=True)


@pytest.mark.parametrize(
    "now", ["2028-05-02T10:00:00.123Z", "2028-13-02T10:00:00Z", "0001-01-01T00:00:00Z"]
)
def test_a_server_without_a_time_is_asked_for_the_same_again(
    serve: Serve, door: Doors, now: str
) -> None:
    """A part is never taken for the whole, be the server's own time unreadable."""
    repository = Repository(RECORDS, now=now)
    site = serve(ByQuery("/oai", repository.reply))
    mark = since(site, "2028-04-06T00:00:00Z")
    assert harvest(site, door(), bookmark=mark)[-1] == Bookmark(mark, partial=True)


@pytest.mark.parametrize(
    ("deletions", "options", "whole"),
    [
        ("no", {}, True),
        ("transient", {}, True),
        ("persistent", {}, False),
        ("transient", {"incremental": "always"}, False),
        ("no", {"incremental": "always"}, True),
        ("persistent", {"incremental": "never"}, True),
        ("persistent", {"set": "sante"}, True),
        ("persistent", {"types": "all"}, True),
        ("persistent", {"elsewhere": "/oai2"}, True),
    ],
)
def test_changes_are_asked_only_where_deletions_show(
    serve: Serve, door: Doors, deletions: str, options: dict[str, str], whole: bool
) -> None:
    """A repository that forgets deletions is read whole, and so is another list, or another one."""
    repository = Repository(RECORDS, deletions=deletions)
    site = serve(ByQuery("/oai", repository.reply))
    mark = since(site, "2028-04-06T00:00:00Z")
    if options.pop("elsewhere", None):
        mark = mark.replace("/oai", "/oai2")
    found = harvest(site, door(), bookmark=mark, options=options)
    assert isinstance(found[-1], Bookmark)
    assert found[-1].partial is not whole


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        (("oai_dc", "dcat_ap", "rdf"), "dcat_ap"),
        (("oai_dc", "oai_ddi25"), "oai_ddi25"),
        (("oai_dc", "rdf", "mets", "dim"), "oai_dc"),
        (("oai_dc", "rdf", "sante_rdf"), "sante_rdf"),
        (("rdf",), "rdf"),
        (("marc21",), "oai_dc"),
        ((), "oai_dc"),
    ],
)
def test_richest_format_is_chosen(formats: tuple[str, ...], expected: str) -> None:
    """DCAT before DDI before Dublin Core, which all have."""
    assert oaipmh._best(formats) == expected


def test_format_that_is_not_given_is_told(serve: Serve, door: Doors) -> None:
    """With those that the repository has."""
    site = serve(ByQuery("/oai", Repository(RECORDS).reply))
    (found,) = harvest(site, door(), options={"metadata_prefix": "dcat"})
    assert isinstance(found, Unreadable)
    assert found.problem.code == "oai-format"
    assert "marc21, oai_dc" in found.problem.fix["en"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("badResumptionToken", "oai-bad-token"),
        ("cannotDisseminateFormat", "oai-format"),
        ("noRecordsMatch", "oai-no-records"),
        ("noSetHierarchy", "oai-no-sets"),
        ("badArgument", "oai-bad-argument"),
        ("idDoesNotExist", "oai-error"),
        ("undefinedError", "oai-error"),
        ("ListRecordsBroken", "xml-broken"),
        ("ListRecords4", None),
        ("ListRecords", None),
    ],
)
def test_recorded_answer_of_others(
    serve: Serve, door: Doors, name: str, expected: str | None
) -> None:
    """A sentence for each error, and never a bookmark after one."""
    content = (real() / "oai-pmh" / f"sickle__tests__sample_data__{name}.xml").read_bytes()
    repository = Repository(RECORDS)

    def reply(query: dict[str, str]) -> bytes:
        if "resumptionToken" in query:
            return repository.reply({"verb": "ListRecords", "resumptionToken": "4|"})
        return content if query["verb"] == "ListRecords" else repository.reply(query)

    found = harvest(serve(ByQuery("/oai", reply)), door())
    if expected:
        assert told(found) == [("unreadable", expected)]
    elif name == "ListRecords4":  # a header without identifier: the rest is read
        assert told(found) == [
            ("unreadable", "oai-no-identifier"),
            ("document", "oai:test.example.com:1585322"),
        ]
    else:
        assert told(found)[:2] == [
            ("gone", "oai:test.example.com:1585310"),
            ("document", "oai:test.example.com:1585322"),
        ]


def test_repeated_token_is_refused(evil: Site, door: Doors) -> None:
    """The hostile feed: the same token for ever, two pages asked."""
    path = "/feeds/74-oai-token-loop.xml"
    assert attack(path[1:]).is_file()
    source = replace(evil.source(path), kind="oaipmh")
    found = list(oaipmh.harvest(source, door()))
    last = found[-1]
    assert isinstance(last, Unreadable)
    assert "resumption token repeated" in last.problem.message["en"].lower()
    assert not [item for item in found if isinstance(item, Bookmark)]


def test_failing_page_ends_the_harvest(serve: Serve, door: Doors) -> None:
    """What follows it is unknown, so there is no bookmark."""
    repository = Repository(RECORDS)

    def reply(query: dict[str, str]) -> bytes | Route:
        if query.get("resumptionToken") == "2|":
            return answer(b"panne", 500)
        return repository.reply(query)

    found = harvest(serve(ByQuery("/oai", reply)), door())
    assert told(found)[-1] == ("unreadable", "status")
    assert len(found) == 3


def test_empty_list_removes_nothing(serve: Serve, door: Doors) -> None:
    """A list without records and without error is told, and leaves no bookmark."""
    body = f"{HEAD.format('2028-01-01T00:00:00Z')}<ListRecords/></OAI-PMH>".encode()
    found = harvest(serve(ByQuery("/oai", lambda _: body)), door())
    assert told(found) == [("unreadable", "oai-no-records")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "xml-dtd"),
        (b"<a>" * 200 + b"</a>" * 200, "xml-too-deep"),
        (b"<feed/>", "oai-not"),
        (b"<OAI-PMH>", "xml-broken"),
    ],
)
def test_hostile_xml_is_refused(serve: Serve, door: Doors, body: bytes, expected: str) -> None:
    """No DTD, no endless nesting, nothing that is not OAI-PMH."""
    found = harvest(serve(ByQuery("/oai", lambda _: body)), door(Limits(document_seconds=5)))
    assert told(found) == [("unreadable", expected)]


def test_unknown_option_is_an_error_with_a_suggestion(serve: Serve, door: Doors) -> None:
    """Operator trouble stops before any request."""
    site = serve({})
    with pytest.raises(RedError, match="did you mean `metadata_prefix`"):
        harvest(site, door(), options={"metadataPrefix": "dcat"})
    assert site.asked == []
