"""What is private is taken out of a description, and what only it led to."""

from dataclasses import replace

import pytest

from red_catalog.model import Defect, Finding, Outcome, Run, Severity, State, Unreadable
from red_catalog.publish.record.withholding import (
    Private,
    open_entry,
    open_run,
    open_versions,
    withhold,
)
from tests.publish import records

ME = "https://donnees.chu-rivemont.example/jeu/1"
RED = "https://red.example.fr/ns/red#"
TITLE = f'<{ME}> <http://purl.org/dc/terms/title> "Séjours"@fr .'
SECRET = "Brevet en cours de dépôt"


def lines(*statements: str) -> bytes:
    """Canonical N-Triples of these lines."""
    return "".join(f"{one}\n" for one in sorted(statements)).encode()


NOTE = f'<{ME}> <{RED}privateNote> "{SECRET}"@fr .'
CONTACT = f"<{ME}> <http://www.w3.org/ns/dcat#contactPoint> _:p ."
NAME = '_:p <http://www.w3.org/2006/vcard/ns#fn> "Jeanne Martin" .'
MARK = f'_:p <{RED}private> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .'


@pytest.mark.parametrize(
    ("private", "texts"),
    [
        ((NOTE,), {SECRET}),
        ((NOTE.replace("https://red.example.fr", "http://autre.example/essai"),), {SECRET}),
        ((CONTACT, NAME, MARK), {"Jeanne Martin"}),
        ((CONTACT, NAME, MARK.replace('"true"', '"1"')), {"Jeanne Martin"}),
        ((CONTACT, NAME, MARK, '_:p <urn:adr> _:a .', '_:a <urn:rue> "Rue Basse" .'),
         {"Jeanne Martin", "Rue Basse"}),
        ((CONTACT, MARK, "_:p <urn:mail> <mailto:j.martin@chu.example> ."),
         {"j.martin@chu.example"}),
        ((CONTACT, MARK, "_:p <urn:tel> <tel:+33476000000> ."), {"+33476000000"}),
        ((f"<{ME}> <{RED}privateNote> _:n .", '_:n <urn:text> "Sous la note" .'),
         {"Sous la note"}),
    ],
)  # fmt: skip
def test_only_the_public_part_stays(private: tuple[str, ...], texts: set[str]) -> None:
    """Notes and marked nodes go with all that only they lead to, whatever the host of our terms."""
    kept, found = withhold(lines(TITLE, *private), ME)
    assert kept == lines(TITLE)
    assert texts == found.texts


def test_what_something_public_leads_to_stays() -> None:
    """A node that a private contact shares with the dataset is still there."""
    shared = (f"<{ME}> <urn:site> <urn:lieu> .", '<urn:lieu> <urn:nom> "Valmorin" .')
    kept, found = withhold(
        lines(TITLE, *shared, CONTACT, NAME, MARK, "_:p <urn:site> <urn:lieu> ."), ME
    )
    assert kept == lines(TITLE, *shared)
    assert found.texts == {"Jeanne Martin"}


def test_a_contact_that_says_false_is_public() -> None:
    """Only the mark itself is taken away from it."""
    kept, _ = withhold(lines(TITLE, CONTACT, NAME, MARK.replace('"true"', '"false"')), ME)
    assert kept == lines(TITLE, CONTACT, NAME)


def test_a_description_without_private_terms_is_not_touched() -> None:
    """The same bytes come back."""
    entry = records.entries()[0]
    assert open_entry(entry) == (entry, Private())
    assert withhold(entry.canonical, entry.iri)[0] is entry.canonical


@pytest.mark.parametrize("note", ["RAS", "Séjours"])
def test_a_short_or_repeated_note_is_withheld_too(note: str) -> None:
    """What is too short to be looked for in sentences, or is public elsewhere, still goes."""
    entry = records.entries()[0]
    path = f"<{RED}privateNote>"
    said = f'<{entry.iri}> {path} "{note}"@fr .\n'
    shown = f'<{entry.iri}> <urn:mot> "Séjours"@fr .\n'
    message = {"fr": f"« {note} » est trop court.", "en": f"“{note}” is too short."}
    finding = Finding(Severity.INFO, f"<{entry.iri}>", path, None, "sh:X", None, message)
    opened, _ = open_entry(
        replace(
            entry,
            canonical=(entry.canonical.decode() + shown + said).encode(),
            report=replace(entry.report, findings=(finding,)),
        )
    )
    assert opened.canonical == entry.canonical + shown.encode()
    assert opened.report.findings == ()


def test_findings_that_tell_of_it_go() -> None:
    """A finding about a private node, or that quotes its text, is not published; others are."""
    entry = records.entries()[0]
    me = f"<{entry.iri}>"
    secret = f'{me} <{RED}privateNote> "{SECRET}"@fr .\n_:p <{RED}private> "x" .\n'

    def finding(focus: str, value: str | None, said: str) -> Finding:
        message = {"fr": said, "en": said}
        return Finding(Severity.WARNING, focus, None, value, "sh:X", None, message)

    told = (
        finding(me, f'"{SECRET}"@fr', "Trop court."),
        finding("_:p", None, "Sans nom."),
        finding(me, None, f"« {SECRET} » est trop court."),
        finding(me, None, "Il manque un titre."),
    )
    canonical = entry.canonical + secret.encode()
    report = replace(entry.report, findings=told)
    opened, _ = open_entry(replace(entry, canonical=canonical, report=report, remarks=told))
    assert opened.report.findings == told[3:]
    assert opened.remarks == told[3:]
    assert opened.canonical == entry.canonical


def test_a_correction_that_quotes_it_goes() -> None:
    """What to do about a finding may quote a private text as well as what is wrong."""
    entry = records.entries()[0]
    me = f"<{entry.iri}>"
    plain = {"fr": "Trop court.", "en": "Too short."}
    fix = {"fr": f"Remplacez « {SECRET} ».", "en": f"Replace “{SECRET}”."}
    told = Finding(Severity.WARNING, me, None, None, "sh:X", None, plain, fix=fix)
    report = replace(entry.report, findings=(told,))
    canonical = entry.canonical + f'{me} <{RED}privateNote> "{SECRET}"@fr .\n'.encode()
    opened, _ = open_entry(replace(entry, canonical=canonical, report=report))
    assert opened.report.findings == ()


def test_a_finding_below_a_private_node_goes() -> None:
    """An address that only a private contact has is as private as the contact."""
    entry = records.entries()[0]
    below = ("_:p <urn:adr> _:a .", '_:a <urn:no> "12" .')
    private = lines(CONTACT.replace(ME, entry.iri), MARK, *below)
    message = {"fr": "Pas de rue.", "en": "No street."}
    told = Finding(Severity.WARNING, "_:a", None, '"12"', "sh:X", None, message)
    report = replace(entry.report, findings=(told,))
    opened, _ = open_entry(replace(entry, canonical=entry.canonical + private, report=report))
    assert opened.report.findings == ()
    assert opened.canonical == entry.canonical


def test_a_text_of_four_letters_is_withheld_and_shorter_ones_are_not() -> None:
    """A short name is looked for in messages; a word of three letters is in too many of them."""
    said = withhold(lines(TITLE, NOTE.replace(SECRET, "Remy")), ME)[1]
    assert said.texts == {"Remy"}
    assert withhold(lines(TITLE, NOTE.replace(SECRET, "les")), ME)[1].texts == frozenset()


def test_a_text_that_became_private_leaves_earlier_versions_too() -> None:
    """The page's history does not show what a holder took back."""
    before = lines(TITLE, f'<{ME}> <urn:note> "{SECRET}"@fr .')
    assert open_versions([before, lines(TITLE, NOTE)], ME) == [lines(TITLE), lines(TITLE)]
    between = [before, lines(TITLE), lines(TITLE, NOTE)]
    assert open_versions(between, ME) == [lines(TITLE)] * 3


def test_messages_of_a_harvest_do_not_quote_it() -> None:
    """A defect that quotes a private text, even its beginning, is told without it."""
    long = "Un long texte confidentiel sur les accords de licence avec le fabricant."
    text = {"fr": f"« {long[:40]}… » est illisible.", "en": "?"}
    plain = {"fr": "Virgule manquante.", "en": "Missing comma."}
    run = records.runs()[0]
    run = replace(
        run,
        outcomes=(Outcome("urn:x", State.NEW, reason=text), Outcome("urn:y", State.NEW)),
        repaired=(("doc", Defect("c", text, plain)), ("doc", Defect("c", plain, plain))),
    )
    opened = open_run(run, Private(texts=frozenset({long})))
    assert isinstance(opened, Run)
    assert "confidentiel" not in repr(opened)
    assert opened.repaired[1] == run.repaired[1]
    assert opened.outcomes[1] == run.outcomes[1]


def test_what_a_harvest_may_quote_beside_a_mark_is_not_told() -> None:
    """Of the documents and datasets that it names nothing is told but where; of others all."""
    text = {"fr": "« Jeanne Martin » est illisible.", "en": "“Jeanne Martin” cannot be read."}
    wrong = Defect("c", text, text, 3, 4, "https://chu.example/jeanne", part="Jeanne Martin")
    run = records.runs()[0]
    run = replace(
        run,
        private=("doc", "urn:x"),
        outcomes=(
            Outcome("urn:x", State.REJECTED, reason=text),
            Outcome("urn:y", State.NEW),
            Outcome("urn:z", State.QUARANTINED, reason={n: f"doc: {s}" for n, s in text.items()}),
            Outcome("urn:o", State.QUARANTINED, reason={n: f"doc2: {s}" for n, s in text.items()}),
        ),
        unreadable=(Unreadable("doc", wrong),),
        repaired=(("doc", wrong), ("other", wrong)),
    )
    opened = open_run(run, Private())
    assert "eanne" not in repr((opened.outcomes[:3], opened.unreadable, opened.repaired[0]))
    assert opened.outcomes[3] == run.outcomes[3]
    shut = opened.repaired[0][1]
    assert (shut.code, shut.line, shut.column) == ("c", 3, 4)
    assert opened.repaired[1] == run.repaired[1]
    assert opened.outcomes[1] == run.outcomes[1]


def test_of_a_dataset_that_is_private_as_a_whole_nothing_is_left() -> None:
    """Neither its description nor what was found out about it."""
    entry = records.entries()[0]
    message = {"fr": "Titre trop court.", "en": "Title too short."}
    told = (Finding(Severity.WARNING, f"<{entry.iri}>", None, None, "sh:X", None, message),)
    report = replace(entry.report, findings=told)
    entry = replace(entry, private=True, report=report, others=(report,), remarks=told)
    opened, _ = open_entry(entry)
    assert (opened.canonical, opened.report.findings, opened.others, opened.remarks) == (
        b"", (), (), (),
    )  # fmt: skip
    assert (opened.iri, opened.slug) == (entry.iri, entry.slug)


def test_a_text_that_is_public_again_is_told_again() -> None:
    """A later version that says openly what one before it kept private is left whole."""
    openly = lines(TITLE, f'<{ME}> <urn:note> "{SECRET}"@fr .')
    versions = [openly, lines(TITLE, NOTE), openly]
    assert open_versions(versions, ME) == [lines(TITLE), lines(TITLE), openly]


def test_a_title_that_a_note_repeats_in_another_language_stays() -> None:
    """Withholding a note leaves a version of a description as the page has it."""
    version = lines(TITLE, f'<{ME}> <{RED}privateNote> "Séjours"@en .')
    assert open_versions([version], ME) == [withhold(version, ME)[0]] == [lines(TITLE)]
