"""A release's files over HTTP: pages, data, and the forms of a dataset's description."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from red_catalog.config import Catalogue
from red_catalog.ehds import terms
from red_catalog.serve.files import caching, find_file, is_folder, send_file
from red_catalog.serve.releases import Release, Releases
from red_catalog.serve.request import own_iris, signposts
from red_catalog.serve.request.accept import choose
from red_catalog.serve.request.refusal import KINDS, Refusal, write_refusal


class Pages:
    """Answers from the live release; each answer comes from one release only."""

    def __init__(self, releases: Releases, catalogue: Catalogue) -> None:
        self.releases = releases
        self.base_iri = catalogue.base_iri
        self.base_path = catalogue.base_path
        self.licence = catalogue.licence

    async def get(self, request: Request) -> Response:
        """Any page or file; an IRI of ours in the form that Accept asks for."""
        release = self.require_release()
        path = request.path_params.get("path", "")
        english = path.startswith("en/")
        file = find_file(release.site, path)
        if slug := _page_name(release, path, file):
            return self._describe(request, release, slug, english=english)
        if path.removeprefix("en/") == terms.PATH:
            return self._define(request, release, path)
        if leading := self._lead(request, release, path, file):
            return leading
        if file:
            link = signposts.on_file(self.base_iri, self.licence, release.site, path)
            given = {"Cache-Control": caching(path)} | ({"Link": link} if link else {})
            return send_file(request, file, headers=given)
        # No holder's IRI stands in for what is the site's own.
        return self._find(request, release, path) or self.not_found(request, release, path)

    async def find_resource(self, request: Request) -> Response:
        """`resource?iri=…`: leads to the page of the dataset with this IRI."""
        release = self.require_release()
        iri = request.query_params.get("iri", "")
        slug = release.slugs.get(iri)
        if slug is None:
            return self.not_found(request, release, "resource")
        return RedirectResponse(f"{self.base_path}dataset/{quote(slug)}", 303, {"Vary": "Accept"})

    def require_release(self) -> Release:
        """The live release. Raises Refusal before the first."""
        release = self.releases.current()
        if release is None:
            raise Refusal(
                503,
                "Le catalogue n'est pas encore publié.",
                "The catalogue has not been published yet.",
                headers={"Retry-After": "60"},
            )
        return release

    def not_found(self, request: Request, release: Release, path: str) -> Response:
        """The site's own page for what it does not have, in the language of the path."""
        page = release.site / ("en/404.html" if path.startswith("en/") else "404.html")
        if page.is_file():
            return send_file(request, page, status=404)
        return write_refusal(
            request, Refusal(404, "Cette page n'existe pas.", "There is no such page.")
        )

    def _define(self, request: Request, release: Release, path: str) -> Response:
        """Our own vocabulary, as a page or as Turtle."""
        chosen = choose(request.headers.get("accept"), ["text/html", "text/turtle"])
        turtle = chosen == "text/turtle"
        file = find_file(release.site, f"{terms.PATH}.ttl" if turtle else f"{path}.html")
        if file is None:
            return self.not_found(request, release, path)
        return send_file(request, file, headers={"Vary": "Accept"})

    def _lead(
        self, request: Request, release: Release, path: str, file: Path | None
    ) -> Response | None:
        """Where an IRI by which our data name something leads; None for other paths.

        `file`: the page of a holder, which stays where it is.
        """
        if path.startswith("record/"):
            page = f"dataset/{path.removeprefix('record/')}"
            known = _page_name(release, page, find_file(release.site, page))
            return RedirectResponse(self.base_path + quote(page), 303) if known else None
        forms = {
            kind: self.base_path + name
            for kind, name in own_iris.forms(path).items()
            if find_file(release.site, name)
        }
        if "text/html" not in forms:
            return None
        vary = {"Vary": "Accept"}
        if file and choose(request.headers.get("accept"), list(forms)) in {None, "text/html"}:
            return send_file(request, file, headers=vary)
        return RedirectResponse(forms[_choose(request, list(forms), vary)], 303, vary)

    def _find(self, request: Request, release: Release, path: str) -> Response | None:
        """The dataset whose IRI this address is, or the folder that lacks its slash."""
        if slug := self._named(request, release, path):
            return self._describe(request, release, slug, english=path.startswith("en/"))
        if path and is_folder(release.site, path):
            return RedirectResponse(self.base_path + quote(path) + "/", 308)
        return None

    def _named(self, request: Request, release: Release, path: str) -> str | None:
        """The page name of the dataset whose IRI this address is."""
        raw = request.scope.get("raw_path", b"").decode("ascii", "replace")
        raw = raw.removeprefix(self.base_path)
        return release.slugs.get(self.base_iri + raw) or release.slugs.get(self.base_iri + path)

    def _describe(
        self, request: Request, release: Release, slug: str, *, english: bool
    ) -> Response:
        forms = dict(self._forms(release, slug, english=english))
        if slug in release.gone:
            return self._tombstone(request, forms)
        if not forms:
            return self.not_found(request, release, "en/" if english else "")
        addresses = {kind: self._address(release, file) for kind, file in forms.items()}
        links = signposts.on_page(self.base_iri, release.site, slug, addresses)
        vary = {"Vary": "Accept", "Link": links}
        chosen = _choose(request, list(forms), vary)
        location = {"Content-Location": addresses[chosen]}
        return send_file(request, forms[chosen], headers=vary | location)

    def _tombstone(self, request: Request, forms: Mapping[str, Path]) -> Response:
        """The page of a withdrawn dataset for people, the plain truth for programs."""
        path = request.path_params.get("path", "")
        kinds = ["text/html", *KINDS]
        if signposts.is_data(path):  # a page only where one is asked for by name
            kinds = [*KINDS, "text/html"]
        if "text/html" in forms and choose(request.headers.get("accept"), kinds) == "text/html":
            return send_file(request, forms["text/html"], status=410, headers={"Vary": "Accept"})
        raise Refusal(
            410,
            "Ce jeu de données a été retiré du catalogue.",
            "This dataset has been withdrawn from the catalogue.",
        )

    def _forms(self, release: Release, slug: str, *, english: bool) -> Iterator[tuple[str, Path]]:
        for suffix, kind in signposts.FORMS:
            folder = "en/dataset/" if english and suffix == ".html" else "dataset/"
            file = find_file(release.site, folder + slug + suffix)
            if file:
                yield kind, file

    def _address(self, release: Release, file: Path) -> str:
        return self.base_path + quote(file.relative_to(release.site).as_posix())


def _page_name(release: Release, path: str, file: Path | None) -> str | None:
    """The page name in an address like `dataset/NAME`, of a withdrawn one in any of its files'."""
    local = path.removeprefix("en/")
    if not local.startswith("dataset/"):
        return None
    slug = local.removeprefix("dataset/")
    if "/" not in slug and file is not None and file.name == f"{slug}.html":
        return slug
    bare = signposts.without_form(slug)
    return bare if bare in release.gone else None


def _choose(request: Request, kinds: Sequence[str], headers: Mapping[str, str]) -> str:
    """The form that Accept prefers. Raises Refusal, with these headers, where it takes none."""
    chosen = choose(request.headers.get("accept"), kinds)
    if chosen is None:
        listed = ", ".join(kinds)
        raise Refusal(
            406,
            f"Cette description existe en : {listed}.",
            f"This description exists as: {listed}.",
            headers=headers,
        )
    return chosen
