"""What changed since a release, as the register tells it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from red_catalog.register.ledger import Register
from red_catalog.register.schema import connect


def fill(path: Path) -> None:
    """Three datasets, as a harvest writes them."""
    with closing(connect(path)) as db:
        for name in ("biologie", "lits", "urgences"):
            db.execute(
                "INSERT INTO record (iri, slug, holder, source, document, digest, fingerprint,"
                " verdict, report, versions, first_seen, changed)"
                " VALUES (?, ?, 'chu', 'chu-dcat', 'a.ttl', 'd', 'f', 'flagged', '{}', 1, '2029',"
                " '2029')",
                (f"https://chu.exemple.fr/{name}", name),
            )


def update(path: Path, what: str) -> None:
    """Changes a dataset behind the register's back."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE record SET {what} WHERE slug = 'lits'")


@pytest.mark.parametrize(
    ("what", "published"),
    [
        ("digest = 'other'", True),
        ("remarks = '[]'", True),
        ("absent_since = '2030'", True),
        ("withdrawn_at = '2030'", True),
        ("scores = NULL, verdict = 'flagged'", False),
        ("absent_runs = 3, fingerprint = 'g'", False),
    ],
)
def test_what_changed_is_known_whoever_changed_it(
    tmp_path: Path, what: str, published: bool
) -> None:
    """Whatever is published of a dataset marks it as touched; the rest does not."""
    path = tmp_path / "register.db"
    fill(path)
    with Register.open(path) as register:
        number = register.touched()
        assert [slug for slug, _ in register.names()] == ["biologie", "lits", "urgences"]
        assert register.names(number) == []
    update(path, what)
    with Register.open(path) as register:
        told = [("lits", "https://chu.exemple.fr/lits")] if published else []
        assert register.names(number) == told
        assert register.touched() == number + published


def test_a_release_is_known_by_the_register_it_came_from(tmp_path: Path) -> None:
    """The number of a release is kept; that of an unknown release, or of a very old one, is not."""
    path = tmp_path / "register.db"
    fill(path)
    with Register.open(path) as register:
        for n in range(30):
            register.keep_release(f"r{n}", n)
        known = [register.released(f"r{n}") for n in range(31)]
    assert known == [*[None] * 10, *range(10, 30), None]
