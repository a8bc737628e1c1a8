"""What the documents say of the command line is what it has."""

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from red_catalog.cli import cli
from red_catalog.config.kinds import HARVESTED
from red_catalog.harvesters.spreadsheet.sheets import SHEETS
from tests import catalogue
from tests.catalogue import json_of, leave_few_rules, red_catalog

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = [DOCS / "guides" / name for name in ("operator.md", "operateur.md")]
COMMAND_LINE = (DOCS / "command-line.md").read_text("utf-8")
# A command of ours at the beginning, behind sudo, or in the line for cron.
_TYPED = re.compile(r"(?m)(?:^|^sudo |[(;] ?)red-catalog ([a-z][^|;)#\n]*)")
IRI = "https://mon-etablissement.example/jeu/urgences"
ASKED = [
    "holder show mon-etablissement", "token create mon-etablissement", "token list", "token log",
    "reviews", f"attest {IRI}", "evidence", f"history {IRI}", "report mon-etablissement",
    "shapes list", "backup copy.db", "restore copy.db", "publish",
]  # fmt: skip


def commands(group: click.Group = cli, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        elif command is not None:
            yield f"{before}{name}", command


def options(command: click.Command) -> set[str]:
    """The long options of a command."""
    found = (one.opts for one in command.params if isinstance(one, click.Option))
    return {one for names in found for one in names if one.startswith("--")}


def test_every_option_is_in_the_documents() -> None:
    """Whoever reads the page of the command line misses no option."""
    said = COMMAND_LINE + (DOCS / "holders.md").read_text("utf-8")
    # Those of `holder add` are the keys of a holder.
    known = {one for name, c in commands() if name != "holder add" for one in options(c)}
    assert {one for one in known if one not in said} <= {"--output"}  # told as -o


def test_every_key_of_json_is_in_the_documents(tmp_path: Path) -> None:
    """What `--json` prints of a small catalogue has no name that command-line.md leaves out."""
    assert red_catalog(tmp_path, "init", "catalogue").returncode == 0
    folder = leave_few_rules(tmp_path / "catalogue" / "red.toml").parent
    assert red_catalog(folder, "run").returncode == 0
    said = set(re.findall(r"\w+", COMMAND_LINE.partition("## Exit codes")[2]))
    for asked in ASKED:
        unsaid = keys(json_of(folder, *shlex.split(asked))) - said
        assert not unsaid, f"{asked}: {unsaid}"
    catalogue.assert_whole(folder)


def keys(plain: Any) -> set[str]:
    """The names in a value of JSON, at any depth."""
    if isinstance(plain, list):
        return {name for one in plain for name in keys(one)}
    if isinstance(plain, dict):
        return {*plain} | keys([*plain.values()])
    return set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_guides_of_operators_name_what_there_is(guide: Path) -> None:
    """Each command in a block of code, its options, and each file of `deploy/` exist."""
    text = guide.read_text("utf-8")
    known = dict(commands())
    typed = [line for block in blocks(text) for line in _TYPED.findall(block)]
    assert len(typed) > 10
    for words in map(shlex.split, typed):
        name = next((one for one in (" ".join(words[:2]), words[0]) if one in known), None)
        assert name, words
        assert {one for one in words if one.startswith("--")} <= options(known[name]), words
    made = {"red-catalog.env"}  # by whoever has secrets
    named = set(re.findall(r"deploy/([\w.-]+\w)", text)) - made
    assert named
    assert all((DOCS.parent / "deploy" / one).is_file() for one in named)


def blocks(text: str) -> list[str]:
    """The blocks of code."""
    return re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_guides_of_operators_tell_what_cannot_be_changed_later(guide: Path) -> None:
    """Base address and invented holder come up before the server, its restart after a new key."""
    before, _, after = guide.read_text("utf-8").partition("deploy/")
    assert "`holders/mon-etablissement`" in before
    assert "`public/`" in before
    assert after.index("token create") < after.index("`sudo systemctl restart red-catalog`")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_guides_of_operators_harvest_before_they_publish_a_restored_register(guide: Path) -> None:
    """What sources marked private after the backup counts, and `publish` alone may be refused."""
    (block,) = (one for one in blocks(guide.read_text("utf-8")) if "catalog restore" in one)
    assert re.findall(r"red-catalog (\w+)", block) == ["restore", "doctor", "run"]


def test_no_document_installs_from_a_registry() -> None:
    """What `pip install` names is the folder at hand: the registry does not have the program."""
    paths = [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
    told = "".join(path.read_text("utf-8") for path in paths)
    named = re.findall(r"pip install ([^\s`]+)", told)
    assert len(named) > 3
    assert all(one.startswith("'.[") for one in named), named


@pytest.mark.parametrize(
    ("guide", "language", "form"),
    [("detenteurs.md", "fr", "Dans le formulaire"), ("holders.md", "en", "In the form")],
)
def test_guides_of_holders_name_columns_of_the_workbook(
    guide: str, language: str, form: str
) -> None:
    """Each column that a guide names has that heading in the workbook."""
    chapter = (DOCS / "guides" / guide).read_text("utf-8").partition("\n## 3.")[2]
    named = re.findall(r"«\s(.+?)\s»|“(.+?)”", chapter.partition(form)[0])
    headings = {column.heading(language) for sheet in SHEETS for column in sheet.columns}
    assert len(named) > 5
    assert {" ".join(one).strip() for one in named} <= headings


@pytest.mark.parametrize("guide", ["holders.md", "users.md"])
def test_english_guides_lead_to_english_pages(guide: str) -> None:
    """Each page of the site that they name is the one in English."""
    named = re.findall(r"`([\w/-]+\.html)`", (DOCS / "guides" / guide).read_text("utf-8"))
    assert named
    assert all(page.startswith("en/") for page in named)


@pytest.mark.parametrize("kind", HARVESTED)
def test_each_kind_of_source_has_its_page(kind: str) -> None:
    """Whoever sets one up finds how it is configured, and each of its options."""
    page = (DOCS / "sources" / f"{kind}.md").read_text("utf-8")
    assert f'kind = "{kind}"' in page
    harvest = import_module(f"red_catalog.harvesters.{kind}").harvest
    options = harvest.__globals__.get("OPTIONS", ())
    assert [one for one in options if f"`{one}`" not in page] == []


def test_the_legal_basis_names_what_there_is() -> None:
    """Each file and folder that an article is said to be in, or to be tested in, is there."""
    told = re.findall(r"`([a-z_]+/[^`]+)`", (DOCS / "legal-basis.md").read_text("utf-8"))
    root, source = DOCS.parent, DOCS.parent / "src" / "red_catalog"
    roots = (root, source, source / "publish" / "web")
    assert len(told) > 40
    assert {one for one in told if not any((folder / one).exists() for folder in roots)} == set()


def test_both_guides_of_operators_have_the_same_commands() -> None:
    """What is to be typed is the same in both languages, but for names."""
    own = {"ADRESSE": "ADDRESS", "catalogue.exemple.fr": "catalogue.example.fr"}
    english, french = (blocks(path.read_text("utf-8")) for path in GUIDES)
    for given, wanted in own.items():
        french = [block.replace(given, wanted) for block in french]
    assert french == english
