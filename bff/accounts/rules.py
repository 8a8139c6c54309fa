"""What an operator decides about accounts; periods are ours, unconfirmed by any ward (ADR 0025)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Rules:
    """`grace`: after her wish to be erased, in which a login calls it off. `code_lives`, `code_tries`: of a code given
    at a desk. `second_look`: another official agrees before it is given. `merge_within`: from one proof to the other.
    """

    grace: timedelta = timedelta(days=14)
    code_lives: timedelta = timedelta(hours=24)
    code_tries: int = 5
    second_look: bool = False
    merge_within: timedelta = timedelta(minutes=10)
