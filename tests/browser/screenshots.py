"""Pictures of every kind of page over a served release: `docs/screenshots/*.png`."""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM: Final = "/usr/bin/chromium"
DESKTOP: Final = (1280, 900)
PHONE: Final = (390, 844)
_DATASET: Final = "dataset/{slug}"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page, and how it is looked at."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    whole: bool = False
    scroll: str = ""
    press: str = ""
    paper: bool = False


SHOTS: Final = (
    Shot("accueil", "", whole=True),
    Shot("home-en-dark", "en/", dark=True),
    Shot("accueil-telephone", "", PHONE),
    Shot("recherche", "datasets.html?q=cancer&access=non-public"),
    Shot("search-en", "en/datasets.html?q=cancer"),
    Shot("recherche-telephone", "datasets.html?q=cancer", PHONE),
    Shot("jeux-de-donnees", "datasets.html"),
    Shot("lettre", "datasets/c.html"),
    Shot("jeu-de-donnees", _DATASET),
    Shot("jeu-de-donnees-entier", _DATASET, whole=True),
    Shot("jeu-de-donnees-population", _DATASET, scroll="#population"),
    Shot("jeu-de-donnees-variables", _DATASET, scroll="#variables"),
    Shot("jeu-de-donnees-acces", _DATASET, scroll="#access"),
    Shot("dataset-quality-en", "en/dataset/{flagged}", scroll="#quality"),
    Shot("dataset-en-dark", "en/dataset/{slug}", dark=True),
    Shot("jeu-de-donnees-telephone", _DATASET, PHONE),
    Shot("jeu-de-donnees-imprime", _DATASET, (794, 1123), paper=True),
    Shot("facette", "facets/theme.html"),
    Shot("facet-en-phone", "en/facets/period.html", PHONE),
    Shot("detenteurs", "holders.html"),
    Shot("detenteur", "holder/chu-valmorin"),
    Shot("categories", "categories.html"),
    Shot("categorie", "category/ehrs"),
    Shot("couverture", "coverage.html"),
    Shot("couverture-matrice", "coverage.html", scroll="#matrix"),
    Shot("coverage-en-phone", "en/coverage.html", PHONE),
    Shot("qualite", "quality.html", whole=True),
    Shot("quality-en-dark", "en/quality.html", dark=True),
    Shot("moissons", "harvests.html"),
    Shot("moisson", "harvest/chu-valmorin-fiches"),
    Shot("donnees-ouvertes", "data.html"),
    Shot("sparql", "sparql.html"),
    Shot("sparql-en-phone", "en/sparql.html", PHONE),
    Shot("editeur", "sparql.html", press="#editor-open"),
    Shot("editor-en-dark", "en/sparql.html", dark=True, press="#editor-open"),
    Shot("editeur-telephone", "sparql.html", PHONE, press="#editor-open"),
    Shot("a-propos", "about.html"),
    Shot("accessibilite", "accessibility.html"),
    Shot("mentions-legales", "legal.html"),
    Shot("introuvable-404", "nulle-part"),
    Shot("page-not-found-en-phone", "en/nowhere", PHONE),
    Shot("retire-410", "410.html"),
    Shot("regles", "rules.html"),
    Shot("profil", "rules/healthdcat-ap-8.html"),
    Shot("profile-en-phone", "en/rules/healthdcat-ap-8.html", PHONE),
    Shot("regle", "rules/healthdcat-ap-8/dataset-health-category.html", whole=True),
    Shot("rule-en", "en/rules/healthdcat-ap-8/dataset-access-rights.html"),
    Shot("rule-en-phone", "en/rules/red/start-after-end.html", PHONE),
    Shot("problemes-telephone", "dataset/{flagged}", PHONE, scroll="#quality"),
    Shot("versions", "dataset/{changed}", scroll="#versions"),
    Shot("versions-en-phone", "en/dataset/{changed}", PHONE, scroll="#versions"),
    Shot("carte-telephone", "dataset/{mapped}", PHONE, scroll="#population"),
    Shot("map-en", "en/dataset/{mapped}", scroll="#population"),
    Shot("aide-utilisateurs", "users.html", whole=True),
    Shot("help-users-en-phone", "en/users.html", PHONE),
    Shot("usages", "uses.html"),
    Shot("delais", "clock.html"),
    Shot("periods-en-phone", "en/clock.html", PHONE),
    Shot("vocabulaire", "ns/red.html"),
    Shot("opposition", "opt-out.html"),
    Shot("glossaire", "glossary.html"),
    Shot("glossary-en-phone", "en/glossary.html", PHONE),
    Shot("aide-detenteurs", "help-holders.html"),
    Shot("help-holders-en", "en/help-holders.html", whole=True),
    Shot("declarer", "declare.html", whole=True),
    Shot("declare-en-phone", "en/declare.html", PHONE),
    Shot("formulaire", "declare/form"),
    Shot("form-en-phone", "en/declare/form", PHONE),
    Shot("label", "label.html"),
    Shot("suis-je-concerne", "scope.html?who=organisation&category=EHRS&category=HGPD&public=1"),
    Shot("scope-en-phone", "en/scope.html", PHONE),
    Shot("vie-privee", "privacy.html"),
)


@contextmanager
def serving(settings: Path, port: int) -> Iterator[str]:
    """The site of a catalogue on the loopback, until the block ends."""
    command = [sys.executable, "-m", "red_catalog", "serve", "--config", str(settings),
               "--port", str(port)]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}/"
    try:
        wait(root, process)
        yield root
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving_again(
    settings: Path, folder: Path, first: str = "", change: tuple[str, str] = ("", "")
) -> Iterator[str]:
    """A copy of a catalogue, published again and served.

    `first`: statements before it is published. `change`: what in its settings, and to what.
    """
    shutil.copytree(settings.parent, folder, ignore=shutil.ignore_patterns("public", "search"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    again = folder / settings.name
    text = re.sub(r"(127\.0\.0\.1|localhost):\d+", f"127.0.0.1:{port}", again.read_text("utf-8"))
    again.write_text(text.replace(*change) if change[0] else text, "utf-8")
    program = f"{first}\nimport runpy\nrunpy.run_module('red_catalog', run_name='__main__')"
    command = [sys.executable, "-c", program, "publish", "--config", str(again)]
    subprocess.run(command, check=True, capture_output=True)
    with serving(again, port) as root:
        yield root


def wait(root: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; a busy machine may take its time. Raises where it ended."""
    end = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(root, timeout=10).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def revise(settings: Path) -> None:
    """Publishes a second version of one sample dataset, whose page then tells what changed."""
    file = settings.parent / "chu-valmorin" / "eds-sejours.ttl"
    text = file.read_text("utf-8")
    number = re.compile(r'(numberOfUniqueIndividuals\s+"?)\d+')
    file.write_text(number.sub(r"\g<1>412345", text).replace("2012-2025", "2012-2026"), "utf-8")
    for verb in (["harvest", "chu-valmorin-fiches"], ["publish"]):
        command = [sys.executable, "-m", "red_catalog", *verb, "--config", str(settings)]
        subprocess.run(command, check=False, capture_output=True)


def visit(browser: Browser, root: str, shot: Shot) -> Page:
    """A page as the picture wants it, settled."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        device_scale_factor=1,
        locale="en-GB" if shot.path.startswith("en") else "fr-FR",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(root + shot.path)
    if "datasets.html" in shot.path:
        page.wait_for_selector("#search[data-ready]")
    if shot.press:
        page.click(shot.press)
        page.wait_for_selector("#editor .CodeMirror-focused")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#editor tbody tr")
        page.wait_for_timeout(300)
    if shot.paper:
        page.emulate_media(media="print")
    if shot.scroll:
        page.locator(shot.scroll).scroll_into_view_if_needed()
        page.evaluate("selector => document.querySelector(selector).scrollIntoView()", shot.scroll)
    return page


def take(settings: Path, target: Path, port: int, wanted: list[str]) -> None:
    """Takes the pictures."""
    target.mkdir(parents=True, exist_ok=True)
    if not any('id="versions"' in p.read_text("utf-8") for p in datasets(settings)):
        revise(settings)
    slugs = chosen(settings)
    with serving(settings, port) as root, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        for shot in SHOTS:
            if wanted and shot.name not in wanted:
                continue
            place = replace(shot, path=shot.path.format(**slugs))
            page = visit(browser, root, place)
            file = target / f"{shot.name}.png"
            page.screenshot(path=file, full_page=shot.whole)
            page.context.close()
            squeeze(file)
        browser.close()


def datasets(settings: Path) -> list[Path]:
    """The French pages of the datasets of a published catalogue."""
    site = settings.parent / "public" / "current" / "site"
    return sorted((site / "dataset").glob("*.html"))


def chosen(settings: Path) -> dict[str, str]:
    """A full dataset of the release, one with findings, one with versions, one with a map."""
    pages = {p.stem: p.read_text("utf-8") for p in datasets(settings)}
    rich = [s for s in pages if "<table>" in pages[s] and "access-non-public" in pages[s]]
    flagged = [s for s in pages if "finding violation" in pages[s]]
    changed = [s for s in pages if 'id="versions"' in pages[s]]
    mapped = [s for s in pages if 'class="map"' in pages[s]]
    found = {"slug": rich, "flagged": flagged, "changed": changed, "mapped": mapped}
    return {name: (slugs or list(pages))[0] for name, slugs in found.items()}


def squeeze(file: Path) -> None:
    """A picture of 256 colours where Pillow is at hand: a third of the size."""
    try:
        from PIL import Image  # noqa: PLC0415 - not needed for the pictures themselves
    except ImportError:
        return
    with Image.open(file) as image:
        small = image.convert("RGB").quantize(192, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def main() -> None:
    """Reads the options and takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("settings", type=Path, help="the red.toml of a published catalogue")
    parser.add_argument("--only", nargs="*", default=[], help="only these pictures")
    parser.add_argument("--target", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    take(options.settings, options.target, options.port, options.only)


if __name__ == "__main__":
    main()
