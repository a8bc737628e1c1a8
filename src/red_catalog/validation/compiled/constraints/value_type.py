"""sh:class, sh:datatype and sh:nodeKind."""

from collections.abc import Iterator
from typing import Final

from rdflib.namespace import RDF, RDFS, SH

from red_catalog.namespaces import RDF_TYPE
from red_catalog.rdf.terms import LANG_STRING, XSD_STRING, literal
from red_catalog.validation.compiled.check import Check, Context, DataTest, Test, each, each_in_data
from red_catalog.validation.compiled.data import Data
from red_catalog.validation.compiled.datatypes import Form, form_of
from red_catalog.validation.compiled.declaration import named

_KINDS: Final = {
    "sh:IRI": "<",
    "sh:BlankNode": "_",
    "sh:Literal": '"',
    "sh:BlankNodeOrIRI": "<_",
    "sh:IRIOrLiteral": '<"',
    "sh:BlankNodeOrLiteral": '_"',
}


def compile_class(context: Context) -> Iterator[Check]:
    """Each value is an instance of every class named."""
    for cls in context.declared.terms(SH["class"]):
        yield each_in_data(
            _is_instance(context, cls), context.failing("sh:ClassConstraintComponent")
        )


def _is_instance(context: Context, cls: str) -> DataTest:
    accepted = context.classes.under(cls)
    known = context.background.instances(accepted)
    nothing: dict[str, list[str]] = {}

    def is_instance(data: Data, value: str) -> bool:
        if value in known:
            return True
        return not accepted.isdisjoint(data.record.get(value, nothing).get(RDF_TYPE, ()))

    return is_instance


def compile_datatype(context: Context) -> Iterator[Check]:
    """Each value is a literal of the datatype, in one of its lexical forms."""
    datatype = context.declared.one(SH.datatype)
    if datatype is not None:
        yield each(_has_datatype(str(datatype)), context.failing("sh:DatatypeConstraintComponent"))


def _has_datatype(datatype: str) -> Test:
    if datatype == XSD_STRING:
        return lambda term: term[0] == term[-1] == '"'
    if datatype == LANG_STRING:
        return lambda term: term[0] == '"' and term[-1] not in '">'
    if datatype == str(RDFS.Literal):
        return lambda term: term[0] == '"'
    if datatype == str(RDFS.Datatype):  # as pySHACL reads it: any literal with a datatype
        return lambda term: term[0] == '"' and term[-1] == ">"
    return _has_form(f'"^^<{datatype}>', form_of(datatype))


def _has_form(ending: str, form: Form | None) -> Test:
    length = len(ending)
    if form is None:
        return lambda term: term[0] == '"' and term.endswith(ending)
    # A form never holds what N-Triples escapes (XML may, and is unescaped for it).
    plain = ending != f'"^^<{RDF.XMLLiteral}>'

    def has_form(term: str) -> bool:
        if not term.endswith(ending) or term[0] != '"':
            return False
        return bool(form(term[1:-length] if plain else _text(term)))

    return has_form


def _text(term: str) -> str:
    return literal(term)[0]


def compile_node_kind(context: Context) -> Iterator[Check]:
    """Each value is an IRI, a blank node or a literal, as demanded."""
    kind = context.declared.one(SH.nodeKind)
    if kind is None:
        return
    first = _KINDS.get(named(kind))
    if first is None:
        raise context.declared.error(f"has {named(kind)} for sh:nodeKind, which is not one")
    yield each(lambda term: term[0] in first, context.failing("sh:NodeKindConstraintComponent"))
