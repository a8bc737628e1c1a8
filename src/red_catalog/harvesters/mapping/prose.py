"""Texts that a site may have laid out with tags, as their words."""

from typing import Any

from red_catalog.harvesters.mapping.sheet import Sheet
from red_catalog.harvesters.mapping.values import texts
from red_catalog.harvesters.markup import has_tags, strip_tags


def prose(sheet: Sheet, field: str, value: Any) -> list[str]:
    """Literals without the tags of HTML."""
    return texts(sheet, field, _without_tags(value))


def _without_tags(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_tags(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_tags(one) for name, one in value.items()}
    return strip_tags(value) if isinstance(value, str) and has_tags(value) else value
