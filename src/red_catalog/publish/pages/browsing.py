"""Ways to the datasets: the home page, lists by letter, by the values of a facet, by category."""

from collections.abc import Iterator, Mapping
from typing import Any

from red_catalog.ehds import categories
from red_catalog.model import Verdict
from red_catalog.publish.dataset import structured
from red_catalog.publish.lists import facets, listings
from red_catalog.publish.lists.cards import Card, sort_key
from red_catalog.publish.pages import news
from red_catalog.publish.pages.contents import Contents, Page
from red_catalog.publish.search import script
from red_catalog.publish.web import wording
from red_catalog.publish.web.languages import CODES, language

_LATEST = 6
# So many datasets and fewer are all shown on one page.
_FEW = 60
# So many values of a facet are shown beside the lists; a page of its own has them all.
_SOME = 12


def home(contents: Contents, code: str) -> dict[str, Any]:
    """What the home page shows."""
    return {
        "count": len(contents.cards),
        "holder_count": len(contents.deck.by_holder()),
        "category_count": len(contents.deck.by_value("category", code)),
        "conformant_count": sum(c.entry.verdict is Verdict.CONFORMANT for c in contents.cards),
        "latest": contents.deck.latest()[:_LATEST],
        "by_category": _choices(contents, "category", code),
        "moment": contents.changed,
        "structured": structured.catalogue(contents.site, code),
        "finder": contents.site.finder(len(contents.cards)),
        "wording": wording,
    }


def _choices(contents: Contents, facet: str, code: str) -> list[tuple[facets.Choice, str]]:
    """The values of a facet with their number of datasets and their page.

    The most frequent first, where they have no order of their own.
    """
    found = [
        (facets.Choice(value, facets.name(contents.site, facet, value, code), len(cards)),
         f"{listings.stem(facet, value)}.html")
        for value, cards in contents.deck.by_value(facet, code).items()
    ]  # fmt: skip
    if facet in facets.ORDERED:
        return sorted(found, key=lambda one: facets.code(one[0].code))
    return sorted(found, key=lambda one: (-one[0].count, sort_key(one[0].name), one[1]))


def lists(contents: Contents, code: str) -> Iterator[Page]:
    """Every list of datasets."""
    spoken = language(code)
    letters = contents.deck.by_letter(code)
    # The other language may have a letter that this one lacks: both have its page.
    absent = {letter for other in CODES for letter in contents.deck.by_letter(other)} - {*letters}
    index = [
        (letter, f"{listings.letter_stem(letter)}.html", len(found))
        for letter, found in letters.items()
    ]
    above = ((spoken.gettext("Datasets"), "datasets.html"),)
    yield "datasets.html", "datasets.html", _datasets(contents, code, letters, index)
    for letter, found in (letters | {one: [] for one in sorted(absent)}).items():
        heading = spoken.gettext("Datasets: %(letter)s", letter=letter)
        for part in listings.split(listings.letter_stem(letter), found):
            yield part.path, "list.html", {
                "part": part, "heading": heading, "over": "", "letters": index,
                "crumbs": above, "wording": wording, "feed": None,
                "mirror": f"{listings.letter_stem(letter)}.html",
            }  # fmt: skip
    yield from _by_facet(contents, code)
    yield from _by_category(contents, code)


def _datasets(
    contents: Contents, code: str, letters: Mapping[str, list[Card]], index: list[Any]
) -> dict[str, Any]:
    browse = [
        (facet, language(code).gettext(wording.FACETS[facet]), choices[:_SOME], _whole(facet)
         if len(choices) > _SOME else None)
        for facet in facets.ORDER
        if (choices := _choices(contents, facet, code))
    ]  # fmt: skip
    return {
        "letters": index,
        "count": len(contents.cards),
        "browse": browse,
        "finder": contents.site.finder(len(contents.cards)),
        "whole": {
            letter: listings.split(listings.letter_stem(letter), found, _FEW)[0]
            for letter, found in letters.items()
            if len(contents.cards) <= _FEW
        },
        "words_version": script.version(contents.site, contents.deck, code),
        "wording": wording,
    }


def _whole(facet: str) -> str:
    """The page that has every value of a facet."""
    return {"holder": "holders.html", "category": "categories.html"}.get(
        facet, f"facets/{facet}.html"
    )


def _by_facet(contents: Contents, code: str) -> Iterator[Page]:
    spoken = language(code)
    above = ((spoken.gettext("Datasets"), "datasets.html"),)
    for facet in listings.PAGED:
        label = spoken.gettext(wording.FACETS[facet])
        choices = _choices(contents, facet, code)
        if choices:
            yield _whole(facet), "facet.html", {
                "heading": label, "choices": choices, "crumbs": above,
            }  # fmt: skip
        for value, found in contents.deck.by_value(facet, code).items():
            heading = facets.name(contents.site, facet, value, code)
            for part in listings.split(listings.stem(facet, value), found):
                yield part.path, "list.html", {
                    "part": part, "heading": heading, "letters": (), "over": label,
                    "crumbs": (*above, (label, _whole(facet))), "wording": wording,
                    "feed": news.path(facet, value) if facet == "theme" else None,
                }  # fmt: skip


def _by_category(contents: Contents, code: str) -> Iterator[Page]:
    above = ((language(code).gettext("Categories"), "categories.html"),)
    found = contents.deck.by_value("category", code)
    rows = []
    for category, letter in categories.LETTERS.items():
        cards = found.get(category, [])
        row = {
            "letter": letter,
            "name": categories.name(category)[code],
            "path": f"{listings.stem('category', category)}.html",
            "applies_from": categories.applies_from(letter),
            "condition": categories.condition(letter),
            "count": len(cards),
            "holders": len({c.entry.holder for c in cards}),
        }
        rows.append(row)
        for part in listings.split(listings.stem("category", category), cards):
            yield part.path, "category.html", {
                "part": part, "heading": row["name"], "category": row, "letters": (),
                "crumbs": above, "wording": wording, "feed": news.path("category", category),
            }  # fmt: skip
    yield "categories.html", "categories.html", {"rows": rows}
