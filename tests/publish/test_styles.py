"""Style sheets are sent squeezed, with the same rules."""

import re
from pathlib import Path

from red_catalog.publish.web.styles import squeeze
from red_catalog.publish.web.themes import OURS


def test_squeezed_rules_are_the_same() -> None:
    """Spaces and comments go; descendants, functions and values stay."""
    css = "/* a, b */\n.a  :hover , b::before { color : red; margin: 0 calc(1px + 2em) }\n"
    assert squeeze(css) == ".a :hover,b::before{color:red;margin:0 calc(1px + 2em)}\n"
    nested = "@media (min-width: 40rem) {\n  a { --x: 1px; }\n  b { y: 2 }\n}"
    assert squeeze(nested) == "@media (min-width: 40rem){a{--x:1px}b{y:2}}\n"


def test_the_site_sends_fewer_bytes(published: Path) -> None:
    """What is published has as many rules as what was written, in fewer bytes."""
    for name in ("site.css", "tokens.css"):
        ours, sent = (OURS / name).read_text(), (published / "static" / name).read_text()
        bare = re.sub(r"/\*.*?\*/", "", ours, flags=re.DOTALL)
        assert [bare.count(c) for c in "{}"] == [sent.count(c) for c in "{}"]
        assert len(sent) < 0.92 * len(ours)
