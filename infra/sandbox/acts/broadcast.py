"""NHK: who moved where. Two households that become one are taken by phone only."""

from __future__ import annotations

from datetime import date
from typing import Literal

from infra.sandbox.acts.desk import Desk, No, Order, Takes, Told
from infra.sandbox.acts.knowing import held, persona
from infra.sandbox.people import People
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import Clock


class Report(Order, frozen=True, kw_only=True):
    case: Literal["whole", "leaving", "merging"]
    contract: str | None
    address: str
    on: date


def broadcast_services(people: People, clock: Clock, pace: float) -> dict[Key, Service]:
    contracts = held("broadcast", "contracts", "number")

    def judge(report: Report) -> Told:
        own = contracts.get(persona(people, clock, report), [])
        if report.case == "merging":
            raise No("by_phone_only")
        if report.case == "whole" and report.contract is None:
            raise No("contract_needed")
        if report.case == "whole" and report.contract not in own:
            raise No("unknown_contract")
        contract = report.contract if report.case == "whole" else None
        return {"case": report.case, "contract": contract, "address": report.address, "on": report.on}

    desk = Desk("R", clock, pace, {"/reports": Takes(Report, judge, ("received", "done"))})
    return {("COM", "reception", "reports"): desk.service("broadcast_address", "100003")}
