"""Mistakes in the templates of an operator's theme, told in a sentence: those in ours are bugs."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb
from typing import Final

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from red_catalog.errors import RedError
from red_catalog.publish.web.themes import template_folder

_OURS: Final = Path(__file__).parent / "templates"
_LACKING: Final = re.compile(r"TemplateModule'? object'? has no attribute '(\w+)'")
_ADVICE: Final = "correct it there, or take the file away to have ours"


@contextmanager
def telling(theme: Path | None) -> Iterator[None]:
    """While templates are read or filled. Raises RedError for what goes wrong in a theme's."""
    try:
        yield
    except RedError:
        raise
    except Exception as error:
        place = _find(error, template_folder(theme)) if theme else None
        # What the system refuses is no mistake of a template.
        if place is None or (isinstance(error, OSError) and not isinstance(error, TemplateError)):
            raise
        raise RedError(f"{place}: {_say(error)}: {_ADVICE}.") from error


def loader(theme: Path) -> BaseLoader:
    """What reads the templates of a theme."""
    return _Loader(template_folder(theme))


class _Loader(FileSystemLoader):
    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template. Raises RedError where it is not in UTF-8."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            file = Path(self.searchpath[0], template)
            raise RedError(f"{file}, line {line}: not in UTF-8: save it again as UTF-8.") from None


def _find(error: Exception, templates: Path) -> str | None:
    """Where the innermost template is, or what it lacks is; None where that is not a theme's."""
    if lacking := _LACKING.search(str(error)):
        # It errs where ours calls what an older copy, or a shorter one, has not.
        macro = f"macro {lacking[1]}("
        ours = [path.name for path in _OURS.glob("*.html") if macro in path.read_text("utf-8")]
        if copy := next((name for name in ours if (templates / name).is_file()), None):
            return str(templates / copy)
    file, line = "", 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or "", error.lineno
    else:
        for frame, number in walk_tb(error.__traceback__):
            found = frame.f_globals
            # Jinja puts lines of templates in place of those of its own code, but for macros.
            if (template := found.get("__jinja_template__")) is not None:
                file, line = template.filename, template.get_corresponding_lineno(number)
            elif "__jinja_exception__" in found:
                file, line = frame.f_code.co_filename, number
    inside = bool(file) and Path(file).is_relative_to(templates)
    return f"{file}, line {line}" if inside else None


def _say(error: Exception) -> str:
    if lacking := _LACKING.search(str(error)):
        return f"there is no macro {lacking[1]}, which pages call"
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, KeyError):
        return f"there is no sentence, or value, {error}"
    told = error.message if isinstance(error, TemplateError) else None
    return (told or f"{type(error).__name__}: {error}").rstrip(".")
