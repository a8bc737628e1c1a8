"""What changed from one version to the next, as people read it."""

from datetime import UTC, datetime
from pathlib import Path

from red_catalog.publish.record import history
from red_catalog.publish.record.graph import Words
from red_catalog.publish.record.history import Past
from red_catalog.publish.web.rules import Lore
from tests.publish import records
from tests.publish.test_site import read

IRI = f"{records.CHU}sejours"
OLD = records.full(IRI, "Séjours hospitaliers")
NEW = (
    OLD.replace(b'"0412000"', b'"0431250"')
    .replace("Séjours hospitaliers".encode(), "Séjours et passages".encode())
    .replace(b'"eds@chu-rivemont.example"', b'"donnees@chu-rivemont.example"')
    .replace(b"mailto:eds@", b"mailto:donnees@")
    .replace(b"file-type/CSV", b"file-type/PARQUET")
    .replace(b"_:b05", b"_:b0f")
)


def pasts(*contents: bytes) -> list[Past]:
    """Versions a day apart."""
    return [
        Past(n, datetime(2026, 11, n, 6, 0, tzinfo=UTC), content)
        for n, content in enumerate(contents, 1)
    ]


def test_changes_are_told_by_property() -> None:
    """Each changed property has its values before and after; new labels of blank nodes none."""
    found = {
        tuple(step.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for step in change.path): change
        for change in history.compare(IRI, OLD, NEW)
    }
    assert set(found) == {
        ("title",), ("numberOfUniqueIndividuals",), ("contactPoint", "hasEmail"),
        ("distribution", "format"), ("sample", "format"),
    }  # fmt: skip
    people = found[("numberOfUniqueIndividuals",)]
    (before,), (after,) = people.before, people.after
    assert isinstance(before, Words)
    assert isinstance(after, Words)
    assert (before.text, after.text) == ("0412000", "0431250")


def test_equal_versions_have_no_change() -> None:
    """Relabelled blank nodes are not a change."""
    assert history.compare(IRI, OLD, OLD.replace(b"_:b05", b"_:b0f")) == []


def files(*named: tuple[str, str]) -> bytes:
    """A dataset with files: the end of the address and the title of each."""
    said = []
    for end, title in named:
        node = f"<{IRI}/{end}>"
        said += [(f"<{IRI}>", "dcat:distribution", node), (node, "rdf:type", "a dcat:Distribution"),
                 (node, "dct:title", records.words(title)),
                 (node, "dct:description", records.words(f"Extraction {end}."))]  # fmt: skip
    return records.canonical(said)


def test_a_change_inside_a_file_says_of_which() -> None:
    """By its title of now, or by the one it had where it is gone; of the dataset itself nothing."""
    old = files(("a", "Séjours"), ("b", "Passages"))
    mended = files(("a", "Séjours"), ("b", "Passages")).replace(b"Extraction a", b"Export a")
    (change,) = history.compare(IRI, old, mended)
    assert change.about is not None
    assert [one.text for one in change.about.names] == ["Séjours"]
    gone = history.compare(IRI, old, files(("a", "Séjours")))
    told = {one.about.names[0].text if one.about else None for one in gone}
    assert told == {None, "Passages"}


def test_another_class_alone_is_no_change() -> None:
    """That a file is said to be one tells readers nothing."""
    old = files(("a", "Séjours"))
    (line,) = (one for one in old.split(b"\n") if b"#type" in one)
    assert history.compare(IRI, old, old.replace(line + b"\n", b"")) == []


def test_the_values_of_a_change_are_bounded() -> None:
    """Six before and six after are shown, and how many more there are of both."""
    old, new = (
        records.poor(IRI, None, *(("dcat:keyword", records.words(f"{end} {n}")) for n in range(9)))
        for end in ("cohorte", "registre")
    )
    (change,) = history.compare(IRI, old, new)
    assert (len(change.before), len(change.after), change.more) == (6, 6, 6)


def test_history_is_bounded() -> None:
    """Ten versions at most, each against the one before, the latest first."""
    many = [OLD.replace(b"0412000", str(n).encode()) for n in range(100, 111)]
    told = history.history(IRI, pasts(*many))
    assert [v.number for v in told] == list(range(11, 1, -1))
    assert all(v.changes and len(v.changes) == 1 for v in told)


def test_a_version_that_changes_everything_is_bounded() -> None:
    """So many changes are told, and how many there are besides."""
    me = f"<{IRI}>"
    lots = "".join(f'{me} <https://exemple.example/p{n}> "v" .\n' for n in range(200)).encode()
    (latest, _) = history.history(IRI, pasts(OLD, lots))
    assert latest.changes
    assert len(latest.changes) == history.CHANGES
    assert latest.more > 150


def long_texts(*ends: str) -> tuple[Words, Words]:
    """How a change of the end of a long text is told: before and after."""
    same = "Les données sont pseudonymisées et chaînées. " * 8
    old, new = (
        records.poor(IRI, None, ("dct:description", records.words(same + end))) for end in ends
    )
    (change,) = history.compare(IRI, old, new)
    (before,), (after,) = change.before, change.after
    assert isinstance(before, Words)
    assert isinstance(after, Words)
    return before, after


def test_long_texts_are_shown_where_they_differ() -> None:
    """The beginning that two long texts share is left out."""
    _, after = long_texts("Jusqu’en 2024.", "Jusqu’en 2025.")
    assert after.text.startswith("…")
    assert after.text.endswith("2025.")
    assert len(after.text) < 90


def test_a_sentence_added_to_a_long_text_is_shown() -> None:
    """Where the old text is the beginning of the new one, what came is there to read."""
    before, after = long_texts("", "Une phrase de plus.")
    assert after.text == f"{before.text}Une phrase de plus."
    assert len(after.text) < 90


def test_the_page_tells_the_versions(tmp_path: Path) -> None:
    """Before and after stand side by side under the labels of the properties, escaped."""
    nasty = NEW.replace("Séjours et passages".encode(), b"<script>alert(1)</script>")
    page = publish(tmp_path, pasts(OLD, nasty), nasty)
    for text in ("Version 2", "Point de contact › Adresse électronique", "Distribution › Format",
                 "412 000", "431 250", "&lt;script&gt;alert(1)"):  # fmt: skip
        assert text in page, text
    assert "<script>alert" not in page


def publish(root: Path, versions: list[Past], content: bytes) -> str:
    """The French page of a dataset with these versions."""
    from red_catalog.publish import release  # noqa: PLC0415 - only here

    entry = records.entry(IRI, "sejours", content, day=2)
    lore = Lore(versions=lambda _: versions)
    prepared = release.prepare(records.config(root), [entry], [], records.MOMENT, lore=lore)
    assert prepared is not None
    return read(prepared.folder / "site", "dataset/sejours.html")


def test_a_page_tells_when_its_dataset_was_last_seen(published: Path) -> None:
    """It leads to its source's harvest report; one that the source lists no more has the day."""
    whole = read(published, "en/dataset/sejours-1a2b.html")
    missing = read(published, "en/dataset/mortalite-77aa.html")
    for page, source in ((whole, "chu-rivemont-dcat"), (missing, "registre-cancers-dcat")):
        seen = page.partition("<dt>Last seen</dt>")[2].partition("</dd>")[0]
        assert f'harvest/{source}.html">Harvest report</a>' in seen
        assert ("before 18 November 2026" in seen) is (page is missing)
        assert (published / f"en/harvest/{source}.html").is_file()
