"""What is advised of a description and no sheet can give: it is not asked of who fills one in."""

from typing import Final

from red_catalog.namespaces import term

# The profile wants a dataset that the same document describes.
_NOT_IN_TEMPLATE: Final = frozenset({term("dct:source")})


def is_asked(kind: str, path: str | None) -> bool:
    """Whether a spreadsheet or the form can mend a problem of this kind and property."""
    return kind != "missing" or path not in _NOT_IN_TEMPLATE
