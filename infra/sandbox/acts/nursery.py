"""えんノート, a made-up app of nurseries: absences and pick-ups. What came in is not changed; a new one replaces it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Final, Literal

from infra.sandbox.acts.desk import Desk, Kept, No, Order, Takes, Told
from infra.sandbox.acts.knowing import held, persona
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import TOKYO, Clock

HOUR: Final = time(8, 30)
STATES: Final = ("sent", "checking", "confirmed")
SUNDAY: Final = 6


class Report(Order, frozen=True, kw_only=True):
    child: str
    on: date
    replaces: str | None = None


class Absence(Report, frozen=True, kw_only=True):
    reason: Literal["illness", "family", "late", "leaves_early", "other"]
    until: date | None = None


class PickUp(Report, frozen=True, kw_only=True):
    who: str
    time: str | None = None


@dataclass
class Nursery:
    people: People
    clock: Clock

    def desk(self, pace: float) -> Desk:
        desk = Desk("N", self.clock, pace, {}, revoke=lambda kept: self._open(kept, desk), revoked="withdrawn")
        desk.takes = {
            "/absences": Takes(Absence, lambda one: self._absence(one, desk), STATES),
            "/pick-ups": Takes(PickUp, lambda one: self._pick_up(one, desk), STATES),
        }
        return desk

    def _absence(self, report: Absence, desk: Desk) -> Told:
        if report.until is not None and report.until < report.on:
            raise No("invalid")
        self._known(report, desk)
        return self._told(report, "absence") | {"until": report.until, "who": None, "time": None}

    def _pick_up(self, report: PickUp, desk: Desk) -> Told:
        if not report.who.strip():
            raise No("invalid")
        self._known(report, desk)
        return self._told(report, "pick_up") | {"until": None, "who": report.who, "time": report.time}

    def _told(self, report: Report, kind: str) -> dict[str, object]:
        now = self.clock.now().astimezone(TOKYO)
        late = report.on == self.clock.today() and now.time() > HOUR
        return {"kind": kind, "child": report.child, "on": report.on, "late": late, "replaces": report.replaces}

    def _known(self, report: Report, desk: Desk) -> None:
        """Raises `No`; ends what is replaced."""
        name = persona(self.people, self.clock, report, by_birth_date=True)
        if report.child not in held("nursery_day", "children", "name").get(name, []):
            raise No("unknown_child")
        if report.on < self.clock.today():
            raise No("past_day")
        if report.on.weekday() == SUNDAY:
            raise No("closed_day")
        if report.replaces is None:
            return
        before = {one.number: one for one in _own(report, desk)}.get(report.replaces)
        if before is None or before.told["child"] != report.child:
            raise No("cannot_be_replaced")
        desk.end(before.number, "replaced")

    def _open(self, kept: Kept, desk: Desk) -> Told:
        if kept.told["on"] < self.clock.today():
            raise No("too_late_to_cancel")
        return {}


def nursery_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    desk = Nursery(people, clock).desk(pace)
    return {("COM", "nursery-app", "reports"): desk.service("nursery_reports", "100006")}


def _own(report: Report, desk: Desk) -> Iterator[Kept]:
    for path in desk.takes:
        yield from (one for one in desk.standing(path) if one.order.subject.id == report.subject.id)
