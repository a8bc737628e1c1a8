"""What dashboards tell of a holder's datasets."""

from datetime import date
from typing import Any

from red_catalog.register.desk import Desk
from red_catalog.serve.holders import boards


def test_late_datasets_are_told_in_the_language_asked_for(samples: Any) -> None:
    """A title in two languages is given in the reader's."""
    config = samples.place.config
    day = date(2040, 1, 1)
    with Desk.open(config.register) as desk:
        told = {
            lang: boards.of_holder(config, desk.register, "chu-valmorin", day, lang)["late"]
            for lang in ("fr", "en")
        }
    titles = {lang: {one["iri"]: one["title"] for one in told[lang]} for lang in told}
    stays = "https://donnees.chu-valmorin.example/jeu/eds-sejours"
    assert titles["fr"].keys() == titles["en"].keys()
    assert titles["fr"][stays] != titles["en"][stays]
    assert "Hospital stays" in titles["en"][stays]
