"""The whole story, told once; tests look at its chapters."""

from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest

from red_catalog.publish.pages.dues import Due, reviews
from red_catalog.register.ledger import Register
from red_catalog.register.reminders import Reminder
from red_catalog.register.tokens import BODY
from tests.harvesters.spreadsheet.declaration import Rows, declaration, fill
from tests.story.world import CONFIG, World, links_of, serving

HOLDER = "ch-tamaris"
CANARY = "CANARI-7f3a"


@dataclass
class Story:
    """What the people of the story saw, by chapter."""

    world: World
    mails: dict[str, list[EmailMessage]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    reminders: dict[str, list[Reminder]] = field(default_factory=dict)
    standings: dict[str, Due] = field(default_factory=dict)

    def stand(self, chapter: str) -> None:
        """Notes how the dataset stands today."""
        with Register.open(self.world.settings.register) as register:
            (self.standings[chapter],) = reviews(register.entries(), self.world.now.date(), ())


def mistaken() -> Rows:
    """The declaration with five mistakes, as people make them."""
    rows = declaration()
    rows["datasets"][0] |= {
        "frequency": "menusel", "issued": "31/02/2024", "records": "environ 12 000",
        "structured": "peut-être", "min_age": 90, "max_age": 18, "note": f"{CANARY}-note",
    }  # fmt: skip
    return rows


def onboard(world: World) -> None:
    """The operator registers the hospital; its spreadsheets will lie in a folder."""
    world.root.mkdir()
    (world.root / "declarations").mkdir()
    (world.root / "red.toml").write_text(CONFIG, encoding="utf-8")
    world.operator(
        "holder", "add", HOLDER, "--name", "Centre hospitalier des Tamaris", "--name",
        "Tamaris Hospital", "--kind", "hospital", "--siren", "552100554", "--email",
        "entrepot@ch-tamaris.example", "--namespace", "https://ch-tamaris.example/jeu/",
        "--funding", "public", "--none", "f", "--note", f"{CANARY}-operateur",
        "--source", "spreadsheet", "--location", "declarations",
    )  # fmt: skip
    world.operator(
        "holder", "add", "cabinet-roseau", "--name", "Cabinet du Roseau", "--email",
        f"{CANARY}.perrin@roseau.example".lower().replace("-7f3a", "a"),
    )  # fmt: skip


def send(world: World, rows: Rows) -> None:
    """The hospital puts its workbook where the catalogue looks."""
    place = world.root / "declarations" / "tamaris.xlsx"
    place.unlink(missing_ok=True)
    fill(place, rows)


def tell(story: Story) -> None:
    """From onboarding to evidence."""
    world = story.world
    send(world, mistaken())
    world.harvest()
    story.mails["mistakes"] = world.mails()
    world.on("2029-04-03")
    good = declaration()
    good["datasets"][0]["note"] = f"{CANARY}-note"
    send(world, good)
    world.harvest()
    story.mails["mended"] = world.mails()
    with serving(world):
        search(story)
        attest(story)
        overdue(story, good)
        watch(story)


def search(story: Story) -> None:
    """The start-up finds the dataset by category and population, and its page."""
    world = story.world
    asked = "api/datasets?q=urgences&category=EHRS&population=4&lang=fr"
    story.answers["search"] = world.get(asked).json()
    story.answers["beside"] = [
        world.get(asked.replace(meant, other)).json()["total"]
        for meant, other in (("=EHRS", "=BIOB"), ("population=4", "population=1"), ("urg", "drag"))
    ]
    lists = ("category/ehrs.html", "population/4.html")
    story.answers["lists"] = [world.get(one).text for one in lists]
    story.answers["guide"] = world.get(f"holder/{HOLDER}/guide.html").text
    story.answers["page"] = world.get(story.answers["search"]["datasets"][0]["page"]).text


def attest(story: Story) -> None:
    """Eleven months later the hospital is reminded; a scanner opens the link, then a person."""
    world = story.world
    world.on("2030-03-01")
    story.stand("day before")
    story.reminders["day before"] = world.remind()
    world.on("2030-03-02")
    story.stand("due")
    story.reminders["due"] = world.remind()
    story.reminders["again"] = world.remind()
    story.mails["due"] = world.mails()
    link = links_of(story.mails["due"][-1])[0]
    story.answers["scanned"] = world.get(link)
    story.stand("scanned")
    shown = story.answers["scanned"].text
    digest = shown.partition('name="digest" value="')[2].partition('"')[0]
    story.answers["stale"] = world.post(link, {"digest": "0" * 64})
    story.answers["confirmed"] = world.post(link, {"digest": digest})
    story.answers["twice"] = world.post(link, {"digest": digest})
    story.stand("attested")
    other = world.key("cabinet-roseau", "attest", "read")
    address = f"ingest/attestations?dataset={story.standings['due'].entry.iri}"
    story.answers["other"] = world.post(address, None, **{"X-API-Key": other})
    story.answers["other board"] = world.get(
        f"api/dashboard?holder={HOLDER}", **{"X-API-Key": other}
    )


def overdue(story: Story, rows: Rows) -> None:
    """The description changes; a year later nobody has checked it."""
    world = story.world
    world.on("2030-06-01")
    rows["datasets"][0]["records"] = 455_120
    send(world, rows)
    world.harvest()
    story.stand("changed")
    page = f"dataset/{story.standings['changed'].entry.slug}"
    story.answers["changed page"] = world.get(page, Accept="text/html").text
    world.on("2031-03-02")
    story.stand("overdue")
    story.reminders["overdue"] = world.remind()


def watch(story: Story) -> None:
    """The access body and the hospital read their dashboards; the body exports its evidence."""
    world = story.world
    body, own = world.key(BODY, "read"), world.key(HOLDER, "read", "attest")
    story.answers["body"] = world.get("api/dashboard", **{"X-API-Key": body}).json()
    story.answers["body page"] = world.post("dashboard", {"key": body})
    story.answers["body csv"] = world.post("dashboard", {"key": body, "output": "csv"})
    story.answers["body late"] = world.post("dashboard", {"key": body, "output": "late"})
    story.answers["own"] = world.get("api/dashboard", **{"X-API-Key": own}).json()
    story.answers["own page"] = world.post("en/dashboard", {"key": own})
    story.answers["no key"] = world.post("dashboard", {"key": "red_00000000_x"})
    for form in ("evidence", "evidence-csv"):
        story.answers[form] = world.post("dashboard", {"key": body, "output": form})
    story.answers["feed"] = world.get(f"holder/{HOLDER}/checks.atom").text
    story.answers["duties"] = world.get("api/duties").json()
    iri = story.standings["due"].entry.iri
    story.answers["by key"] = world.post(
        f"ingest/attestations?dataset={iri}", None, **{"X-API-Key": own}
    ).json()
    canaries = f'SELECT * {{ ?s ?p ?o FILTER(CONTAINS(LCASE(STR(?o)), "{CANARY.lower()}")) }}'
    story.answers["sparql"] = world.get(
        f"sparql?query={canaries.replace(' ', '+')}", Accept="application/sparql-results+json"
    ).json()
    asked = ("api/datasets", "api/holders", "api/changes", "api/duties", "oai?verb=ListRecords"
             "&metadataPrefix=oai_dc", f"api/datasets/{story.standings['due'].entry.slug}",
             f"holder/{HOLDER}/checks.atom")  # fmt: skip
    story.answers["public"] = {path: world.get(path).text for path in asked}


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The story, told to its end; the catalogue's folder stays for who looks at it."""
    found = Story(World(tmp_path_factory.mktemp("story") / "catalogue"))
    onboard(found.world)
    tell(found)
    return found


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
