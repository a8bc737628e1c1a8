"""Our own terms in what a catalogue publishes."""

from red_catalog.ehds import terms

BASE = "https://national.exemple.fr/"
CHILD = "https://red.bretagne.exemple.fr/ns/red#"
ME = "<https://chu-rennes.exemple.fr/jeu/urgences>"
OTHER = "<http://purl.org/dc/terms/title>"
OURS = f"{BASE}ns/red#"


def statements(*lines: str) -> bytes:
    """These statements as sorted lines."""
    return b"".join(sorted(f"{ME} {line} .\n".encode() for line in lines))


def test_terms_of_any_catalogue_become_those_of_ours() -> None:
    """Properties and codes; not unknown ones, what a text quotes, or a catalogue says itself."""
    rest = (
        f'<{CHILD}checkDue> "2030-03-26"',
        f"<{CHILD}nonsense> <{CHILD}purpose-z>",
        f'{OTHER} "Voir <{CHILD}protection>."@fr',
        f"{OTHER} <{CHILD}>",
        "<https://autre.exemple.fr/red#protection> <urn:x>",
    )
    given = statements(
        f"<{CHILD}allowedPurpose> <{terms.NAMESPACE}purpose-e>",
        f'<http://red.bretagne.exemple.fr/ns/red#feeNote> "Gratuit <{CHILD}feeNote>."@fr',
        f"<{terms.NAMESPACE}later> <{CHILD}trade-secret>",
        *rest,
    )
    assert terms.localise(given, BASE) == statements(
        f"<{OURS}allowedPurpose> <{OURS}purpose-e>",
        f'<{OURS}feeNote> "Gratuit <{CHILD}feeNote>."@fr',
        f"<{OURS}later> <{OURS}trade-secret>",
        *rest,
    )


def test_statements_stay_canonical() -> None:
    """In order, and once each, in whichever namespace they came: their digest is theirs."""
    lines = (
        f'<{terms.NAMESPACE}deliveryDays> "30"',
        f'<{CHILD}deliveryDays> "30"',
        '<https://pad.exemple.fr/note> "À relire"',
        f'{OTHER} "Passages aux urgences\u2028par jour"@fr',
    )
    wanted = statements(f'<{OURS}deliveryDays> "30"', *lines[2:])
    assert terms.localise(statements(*lines), BASE) == wanted
    assert terms.localise(wanted, BASE) == wanted
