"""What is wrong in a document, in a form that crosses a pipe: a code and its details."""

from typing import Any, NamedTuple


class Trouble(NamedTuple):
    """A code of `defects.TABLE`, where it is, whom it touches, and what fills its sentence."""

    code: str
    line: int | None = None
    column: int | None = None
    subject: str | None = None
    details: dict[str, Any] = {}  # noqa: RUF012  (never changed)


class RefusedError(Exception):
    """The whole document cannot be read."""

    def __init__(
        self, code: str, line: int | None = None, column: int | None = None, **details: object
    ) -> None:
        super().__init__(code)
        self.trouble = Trouble(code, line, column, None, details)
