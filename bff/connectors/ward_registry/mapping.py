"""From the registry's answer to a `Household`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import httpx
import msgspec

from bff.connectors.bounds import AtMost100, Line, MayBeEmpty, PersonId, PostalCode, WardCode
from bff.exchange.answer import told
from bff.exchange.silence import Silent, Why
from life_events.facts import Household, Member, Relation


class _Member(msgspec.Struct, frozen=True):
    person: PersonId
    me: bool
    name: Line
    kana: MayBeEmpty
    birth_date: date
    sex: Literal["female", "male"]
    relation: Relation


class _Household(msgspec.Struct, frozen=True):
    ward: WardCode
    address: Line
    postal_code: PostalCode
    since: date
    members: Annotated[tuple[_Member, ...], AtMost100]


def household(answer: httpx.Response, source: str, *, ward: str | None) -> Household:
    """Wrong are: another ward than the one asked, not just one `me`, the same person twice."""
    wire = told(answer, _Household, source)
    persons = {member.person for member in wire.members}
    just_one_me = sum(member.me for member in wire.members) == 1
    if wire.ward != ward or not just_one_me or len(persons) != len(wire.members):
        raise Silent(source, Why.WRONG_ANSWER)
    return Household(
        ward=wire.ward,
        address=wire.address,
        postal_code=wire.postal_code,
        since=wire.since,
        members=tuple(
            Member(
                person=member.person,
                me=member.me,
                name=member.name,
                kana=member.kana,
                birth_date=member.birth_date,
                sex=member.sex,
                relation=member.relation,
            )
            for member in wire.members
        ),
    )
