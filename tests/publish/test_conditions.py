"""Access conditions that a holder declares: on the page, in facets, in the vocabulary."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from red_catalog.ehds import terms
from red_catalog.model import Level
from red_catalog.publish.dataset import forms
from red_catalog.publish.lists.cards import card
from red_catalog.publish.record import conditions
from red_catalog.publish.record.withholding import open_entry
from red_catalog.publish.web.site import Site, site
from red_catalog.vocabulary import read
from tests.publish import records

RED = "https://red.example.fr/ns/red#"
ESTIMATE = f"{{me}} <{RED}feeEstimate> {records.typed(3200, 'integer')} .\n"
SAID = (
    f'{{me}} <{RED}feeNote> "Gratuit pour la recherche."@fr .\n'
    f'{{me}} <{RED}feeNote> "Free for research."@en .\n'
    f"{ESTIMATE}"
    f"{{me}} <{RED}allowedPurpose> <{RED}purpose-e> .\n"
    f"{{me}} <{RED}protection> <{RED}trade-secret> .\n"
    f'{{me}} <{RED}protectedPart> "Les scores d’alarme."@fr .\n'
)


def about(root: Path, url: str = "https://guichet.example/?jeu={identifier}") -> Site:
    """The site of the three holders, with a form that takes the dataset."""
    config = records.config(root)
    catalogue = replace(config.catalogue, application_url=url)
    return site(replace(config, catalogue=catalogue))


def pages(root: Path, more: str) -> dict[str, str]:
    """The pages of a dataset that says more."""
    entry = records.entries()[0]
    added = more.replace("{me}", f"<{entry.iri}>").encode()
    entry = replace(entry, canonical=entry.canonical + added)
    written = forms.render_pages(about(root), entry)
    return {
        name.split("/")[0]: content.decode() for name, content in written if name.endswith(".html")
    }


def test_the_page_says_what_the_holder_declares(tmp_path: Path) -> None:
    """Fees, purposes and protected parts, in the language of the page; codes as labels."""
    written = pages(tmp_path, SAID)
    french, english = written["dataset"], written["en"]
    for text in ("Gratuit pour la recherche.", "Recherche scientifique et innovation",
                 "Secret d’affaires", "Les scores d’alarme."):  # fmt: skip
        assert text in french
    assert "Free for research." in english
    assert "Scientific research and innovation" in english


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ESTIMATE, "Estimate for a usual application (euros) 3,200"),
        (f'{{me}} <{RED}feeNote> "Free for research."@en .\n', "Article 62 Free for research."),
        (f'{{me}} <{RED}protectedPart> "Scores."@en .\n', "Protected parts Scores."),
        (f"{{me}} <{RED}protection> <{RED}trade-secret> .\n", "Article 52 Trade secret"),
    ],
)
def test_a_value_alone_says_what_it_is(tmp_path: Path, said: str, expected: str) -> None:
    """A sum or a part has its name beside it, alone or not; a sentence needs none."""
    page = pages(tmp_path, said)["en"]
    section = page.partition('<dl class="fields conditions">')[2].partition("</section>")[0]
    assert expected in " ".join(Markup(section.replace("<", " <")).striptags().split())


def test_the_same_terms_of_several_forms_are_read_once(tmp_path: Path) -> None:
    """Each statement in a line of its own: they are sentences."""
    dcat, dct, label = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "rdf-schema#label"
    said = "".join(
        f"{{me}} <{dcat}distribution> _:f{n} .\n_:f{n} <{dct}rights> _:r{n} .\n"
        f'_:r{n} <http://www.w3.org/2000/01/{label}> "{text}"@fr .\n'
        for n, text in enumerate(("Sur autorisation.", "Sur autorisation.", "Pas de copie."))
    )
    written = pages(tmp_path, said)["dataset"]
    section = written.partition("Conditions d’utilisation et droits")[2].partition("</dd>")[0]
    told = [re.sub("<[^>]+>", "", one) for one in section.split("<li>")[1:]]
    assert told == ["Sur autorisation.", "Pas de copie."]


def test_what_nobody_declared_is_said_to_be_missing(tmp_path: Path) -> None:
    """Each condition that is not given shows so."""
    section = pages(tmp_path, "")["dataset"].split('id="access"')[1].split('id="governance"')[0]
    declared = section.split("Ce que déclare le détenteur")[1]
    assert declared.count("Non renseigné") >= 4


def test_public_data_are_not_applied_for(tmp_path: Path) -> None:
    """What can be had without a permit leads to its distributions, all else to the application."""
    entry = next(one for one in records.entries() if one.slug == "incidence-0f0f")
    for level, counts in ((Level.PUBLIC, (1, 0)), (Level.RESTRICTED, (0, 2))):
        written = dict(
            forms.render_pages(about(tmp_path), replace(entry, report=records.clear(level)))
        )
        french = written["dataset/incidence-0f0f.html"].decode()
        english = written["en/dataset/incidence-0f0f.html"].decode()
        for page, said in ((french, "Voir les distributions"), (english, "See the distributions")):
            button = f'<a class="button" href="#distributions">{said}</a>'
            assert (page.count(button), page.count("https://guichet.example/")) == counts
        assert ("Comment demander" in french) == ("How to apply" in english) == (counts[1] > 0)


def test_public_data_without_distributions_lead_to_whom_to_ask(tmp_path: Path) -> None:
    """Nobody is sent to distributions that are not there."""
    iri = f"{records.CHU}indicateurs"
    plain = records.entry(iri, "indicateurs-1", records.poor(iri, "Indicateurs"))
    entry = replace(plain, report=records.clear(Level.PUBLIC))
    page = dict(forms.render_pages(about(tmp_path), entry))[
        "en/dataset/indicateurs-1.html"
    ].decode()
    section = page.partition('id="access"')[2].partition("</section>")[0]
    assert "without a permit. Ask the holder." in section
    assert "distributions above" not in section


def test_the_application_names_the_dataset(tmp_path: Path) -> None:
    """The form's address has the identifier, encoded."""
    entry = records.entries()[0]
    identifier = entry.iri.rsplit("/", 1)[1]
    assert f'href="https://guichet.example/?jeu={identifier}"' in pages(tmp_path, "")["dataset"]
    catalogue = about(tmp_path, "https://g.example/{lang}?i={iri}&n={identifier}").catalogue
    assert catalogue.apply_at("fr", "https://x.example/é&1", "A/1 b") == (
        "https://g.example/fr?i=https%3A%2F%2Fx.example%2F%C3%A9%261&n=A%2F1%20b"
    )
    assert catalogue.apply_at("en", "https://x.example/1") == (
        "https://g.example/en?i=https%3A%2F%2Fx.example%2F1&n=https%3A%2F%2Fx.example%2F1"
    )


@pytest.mark.parametrize(
    ("address", "portal"),
    [
        ("https://g.example/demande?jeu={identifier}&langue={lang}", "https://g.example/demande"),
        ("https://g.example/?page=demande&jeu={iri}", "https://g.example/?page=demande"),
        ("https://g.example/{lang}/demande", None),
        ("https://g.example/#/demande/{identifier}", None),
    ],
)
def test_the_portal_is_one_page_for_all_datasets(
    tmp_path: Path, address: str, portal: str | None
) -> None:
    """Nothing is left empty in its address, which is the same in both languages."""
    assert about(tmp_path, address).catalogue.portal == portal


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {"fees": ("undeclared",), "protection": ("undeclared",)}),
        (SAID, {"fees": ("declared",), "protection": ("trade-secret",)}),
        (f"{{me}} <{RED}feePolicy> <https://chu.example/tarifs> .\n",
         {"fees": ("declared",), "protection": ("undeclared",)}),
        (f"{{me}} <{RED}protection> <{RED}unprotected> .\n",
         {"fees": ("undeclared",), "protection": ("unprotected",)}),
        (f'{{me}} <{RED}protectionReason> "Brevet"@fr .\n',
         {"fees": ("undeclared",), "protection": ("other",)}),
        (f'{{me}} <{RED}protection> "secret"@fr .\n',
         {"fees": ("undeclared",), "protection": ("undeclared",)}),
    ],
)  # fmt: skip
def test_facets_tell_who_declared(more: str, expected: dict[str, tuple[str, ...]]) -> None:
    """Declared fees and protections are facets; silence is one as well."""
    entry = records.entries()[0]
    added = more.replace("{me}", f"<{entry.iri}>").encode()
    found = card(replace(entry, canonical=entry.canonical + added)).codes
    assert expected == {name: found[name] for name in expected}


def test_every_term_is_documented_in_both_languages() -> None:
    """Properties have a name, a meaning and a range; codes a name and a list."""
    properties = terms.properties()
    assert len(properties) >= 10
    for one in properties:
        assert set(one.label) == {"fr", "en"}
        assert one.comment is not None
        assert set(one.comment) == {"fr", "en"}
    assert [t.code for t in terms.codes(terms.PURPOSES)] == [f"53-{x}" for x in "abcdef"]
    used = {name.removeprefix("red:") for names in conditions._PARTS.values() for name in names}
    assert used <= {one.name for one in properties}


def test_the_vocabulary_is_published_under_the_base_iri() -> None:
    """Every subject of ours lies in the catalogue's namespace."""
    subjects = {s for s, _, _ in read(terms.turtle("https://red.example.fr/").decode())}
    assert subjects
    assert all(s.startswith("<https://red.example.fr/ns/red") for s in subjects)


CONTACT = "{me} <http://www.w3.org/ns/dcat#contactPoint> <urn:guichet> .\n"
NAMED = '<urn:guichet> <http://www.w3.org/2006/vcard/ns#fn> "Guichet des données" .\n'
BODY = "{me} <http://healthdataportal.eu/ns/health#hdab> <urn:orad> .\n"
WITHHELD = f"<urn:guichet> <{RED}private> true .\n".replace(
    " true", ' "true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
)


@pytest.mark.parametrize(
    ("said", "asked", "stated"),
    [
        (CONTACT + NAMED, "Adressez-vous au contact ci-dessous.", "Guichet des données"),
        (CONTACT + NAMED + WITHHELD + BODY, "Adressez-vous à l’organisme d’accès nommé ici.",
         "Non publié, selon le souhait du détenteur"),
        (CONTACT + NAMED + WITHHELD, "Adressez-vous au détenteur.", "Non publié, selon le souhait"),
        (BODY, "Adressez-vous à l’organisme d’accès nommé ici.", "Non renseigné"),
        ("", "Adressez-vous au détenteur.", "Non renseigné"),
    ],
)  # fmt: skip
def test_readers_are_sent_to_somebody_who_is_named(
    tmp_path: Path, said: str, asked: str, stated: str
) -> None:
    """To the contact where one is published; a contact that is withheld is not said to lack."""
    entry = records.entries()[0]
    told = '{me} <http://purl.org/dc/terms/title> "Séjours"@fr .\n' + said
    lines = sorted(told.replace("{me}", f"<{entry.iri}>").encode().splitlines(keepends=True))
    entry = open_entry(replace(entry, canonical=b"".join(lines)))[0]
    place = about(tmp_path, "")
    place = replace(place, catalogue=replace(place.catalogue, hdab={"fr": "", "en": ""}))
    page = dict(forms.render_pages(place, entry))[f"dataset/{entry.slug}.html"].decode()
    access = page.split('id="access"')[1].split('id="governance"')[0]
    contact = access.partition(">Point de contact</dt>")[2].partition("</dl>")[0]
    assert re.findall("Adressez-vous [^.<]*[.]", access) == [asked]
    assert stated in contact
    assert ("qui n’est pas publié, en fait partie" in page) == ("Non publié" in stated)
