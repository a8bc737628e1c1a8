"""The names of pages."""

import pytest

from red_catalog.register.slug import make_slug


@pytest.mark.parametrize(
    ("iri", "readable"),
    [
        ("https://chu.exemple.fr/jeu/cohorte-2024", "cohorte-2024"),
        ("https://chu.exemple.fr/jeu/cohorte%C3%A9/", "cohortee"),
        ("https://registre.example/données#Cancer du sein", "cancer-du-sein"),
        ("https://chu.exemple.fr/", "chu-exemple-fr"),
        ("urn:uuid:6ba7", "uuid-6ba7"),
        ("https://chu.exemple.fr/../../etc/passwd", "passwd"),
        ("https://chu.exemple.fr/数据", "dataset"),
        ("https://[votre-site]/jeu/cohorte", "cohorte"),
    ],
)
def test_a_slug_reads_like_the_end_of_the_iri(iri: str, readable: str) -> None:
    """A page's name is a readable tail and eight digits, safe as a file name."""
    slug = make_slug(iri)
    assert slug.rsplit("-", 1)[0] == readable
    assert len(slug.rsplit("-", 1)[1]) == 8


def test_iris_that_differ_in_case_have_different_slugs() -> None:
    """Two pages never fall together on a file system that ignores case."""
    slugs = {make_slug(f"https://chu.exemple.fr/jeu/{name}").lower() for name in ("A1", "a1")}
    assert len(slugs) == 2
