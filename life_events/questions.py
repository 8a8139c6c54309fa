"""Questions to the person, and the check of one answer."""

import enum
from datetime import date

from msgspec import Struct

from life_events.form import Choice
from life_events.terms import Person, Text

MOVED_IN = "household.since"
"""The event that the register shows: she came to live where she lives."""
DISASTER = "disaster"
"""The event that an authority declares: what struck the ward she lived in."""
CERTIFIED = "care.valid_from"
"""The event that the care insurance shows, for each person: the present certification began, perhaps another level."""
TOLD_BY_OTHERS = frozenset({MOVED_IN, DISASTER, CERTIFIED})
"""Events that nobody has to ask her about."""

SAME_WITHIN = 60
"""Days by which the day of an event may usually be put off without becoming another one."""


class QuestionKind(enum.Enum):
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    WARD = "ward"


class QuestionSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`days_from`, `days_to`: first and last day accepted, seen from today. `per_person`: asked as `fact:person`.

    `of`: the events it belongs to, each the fact of another question or one TOLD_BY_OTHERS: an answer given before its
    event began does not count. `lasts`: days after which it counts no more and is asked again; None: as long as those.
    `same_within`: a date changed by no more days than that is still the same event.
    `no_lasts`, `no_lasts_expecting`: the same as `lasts` for a "no", and for one given while a birth may come any day.
    `taken_back_by`: a fact whose "yes", when given later, takes this answer back.
    `anew_after`: a fact after whose "yes" the same answer, told again, is another event.
    """

    fact: str
    kind: QuestionKind
    label: Text
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    per_person: bool = False
    days_from: int | None = None
    days_to: int | None = None
    of: tuple[str, ...] = ()
    lasts: int | None = None
    same_within: int = SAME_WITHIN
    no_lasts: int | None = None
    no_lasts_expecting: int | None = None
    taken_back_by: str | None = None
    anew_after: str | None = None


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
