"""POST /xroad/v1/applications/{receipt number}/status: a ward tells, unasked, where an application stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

import msgspec

from bff.connectors.ward_counter.mapping import Number, State, WrongField
from bff.documents import receiving
from bff.home.ward_says import Took, Word, take
from bff.inlet.answer import Answer, Call, Service, json_answer
from bff.inlet.coming import Refused
from bff.wiring import House
from life_events import contains_individual_number

RECEIPT = re.compile(r"KM-[0-9]{6}-[0-9]{8}-[0-9]{6,12}")


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`number`: the ward's own; `note`: the official's word to the applicant; `fields`: what is sent back, each with
    the reason: a field by its id, as it was delivered, or by its Japanese label."""

    state: State
    number: Number | None = None
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    fields: Annotated[tuple[WrongField, ...], msgspec.Meta(max_length=200)] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        return {"note": self.note or "", "fields": "\n".join(f"{one.field}\n{one.message}" for one in self.fields)}


def service(house: House) -> Service:
    """Only the ward the application went to is heard; for every other there is no such application."""

    async def answer(call: Call) -> Answer:
        receipt = _receipt_of(call)
        said = _said(await call.body.whole())
        word = Word(call.client.member, receipt, said.state, said.number or "", said.note, _named(said))
        async with house.db.house() as conn:
            took, meant = await take(conn, house.catalogue, word, house.clock())
            if meant is not None and took is Took.NEWS:
                await receiving.promise_of_decision(conn, meant, said.state)
        whose = meant.resident if meant else None
        if took is Took.UNKNOWN or meant is None:
            raise Refused(404, "unknown_receipt", "there is no such application in your ward", resident=whose)
        if took is Took.SETTLED:
            raise Refused(409, "settled", f"it was {meant.state} already", resident=whose)
        content = {"receipt_number": receipt, "state": said.state, "news": took is Took.NEWS}
        return json_answer(200, content, resident=whose)

    return answer


def _receipt_of(call: Call) -> str:
    rest = call.coming.rest
    if len(rest) != 2 or rest[1] != "status" or not RECEIPT.fullmatch(rest[0]):  # noqa: PLR2004
        raise Refused(404, "unknown_path", "the path is /{receipt number}/status")
    if call.coming.verb != "POST":
        raise Refused(405, "unknown_method", "only POST")
    return rest[0]


def _said(body: bytes) -> Said:
    try:
        said = msgspec.json.decode(body, type=Said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message, _, place = str(error).partition(" - at `$")
        where = place.rstrip("`").lstrip(".") or "$"
        raise Refused(422, "invalid", "the body is not as it should be", {where: message}) from error
    for name, text in said.texts.items():
        if "\x00" in text:
            raise Refused(422, "invalid", "a text may hold no NUL", {name: "holds a NUL"})
        if contains_individual_number(text):
            raise Refused(422, "invalid", "no individual number may be told", {name: "holds an individual number"})
    if said.fields and said.state != "sent_back":
        raise Refused(422, "invalid", "only what is sent back names fields", {"fields": "the state is not sent_back"})
    return said


def _named(said: Said) -> list[tuple[str, str]]:
    return [(one.field, one.message) for one in said.fields]
