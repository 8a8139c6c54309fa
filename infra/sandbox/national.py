"""The nation's side: what a national office tells about a person (pension, public account, certificate)."""

from typing import Final

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.people import People, find, resolve
from infra.sandbox.services import Call, Key, Query, Service, no_match, only_query, read_query
from infra.sandbox.settings import Clock

NATION: Final = "900001"


def national_services(people: People, clock: Clock) -> dict[Key, Service]:
    async def answer(call: Call) -> Answer:
        query = read_query(call)
        if not isinstance(query, Query):
            return query
        persona = find(people, query.subject.items, clock.today())
        if persona is None or persona.national is None:
            return no_match()
        return json_answer(200, resolve(persona.national, clock.today()))

    service = Service(fault="national", members=frozenset({NATION}), grants=only_query, answer=answer)
    return {("GOV", "profile", "persons"): service}
