"""What the editor of the queries page says, in one language, as JSON safe inside HTML."""

import json
from functools import cache
from typing import Any, Final

from markupsafe import Markup

from red_catalog.publish.dataset.structured import inert
from red_catalog.publish.web.languages import language


def _mark(message: str) -> str:
    return message


_SENTENCES: Final = {
    "query": _mark("Query"),
    "run": _mark("Run the query"),
    "stop": _mark("Stop"),
    "plain": _mark("Back to the plain form"),
    "link": _mark("Link to this query"),
    "keys": _mark("Ctrl + Enter runs the query, Ctrl + Space completes a word, Tab leaves the "
                  "editor."),
    "running": _mark("The query is running…"),
    "stopped": _mark("The query was stopped."),
    "answered": _mark("Answered in {seconds} s."),
    "one": _mark("1 row."),
    "many": _mark("{n} rows."),
    "failed": _mark("The query was not answered; the reason is below."),
    "truncated": _mark("The answer was cut at the limit of rows."),
    "results": _mark("Answer"),
    "row": _mark("Row"),
    "size": _mark("Rows per page"),
}  # fmt: skip
# What Yasgui says, and what stands in its place.
_SAID: Final = {
    "Table": _mark("Table"),
    "Response": _mark("As received"),
    "Simple view": _mark("Values alone"),
    "Ellipse": _mark("Shorten long values"),
    "Filter query results": _mark("Filter the rows"),
    "Page size:": _mark("Rows per page"),
    "All": _mark("All"),
    "Download result": _mark("Download the answer"),
    "Download Results": _mark("Download the answer"),
    "Download not supported": _mark("This answer cannot be downloaded"),
    "Show all": _mark("Show all"),
    "True": _mark("Yes"),
    "False": _mark("No"),
}
# The table's own templates: DataTables fills in what stands between underscores.
_TABLE: Final = {
    "info": _mark("Rows _START_ to _END_ of _TOTAL_"),
    "infoEmpty": _mark("No row"),
    "infoFiltered": _mark("(of _MAX_ in all)"),
    "emptyTable": _mark("No row"),
    "zeroRecords": _mark("No row"),
}
# What a screen reader says behind the name of a column, and of the signs that turn pages.
_SORTS: Final = {
    "orderable": _mark("press to sort"),
    "orderableReverse": _mark("press to sort the other way round"),
    "orderableRemove": _mark("press to sort no longer"),
}
_PAGES: Final = {
    "first": _mark("First page"),
    "previous": _mark("Previous page"),
    "next": _mark("Next page"),
    "last": _mark("Last page"),
}


@cache
def words(code: str) -> Markup:
    """The content of the block that `sparql.js` reads."""
    spoken = language(code)
    told: dict[str, Any] = {name: spoken.gettext(text) for name, text in _SENTENCES.items()}
    told["said"] = {name: spoken.gettext(text) for name, text in _SAID.items()}
    told["table"] = {name: spoken.gettext(text) for name, text in _TABLE.items()}
    sorts = {name: f"{spoken.colon} {spoken.gettext(text)}" for name, text in _SORTS.items()}
    pages = {name: spoken.gettext(text) for name, text in _PAGES.items()}
    told["table"]["aria"] = sorts | {"paginate": pages}
    separators = {"fr": ("\u202f", ","), "en": (",", ".")}[code]
    told["table"]["thousands"], told["table"]["decimal"] = separators
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return inert(text)
