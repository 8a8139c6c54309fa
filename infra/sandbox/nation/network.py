"""情報提供ネットワークシステム: POST / asks, GET /{inquiry} tells; the first look at an inquiry comes too early."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.nation.data import Nation
from infra.sandbox.people import Items, People, find
from infra.sandbox.services import Call, Key, Service, no_match, refused_body
from infra.sandbox.settings import TOKYO, Clock

NETWORK: Final = frozenset({"900006"})
BASES: Final = frozenset({"number_act_19_8"})
MAY_ASK: Final = {
    "児童手当の支給に関する事務": {"pension_kind_is_employees", "lives_in_household"},
    "児童扶養手当の支給に関する事務": {"receives_public_pension", "income_below_limit", "receives_child_allowance"},
    "介護保険の保険給付に関する事務": {"resident_tax_exempt", "certified_for_care", "receives_public_pension"},
}
"""What a procedure may ask about (for the stand-in; the true list is an ordinance)."""
TELLS: Final = {"pension_kind_is_employees": "日本年金機構", "receives_public_pension": "日本年金機構"}
REFUSES: Final = "lives_in_household"
"""Whoever holds it does not tell (不提供)."""


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    birth_date: date
    address: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: uuid.UUID
    subject: Subject
    procedure: str
    purpose: Annotated[str, msgspec.Meta(min_length=1)]
    basis: str
    question: str
    on: date


@dataclass
class Inquiry:
    number: str
    asked: Asked
    by: str
    persona: str
    at: datetime
    looks: int = 0


def network_services(people: People, nation: Nation, clock: Clock) -> dict[Key, Service]:
    inquiries: dict[str, Inquiry] = {}

    async def answer(call: Call) -> Answer:
        if call.method == "GET":
            return _told(inquiries.get(call.path[1:]), nation, clock, call)
        try:
            asked = msgspec.json.decode(call.body, type=Asked)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        return _ask(inquiries, people, clock, call, asked)

    service = Service("information_network", NETWORK, endpoints("POST /", "GET /*"), answer)
    return {("GOV", "information-network", "inquiries"): service}


def _ask(inquiries: dict[str, Inquiry], people: People, clock: Clock, call: Call, asked: Asked) -> Answer:
    known = next((one for one in inquiries.values() if one.asked.key == asked.key), None)
    if known is not None:
        return json_answer(202, _row(known)) if known.asked == asked else json_answer(409, {"code": "key_taken"})
    if asked.basis not in BASES or asked.question not in MAY_ASK.get(asked.procedure, ()):
        return json_answer(422, {"code": "not_listed"})
    persona = find(people, Items(asked.subject.name, asked.subject.birth_date, asked.subject.address), clock.today())
    if persona is None:
        return no_match()
    name = next(name for name, one in people.residents.items() if one is persona)
    number = f"Q-{clock.today().year}-{len(inquiries) + 1:06d}"
    by = call.headers.get("x-road-userid", "")
    inquiry = Inquiry(number, asked, by, name, clock.now().astimezone(TOKYO))
    inquiries[number] = inquiry
    return json_answer(202, _row(inquiry))


def _told(inquiry: Inquiry | None, nation: Nation, clock: Clock, call: Call) -> Answer:
    """Only whoever asked hears the answer."""
    if inquiry is None or inquiry.by != call.headers.get("x-road-userid", ""):
        return no_match()
    inquiry.looks += 1
    if inquiry.looks == 1:
        return json_answer(200, _row(inquiry))
    question = inquiry.asked.question
    told_by = TELLS.get(question, "港区長")
    row = {**_row(inquiry), "told_by": told_by, "at": clock.now().astimezone(TOKYO)}
    if question == REFUSES:
        return json_answer(200, {**row, "state": "refused"})
    held = nation.answers.get(inquiry.persona, {}).get(question, "unknown")
    return json_answer(200, {**row, "state": "answered", "answer": held, "as_of": inquiry.asked.on})


def _row(inquiry: Inquiry) -> dict[str, object]:
    nothing = dict.fromkeys(("answer", "told_by", "as_of"))
    return {"inquiry": inquiry.number, "state": "waiting", **nothing, "at": inquiry.at}
