"""The ward offices' own records: resident registry, childcare, care insurance."""

from typing import Final, Literal

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.people import People, find, resolve
from infra.sandbox.services import Call, Key, Query, Service, no_match, only_query, read_query
from infra.sandbox.settings import Clock

WARDS: Final = {
    "131016": "千代田区",
    "131024": "中央区",
    "131032": "港区",
    "131041": "新宿区",
    "131059": "文京区",
    "131067": "台東区",
    "131075": "墨田区",
    "131083": "江東区",
    "131091": "品川区",
    "131105": "目黒区",
    "131113": "大田区",
    "131121": "世田谷区",
    "131130": "渋谷区",
    "131148": "中野区",
    "131156": "杉並区",
    "131164": "豊島区",
    "131172": "北区",
    "131181": "荒川区",
    "131199": "板橋区",
    "131202": "練馬区",
    "131211": "足立区",
    "131229": "葛飾区",
    "131237": "江戸川区",
}
Part = Literal["registry", "childcare", "care", "school"]


def ward_services(people: People, clock: Clock) -> dict[Key, Service]:
    return {
        ("GOV", "registry", "households"): kept_by_the_ward("registry", people, clock),
        ("GOV", "childcare", "records"): kept_by_the_ward("childcare", people, clock),
        ("GOV", "care-insurance", "records"): kept_by_the_ward("care", people, clock),
    }


def kept_by_the_ward(part: Part, people: People, clock: Clock) -> Service:
    """A record that only the ward the person lives in has; any other ward answers no_match."""

    async def answer(call: Call) -> Answer:
        query = read_query(call)
        if not isinstance(query, Query):
            return query
        persona = find(people, query.subject.items, clock.today())
        if persona is None or persona.ward != call.member:
            return no_match()
        content: dict[str, object] | None = getattr(persona, part)
        return no_match() if content is None else json_answer(200, resolve(content, clock.today()))

    return Service(fault=part, members=frozenset(WARDS), grants=only_query, answer=answer)
