"""Registers that confirm and never tell: 住基ネット, 戸籍情報連携, 登記情報."""

from datetime import date
from typing import Final, Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.nation.data import Nation, named
from infra.sandbox.people import People, Persona, resolve, same
from infra.sandbox.services import Call, Key, Service, no_match, only_query, refused_body
from infra.sandbox.settings import Clock

RESIDENTS: Final = frozenset({"900002"})
JUSTICE: Final = frozenset({"900003"})


class Compared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    birth_date: date
    address: str
    sex: Literal["male", "female"] | None


class Confirming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    subject: Compared


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    birth_date: date


class Relating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    subject: Person
    relation: Literal["spouse", "former_spouse", "parent", "child"]
    other: Person


class Identifying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    subject: Person
    identifier: str


class Holder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    address: str


class LookingUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Literal["land", "building", "company"]
    number: str
    subject: Holder | None


def register_services(people: People, nation: Nation, clock: Clock) -> dict[Key, Service]:
    async def residents(call: Call) -> Answer:
        try:
            return _confirmed(people, nation, clock.today(), msgspec.json.decode(call.body, type=Confirming).subject)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)

    async def families(call: Call) -> Answer:
        try:
            if call.path == "/relationships":
                return _related(people, clock.today(), msgspec.json.decode(call.body, type=Relating))
            return _identified(people, nation, clock.today(), msgspec.json.decode(call.body, type=Identifying))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)

    async def lands(call: Call) -> Answer:
        try:
            return _extract(people, nation, clock.today(), msgspec.json.decode(call.body, type=LookingUp))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)

    family = endpoints("POST /relationships", "POST /identifiers")
    return {
        ("GOV", "resident-network", "confirmations"): Service("resident_network", RESIDENTS, only_query, residents),
        ("GOV", "family-register", "confirmations"): Service("family_register", JUSTICE, family, families),
        ("GOV", "registers", "extracts"): Service("register_extract", JUSTICE, only_query, lands),
    }


def _confirmed(people: People, nation: Nation, today: date, asked: Compared) -> Answer:
    """Found by the name; for a name nobody has there is no entry to compare with."""
    found = named(people, asked.name)
    if found is None:
        return no_match()
    key, one = found
    sex = {"1": "male", "2": "female"}.get(one.gender)
    compared = {
        "name": True,
        "birth_date": resolve(one.born, today) == asked.birth_date.isoformat(),
        "sex": None if asked.sex is None else sex == asked.sex,
        "address": same(one.address) == same(asked.address),
        "change": resolve(nation.changes.get(key), today),
    }
    return json_answer(200, compared)


def _related(people: People, today: date, asked: Relating) -> Answer:
    """From the household of whoever asks; of her parents and a former spouse the linked register cannot tell."""
    found = _person(people, today, asked.subject)
    if found is None:
        return no_match()
    household = resolve(found[1].registry or {"members": []}, today)
    members = household["members"] if isinstance(household, dict) else []
    is_so = any(
        one["relation"] == asked.relation
        and same(one["name"]) == same(asked.other.name)
        and one["birth_date"] == asked.other.birth_date.isoformat()
        for one in members
    )
    cannot_tell = asked.relation in ("parent", "former_spouse")
    confirmed = "yes" if is_so else "unknown" if cannot_tell else "no"
    return json_answer(200, {"relation": asked.relation, "confirmed": confirmed, "as_of": today})


def _identified(people: People, nation: Nation, today: date, asked: Identifying) -> Answer:
    """A code in another person's hands is as good as unknown."""
    found, code = _person(people, today, asked.subject), nation.identifiers.get(asked.identifier)
    if found is None:
        return no_match()
    if code is None or code.holder != found[0]:
        return json_answer(200, {"state": "unknown", "kind": None, "issued_on": None, "valid_until": None})
    days = {"issued_on": resolve(code.issued_on, today), "valid_until": resolve(code.valid_until, today)}
    return json_answer(200, {"state": code.state, "kind": code.kind, **days})


def _extract(people: People, nation: Nation, today: date, asked: LookingUp) -> Answer:
    register = nation.extracts.get(asked.number)
    if register is None or register.kind != asked.kind:
        return no_match()
    told = {
        "kind": register.kind,
        "number": asked.number,
        "title": register.title,
        "state": register.state,
        "holder": _holder(people.residents[register.holder], asked.subject),
        "changed_on": resolve(register.changed_on, today),
        "as_of": today,
    }
    return json_answer(200, told)


def _holder(owner: Persona, asked: Holder | None) -> str:
    if asked is None:
        return "not_asked"
    fits = same(owner.name) == same(asked.name) and same(owner.address) == same(asked.address)
    return "matches" if fits else "differs"


def _person(people: People, today: date, asked: Person) -> tuple[str, Persona] | None:
    found = named(people, asked.name)
    if found is None or resolve(found[1].born, today) != asked.birth_date.isoformat():
        return None
    return found
