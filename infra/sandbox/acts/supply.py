"""Water, power and gas: starts and stops at an address. A start of gas wants a visit, three a day are offered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from infra.sandbox.acts.desk import Asked, Desk, Kept, No, Order, Takes, Tells, Told
from infra.sandbox.acts.knowing import held, persona, powered
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock

STATES: Final = ("received", "confirmed")
LONGEST: Final = timedelta(days=31)
HOURS: Final = (("1", "09:00", "12:00"), ("2", "13:00", "17:00"), ("3", "17:00", "19:00"))
SERVED: Final = re.compile(r"東京都.+[区市町村].+")


class Start(Order, frozen=True, kw_only=True):
    address: str
    on: date
    visit: str | None = None


class Stop(Order, frozen=True, kw_only=True):
    contract: str
    on: date


class When(Asked, frozen=True, kw_only=True):
    address: str
    first: date


class Company:
    """`contracts`: numbers by persona. `start_ahead`, `stop_ahead`: days that it needs at least."""

    def __init__(
        self, people: People, clock: Clock, contracts: Mapping[str, list[str]], *, start_ahead: int, stop_ahead: int
    ) -> None:
        self._people = people
        self._clock = clock
        self._contracts = contracts
        self._start_ahead = start_ahead
        self._stop_ahead = stop_ahead

    def desk(self, pace: float, *, visits: bool = False) -> Desk:
        desk = Desk("S", self._clock, pace, {}, revoke=self._revoke)
        desk.takes = {
            "/starts": Takes(Start, lambda order: self._start(order, desk, visits=visits), STATES),
            "/stops": Takes(Stop, lambda order: self._stop(order, desk), STATES),
        }
        if visits:
            desk.tells = {"/visits": Tells(When, lambda asked: self._visits(asked, desk))}
        return desk

    def _start(self, order: Start, desk: Desk, *, visits: bool) -> Told:
        persona(self._people, self._clock, order)
        if not SERVED.fullmatch(order.address):
            raise No("unknown_address")
        self._in_time(order.on, self._start_ahead)
        if any(one.told["address"] == order.address for one in desk.standing("/starts")):
            raise No("already_ordered")
        visit = self._visit(order, desk) if visits else None
        return {"kind": "start", "on": order.on, "address": order.address, "contract": None, "visit": visit}

    def _stop(self, order: Stop, desk: Desk) -> Told:
        if order.contract not in self._contracts.get(persona(self._people, self._clock, order), []):
            raise No("unknown_contract")
        self._in_time(order.on, self._stop_ahead)
        if any(one.told["contract"] == order.contract for one in desk.standing("/stops")):
            raise No("already_ordered")
        return {"kind": "stop", "on": order.on, "address": None, "contract": order.contract, "visit": None}

    def _visit(self, order: Start, desk: Desk) -> Told:
        if order.visit is None:
            raise No("visit_needed")
        free = {visit["id"]: visit for visit in self._free(order.on, desk)}
        if order.visit not in free:
            raise No("visit_taken")
        return free[order.visit]

    def _visits(self, asked: When, desk: Desk) -> object:
        first = max(asked.first, self._clock.today() + timedelta(days=self._start_ahead))
        days = [first + timedelta(days=number) for number in range(7)]
        return {"visits": [visit for day in days if day.weekday() != 6 for visit in self._free(day, desk)]}

    def _free(self, day: date, desk: Desk) -> list[Told]:
        taken = {one.told["visit"]["id"] for one in desk.standing("/starts") if one.told["visit"]}
        offered = [(f"V-{day:%Y%m%d}-{part}", begins, ends) for part, begins, ends in HOURS]
        return [
            {"id": id, "on": day, "begins": begins, "ends": ends} for id, begins, ends in offered if id not in taken
        ]

    def _in_time(self, on: date, ahead: int) -> None:
        today = self._clock.today()
        if on > today + LONGEST:
            raise No("too_early")
        if on < today + timedelta(days=ahead):
            raise No("too_late")

    def _revoke(self, kept: Kept) -> Told:
        if kept.told["on"] <= self._clock.today():
            raise No("too_late_to_cancel")
        return {}


def supply_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    water = Company(people, clock, held("water", "contracts", "number"), start_ahead=0, stop_ahead=3)
    power = Company(people, clock, powered(people), start_ahead=3, stop_ahead=1)
    gas = Company(people, clock, held("gas", "contracts", "number"), start_ahead=3, stop_ahead=3)
    return {
        ("GOV", "waterworks", "orders"): water.desk(pace).service("water_use", "130001"),
        ("COM", "electricity", "orders"): power.desk(pace).service("electricity_use", "100001"),
        ("COM", "gas", "orders"): gas.desk(pace, visits=True).service("gas_use", "100002"),
    }
