"""Two children at one school, and what a phone may send oddly: at the same moment twice, or with a clock of its own."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.school.people import ABSENCE, ANSWER, LINE, at_school, does, hers, writes
from tests.staff.desk import Official
from tests.town import Town

MAIL = "{ viewer { inbox { nodes { id answeredAt } } schools { notices { notice pupil mine { id } body { ja } } } } }"


async def test_one_of_two_children_is_not_both_and_twice_is_once(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    had = await at_school(town, hana)
    teacher, first = Official(await town.official("staff-minato-school")), had["pupil"]
    until = (town.house.clock() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    notice = (await writes(teacher, to=["school:芝浜小学校"], asks="consent", until=until)).rpartition("/")[2]
    other = next(one["id"] for one in (await hers(hana))["pupils"] if one["id"] != first)
    at = f"{town.house.today()}T00:00:00"

    def answer(pupil: str) -> dict[str, Any]:
        said = {"notice": notice, "pupil": pupil, "answers": {"consent": "yes"}}
        return {**said, "id": str(uuid4()), "answeredAt": at}

    async def is_answered() -> bool:
        told = (await hana.asks(MAIL))["viewer"]["inbox"]["nodes"]
        return next(one["answeredAt"] for one in told if one["id"] == notice) is not None

    assert (await does(hana, ANSWER, input=answer(first)))["state"] == "COUNTED", "a clock without a zone is of Japan"
    assert not await is_answered(), "the other child is still asked for"
    told = (await hana.asks(MAIL))["viewer"]["schools"]["notices"]
    those = [one["notice"] for one in told if one["pupil"] == other and one["body"]["ja"] == "動物園へ行きます。"]
    assert those == [notice, had["school_notice"]], "also what was sent before she joined the child"

    day = str(town.house.today())
    sick = {
        "version": 1,
        "pupil": first,
        "kind": "SICK",
        "fromOn": day,
        "toOn": day,
        "sentAt": "0001-01-01T00:00:00+09:00",
    }
    line = {"notice": notice, "pupil": first, "text": "質問です"}
    twice: list[tuple[str, str, dict[str, Any]]] = [
        ("Absence", ABSENCE, {**sick, "id": str(uuid4())}),
        ("SchoolLine", LINE, {**line, "id": str(uuid4())}),
        ("SchoolAnswer", ANSWER, answer(other)),
    ]
    for name, mutation, wish in twice:
        same = await asyncio.gather(*[does(hana, mutation, input=wish) for _ in range(4)])
        assert [one["__typename"] for one in same] == [name] * 4
    last = {**sick, "id": str(uuid4()), "fromOn": "9999-12-31", "toOn": "9999-12-31"}
    assert (await does(hana, ABSENCE, input=last))["__typename"] == "FieldsRefused"
    assert await is_answered()
