"""The wards' core systems: POST /files takes what belongs to a decision, POST / the decision, once for each key."""

import re
from typing import Final

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.decisions import Decision, Decisions, File
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.people import People, find
from infra.sandbox.services import Call, Key, Service, header_faults, no_match, refused_body
from infra.sandbox.settings import Clock
from infra.sandbox.ward import WARDS

KNOWN: Final = re.compile("[a-z_]+")
GRANTED: Final = endpoints("POST /", "POST /files")


def core_cases_services(people: People, decisions: Decisions, clock: Clock) -> dict[Key, Service]:
    async def answer(call: Call) -> Answer:
        shape: type[File | Decision] = File if call.path == "/files" else Decision
        try:
            told = msgspec.json.decode(call.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        if wrong := header_faults(call.headers, told.subject.id):
            return json_answer(422, {"code": "invalid", "fields": wrong})
        if find(people, told.subject.items, clock.today()) is None:
            return no_match()
        if isinstance(told, File):
            return _file(decisions, call.member, told)
        return _decision(decisions, call.member, told)

    return {("GOV", "core", "cases"): Service("core_cases", frozenset(WARDS), GRANTED, answer)}


def _file(decisions: Decisions, ward: str, file: File) -> Answer:
    if not file.is_whole:
        return json_answer(422, {"code": "wrong_digest"})
    decisions.keep_file(ward, file)
    return json_answer(200, {"digest": file.digest})


def _decision(decisions: Decisions, ward: str, decision: Decision) -> Answer:
    if not KNOWN.fullmatch(decision.procedure):
        return json_answer(422, {"code": "unknown_procedure"})
    if decisions.missing(ward, decision):
        return json_answer(422, {"code": "files_missing"})
    taken, new = decisions.take(ward, decision)
    if taken.decision != decision:
        return json_answer(409, {"code": "key_taken"})
    return json_answer(201 if new else 200, {"number": taken.number, "state": "received", "at": taken.at})
