"""あかり電力, a made-up private utility. It does not know birth dates and matches on name and address alone."""

from typing import Final

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.people import People, find, resolve
from infra.sandbox.services import Call, Key, Query, Service, no_match, only_query, read_query
from infra.sandbox.settings import Clock

COMPANY: Final = "100001"


def electricity_services(people: People, clock: Clock) -> dict[Key, Service]:
    async def answer(call: Call) -> Answer:
        query = read_query(call)
        if not isinstance(query, Query):
            return query
        persona = find(people, query.subject.items, clock.today(), by_birth_date=False)
        if persona is None or persona.electricity is None:
            return no_match()
        return json_answer(200, resolve(persona.electricity, clock.today()))

    service = Service(fault="electricity", members=frozenset({COMPANY}), grants=only_query, answer=answer)
    return {("COM", "electricity", "contracts"): service}
