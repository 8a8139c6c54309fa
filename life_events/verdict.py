"""What a rule answers: where a step stands for this person, and why."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field


class Because(Struct, frozen=True):
    """`key` names a reason text of the procedure's file; `params` fill its braces (dates are written out)."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


def because(key: str, **params: object) -> Because:
    return Because(key, params)


class Reasoned(Struct, frozen=True, kw_only=True):
    """`asks`: facts that would tell more. `way`: another way than the usual one. `ward`: another ward than her own."""

    because: Because
    asks: tuple[str, ...] = ()
    way: str | None = None
    ward: str | None = None


class Due(Reasoned, frozen=True, kw_only=True):
    """May be done now, since `opens`; `by` is the last day, which may have passed when the duty stays."""

    by: date
    opens: date | None = None


class Open(Reasoned, frozen=True, kw_only=True):
    """May be done now, without a last day. `wanted`: she asked for it, so it stands on home even where others look."""

    opens: date | None = None
    wanted: bool = False


class NotYet(Reasoned, frozen=True, kw_only=True):
    """May be done from `opens` on; `by` is the last day, None: there is none."""

    opens: date
    by: date | None = None


class Done(Reasoned, frozen=True, kw_only=True):
    """Nothing is left to be done."""


class NotYours(Reasoned, frozen=True, kw_only=True):
    """Does not concern this person; not shown."""


class Ask(Reasoned, frozen=True, kw_only=True):
    """Only the person can tell: `asks` names the facts."""


class Unheard(Reasoned, frozen=True, kw_only=True):
    """The source `source` has not answered, so nobody can say; None: its own rule failed."""

    source: str | None


Verdict = Due | Open | NotYet | Done | NotYours | Ask | Unheard


def not_concerned() -> NotYours:
    return NotYours(because=Because("not_concerned"))


def ask(fact: str, key: str = "ask") -> Ask:
    return Ask(because=Because(key), asks=(fact,))


def unheard(source: str) -> Unheard:
    return Unheard(because=Because("unheard"), source=source)


def not_judged() -> Unheard:
    return Unheard(because=Because("not_judged"), source=None)


def late_now(by: date, asks: tuple[str, ...] = (), way: str | None = None, ward: str | None = None) -> Open:
    """A duty whose last day has passed: it stays, without a day of the past to look at as if it were to come."""
    return Open(because=Because("late_now", {"by": by}), asks=asks, way=way, ward=ward)
