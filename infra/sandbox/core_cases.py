"""The wards' core systems: POST / takes a decision in, once for each key."""

import re
import uuid
from datetime import date
from typing import Final, Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.people import People, find
from infra.sandbox.services import Call, Key, Service, Subject, header_faults, no_match, refused_body
from infra.sandbox.settings import Clock
from infra.sandbox.ward import WARDS

KNOWN: Final = re.compile("[a-z_]+")


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /. `key` makes a repeated POST harmless."""

    key: uuid.UUID
    subject: Subject
    receipt_number: str
    procedure: str
    version: str
    outcome: Literal["decided", "rejected"]
    decided_on: date
    answers: dict[str, object]
    automatic: bool


def core_cases_services(people: People, clock: Clock) -> dict[Key, Service]:
    taken: dict[tuple[str, uuid.UUID], tuple[Decision, dict[str, object]]] = {}

    async def answer(call: Call) -> Answer:
        try:
            decision = msgspec.json.decode(call.body, type=Decision)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        if wrong := header_faults(call.headers, decision.subject.id):
            return json_answer(422, {"code": "invalid", "fields": wrong})
        if find(people, decision.subject.items, clock.today()) is None:
            return no_match()
        if not KNOWN.fullmatch(decision.procedure):
            return json_answer(422, {"code": "unknown_procedure"})
        place = (call.member, decision.key)
        receipt = {"number": f"R-{len(taken) + 1:06}", "state": "received", "at": clock.now()}
        first, told = taken.setdefault(place, (decision, receipt))
        if first != decision:
            return json_answer(409, {"code": "key_taken"})
        return json_answer(201 if told is receipt else 200, told)

    return {("GOV", "core", "cases"): Service("core_cases", frozenset(WARDS), endpoints("POST /"), answer)}
