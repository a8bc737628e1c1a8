"""The quality assessment of data.europa.eu: each indicator, its points, and the bands."""

import pytest

from red_catalog.model import MQA_POINTS, Mqa, mqa_band
from red_catalog.namespaces import EU_AUTHORITY, term
from red_catalog.validation import formats, mqa
from red_catalog.validation.rules.description import describe
from red_catalog.vocabulary import is_member
from tests.publish import records

IRI = "https://donnees.chu-rivemont.example/jeu/urgences"
ME, ONE, OTHER = f"<{IRI}>", f"<{IRI}/csv>", f"<{IRI}/pdf>"
IANA = "https://www.iana.org/assignments/media-types"
Said = tuple[str, str, str]


def score(*said: Said, conformant: bool = False, answers: mqa.Answers | None = None) -> Mqa:
    """The assessment of a dataset with two distributions of which this is said."""
    both: list[Said] = [(ME, "dcat:distribution", one) for one in (ONE, OTHER)]
    triples = [(s, term(p), o) for s, p, o in (*both, *said)]
    return mqa.score(describe(triples, IRI), conformant=conformant, answers=answers)


def test_the_points_are_those_of_data_europa_eu() -> None:
    """Each indicator has its own points, in its dimension: 405 in all."""
    assert MQA_POINTS == {
        "findability": {"keyword": 30, "theme": 30, "spatial": 20, "temporal": 20},
        "accessibility": {
            "access-url-answers": 50, "download-url": 20, "download-url-answers": 30,
        },
        "interoperability": {
            "format": 20, "media-type": 10, "format-vocabulary": 10, "non-proprietary": 20,
            "machine-readable": 20, "dcat-ap": 30,
        },
        "reusability": {
            "licence": 20, "licence-vocabulary": 10, "access-rights": 10,
            "access-rights-vocabulary": 5, "contact-point": 20, "publisher": 10,
        },
        "contextuality": {"rights": 5, "byte-size": 5, "issued": 5, "modified": 5},
    }  # fmt: skip
    assert sum(sum(points.values()) for points in MQA_POINTS.values()) == 405


@pytest.mark.parametrize(
    ("said", "met"),
    [
        ((ME, "dcat:keyword", '"urgences"@fr'), {"keyword"}),
        # As there: whether it says anything is told elsewhere.
        ((ME, "dcat:keyword", '""@fr'), {"keyword"}),
        ((ME, "dcat:theme", records.eu("data-theme/HEAL")), {"theme"}),
        ((ME, "dct:spatial", records.eu("country/FRA")), {"spatial"}),
        ((ME, "dct:temporal", "_:b1"), {"temporal"}),
        ((ONE, "dcat:downloadURL", f"<{IRI}.csv>"), {"download-url"}),
        ((ONE, "dct:format", '"CSV"'), {"format"}),
        ((ONE, "dct:format", records.eu("file-type/DOCX")), {"format"}),
        (
            (ONE, "dct:format", records.eu("file-type/XLSX")),
            {"format", "machine-readable"},
        ),
        ((ONE, "dct:format", records.eu("file-type/TXT")), {"format", "non-proprietary"}),
        (
            (ONE, "dct:format", records.eu("file-type/CSV")),
            {"format", "machine-readable", "non-proprietary"},
        ),
        ((ONE, "dcat:mediaType", f"<{IANA}/text/csv>"), {"media-type"}),
        ((ONE, "dct:license", "<https://chu-rivemont.example/licence>"), {"licence"}),
        (
            (ONE, "dct:license", records.eu("licence/CC_BY_4_0")),
            {"licence", "licence-vocabulary"},
        ),
        ((ME, "dct:license", records.eu("licence/CC_BY_4_0")), set()),
        ((ME, "dct:accessRights", '"sur demande"@fr'), {"access-rights"}),
        (
            (ME, "dct:accessRights", records.eu("access-right/NON_PUBLIC")),
            {"access-rights", "access-rights-vocabulary"},
        ),
        ((ME, "dcat:contactPoint", "_:b2"), {"contact-point"}),
        ((ME, "dct:publisher", "_:b3"), {"publisher"}),
        ((ONE, "dct:rights", "_:b4"), {"rights"}),
        ((ONE, "dcat:byteSize", records.typed(12)), {"byte-size"}),
        ((ME, "dct:issued", records.typed("2026-01-01", "date")), {"issued"}),
        ((OTHER, "dct:issued", records.typed("2026-01-01", "date")), {"issued"}),
        ((ME, "dct:modified", records.typed("2026-01-01", "date")), {"modified"}),
        ((ONE, "dcat:keyword", '"urgences"@fr'), set()),
    ],
)
def test_each_indicator_looks_at_its_own_property(said: Said, met: set[str]) -> None:
    """One statement meets its indicators and no other."""
    assert set(score(said).met) == met


def test_format_and_media_type_must_both_be_listed() -> None:
    """Both from their lists, on the same distribution."""
    csv = (ONE, "dct:format", records.eu("file-type/CSV"))
    assert "format-vocabulary" in score(csv, (ONE, "dcat:mediaType", f"<{IANA}/text/csv>")).met
    assert "format-vocabulary" not in score(csv, (ONE, "dcat:mediaType", '"text/csv"')).met
    elsewhere = (OTHER, "dcat:mediaType", f"<{IANA}/application/pdf>")
    assert "format-vocabulary" not in score(csv, elsewhere).met


def test_conformance_to_dcat_ap_gives_its_points() -> None:
    """Thirty points are the caller's to tell."""
    assert score(conformant=True).points - score().points == 30


def test_addresses_that_nobody_asked_give_no_points_and_lower_what_is_reachable() -> None:
    """Without answers, eighty points are out of reach, and said to be unchecked."""
    found = score((ONE, "dcat:accessURL", f"<{IRI}>"))
    assert found.unchecked == ("access-url-answers", "download-url-answers")
    assert (found.points, found.reachable) == (0, 325)


def test_one_address_that_answers_is_enough() -> None:
    """The best distribution counts; an unknown answer is unchecked, a silent one is not."""
    said = (
        (ONE, "dcat:accessURL", "<https://muet.example/>"),
        (OTHER, "dcat:accessURL", "<https://chu-rivemont.example/>"),
        (OTHER, "dcat:downloadURL", "<https://lent.example/>"),
    )
    answers = {"https://muet.example/": False, "https://chu-rivemont.example/": True}
    found = score(*said, answers=answers.get)
    assert "access-url-answers" in found.met
    assert found.unchecked == ("download-url-answers",)
    silent = score(said[0], answers=answers.get)
    assert (silent.unchecked, silent.reachable, silent.points) == ((), 405, 0)


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (405, "excellent"), (351, "excellent"), (350, "good"), (221, "good"),
        (220, "sufficient"), (121, "sufficient"), (120, "bad"), (0, "bad"),
    ],
)  # fmt: skip
def test_bands_are_those_of_data_europa_eu(points: int, band: str) -> None:
    """Each band holds both its ends."""
    assert mqa_band(points) == band


def test_a_perfect_description_earns_everything() -> None:
    """Every indicator can be met at once."""
    said: list[Said] = [(ME, name, "_:b1") for name in (
        "dcat:keyword", "dcat:theme", "dct:spatial", "dct:temporal", "dcat:contactPoint",
        "dct:publisher", "dct:issued", "dct:modified",
    )]  # fmt: skip
    said += [
        (ME, "dct:accessRights", records.eu("access-right/PUBLIC")),
        (ONE, "dcat:accessURL", f"<{IRI}>"),
        (ONE, "dcat:downloadURL", f"<{IRI}.csv>"),
        (ONE, "dct:format", records.eu("file-type/CSV")),
        (ONE, "dcat:mediaType", f"<{IANA}/text/csv>"),
        (ONE, "dct:license", records.eu("licence/CC0")),
        (ONE, "dct:rights", "_:b2"),
        (ONE, "dcat:byteSize", records.typed(12)),
    ]
    found = score(*said, conformant=True, answers=lambda _: True)
    assert (found.points, found.band) == (405, "excellent")
    assert found.dimensions()["interoperability"] == 110


def test_our_two_lists_of_formats_name_codes_that_exist() -> None:
    """Every format of the portal's lists is in the EU list of file types."""
    listed = formats.NON_PROPRIETARY | formats.MACHINE_READABLE
    assert [t for t in listed if not is_member(t, f"{EU_AUTHORITY}file-type")] == []
    assert (len(formats.NON_PROPRIETARY), len(formats.MACHINE_READABLE)) == (29, 20)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (f"<{IANA}/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet>", True),
        ("<http://www.iana.org/assignments/media-types/image/svg+xml>", True),
        (f"<{IANA}/tableur/xlsx>", False),
        (f"<{IANA}/text>", False),
        ("<https://example.fr/text/csv>", False),
    ],
)
def test_media_types_are_those_of_iana(address: str, known: bool) -> None:
    """A media type is told by the form of its address."""
    assert formats.is_media_type(address) is known
