"""Questions to the person, and the check of one answer."""

import enum
from datetime import date

from msgspec import Struct

from life_events.form import Choice
from life_events.terms import Person, Text


class QuestionKind(enum.Enum):
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    WARD = "ward"


class QuestionSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`days_from`, `days_to`: first and last day accepted, seen from today. `per_person`: asked as `fact:person`."""

    fact: str
    kind: QuestionKind
    label: Text
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    per_person: bool = False
    days_from: int | None = None
    days_to: int | None = None


class Question(Struct, frozen=True, kw_only=True):
    """As shown: `fact` is the id to answer under; WARD carries its choices already.

    `subject`: the one of her household it is about, None: not about one person. `min_date`, `max_date`: of a DATE,
    None: no limit.
    """

    fact: str
    label: Text
    help: Text | None
    kind: QuestionKind
    choices: tuple[Choice, ...]
    subject: Person | None = None
    min_date: date | None = None
    max_date: date | None = None
