"""Names come in the order in which people look for them."""

import re
from pathlib import Path

import pytest

from red_catalog.model import Entry
from red_catalog.namespaces import EU_AUTHORITY
from red_catalog.publish.dataset import forms, maps
from red_catalog.publish.dataset.view import view
from red_catalog.publish.lists import listings
from red_catalog.publish.lists.cards import card
from red_catalog.publish.lists.deck import Deck
from red_catalog.publish.record.graph import Words
from red_catalog.publish.record.ordering import natural
from red_catalog.publish.web.site import site
from tests.publish import records

IRI = f"{records.CHU}biologie"
ME = f"<{IRI}>"


def entry(*said: tuple[str, str, str]) -> Entry:
    """A dataset of which this is said."""
    plain = records.poor(IRI, "Biologie")
    return records.entry(IRI, "biologie-7d7d", plain + records.canonical(said))


def page(root: Path, code: str, *said: tuple[str, str, str]) -> str:
    """The page of such a dataset."""
    written = dict(forms.render_pages(site(records.config(root)), entry(*said)))
    return written[f"{'' if code == 'fr' else 'en/'}dataset/biologie-7d7d.html"].decode()


def test_accents_and_case_do_not_count_and_digits_are_numbers() -> None:
    """A name follows the one that it continues."""
    names = ["age", "age_diag", "dose", "dose2", "dose10", "dose_unite", "étage", "Poids", "zone"]
    assert sorted(set(names), key=natural) == names
    assert sorted(["« Île »", "Bretagne", "Occitanie"], key=natural)[1] == "« Île »"


def test_variables_without_an_order_of_their_own_come_by_name() -> None:
    """By name, then by label; those with a label alone by that."""
    table = [(ME, "healthdcatap:hasVariables", "_:g"), ("_:g", "csvw:table", "_:t")]
    for number, name in enumerate(("Poids", "var_10", "âge", "var_2", None)):
        node = f"_:c{number}"
        table += [("_:t", "csvw:column", node), (node, "csvw:title", records.words("Mesure"))]
        if name:
            table.append((node, "csvw:name", f'"{name}"'))
    shown = [
        one.text
        for variable in view(entry(*table)).tables[0].variables
        for one in variable.name or variable.title
        if isinstance(one, Words)
    ]
    assert shown == ["âge", "Mesure", "Poids", "var_2", "var_10"]


def test_distributions_come_by_title() -> None:
    """Not by addresses that nobody sees; those without a title come last."""
    said = [(ME, "dcat:distribution", "_:a0"), ("_:a0", "dcat:byteSize", '"12"')]
    for node, title in (("_:d1", "Lot 10"), ("_:d2", "lot 2"), ("_:d3", "Bilan")):
        said += [(ME, "dcat:distribution", node), (node, "dct:title", records.words(title))]
    shown = [[one.text for one in d.names] for d in view(entry(*said)).distributions]
    assert shown == [["Bilan"], ["lot 2"], ["Lot 10"], []]


def test_values_of_a_row_come_by_name(tmp_path: Path) -> None:
    """Services by name and number, countries by theirs in the page's language; addresses last."""
    said = [(ME, "dct:spatial", "<http://id.insee.fr/geo/commune/38185>")]
    said += [(ME, "dct:spatial", f"<{EU_AUTHORITY}country/{c}>") for c in ("BEL", "CZE", "DEU")]
    for number in (10, 9, 2):
        node = f"_:s{number}"
        said += [(ME, "dcat:contactPoint", node), (node, "vcard:fn", f'"Service n° {number}"')]
    written = page(tmp_path, "fr", *said)
    assert re.findall(r"Service n° (\d+)", written) == ["2", "9", "10"]
    strip = re.search(r'<dl class="strip">.*?</dl>', written, re.DOTALL)
    assert strip
    places = re.compile(r">(Allemagne|Belgique|Tchéquie|Germany|Belgium|Czechia|http:.*?38185)<")
    commune = "http://id.insee.fr/geo/commune/38185"
    assert places.findall(strip[0]) == ["Allemagne", "Belgique", "Tchéquie", commune]
    english = places.findall(page(tmp_path, "en", *said))[:8]
    assert english == ["Belgium", "Czechia", "Germany", commune] * 2


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("84", "76", "93", "11"),
         "Auvergne-Rhône-Alpes, Île-de-France, Occitanie, Provence-Alpes-Côte d’Azur"),
        (("53", "94"), "Bretagne, Corse"),
    ],
)  # fmt: skip
def test_the_legend_of_a_map_is_in_alphabetical_order(
    codes: tuple[str, ...], expected: str
) -> None:
    """An accent on the first letter does not put a region last."""
    region = "http://id.insee.fr/geo/region/"
    shown = view(entry(*((ME, "dct:spatial", f"<{region}{code}>") for code in codes)))
    assert f"Régions de France couvertes\xa0: {expected}." in maps.draw(shown, "fr")


def test_each_alphabet_has_its_initials() -> None:
    """Datasets titled in Greek or Cyrillic letters are under these, each with a page of its own."""
    titles = ("Lits", "Łóżka szpitalne", "Άσθμα στα παιδιά", "Ясли", "3e âge")
    deck = Deck(
        [
            card(records.entry(iri, f"jeu-{n}", records.poor(iri, one)))
            for n, one in enumerate(titles)
            for iri in (f"{records.CHU}{n}",)
        ]
    )
    letters = {
        letter: [one.title("fr") for one in found] for letter, found in deck.by_letter("fr").items()
    }
    assert letters == {
        "L": ["Lits", "Łóżka szpitalne"], "Α": ["Άσθμα στα παιδιά"], "Я": ["Ясли"], "#": ["3e âge"],
    }  # fmt: skip
    stems = [listings.letter_stem(one) for one in letters]
    assert stems == ["datasets/l", "datasets/u0391", "datasets/u042f", "datasets/other"]
