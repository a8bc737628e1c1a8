"""The statements made of a workbook, and what is to be told of it."""

import difflib
from collections.abc import Collection, Mapping
from typing import Final

from red_catalog.harvesters.mapping.lines import Lines
from red_catalog.harvesters.spreadsheet.lacking import Lacking
from red_catalog.harvesters.spreadsheet.mistakes import Place, tell
from red_catalog.model import Defect
from red_catalog.model.likeness import may_mean

# Whoever has made more mistakes than this has made one of them again and again.
MAX_TOLD: Final = 1_000
_MAX_HINTS: Final = 300
_MAX_CANDIDATES: Final = 3_000
_LIKE: Final = 0.6
# A code is proposed as what was meant, so a fault of typing or an ending is all that may differ.
ALMOST: Final = 0.85


class Statements(Lines):
    """The statements of a workbook; mistakes of the dataset under way know its IRI."""

    def __init__(self) -> None:
        super().__init__()
        self.subject: str | None = None
        self.mistakes: list[Defect] = []
        self.untold = 0
        self.lacking = Lacking()
        self._hints = 0

    def tell(self, code: str, place: Place, **facts: object) -> None:
        """What is wrong at this place."""
        if len(self.mistakes) >= MAX_TOLD:
            self.untold += 1
            return
        self.mistakes.append(tell(code, place, self.subject, **facts))

    def hint(self, written: str, candidates: Collection[str]) -> str | None:
        """The candidate that was probably meant; looked for so often only, as it takes time."""
        if not candidates or not self._may_look(candidates):
            return None
        near = difflib.get_close_matches(written, candidates, 1, _LIKE)
        return near[0] if near else None

    def hint_code(self, written: str, names: Mapping[str, tuple[str, str]]) -> str | None:
        """The name of a code that is almost what was written, or the only one begun by it."""
        if not self._may_look(names):
            return None
        near = difflib.get_close_matches(written, names, 3, ALMOST)
        begun = [name for name in names if name.startswith(written)]
        if len({names[name] for name in begun}) == 1:
            near += difflib.get_close_matches(written, begun, 1, _LIKE)
        return next((name for name in near if may_mean(written, name)), None)

    def _may_look(self, candidates: Collection[str]) -> bool:
        if self._hints >= _MAX_HINTS or len(candidates) > _MAX_CANDIDATES:
            return False
        self._hints += 1
        return True

    def content(self) -> bytes:
        """All statements, as N-Triples; a workbook without any is no empty document."""
        return super().content() or b"# -\n"
