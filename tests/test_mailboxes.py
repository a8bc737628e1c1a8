"""Mailboxes that red.toml may name."""

from pathlib import Path

import pytest

from red_catalog.config import load
from red_catalog.config.mailboxes import addresses, read_mailbox
from red_catalog.errors import RedError
from red_catalog.pipeline.desk.initialising import initialise
from red_catalog.publish.web.site import site


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("donnees@chu.exemple.fr", ["donnees@chu.exemple.fr"]),
        ("mailto:donnees@chu.exemple.fr", ["donnees@chu.exemple.fr"]),
        ("MAILTO:donnees@chu.exemple.fr", ["donnees@chu.exemple.fr"]),
        ("Dr. Anne Durand <dim@chu.exemple.fr>", ["dim@chu.exemple.fr"]),
        ("Équipe n.1 <dim@chu.exemple.fr>", ["dim@chu.exemple.fr"]),
        ("DIM du CHU <dim@chu.exemple.fr>", ["dim@chu.exemple.fr"]),
        ("dim@chu.exemple.fr, dpo@chu.exemple.fr", ["dim@chu.exemple.fr", "dpo@chu.exemple.fr"]),
        ('"Durand, Anne" <dim@chu.exemple.fr>', ["dim@chu.exemple.fr"]),
        ("veille@hôpital.exemple.fr", ["veille@xn--hpital-ixa.exemple.fr"]),
        ("données@chu.exemple.fr", ["données@chu.exemple.fr"]),
    ],
)
def test_every_mailbox_is_written_to(text: str, written: list[str]) -> None:
    """One or several, with a name or without; a domain with accents as mail servers know it."""
    assert read_mailbox(Path("red.toml"), "holder 1", {"email": text}, "email") == text
    assert [one.addr_spec for one in addresses(text)] == written


@pytest.mark.parametrize(
    "text",
    [
        "dim@chu.exemple.fr;dpo@chu.exemple.fr",
        "Durand, Anne <dim@chu.exemple.fr>",
        "dim@chu@exemple.fr",
        "@",
        "dim@",
        '""@chu.exemple.fr',
        "mailto:dim@chu.exemple.fr?subject=catalogue",
        "dim@chu.exemple.fr, dpo@chu.exemple.fr?subject=catalogue",
        "d im@chu.exemple.fr",
        "chu.exemple.fr",
    ],
)
def test_a_mailbox_that_would_be_written_otherwise_is_refused(text: str) -> None:
    """The sentence names the place and how mailboxes are written."""
    with pytest.raises(RedError, match=r"holder 1\.email is .*with commas between them"):
        read_mailbox(Path("red.toml"), "holder 1", {"email": text}, "email")


def test_of_several_mailboxes_no_persons_is_published(tmp_path: Path) -> None:
    """Role mailboxes are, without the names beside them."""
    initialise(tmp_path)
    path = tmp_path / "red.toml"
    text = path.read_text("utf-8")
    boxes = "Jeanne Dupont <dim@chu.exemple.fr>, jeanne.dupont@chu.exemple.fr"
    path.write_text(text.replace("[[holder]]\n", f'[[holder]]\nemail = "{boxes}"\n', 1), "utf-8")
    (holder,) = site(load(path)).holders.values()
    assert holder.email == "dim@chu.exemple.fr"
