"""The six verbs of OAI-PMH 2.0 over the live release."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from red_catalog.config import Catalogue
from red_catalog.serve.oai import dublin_core
from red_catalog.serve.oai.dublin_core import clean
from red_catalog.serve.oai.selection import (
    PREFIXES,
    SETS,
    OaiError,
    Selection,
    check_prefix,
    read_selection,
    read_token,
)
from red_catalog.serve.releases import Release
from red_catalog.store.searching import Changed, Index

PAGE: Final = 25  # whole descriptions are long
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FORMATS: Final = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
               "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    "dcat_ap": ("http://www.openarchives.org/OAI/2.0/rdf.xsd", _RDF),
}  # fmt: skip
_DECLARATION: Final = re.compile(r"^\ufeff?<\?xml[^>]*\?>\s*")
# The arguments of each verb: those it needs, those it may have.
ARGUMENTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), ()),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set")),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set")),
}
Arguments = Mapping[str, str]


class Repository:
    """One release as a repository."""

    def __init__(self, catalogue: Catalogue, release: Release, index: Index) -> None:
        self.catalogue = catalogue
        self.release = release
        self.index = index
        self._stem = f"oai:{urlsplit(catalogue.base_iri).hostname}:"

    def answer(self, verb: str, arguments: Arguments) -> str:
        """The element that answers a verb. Raises OaiError."""
        verbs: dict[str, Callable[[Arguments], str]] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListSets": self._sets,
            "GetRecord": self._record,
            "ListIdentifiers": lambda given: self._list(given, whole=False),
            "ListRecords": lambda given: self._list(given, whole=True),
        }
        return f"<{verb}>{verbs[verb](arguments)}</{verb}>"

    def _identify(self, _: Arguments) -> str:
        catalogue = self.catalogue
        mailbox = catalogue.admin_email or catalogue.contact.removeprefix("mailto:")
        return (
            f"<repositoryName>{clean(catalogue.title['fr'])}</repositoryName>"
            f"<baseURL>{clean(catalogue.base_iri)}oai</baseURL>"
            "<protocolVersion>2.0</protocolVersion>"
            f"<adminEmail>{clean(mailbox)}</adminEmail>"
            f"<earliestDatestamp>{self.index.earliest()}</earliestDatestamp>"
            "<deletedRecord>persistent</deletedRecord>"
            "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"
            "<compression>gzip</compression>"
        )

    def _formats(self, given: Arguments) -> str:
        if "identifier" in given:
            self._find(given["identifier"])
        return "".join(
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{schema}</schema>"
            f"<metadataNamespace>{namespace}</metadataNamespace></metadataFormat>"
            for prefix, (schema, namespace) in _FORMATS.items()
        )

    def _sets(self, _: Arguments) -> str:
        found = list(SETS.items())
        for facet in SETS:
            codes = sorted(self.index.names.get(facet, {}).items())
            found += [(f"{facet}:{code}", name["fr"]) for code, name in codes]
        return "".join(
            f"<set><setSpec>{spec}</setSpec><setName>{clean(name)}</setName></set>"
            for spec, name in found
        )

    def _record(self, given: Arguments) -> str:
        prefix = check_prefix(given["metadataPrefix"])
        return self._write(self._find(given["identifier"]), prefix)

    def _list(self, given: Arguments, *, whole: bool) -> str:
        token = given.get("resumptionToken")
        chosen = read_token(token) if token is not None else read_selection(given)
        facet, _, code = chosen.set.partition(":")
        found = self.index.changes(
            chosen.since, chosen.until, (chosen.stamp, chosen.slug), PAGE + 1, (facet, code)
        )
        if not found:
            if token is None:
                raise OaiError("noRecordsMatch", "Nothing changed then, or there.")
            return f'<resumptionToken cursor="{chosen.sent}"/>'
        shown = found[:PAGE]
        if whole:
            written = [self._write(one, chosen.prefix) for one in shown]
        else:
            written = [self._head(one) for one in shown]
        return "".join(written) + _resume(chosen, shown, more=len(found) > PAGE)

    def _find(self, identifier: str) -> Changed:
        slug = identifier.removeprefix(self._stem)
        found = self.index.change(slug) if slug != identifier else None
        if found is None:
            raise OaiError("idDoesNotExist", f"No record is called {identifier!a}.")
        return found

    def _head(self, one: Changed) -> str:
        deleted = ' status="deleted"' if one.kind == "withdrawn" else ""
        sets = ["holder", f"holder:{one.holder}"]
        sets += [f"category:{code}" for code in one.categories]
        sets += ["category"] if one.categories else []
        specs = "".join(f"<setSpec>{clean(spec)}</setSpec>" for spec in sorted(sets))
        return (
            f"<header{deleted}><identifier>{clean(self._stem + one.slug)}</identifier>"
            f"<datestamp>{one.stamp}</datestamp>{specs}</header>"
        )

    def _write(self, one: Changed, prefix: str) -> str:
        head = self._head(one)
        if one.kind == "withdrawn":
            return f"<record>{head}</record>"
        folder = self.release.site / "dataset"
        if prefix == PREFIXES[0]:
            content = dublin_core.write(folder / f"{one.slug}.nt", one.iri)
        else:
            content = _DECLARATION.sub("", (folder / f"{one.slug}.rdf").read_text("utf-8"))
        return f"<record>{head}<metadata>{content}</metadata></record>"


def _resume(chosen: Selection, shown: list[Changed], *, more: bool) -> str:
    if not more:
        return f'<resumptionToken cursor="{chosen.sent}"/>' if chosen.sent else ""
    last = shown[-1]
    following = replace(chosen, stamp=last.stamp, slug=last.slug, sent=chosen.sent + len(shown))
    return f'<resumptionToken cursor="{chosen.sent}">{following.write()}</resumptionToken>'
