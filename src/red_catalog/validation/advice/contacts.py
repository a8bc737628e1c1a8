"""Contacts without an address: the one that stands under another name, or an example of one."""

from collections.abc import Mapping, Sequence
from typing import Final

from red_catalog.model import Triple
from red_catalog.namespaces import term
from red_catalog.rdf.terms import iri as bare
from red_catalog.rdf.terms import is_blank, make_iri, make_literal
from red_catalog.validation.advice.converting import email_in
from red_catalog.validation.advice.examples import example_of
from red_catalog.validation.advice.fixing import Fix
from red_catalog.validation.advice.grouping import Group, Index
from red_catalog.validation.advice.offering import same
from red_catalog.validation.advice.pasting import Addition, paste, paste_inside, shorten
from red_catalog.validation.advice.refusing import properties_in

_EMAIL: Final = term("vcard:hasEmail")
# Of an address or a page, either of which will do, the one that is offered.
_WANTED: Final = {
    frozenset({term("vcard:hasURL"), _EMAIL}): _EMAIL,
    frozenset({term("cv:email"), term("cv:contactPage")}): term("cv:email"),
}
_MAILBOX: Final = ("mail", "mbox")  # how the names of properties end that hold one


def fix(group: Group, index: Index) -> Fix | None:
    """The fix of contacts that have neither an e-mail address nor a page; None of others."""
    wanted = _WANTED.get(frozenset(properties_in(group.path)))
    if group.kind != "missing" or wanted is None:
        return None
    named = [s for s in group.subjects if not is_blank(s)]
    spoken_of = named or group.subjects
    found = [(s, *one) for s in spoken_of if (one := _find(index.get(s, {}), wanted))]
    if len(found) < len(spoken_of):
        return _exemplify(named, wanted)
    return _move(found, wanted) if named else _move_inside(found, wanted)


def _find(said: Mapping[str, Sequence[str]], wanted: str) -> tuple[str, str] | None:
    """The property and the value (terms) in which an e-mail address stands."""
    return next(
        (
            (path, value)
            for path in sorted(said)
            if path != wanted and path.rstrip(">").casefold().endswith(_MAILBOX)
            for value in said[path]
            if email_in(value)
        ),
        None,
    )


def _write(value: str, wanted: str) -> str:
    email = email_in(value) or ""
    return make_iri(f"mailto:{email}") if wanted == _EMAIL else make_literal(email)


def _move(found: Sequence[Triple], wanted: str) -> Fix:
    added: list[Addition] = [(s, wanted, same(_write(v, wanted))) for s, _, v in found]
    renamed = bare(found[0][1]), bare(wanted)
    return Fix(paste(found, added), tuple(found), renamed=renamed)


def _move_inside(found: Sequence[Triple], wanted: str) -> Fix:
    """The same of what has no address; nothing to write where several say different things."""
    _, path, value = found[0]
    renamed = bare(path), bare(wanted)
    if len({one[1:] for one in found}) > 1:
        return Fix(renamed=renamed)
    new = same(_write(value, wanted))
    turtle = paste_inside(wanted, shorten(value), new, (), sure=True, former=path)
    return Fix(turtle, renamed=renamed)


def _exemplify(named: Sequence[str], wanted: str) -> Fix:
    example = example_of(wanted, ())
    if example is None:
        return Fix()
    if not named:
        return Fix(paste_inside(wanted, None, example, (), sure=False))
    return Fix(paste((), [(s, wanted, example) for s in named], "example"))
