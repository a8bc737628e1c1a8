"""The scope helper: questions answered by the server, without script; the page without answers."""

from html import unescape

from tests.serve.conftest import Client


def test_answers_lead_to_duties_and_articles(samples: Client) -> None:
    """A hospital with records and genomes: duties from 2029, genomes from 2031."""
    asked = "scope.html?who=organisation&category=EHRS&category=HGPD&public=1"
    text = unescape(samples.get(asked).text)
    answer = text.split('id="answer"')[1].split("</section>")[0]
    assert "26 mars 2029" in answer
    assert "26 mars 2031" in answer
    assert "http://data.europa.eu/eli/reg/2025/327/oj#art_60" in answer
    assert "#art_78" in answer
    assert 'value="HGPD" checked' in text


def test_exemption_in_english(samples: Client) -> None:
    """A micro-enterprise owes nothing, and is told by which article."""
    text = unescape(samples.get("en/scope.html?who=micro&category=EHRS").text)
    answer = text.split('id="answer"')[1].split("</section>")[0]
    assert "No duty as a holder." in answer
    assert "#art_50" in answer
    assert "26 March" not in answer


def test_odd_answers_count_as_none(samples: Client) -> None:
    """What nobody offered is not shown, and nothing breaks."""
    odd = "scope.html?who=<script>&category=zz&since=hier&x=1"
    answer = samples.get(odd)
    assert answer.status_code == 200
    assert "<script>&" not in answer.text
    assert "Sans données de ces catégories" in unescape(answer.text)


def test_marks_of_others_in_the_address_are_no_answer(samples: Client) -> None:
    """A link out of a newsletter leads to the questions, not to an answer nobody gave."""
    answer = samples.get("scope.html?utm_source=lettre&fbclid=1")
    assert (answer.status_code, 'id="answer"' in answer.text) == (200, False)


def test_a_condition_not_met_yet_is_not_having_none(samples: Client) -> None:
    """Who holds cohorts without published results is not told to declare that it holds none."""
    text = unescape(samples.get("scope.html?category=RQSH&unpublished=1").text)
    answer = text.split('id="answer"')[1].split("</section>")[0]
    assert "Rien n’est à décrire pour l’instant" in answer
    assert "après la première publication" in answer
    assert "Dites-le à l’opérateur" not in answer


def test_without_answers_it_is_a_page_of_the_release(samples: Client) -> None:
    """The table says the same; there is no answer yet."""
    text = unescape(samples.get("scope.html").text)
    assert 'id="answer"' not in text
    assert "Les microentreprises sont exemptées" in text
    assert samples.get("en/scope.html").status_code == 200
