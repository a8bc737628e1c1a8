"""Every kind of page by the W3C's validator of HTML."""

from pathlib import Path

from tests import vnu
from tests.browser.test_browser import kinds


def test_the_validator_finds_nothing(settings: Path) -> None:
    """Each kind of page, in both languages, gives vnu no error and no warning."""
    site = settings.parent / "public" / "current" / "site"
    names = [path.partition("?")[0] for code in ("fr", "en") for path in kinds(settings, code)]
    paths = [site / name for name in dict.fromkeys(names)]
    assert len(paths) > 60
    assert vnu.complaints(paths) == []


def test_the_validator_can_complain(tmp_path: Path) -> None:
    """A page with a paragraph in a list is refused, so that silence means something."""
    page = tmp_path / "wrong.html"
    page.write_text("<!doctype html><html lang='en'><title>x</title><ul><p>a</ul></html>", "utf-8")
    (said,) = vnu.complaints([page])
    assert "not allowed as child of element" in said
