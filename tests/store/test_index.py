"""The index of a release: words, sets of bits, changes."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from red_catalog.model import Indexed, IndexFacet
from red_catalog.store.index import Contents, build
from red_catalog.store.searching import Index, Wanted
from red_catalog.store.stamps import show, stamp
from red_catalog.store.words import forms, split

FIRST = datetime(2029, 3, 26, 8, tzinfo=UTC)
LATER = datetime(2029, 4, 2, 8, tzinfo=UTC)
THEMES = ("cancer", "urgences", "petite-enfance")


def row(number: int, title: str, themes: Sequence[str] = (), kind: str = "created") -> Indexed:
    """A dataset of one holder."""
    slug = f"jeu-{number:03}"
    if kind == "withdrawn":
        return Indexed(slug, f"https://a.example/{number}", "chu-a", f"{title} gone", kind, FIRST)
    return Indexed(
        slug, f"https://a.example/{number}", "chu-a", title, kind, FIRST,
        {"title": title}, {"theme": tuple(themes)}, {"title-fr": title}, {"texts": title},
    )  # fmt: skip


def make(
    path: Path, rows: Sequence[Indexed], now: datetime = FIRST, before: Path | None = None
) -> Index:
    """The index of these rows."""
    names = {code: {"fr": code, "en": code} for code in THEMES}
    facets = [IndexFacet("theme", {"fr": "Thème", "en": "Theme"}, names)]
    build(path, Contents("r1", rows, facets, [], now), before)
    return Index(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hôpitaux", "hopital"),
        ("données", "donnee"),
        ("hospitalisées", "hospitalise"),
        ("cœur", "cœurs"),
        ("cœur", "coeur"),
        ("Œdèmes", "oedeme"),
        ("cætera", "caetera"),
        ("registries", "registry"),
        ("Décès", "deces"),
        ("Łódź", "lodz"),
        ("Øresund", "oresund"),
        ("Straße", "STRASSE"),
        ("Għajnuna", "ghajnuna"),
        ("ısı", "ISI"),
        ("καρκίνος", "ΚΑΡΚΙΝΟΣ"),
    ],
)
def test_forms_meet(one: str, other: str) -> None:
    """Two spellings of a word share a form."""
    assert set(forms(split(one)[0])) & set(forms(split(other)[0]))


def test_a_form_is_one_word() -> None:
    """One character that stands for several words is looked for as one."""
    assert not any(" " in form for form in forms("\ufdfa"))


def test_small_words_are_left_out() -> None:
    """Articles, elided ones too, are no words to look for."""
    assert split("L'entrepôt de données d'un CHU") == ["entrepôt", "données", "chu"]


def test_counts_are_those_of_a_plain_count(tmp_path: Path) -> None:
    """Totals, order and counts equal what going through every dataset gives."""
    chance = random.Random(3)
    rows = [
        row(n, f"Séjours {chance.choice(['alpha', 'beta'])} {n:03}",
            [t for t in THEMES if chance.random() < 0.4])
        for n in range(137)
    ]  # fmt: skip
    index = make(tmp_path / "index.db", rows)
    wanted = Wanted("sejour beta", {"theme": ["cancer", "urgences"]}, "title-fr", 5, 10)
    found = index.search(wanted)
    beta = [r for r in rows if "beta" in r.texts["title"]]
    mine = [r for r in beta if {"cancer", "urgences"} & set(r.codes["theme"])]
    assert found.total == len(mine)
    assert [d["id"] for d in found.datasets] == [
        r.slug for r in sorted(mine, key=lambda r: r.texts["title"])[5:15]
    ]
    assert found.counts["theme"] == {t: sum(t in r.codes["theme"] for r in beta) for t in THEMES}


@pytest.mark.parametrize(("text", "total"), [("ͺ", 2), ("ͺ cardiologie", 1), ("cardio ͺ", 1)])
def test_a_word_that_folds_to_nothing_is_left_out(tmp_path: Path, text: str, total: int) -> None:
    """A character that stands for nothing but an accent stops no search."""
    index = make(tmp_path / "index.db", [row(1, "Cardiologie"), row(2, "Urgences")])
    assert index.search(Wanted(text)).total == total


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("date_entree", ["jeu-001"]),
        ("DATE_ENTREE", ["jeu-001"]),
        ("date_entr", ["jeu-001"]),
        ("date entree", ["jeu-001", "jeu-002"]),
        ("date_registre", ["jeu-002"]),
        ("date_entree registre", []),
        ("_date", ["jeu-001", "jeu-002"]),
        ("__", ["jeu-001", "jeu-002"]),
        ("o_u", []),
        ("entree_o_u", []),
    ],
)
def test_the_name_of_a_variable_is_one_word(tmp_path: Path, text: str, found: list[str]) -> None:
    """Its parts apart are something else, unless nothing has them joined."""
    rows = [row(1, "Séjours : date_entree"), row(2, "Entrée au registre, et date")]
    index = make(tmp_path / "index.db", rows)
    assert sorted(one["id"] for one in index.search(Wanted(text)).datasets) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("covid19", ["jeu-001"]),
        ("COVID-19", ["jeu-001"]),
        ("SIDEP", ["jeu-001"]),
        ("SI-DEP", ["jeu-001"]),
        ("S.N.D.S.", ["jeu-002"]),
        ("snds", ["jeu-002"]),
        ("anti-dépresseurs", ["jeu-002"]),
        ("médico-administratif", ["jeu-003"]),
        ("covid-20", []),
        ("A.D.N.", []),
    ],
)
def test_hyphens_and_dots_join_and_part(tmp_path: Path, text: str, found: list[str]) -> None:
    """What is typed joined finds what is written so, however; else its parts, but for letters."""
    rows = [
        row(1, "SI-DEP : tests de la covid-19"),
        row(2, "S.N.D.S. : antidépresseurs"),
        row(3, "Fichier administratif du suivi médico social ; si, 19 dépistages"),
    ]
    index = make(tmp_path / "index.db", rows)
    assert [one["id"] for one in index.search(Wanted(text)).datasets] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("les jeux de données sur le diabète", ["jeu-001"]),
        ("quelles données sur le diabète chez les enfants", ["jeu-001"]),
        ("is there any data on diabète", ["jeu-001"]),
        ("Y a-t-il des données sur le diabète ?", ["jeu-001"]),
        ("Avez-vous des données sur le diabète ?", ["jeu-001"]),
        ("Est-ce que vous avez le diabète ?", ["jeu-001"]),
        ("Peut-on étudier le diabète ?", []),
        ("Que trouve-t-on sur le diabète ?", ["jeu-001"]),
        ("Où trouver des données sur le diabète ?", ["jeu-001"]),
        ("how many datasets on diabète", ["jeu-001"]),
        ("données", ["jeu-002"]),
        ("follow-on", []),
    ],
)
def test_questions_are_answered(tmp_path: Path, text: str, found: list[str]) -> None:
    """The little words of a question, and what every dataset is, narrow nothing down."""
    rows = [row(1, "Diabète de l'enfant"), row(2, "Entrepôt de données")]
    index = make(tmp_path / "index.db", rows)
    assert [one["id"] for one in index.search(Wanted(text)).datasets] == found


def test_what_is_called_so_comes_before_what_mentions_it(tmp_path: Path) -> None:
    """A word in a title tells more than in a keyword, and that more than in a description."""
    told: list[dict[str, str]] = [
        {"title": "Séjours hospitaliers", "description": "Dont le diabète, entre autres maladies"},
        {"title": "Cohorte Aubade", "keyword": "diabète"},
        {"title": "Registre du diabète", "description": "Les nouveaux cas d'une région"},
        {"title": "Passages aux urgences", "description": "Chaque passage, chaque jour"},
    ]
    rows = [replace(row(n, texts["title"]), texts=texts) for n, texts in enumerate(told)]
    index = make(tmp_path / "index.db", rows)
    found = [one["id"] for one in index.search(Wanted("diabète")).datasets]
    assert found == ["jeu-002", "jeu-001", "jeu-000"]


def test_the_last_word_may_be_unfinished(tmp_path: Path) -> None:
    """Who is still typing finds already."""
    index = make(tmp_path / "index.db", [row(1, "Cardiologie interventionnelle")])
    assert index.search(Wanted("cardiologie interv")).total == 1
    assert index.search(Wanted("cardio interventionnelle")).total == 0


def test_stamps_tell_when_a_change_became_public(tmp_path: Path) -> None:
    """What did not change keeps its stamp; what did, or left, has that of the new release."""
    before = tmp_path / "before.db"
    make(before, [row(1, "Un"), row(2, "Deux"), row(3, "Trois")])
    index = make(
        tmp_path / "index.db",
        [row(1, "Un"), row(2, "Deux bis", kind="updated"), row(3, "Trois", kind="withdrawn")],
        LATER, before,
    )  # fmt: skip
    found = [(c.stamp, c.slug, c.kind) for c in index.changes("", "9")]
    assert found == [
        ("2029-03-26T08:00:00Z", "jeu-001", "created"),
        ("2029-04-02T08:00:00Z", "jeu-002", "updated"),
        ("2029-04-02T08:00:00Z", "jeu-003", "withdrawn"),
    ]
    assert [c.slug for c in index.changes("", "9", (found[1][0], "jeu-002"))] == ["jeu-003"]
    assert index.get("jeu-003") is None


def test_an_empty_catalogue_has_an_index(tmp_path: Path) -> None:
    """Nothing is found in nothing."""
    index = make(tmp_path / "index.db", [])
    assert (index.search(Wanted("x")).total, index.changes("", "9")) == (0, [])


def test_a_clock_put_back_hides_no_change(tmp_path: Path) -> None:
    """Who asks for what came since the last stamp gets what was published after it."""
    before = tmp_path / "before.db"
    make(before, [row(1, "Un")], LATER)
    index = make(tmp_path / "index.db", [row(1, "Un"), row(2, "Deux")], FIRST, before)
    assert [c.slug for c in index.changes("2029-04-02T08:00:00Z", "9")] == ["jeu-001", "jeu-002"]
    assert index.about["published"] == "2029-04-02T08:00:00Z"


def test_what_is_new_is_pending_until_it_is_shown(tmp_path: Path) -> None:
    """Written without a moment, it is in no list; its moment comes last, and is its alone."""
    before, path = tmp_path / "before.db", tmp_path / "index.db"
    rows = [row(n, f"Séjours {n}") for n in range(20)]
    make(before, rows, FIRST)
    new = [row(3, "Deux bis", kind="updated")]
    facets = [IndexFacet("theme", {"fr": "Thème", "en": "Theme"}, {})]
    for whole, given in ((True, [*rows[:3], *new, *rows[4:]]), (False, new)):
        build(path, Contents("r2", given, facets, [], whole=whole, told={"eu": 2}), before)
        assert [c.stamp for c in Index(path).changes("", "9")] == [stamp(FIRST)] * 19
        show(path, LATER)
        index = Index(path)
        assert [c.slug for c in index.changes(stamp(LATER), "9")] == ["jeu-003"]
        assert index.about["published"] == stamp(LATER)
        assert [index.shown_before("eu", s) for s in (stamp(LATER), "2030")] == [0, 2]


def test_since_when_changes_are_public_is_remembered(tmp_path: Path) -> None:
    """Each release adds its moment, a ledger without news none; one that lost some begins anew."""
    moments = [datetime(2029, 4, day, 8, tzinfo=UTC) for day in range(1, 6)]
    before = None
    for turn, (told, now) in enumerate(zip((3, 3, 7, 9), moments, strict=False)):
        path = tmp_path / f"{turn}.db"
        build(
            path, Contents(f"r{turn}", [row(1, "Séjours")], [], [], now, told={"eu": told}), before
        )
        before = path
    found = [Index(tmp_path / "3.db").shown_before("eu", f"2029-04-0{day}") for day in range(1, 6)]
    assert found == [0, 3, 3, 7, 9]
    assert Index(tmp_path / "3.db").shown_before("catalogue", "2029-05-01") == 0
    lost = Contents("r4", [row(1, "Séjours")], [], [], moments[4], told={"eu": 8})
    build(tmp_path / "4.db", lost, before)
    assert Index(tmp_path / "4.db").shown_before("eu", "2029-04-05") == 0


def test_an_identifier_has_no_other_forms() -> None:
    """A word with digits stands for itself, so that a hundred thousand of them cost little."""
    assert [forms(word) for word in ("hba1c", "i21", "2024s")] == [("hba1c",), ("i21",), ("2024s",)]
    assert len(forms("diagnostics")) > 1
