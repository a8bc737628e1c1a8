"""A year and more of a hospital, a start-up and the access body, with a clock."""

import csv
import io
import re
from urllib.parse import quote, urlsplit

from red_catalog.ehds.reviews import Standing
from tests.story.conftest import HOLDER, Story, day
from tests.story.world import text_of


def flat(text: str) -> str:
    """A text with one kind of space and of apostrophe."""
    return " ".join(text.replace("&#39;", "'").replace("’", "'").split())


def test_the_guide_tells_the_hospital_what_it_owes(story: Story) -> None:
    """By its kind and categories: the day it begins, the yearly check, and how to describe."""
    guide = flat(story.answers["guide"])
    assert "Centre hospitalier des Tamaris est un détenteur de données de santé" in guide
    for told in ("26 mars 2029", "une fois par an", "declare.html"):
        assert told in guide


def test_five_mistakes_come_back_as_a_french_report(story: Story) -> None:
    """The hospital's mail names sheet, row and column of each, with what to do."""
    (mail,) = story.mails["mistakes"]
    assert mail["To"] == "entrepot@ch-tamaris.example"
    french = flat(text_of(mail).partition("\n-- \n")[0])
    told = re.findall(r"Feuille « Jeux de données », lignes? 4, colonnes? \S+ « ([^»]+) »", french)
    expected = {"Fréquence de mise à jour", "Date de publication", "Nombre d'enregistrements",
                "Données structurées", "Âge minimal habituel"}  # fmt: skip
    assert len(told) == 5, told
    assert len(expected & set(told)) >= 4, told
    assert "AAAA-MM-JJ" in french


def test_once_mended_it_is_published_without_a_defect(story: Story) -> None:
    """The next mail tells no mistake, and the page shows a conformant description."""
    (mail,) = story.mails["mended"]
    assert "Feuille" not in text_of(mail)
    assert story.standings["day before"].entry.verdict.value == "conformant"
    assert "Description conforme" in story.answers["page"]


def test_a_start_up_finds_reads_and_leaves_with_a_link(story: Story) -> None:
    """Search by words, category and population; conditions; an application with the identifier."""
    (found,) = story.answers["search"]["datasets"]
    assert [one["code"] for one in found["categories"]] == ["EHRS"]
    assert story.answers["beside"] == [0, 0, 0]  # another category, population or word
    for page in story.answers["lists"]:  # by the site alone
        assert urlsplit(found["page"]).path in page
    assert found["application"]["from"] == "2029-03-26"
    page = flat(story.answers["page"])
    assert "Gratuit pour la recherche publique" in page
    assert "Les scores de l'algorithme de tri." in page
    links = re.findall(r'href="(https://guichet\.exemple\.fr/demande[^"]*)"', page)
    assert links
    assert f"jeu={quote('TAM-URG', '')}" in links[0]


def test_the_reminder_comes_at_eleven_months_and_once(story: Story) -> None:
    """Nothing the day before; then one mail with a link and a calendar file."""
    assert story.standings["day before"].standing is Standing.CURRENT
    assert story.reminders["day before"] == []
    assert story.standings["due"].standing is Standing.DUE
    assert [one.stage for one in story.reminders["due"]] == ["due"]
    assert story.reminders["again"] == []
    mail = story.mails["due"][-1]
    text = flat(text_of(mail))
    assert "à vérifier avant le 2 avril 2030" in text
    assert "to be checked before 2 April 2030" in text
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    content = attached.get_content()
    plain = content if isinstance(content, str) else content.decode()
    assert "DTSTART;VALUE=DATE:20300302" in plain
    assert "DTSTART;VALUE=DATE:20300401" in plain


def test_opening_the_link_attests_nothing_and_the_button_does(story: Story) -> None:
    """A scanner changes nothing; a stale version is refused; the link works once."""
    assert story.answers["scanned"].status_code == 200
    assert "<script" not in story.answers["scanned"].text.partition("<main")[2]
    assert story.answers["scanned"].headers["Cache-Control"] == "no-store"
    assert story.standings["scanned"].entry.reviewed is None
    assert story.answers["stale"].status_code == 409
    assert story.answers["confirmed"].status_code == 200
    assert "Merci" in story.answers["confirmed"].text
    assert story.answers["twice"].status_code == 410
    assert "déjà servi" in flat(story.answers["twice"].text)
    found = story.standings["attested"]
    assert (found.standing, found.days.since) == (Standing.CURRENT, day("2030-03-02"))


def test_another_holder_is_told_that_it_is_not_its_own(story: Story) -> None:
    """Neither its key attests the dataset, nor shows the dashboard."""
    assert story.answers["other"].status_code == 403
    assert "autre détenteur" in story.answers["other"].json()["detail"]
    assert story.answers["other board"].status_code == 403


def test_a_change_keeps_the_day_and_is_said(story: Story) -> None:
    """The harvest of another version is no check."""
    found = story.standings["changed"]
    assert (found.days.since, found.entry.changed_since) == (day("2030-03-02"), True)
    assert found.entry.versions > 1
    page = flat(story.answers["changed page"])
    assert "la description a changé depuis" in page
    assert "en retard à partir du 2 mars 2031" in page


def test_a_year_later_it_is_overdue_everywhere(story: Story) -> None:
    """Mail, feed and both dashboards say so."""
    assert story.standings["overdue"].standing is Standing.OVERDUE
    assert [one.stage for one in story.reminders["overdue"]] == ["overdue"]
    assert "<entry>" in story.answers["feed"]
    for board in ("body", "own"):
        (late,) = story.answers[board]["late"]
        assert (late["standing"], late["changed_since"]) == ("overdue", True)
        assert late["reminded"] == "2031-03-02"
    assert "En retard" in story.answers["body page"].text
    assert "Overdue" in story.answers["own page"].text
    assert story.answers["by key"]["due"] == "2032-02-02"


def test_the_access_body_sees_all_and_a_holder_its_own(story: Story) -> None:
    """Silent holders with their mailbox for the body; what to mend for the holder."""
    body, own = story.answers["body"], story.answers["own"]
    assert [one["id"] for one in body["silent"]] == ["cabinet-roseau"]
    assert body["silent"][0]["email"].endswith("@roseau.example")
    assert {one["id"] for one in body["holders"]} == {HOLDER, "cabinet-roseau"}
    assert own["holder"] == HOLDER
    assert "silent" not in own
    assert [one["bound"] for one in own["outlook"]] == [1, 1]
    rows = list(csv.DictReader(io.StringIO(story.answers["body csv"].content.decode("utf-8-sig"))))
    assert {row["id"]: row["overdue"] for row in rows} == {HOLDER: "1", "cabinet-roseau": "0"}
    late = list(csv.DictReader(io.StringIO(story.answers["body late"].content.decode("utf-8-sig"))))
    assert [(row["holder"], row["standing"]) for row in late] == [(HOLDER, "overdue")]
    assert story.answers["no key"].status_code == 401
    assert story.answers["body page"].headers["Cache-Control"] == "no-store"


def test_the_evidence_says_who_attested_what_when(story: Story) -> None:
    """A table and a page to print, with version and digest, that both were not altered."""
    table = story.answers["evidence-csv"].content.decode("utf-8-sig")
    (row,) = list(csv.reader(io.StringIO(table)))[1:]
    attested = story.standings["attested"].entry
    assert "2030-03-02T08:00:00+00:00" in row
    assert f"sha256:{attested.digest}" in row
    assert "non" in row
    page = story.answers["evidence"].text
    assert "les lignes écrites (1) sont intactes" in flat(page)
    assert "@page" in page
    assert attested.digest in page
