"""Contracts of supply as their owners tell them: each number once, and a day to end exactly where one ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

import httpx

from bff.connectors.answers import clean
from bff.exchange.silence import Silent, Why


class Contract(Protocol):
    """`state` is `in_use`, or a word for one that ends or has ended on the day `until`."""

    @property
    def number(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


class Contracts(Protocol):
    @property
    def contracts(self) -> Sequence[Contract]: ...


T = TypeVar("T", bound=Contracts)


def contracts_as(answer: httpx.Response, shape: type[T], source: str) -> T:
    """A contract that stops has the day, one in use has none; all else is a wrong answer."""
    wire = clean(answer, shape, source)
    numbers = {one.number for one in wire.contracts}
    if len(numbers) < len(wire.contracts) or not all(map(_fits, wire.contracts)):
        raise Silent(source, Why.WRONG_ANSWER)
    return wire


def _fits(one: Contract) -> bool:
    if one.until is None:
        return one.state == "in_use"
    return one.state != "in_use" and one.since <= one.until
