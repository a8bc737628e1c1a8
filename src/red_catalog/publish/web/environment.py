"""Jinja as pages use it: what stands in templates, and what they can call."""

import hashlib
import json
import pickle
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from markupsafe import Markup, escape

from red_catalog.model.spelling import typeset
from red_catalog.publish.record import properties
from red_catalog.publish.web import links
from red_catalog.publish.web.languages import Language, language
from red_catalog.publish.web.markup import writer
from red_catalog.publish.web.mistakes import loader
from red_catalog.publish.web.texts import choose, clean, shorten
from red_catalog.publish.web.themes import fingerprint

# A sentence written out alone, or standing among other things in an expression.
_SENTENCE: Final = re.compile(r"""\{\{ _\((["'])([^"'\\{}]+)\1\) \}\}""")
_WITHIN: Final = re.compile(r"""(?<![\w.])_\((["'])([^"'\\{}]+)\1\)""")


class _Wording(Extension):
    """Writes what is the same on every page of a language into the templates: sentences, names.

    Asking for each at every page would take a third of the time.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source in the language of its environment.

        Raises TemplateSyntaxError for a sentence that the catalogues do not hold.
        """
        spoken: Language = self.environment.globals["lang"]  # type: ignore[assignment]
        fixed: Mapping[str, Markup] = self.environment.globals["fixed"]  # type: ignore[assignment]
        for expression, written in fixed.items():
            # A brace of ours must not begin an expression.
            read = str(written).replace("{", "&#123;")
            source = source.replace(f"{{{{ {expression} }}}}", read)

        def say(found: re.Match[str]) -> str:
            try:
                return spoken.gettext(found[2])
            except KeyError:
                line = found.string.count("\n", 0, found.start()) + 1
                told = f"there is no sentence {found[2]!r}"
                raise TemplateSyntaxError(told, line, name, filename) from None

        text = _SENTENCE.sub(lambda m: str(escape(say(m))), source)
        return _WITHIN.sub(lambda m: json.dumps(say(m)), text)


class _Compiled(FileSystemBytecodeCache):
    """Templates as compiled before: compiling them takes a second.

    Whatever is wrong with the files, pages are written.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes a template from its file, where that is whole."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template, where that is possible."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(place: Path | None, code: str, inputs: object) -> BytecodeCache | None:
    """What keeps templates in a folder, of which those of others are removed.

    In the names, a digest of what they depend on besides their source.
    """
    if place is None:
        return None
    stem = f"{code}-{hashlib.sha256(repr(inputs).encode()).hexdigest()[:16]}-"
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob(f"{code}-*"):
            if not old.name.startswith(stem):
                old.unlink(missing_ok=True)
    return _Compiled(str(place), f"{stem}%s")


@cache
def environment(
    code: str,
    theme: Path | None,
    compiled: Path | None,
    fixed: tuple[tuple[str, Markup], ...],
) -> Environment:
    """The templates in a language.

    `fixed`: what they name that is the same on every page, and how it reads; `compiled`: where
    they are kept.
    """
    loaders: list[BaseLoader] = [PackageLoader("red_catalog.publish.web")]
    if theme:
        # A theme's template may extend ours of the same name as `red/NAME`.
        ours = PrefixLoader({"red": loaders[0]})
        loaders = [loader(theme), loaders[0], ours]
    found = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled(compiled, code, (fingerprint(theme), fixed)),
    )
    found.globals |= {"lang": language(code), "fixed": dict(fixed), **dict(fixed)}
    found.add_extension(_Wording)
    found.globals |= _calls(code)
    found.filters |= _filters(code)
    return found


def _calls(code: str) -> dict[str, Callable[..., object]]:
    """What templates in a language call."""
    spoken = language(code)
    return {
        "_": spoken.gettext,
        "ngettext": spoken.ngettext,
        "safe": links.safe,
        "web": links.web,
        "shown": links.shown,
        "hide": links.hide,
        "choose": lambda names: choose(names, code),
        "property_name": lambda iri, inside=False: properties.name(iri, code, inside=inside),
        "compact": properties.compact,
    }


def _filters(code: str) -> dict[str, Callable[..., object]]:
    """What templates in a language pass values through.

    A filter costs a third of what a call costs, and pages have hundreds.
    """
    spoken, written = language(code), writer(code)
    return {
        "number": spoken.number,
        "day": spoken.date,
        "moment": spoken.moment,
        "size": spoken.size,
        "clean": clean,
        "percent": spoken.percent,
        "shorten": shorten,
        "pick": spoken.typeset,
        "tongue": spoken.tongue,
        "typeset": typeset if code == "fr" else str,
        "choose": lambda names: choose(names, code),
        "value": written.value,
        "values": written.values,
        "rows": written.rows,
        "text": written.text,
        "paragraphs": written.paragraphs,
    }
