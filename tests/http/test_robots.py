"""What a robots.txt rules for us, however it is written."""

from time import process_time

import pytest

from red_catalog.http.robots import parse

HOSTILE = {
    "blank lines": "\n" * 500_000,
    "blanks": "user" + " " * 500_000,
    "as many names as rules": "".join(f"User-agent: robot{n}\n" for n in range(12_000))
    + "".join(f"Disallow: /{n}\n" for n in range(12_000)),
    "names that begin like ours": "".join(f"User-agent: red-catalog{n}\n" for n in range(12_000))
    + "".join(f"Disallow: /{n}\n" for n in range(12_000)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_a_hostile_file_takes_grows_with_its_length(content: str) -> None:
    """Half a million bytes, which is what is read of one, are read in seconds."""
    began = process_time()
    assert parse(content.encode()).allows("https://chu.exemple.fr/catalogue.ttl", crawling=True)
    assert process_time() - began < 20


@pytest.mark.parametrize(
    ("names", "forbidden", "named"),
    [
        ("User-agent: red-catalog", True, True),
        ("USER-AGENT : Red-Catalog/1.0  # nous", True, True),
        ("user agent: red-catalog", True, True),
        ("User-agent red-catalog", True, True),
        ("User-agent: autre\nUser-agent: red-catalog", True, True),
        ("User-agent: red-catalog\nUser-agent: autre", True, True),
        ("User-agent: *", True, False),
        ("User-agent: * # tous", True, False),
        ("User-agent: autre", False, False),
        ("User-agent: red-catalog-essai", False, False),
        ("User-agent: Mozilla/5.0 (compatible; red-catalog)", False, False),
        ("User-agent:", False, False),
        ("User-agents: *", False, False),
    ],
)
def test_rules_hold_for_those_whom_they_name(names: str, forbidden: bool, named: bool) -> None:
    """Us alone, among others, everybody, or somebody else."""
    robots = parse(f"{names}\nDisallow: /prive\n\nUser-agent: tiers\nDisallow: /".encode())
    allowed = robots.allows("https://chu.exemple.fr/prive/1", crawling=True)
    assert (allowed, robots.named) == (not forbidden, named)
