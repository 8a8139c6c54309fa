"""A desk: POST takes orders in, once per key; GET /{number} tells how one stands; /cancellations takes one back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.people import Items
from infra.sandbox.services import Call, Service, header_faults, no_match, refused_body
from infra.sandbox.settings import TOKYO, Clock

Told = Mapping[str, Any]
O = TypeVar("O", bound="Asked")  # noqa: E741
CANCEL = "/cancellations"


class No(Exception):
    """The desk does not do it; the word is what goes out as `code`."""


class Stranger(Exception):
    """The owner does not know whoever asks."""


class Who(msgspec.Struct, frozen=True):
    """No more than `id` is needed where nothing is kept."""

    id: str
    name: str = ""
    address: str = ""
    birth_date: date | None = None

    @property
    def items(self) -> Items:
        return Items(self.name, self.birth_date, self.address)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What every body has; the bodies of questions have no more in common."""

    subject: Who


class Order(Asked, frozen=True, kw_only=True):
    """`key` makes a repeated POST harmless."""

    key: uuid.UUID


class Cancel(Order, frozen=True, kw_only=True):
    number: str


@dataclass(frozen=True)
class Kept:
    """An order that was taken in; `told`: what is answered beside number, state and time."""

    number: str
    path: str
    order: Order
    told: Told
    at: datetime
    ended: str | None = None


@dataclass(frozen=True)
class Takes:
    """A kind of order: its body, what is told of one (raises `No`, `Stranger`), and the states it passes through."""

    shape: type[Order]
    judge: Callable[[Any], Told]
    states: tuple[str, ...] = ("received", "confirmed")


@dataclass(frozen=True)
class Tells:
    """A question that keeps nothing."""

    shape: type[Asked]
    answer: Callable[[Any], object]


@dataclass
class Desk:
    """`pace`: seconds between states; 0: none passes. `revoke`: what more is told when one is taken back, or `No`."""

    prefix: str
    clock: Clock
    pace: float
    takes: Mapping[str, Takes]
    tells: Mapping[str, Tells] = field(default_factory=dict)
    revoke: Callable[[Kept], Told] = lambda _: {}
    revoked: str = "cancelled"
    _kept: dict[str, Kept] = field(default_factory=dict)
    _keys: dict[uuid.UUID, str] = field(default_factory=dict)

    def service(self, fault: str, member: str) -> Service:
        posts = [f"POST {path}" for path in (*self.takes, *self.tells, CANCEL)]
        return Service(fault, frozenset({member}), endpoints(*posts, "GET /*"), self._answer)

    def standing(self, path: str) -> Iterator[Kept]:
        """Orders of a kind that were not taken back."""
        return (one for one in self._kept.values() if one.path == path and one.ended is None)

    def end(self, number: str, state: str) -> None:
        self._kept[number] = replace(self._kept[number], ended=state)

    async def _answer(self, call: Call) -> Answer:
        try:
            return self._done(call)
        except No as no:
            return json_answer(409 if str(no) == "key_taken" else 422, {"code": str(no), "fields": []})
        except Stranger:
            return no_match()
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)

    def _done(self, call: Call) -> Answer:
        if call.method == "GET":
            return json_answer(200, self._whole(self._own(call.path[1:], call)))
        if question := self.tells.get(call.path):
            asked = _read(call, question.shape)
            return asked if isinstance(asked, Answer) else json_answer(200, question.answer(asked))
        order = _read(call, Cancel if call.path == CANCEL else self.takes[call.path].shape)
        if isinstance(order, Answer):
            return order
        return self._take_back(order, call) if isinstance(order, Cancel) else self._take(order, call)

    def _take(self, order: Order, call: Call) -> Answer:
        if number := self._keys.get(order.key):
            kept = self._kept[number]
            if (kept.order, kept.path) != (order, call.path):
                raise No("key_taken")
            return json_answer(200, self._whole(kept))
        told = self.takes[call.path].judge(order)
        now = self.clock.now()
        number = f"{self.prefix}-{now.astimezone(TOKYO).year}-{len(self._kept) + 1:06d}"
        self._keys[order.key] = number
        self._kept[number] = Kept(number, call.path, order, told, now)
        return json_answer(201, self._whole(self._kept[number]))

    def _take_back(self, cancel: Cancel, call: Call) -> Answer:
        """A second time changes nothing."""
        kept = self._own(cancel.number, call)
        if kept.ended is None:
            told = {**kept.told, **self.revoke(kept)}
            self._kept[kept.number] = replace(kept, told=told, ended=self.revoked)
        elif kept.ended != self.revoked:
            raise No("too_late_to_cancel")
        return json_answer(200, self._whole(self._kept[kept.number]))

    def _own(self, number: str, call: Call) -> Kept:
        """Only who ordered hears of it; for everybody else there is none."""
        kept = self._kept.get(number)
        if kept is None or call.headers.get("x-road-userid") != f"JP-{kept.order.subject.id}":
            raise No("unknown_number")
        return kept

    def _whole(self, kept: Kept) -> dict[str, object]:
        states = self.takes[kept.path].states
        passed = int((self.clock.now() - kept.at) / timedelta(seconds=self.pace)) if self.pace else 0
        state = kept.ended or states[min(passed, len(states) - 1)]
        return {"number": kept.number, "state": state, "at": kept.at, "note": None, **kept.told}


def _read(call: Call, shape: type[O]) -> O | Answer:
    asked = msgspec.json.decode(call.body, type=shape)
    wrong = header_faults(call.headers, asked.subject.id)
    return json_answer(422, {"code": "invalid", "fields": wrong}) if wrong else asked
