"""The post: sends mail on for a year from the day it is asked, beginning some working days later (S055, S056)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal

from infra.sandbox.acts.desk import Desk, Kept, No, Order, Takes, Told
from infra.sandbox.acts.knowing import persona
from infra.sandbox.people import People, same
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock

MOST: Final = 6
DAYS_TO_BEGIN: Final = 3
EARLIEST: Final = timedelta(days=180)
IN_JAPAN: Final = re.compile(r"(東京都|北海道|(京都|大阪)府|.{2,3}県).+")
SATURDAY: Final = 5


class Request(Order, frozen=True, kw_only=True):
    old_address: str
    new_address: str
    persons: list[str]
    from_day: date
    stays: Literal["none", "some"]


def forwarding_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    def judge(asked: Request) -> Told:
        persona(people, clock, asked)
        _takes(asked, clock.today())
        begins = max(asked.from_day, _working_days_after(clock.today(), DAYS_TO_BEGIN))
        return {
            "old_address": asked.old_address,
            "new_address": asked.new_address,
            "persons": asked.persons,
            "from_day": asked.from_day,
            "begins": begins,
            "ends": max(begins, clock.today() + timedelta(days=364)),
        }

    def revoke(kept: Kept) -> Told:
        if kept.told["begins"] <= clock.today():
            raise No("too_late_to_cancel")
        return {}

    states = ("received", "checking", "forwarding")
    desk = Desk("F", clock, pace, {"/requests": Takes(Request, judge, states)}, revoke=revoke)
    return {("COM", "forwarding", "requests"): desk.service("mail_forwarding", "100004")}


def _takes(asked: Request, today: date) -> None:
    """Raises `No`. Who lives at the old address is known by the card's address."""
    if len(asked.persons) > MOST:
        raise No("too_many_people")
    if not IN_JAPAN.fullmatch(asked.new_address):
        raise No("abroad")
    if same(asked.old_address) == same(asked.new_address):
        raise No("same_address")
    if same(asked.old_address) != same(asked.subject.address):
        raise No("not_confirmed")
    if asked.from_day > today + EARLIEST:
        raise No("too_early")


def _working_days_after(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day
