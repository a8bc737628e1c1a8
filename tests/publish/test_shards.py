"""The search index in shards: what did not change is kept, and the whole is that of a rebuild."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from markupsafe import escape

from red_catalog.config import Config
from red_catalog.model import Entry
from red_catalog.publish import release, spreading
from red_catalog.publish.lists import cards
from red_catalog.publish.search import fragments, indexing, lexicon, shards
from red_catalog.publish.web import site as sites
from tests.publish import records

SOURCE = "https://chu-rivemont.example/id/"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A catalogue whose shards have about four datasets."""
    monkeypatch.setattr(shards, "MOST", 4)
    return records.config(tmp_path)


def entry(number: int, title: str = "Registre des naissances") -> Entry:
    """One of many datasets alike."""
    iri = f"{SOURCE}{number}"
    return records.entry(iri, f"jeu-{number}", records.full(iri, f"{title} {number}"), day=3)


def publish(config: Config, entries: list[Entry], later: int = 0) -> Path:
    """A release, live; gives the folder of its index."""
    moment = records.MOMENT + timedelta(hours=later)
    prepared = release.prepare(config, entries, records.runs(), moment)
    assert prepared is not None
    release.switch(config, prepared)
    release.prune(config)
    return (config.public / "current").resolve() / "site" / "pagefind"


def inodes(index: Path) -> dict[str, int]:
    """What tells a folder of the index from one that was made anew."""
    return {one.name: (one / "pagefind-entry.json").stat().st_ino for one in index.iterdir()}


def indexed(index: Path) -> dict[str, set[str]]:
    """The datasets of each folder: their files are named after what is in them."""
    return {one.name: {p.name for p in one.glob("fragment/*")} for one in index.iterdir()}


@pytest.mark.parametrize(
    ("datasets", "number"),
    [(0, 1), (500, 1), (501, 2), (1000, 2), (1001, 4), (8000, 16), (10_000, 32), (20_000, 64)],
)
def test_the_number_of_datasets_alone_tells_that_of_shards(datasets: int, number: int) -> None:
    """A power of two, so large that no shard has more than about five hundred."""
    assert shards.count(datasets) == number


def test_a_dataset_stays_in_its_shard() -> None:
    """The name of a dataset tells its shard, and shards are about as large as each other."""
    found = [spreading.part(f"jeu-{number}", 16) for number in range(10_000)]
    assert found[:3] == [spreading.part(f"jeu-{number}", 16) for number in range(3)]
    assert all(500 < found.count(one) < 750 for one in range(16))


def test_only_what_changed_is_indexed_again(settings: Config) -> None:
    """One changed dataset: its shard is new, and the words where there is another one."""
    entries = [entry(number) for number in range(12)]
    index = publish(settings, entries)
    assert sorted(inodes(index)) == ["0", "1", "2", "3", "words"]
    for later in range(1, 6):
        before = inodes(index)
        entries[later] = entry(later, f"Registre des décès de {2000 + later}")
        index = publish(settings, entries, later)
        mine = str(spreading.part(entries[later].slug, 4))
        now = inodes(index)
        assert {name for name in now if now[name] != before[name]} == {mine, "words"}
    assert (settings.public / ".spare").is_dir()


def test_what_no_search_sees_has_nothing_indexed_again(settings: Config) -> None:
    """A new version on a later day: every shard stays, and the order by date is another one."""
    entries = [entry(number) for number in range(12)]
    index = publish(settings, entries)
    before = inodes(index)
    order = index.parent / "search" / "fr-changed.json"
    assert json.loads(order.read_text()) == [0] * 12
    entries[5] = replace(entries[5], versions=4, changed=entries[5].changed + timedelta(days=2))
    index = publish(settings, entries, 1)
    assert inodes(index) == before
    order = index.parent / "search" / "fr-changed.json"
    ranks = json.loads(order.read_text())
    assert sorted(ranks) == [0] + [1] * 11
    # By title: 0, 1, 10, 11, 2, 3, 4, 5…
    assert ranks.index(0) == 7


def test_an_index_of_many_changes_is_that_of_a_rebuild(settings: Config, tmp_path: Path) -> None:
    """Changed, gone, new, and back: every shard has the datasets that a rebuild gives it."""
    entries = [entry(number) for number in range(12)]
    publish(settings, entries)
    publish(settings, entries[:9], 1)
    publish(settings, [entry(3, "Registre des décès"), *entries[:3], *entries[4:9]], 2)
    publish(settings, [*entries, entry(40)], 3)
    last = [entry(5, "Cohorte des nourrissons"), *entries[:5], *entries[6:11], entry(41)]
    index = publish(settings, last, 4)
    other = replace(settings, root=tmp_path / "other")
    rebuilt = publish(other, last, 4)
    assert indexed(index) == indexed(rebuilt)
    assert len(indexed(index)["words"]) == 2 * 4
    for name in ("fr-shard", "en-changed", "fr-population", "fr"):
        path = Path("..") / "search" / f"{name}.json"
        assert (index / path).read_bytes() == (rebuilt / path).read_bytes()


def test_more_datasets_than_before_are_shared_out_anew(settings: Config) -> None:
    """With one more than the shards hold, there are twice as many, and no dataset is lost."""
    entries = [entry(number) for number in range(9)]
    one = publish(settings, entries[:4])
    assert sorted(inodes(one)) == ["0"]
    assert sorted(path.name for path in one.glob("*/*.js")) == ["pagefind.js"]
    two = publish(settings, entries[:5], 1)
    assert sorted(inodes(two)) == ["0", "1", "words"]
    assert [path.parent.name for path in two.glob("*/pagefind.js")] == ["words"]
    four = publish(settings, entries, 2)
    found = indexed(four)
    assert sum(len(found[name]) for name in found if name != "words") == 2 * len(entries)


def test_a_lost_shard_is_made_again(settings: Config) -> None:
    """A live release that lost a shard: the next release has it."""
    entries = [entry(number) for number in range(12)]
    index = publish(settings, entries)
    had = indexed(index)["2"]
    shutil.rmtree(index / "2")
    gone = next(at for at in range(12) if spreading.part(entries[at].slug, 4) != 2)
    again = publish(settings, [*entries[:gone], *entries[gone + 1 :]], 1)
    assert indexed(again)["2"] == had
    assert not (index / "2").exists()


def test_the_order_of_shards_is_that_of_keys(settings: Config) -> None:
    """Titles come in order whatever is in them; a title comes before those that begin with it.

    Letters of other alphabets come after ours, and what begins with no letter comes last.
    """
    titles = ["Écho & doppler", "<i>Écho</i>", "Écho du cœur", "« Écho »", "Écho", 'Écho "4D"',
              "3e âge", "Άσθμα", "Якуб"]  # fmt: skip
    found = [
        cards.card(records.entry(f"{SOURCE}{at}", f"z{at}", records.full(f"{SOURCE}{at}", title)))
        for at, title in enumerate(titles)
    ]
    ordered = sorted(found, key=lambda one: one.rank("fr"))
    assert [titles.index(one.title("fr")) for one in ordered] == [4, 5, 0, 2, 3, 1, 7, 8, 6]
    for one in found:
        key = one.rank("fr")
        assert indexing.row(sites.site(settings), one).ranks["title-fr"] == key
        assert f'="{key}"' in fragments.fragment(sites.site(settings), one, "fr")


def test_the_words_of_a_shard_are_those_of_its_fragments(settings: Config) -> None:
    """Words of titles, keywords and what is shown; in a page that says of what state it is."""
    publish(settings, [entry(number) for number in range(12)])
    pages = settings.var / "search" / "pages" / lexicon.NAME
    told = (pages / "2.html").read_text("utf-8")
    assert {"Registre", "naissances", "diabète", "hospitalisation"} <= set(told.split())
    assert "data-pagefind-meta" not in told
    assert (pages / "en" / "2.html").exists()


def test_a_fragment_has_the_spellings_that_people_type(settings: Config) -> None:
    """Ligatures are taken apart, what is joined is one word; both descriptions are there."""
    title = "Cœur : SI-DEP, S.N.D.S."
    iri = f"{SOURCE}1"
    card = cards.card(records.entry(iri, "un", records.full(iri, title, english="Heart")))
    told = {code: fragments.fragment(sites.site(settings), card, code) for code in ("fr", "en")}
    assert ">Coeur : SI-DEP, S.N.D.S. . SIDEP . SNDS</h1>" in told["fr"]
    assert len(card.descriptions) == 2
    for text in card.descriptions:
        assert all(str(escape(text.text)) in page for page in told.values())


def test_a_page_of_words_that_was_cut_short_is_written_again(settings: Config) -> None:
    """Half a page, as a full disk leaves it, is not taken for the whole one."""
    publish(settings, [entry(number) for number in range(12)])
    pages = settings.var / "search" / "pages"
    page = pages / lexicon.NAME / "2.html"
    whole = page.read_text("utf-8")
    key = whole.partition("<!-- ")[2].partition(" -->")[0]
    page.write_text(whole[: len(whole) // 2], "utf-8")
    lexicon.write(pages, {"2": key})
    assert page.read_text("utf-8") == whole
