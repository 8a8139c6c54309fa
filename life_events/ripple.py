"""Ripples of a move: one thing a file of data/difference, and what a move does to it."""

import enum
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from life_events.law import Confidence
from life_events.terms import Text

Move = Literal["ward", "within", "tokyo", "beyond"]
"""Into another of the 23 wards, inside the same ward, elsewhere in Tokyo, out of Tokyo."""
ELSEWHERE: tuple[Move, ...] = ("tokyo", "beyond")
"""Destinations that are not one of the 23 wards; they are chosen by these names."""
MovePlace = Literal["old", "new", "elsewhere", "nowhere"]
"""Where it is done: the ward she leaves, the one she goes to, another office; nowhere: it happens by itself."""


class MoveKind(enum.Enum):
    """What a move does to a thing."""

    STOPS = "stops"
    STARTS = "starts"
    ISSUED_ANEW = "issued_anew"
    LAPSES = "lapses"
    CARRIES_OVER = "carries_over"


class MovePhase(enum.Enum):
    """When it is its turn. What is signed with the card comes before the register changes and ends the certificate."""

    SIGN_FIRST = "sign_first"
    BEFORE_MOVE = "before_move"
    MOVE_IN_VISIT = "move_in_visit"
    AFTER = "after"
    LATER = "later"


class Who(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom it concerns on the planned day; ages as 年齢計算ニ関スル法律 counts them.

    `age_until` is exclusive. `fiscal_year_of`: until the 31 March that ends the year in which that age is reached,
    in years or as the id of a number in law.
    `facts`: names of concerns.py, all of which must hold.
    """

    each: Literal["person", "household"]
    age_from: int | None = None
    age_until: int | None = None
    fiscal_year_of: int | str | None = None
    facts: tuple[str, ...] = ()


class ChangeSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one kind of move does.

    `term`: the number in law that gives the last day, counted from the day told to the old ward, from the real move, or
    from the filing of the move-in notice; a day not told yet is taken to be the planned one. `window`: the receiving
    ward's own window. `take`: papers of words/difference.toml; `attachments`: the procedure's own as well. `facts`:
    narrows the ripple's own condition.
    """

    moves: tuple[Move, ...]
    kind: MoveKind
    phase: MovePhase
    at: MovePlace
    procedure: str | None = None
    office: Text | None = None
    term: str | None = None
    counted_from: Literal["planned", "moved", "filed"] = "planned"
    opens: str | None = None
    window: str | None = None
    because: Text
    take: tuple[str, ...] = ()
    falls_away: tuple[str, ...] = ()
    attachments: bool = False
    facts: tuple[str, ...] = ()


class Ripple(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file. `code`: how the hand-over sheet writes it, never given to another thing. `only_if`: said when nobody
    can tell whether it concerns her.
    """

    id: str
    code: str
    place: int
    law: str | None = None
    confidence: Confidence
    sources: tuple[str, ...] = ()
    note: str = ""
    who: Who
    name: Text
    only_if: Text | None = None
    changes: tuple[ChangeSpec, ...]


class MoveWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file words/difference.toml. `falls_away`: why a paper need not be brought."""

    papers: Mapping[str, Text] = field(default_factory=dict)
    falls_away: Mapping[str, Text] = field(default_factory=dict)
    places: Mapping[Move, Text] = field(default_factory=dict)
