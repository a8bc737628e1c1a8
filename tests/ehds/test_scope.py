"""Who owes what, and since when; each row cites its article."""

from datetime import date

import pytest

from red_catalog.ehds.scope import Situation, judge, known_codes

ALWAYS = ["describe", "review", "provide", "protect", "fees", "fines"]


@pytest.mark.parametrize(
    ("situation", "duties", "since"),
    [
        # Article 50: exempt, whatever they hold
        (Situation("person", ("EHRS",)), [], None),
        (Situation("micro", ("EHRS", "HGPD"), public_funding=True), [], None),
        # Article 51: nothing of the categories
        (Situation(), ["none-held"], None),
        # Articles 60, 52, 62, 64(4), from Article 105
        (Situation(codes=("EHRS",)), ALWAYS, "2029-03-26"),
        (Situation(codes=("HGPD",)), ALWAYS, "2031-03-26"),
        (Situation(codes=("HGPD", "PHDR")), ALWAYS, "2029-03-26"),
        # Registries (k), (l), (o) and biobanks (q) are not deferred
        *[(Situation(codes=(c,)), ALWAYS, "2029-03-26") for c in ("PHDR", "MRMR", "RMMD", "EINS")],
        # (b), (f), (g), (m), (p) are
        *[(Situation(codes=(c,)), ALWAYS, "2031-03-26")
          for c in ("DIOH", "HGPD", "HPML", "EHCT", "RQSH")],
        # Data that are held later than the duty begins
        (Situation(codes=("EHRS",), since=date(2029, 3, 25)), ALWAYS, "2029-03-26"),
        (Situation(codes=("EHRS",), since=date(2029, 3, 26)), ALWAYS, "2029-03-26"),
        (Situation(codes=("EHRS",), since=date(2029, 3, 27)), ALWAYS, "2029-03-27"),
        (Situation(codes=("HGPD",), since=date(2030, 1, 1)), ALWAYS, "2031-03-26"),
        # Article 51(1)(p): only once results are published; (m): only under its regulations
        (Situation(codes=("RQSH",), published=False), ["not-yet"], None),
        (Situation(codes=("EHCT",), regulated=False), ["not-yet"], None),
        (Situation(codes=("RQSH", "EHRS"), published=False), ALWAYS, "2029-03-26"),
        # Article 78: public funding
        (Situation(codes=("EHRS",), public_funding=True), [*ALWAYS, "label"], "2029-03-26"),
        # Article 72: trusted
        (Situation(codes=("EHRS",), trusted=True), [*ALWAYS, "trusted"], "2029-03-26"),
        (Situation(codes=("EHRS",), public_funding=True, trusted=True),
         [*ALWAYS, "label", "trusted"], "2029-03-26"),
    ],
)  # fmt: skip
def test_each_situation_has_its_duties(
    situation: Situation, duties: list[str], since: str | None
) -> None:
    """The duties in order, and the first day of all of them."""
    found = judge(situation)
    assert duties == [one.id for one in found.duties]
    dates = {one.since for one in found.duties}
    assert dates <= {since and date.fromisoformat(since)}
    assert (found.exempt is not None) is (situation.who != "organisation")


def test_every_category_tells_its_own_day() -> None:
    """A deferred category keeps its later day beside one that is not."""
    found = judge(Situation(codes=("HGPD", "EHRS"), since=date(2030, 6, 1)))
    days = {one.letter: since.isoformat() for one, since in found.dated}
    assert days == {"a": "2030-06-01", "f": "2031-03-26"}


def test_what_is_not_in_scope_yet_says_why() -> None:
    """Its condition is kept."""
    found = judge(Situation(codes=("RQSH", "EHCT", "EHRS"), published=False, regulated=False))
    assert [one.letter for one in found.outside] == ["m", "p"]
    assert all(one.condition for one in found.outside)


def test_categories_are_known_by_code_or_letter() -> None:
    """What is none is left out, what comes twice is kept once."""
    assert known_codes(["EHRS", "a", "zz", "<script>", "f"]) == ("EHRS", "HGPD")
