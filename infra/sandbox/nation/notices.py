"""お知らせ on Mynaportal: the file of notices, and which of them were marked read since the start."""

from datetime import datetime
from typing import Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.services import Call, Service, Subject, header_faults, refused_body
from infra.sandbox.settings import TOKYO, Clock


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /marks."""

    subject: Subject
    number: str
    mark: Literal["read", "unread"]


def with_marks(told: Service, clock: Clock) -> Service:
    """`told` answers POST /query; the marks are kept by the person as she is recognised, not by her pseudonym."""
    marks: dict[tuple[str, str], datetime | None] = {}

    async def answer(call: Call) -> Answer:
        if call.path == "/query":
            return _with(marks, call, await told.answer(call))
        try:
            mark = msgspec.json.decode(call.body, type=Mark)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        if wrong := header_faults(call.headers, mark.subject.id):
            return json_answer(422, {"code": "invalid", "fields": wrong})
        hers = await told.answer(Call(call.member, "POST", "/query", call.headers, call.body))
        if hers.status != 200:
            return hers
        if mark.number not in {one["number"] for one in msgspec.json.decode(hers.body)["notices"]}:
            return json_answer(409, {"code": "unknown_notice"})
        now = clock.now().astimezone(TOKYO)
        marks[mark.subject.name, mark.number] = now if mark.mark == "read" else None
        return json_answer(200, {"number": mark.number, "mark": mark.mark, "at": now})

    return Service(told.fault, told.members, endpoints("POST /query", "POST /marks"), answer)


def _with(marks: dict[tuple[str, str], datetime | None], call: Call, told: Answer) -> Answer:
    if told.status != 200:
        return told
    name = msgspec.json.decode(call.body)["subject"]["name"]
    notices = msgspec.json.decode(told.body)["notices"]
    for one in notices:
        one["read_at"] = marks.get((name, one["number"]), one["read_at"])
    return json_answer(200, {"notices": notices})
