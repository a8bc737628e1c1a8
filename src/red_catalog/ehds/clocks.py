"""How long each step may take by law, and until which day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from red_catalog.ehds.months import add_months, next_working_day
from red_catalog.model import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One period: `months` at most, and `more` where it is extended; who has it, by `article`."""

    name: Text
    months: int
    more: int
    article: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A way to the data, whose steps follow one another. `since`: what starts it."""

    id: str
    name: Text
    since: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a step that began on `start`, and that of its extension.

    `working` and `working_late`: the next working day, where the last day is none.
    """

    step: Step
    start: date
    end: date
    late: date

    @property
    def working(self) -> date:
        """The last day, or the Monday after a weekend."""
        return next_working_day(self.end)

    @property
    def working_late(self) -> date:
        """The last day of the extension, or the Monday after a weekend."""
        return next_working_day(self.late)


_COMPLETE: Final[Text] = {
    "fr": "le jour où la demande est complète", "en": "the day the application is complete",
}  # fmt: skip
_PROVIDE: Final = Step(
    {"fr": "Le détenteur fournit les données", "en": "The holder provides the data"},
    3, 3, "60",
)  # fmt: skip
_DECIDE: Final[Text] = {"fr": "L’organisme d’accès décide", "en": "The access body decides"}

CLOCKS: Final = (
    Clock(
        "permit", {"fr": "Autorisation de traitement", "en": "Data permit"}, _COMPLETE,
        (Step(_DECIDE, 3, 3, "67–68"), _PROVIDE),
    ),
    Clock(
        "fast-track",
        {"fr": "Autorisation, procédure accélérée des organismes publics",
         "en": "Data permit, fast track of public bodies"},
        _COMPLETE, (Step(_DECIDE, 2, 1, "67–68"), _PROVIDE),
    ),
    Clock(
        "trusted",
        {"fr": "Autorisation, par un détenteur de confiance",
         "en": "Data permit, through a trusted data holder"},
        _COMPLETE,
        (
            Step({"fr": "Le détenteur de confiance évalue la demande",
                  "en": "The trusted holder assesses the application"}, 2, 0, "72"),
            Step(_DECIDE, 2, 0, "72"),
            _PROVIDE,
        ),
    ),
    Clock(
        "statistics",
        {"fr": "Demande de statistiques anonymes", "en": "Request for anonymous statistics"},
        _COMPLETE,
        (Step({"fr": "L’organisme d’accès répond", "en": "The access body answers"},
              3, 3, "69"),),
    ),
    Clock(
        "provision", {"fr": "Mise à disposition des données", "en": "Data provided by the holder"},
        {"fr": "le jour où le détenteur est saisi", "en": "the day the holder is asked"},
        (_PROVIDE,),
    ),
)  # fmt: skip


def find(clock_id: str) -> Clock:
    """The clock of this id. Raises KeyError for an unknown one."""
    return {clock.id: clock for clock in CLOCKS}[clock_id]


def deadlines(clock: Clock, start: date) -> tuple[Deadline, ...]:
    """The latest days of each step, where every step before has taken all the time it may.

    A step begins on the day the one before ends; an extension makes its period longer, so that
    the end of a month is cut once.
    """
    found = []
    begun = begun_late = start
    for step in clock.steps:
        end = add_months(begun, step.months)
        late = add_months(begun_late, step.months + step.more)
        found.append(Deadline(step, begun, end, late))
        begun, begun_late = end, late
    return tuple(found)
