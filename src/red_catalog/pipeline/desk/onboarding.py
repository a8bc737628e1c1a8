"""The guide of one holder as text, ready to be mailed."""

import textwrap

from red_catalog.config import Config
from red_catalog.model.spelling import bind
from red_catalog.publish.lists.facets import categories_of
from red_catalog.publish.pages.guide import Section, sections
from red_catalog.publish.web.site import site
from red_catalog.register.ledger import Register

_WIDTH = 78


def guide(config: Config, register: Register, holder_id: str, lang: str) -> str:
    """What the holder owes, how to send it and by when. Raises RedError for an unknown one."""
    holder = config.holder(holder_id)
    mine = [e for e in register.entries() if e.holder == holder.id and e.withdrawn_at is None]
    codes = {code for e in mine for code in categories_of(e)}
    found = sections(site(config), holder, codes, lang)
    return "\n".join(_write(one, number) for number, one in enumerate(found))


def _write(section: Section, number: int) -> str:
    title = section.title if number == 0 else f"{number}. {section.title}"
    lines = [title, ("=" if number == 0 else "-") * len(title), ""]
    for text in section.texts:
        lines += [*textwrap.wrap(bind(text), _WIDTH), ""]
    for text, address in section.items:
        lines += textwrap.wrap(bind(text), _WIDTH, initial_indent="- ", subsequent_indent="  ")
        if address:
            lines.append(f"  {address}")
    if section.items:
        lines.append("")
    return "\n".join(lines)
