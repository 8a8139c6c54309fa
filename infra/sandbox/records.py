"""Owners of records that answer one question, `POST /query`, each from a file of its own in data/records.

A file is named like its switch at /_faults and says who offers the service and what is held of whom. Dates in it are
relative, as in people.toml.
"""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.people import People, find, resolve
from infra.sandbox.services import Call, Key, Query, Service, no_match, only_query, read_query
from infra.sandbox.settings import Clock
from infra.sandbox.ward import WARDS

FOLDER = Path(__file__).parent / "data" / "records"


class Owner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`members`: the codes that offer it, or `wards`: all 23, each telling of its own residents only.

    `matches_birth_date` is false where the owner does not know it. `holds`: by persona, the answer as it goes out.
    """

    member_class: Literal["GOV", "EDU", "COM"]
    members: list[str] | Literal["wards"]
    subsystem: str
    service: str
    holds: dict[str, dict[str, object]]
    matches_birth_date: bool = True


def record_services(people: People, clock: Clock, folder: Path = FOLDER) -> dict[Key, Service]:
    """Raises msgspec.ValidationError when a file does not have the shape above, ValueError for an unknown persona."""
    services: dict[Key, Service] = {}
    for file in sorted(folder.glob("*.toml")):
        owner = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Owner)
        if strangers := owner.holds.keys() - people.residents.keys():
            raise ValueError(f"{file.name} holds records of {sorted(strangers)}, who are nobody")
        services[owner.member_class, owner.subsystem, owner.service] = _service(file.stem, owner, people, clock)
    return services


def _service(fault: str, owner: Owner, people: People, clock: Clock) -> Service:
    async def answer(call: Call) -> Answer:
        query = read_query(call)
        if not isinstance(query, Query):
            return query
        persona = find(people, query.subject.items, clock.today(), by_birth_date=owner.matches_birth_date)
        name = next((name for name, one in people.residents.items() if one is persona), "")
        lives_elsewhere = owner.members == "wards" and persona is not None and persona.ward != call.member
        if name not in owner.holds or lives_elsewhere:
            return no_match()
        return json_answer(200, resolve(owner.holds[name], clock.today()))

    members = frozenset(WARDS) if owner.members == "wards" else frozenset(owner.members)
    return Service(fault=fault, members=members, grants=only_query, answer=answer)
