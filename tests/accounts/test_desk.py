"""Somebody without a card is registered at her ward's desk and comes in by a code that works once."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bff.accounts import codes
from bff.identity.residents import resident_of
from tests.accounts.people import TARO, code_of, comes_by_code, enters, registers, rows, sends
from tests.town import Outside, Town, settle


async def test_taro_without_a_card_is_let_in_and_known_less_surely(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    taro = await comes_by_code(town, desk)
    viewer = (await taro.asks("{ viewer { name ward { code } } }"))["viewer"]
    assert viewer == {"name": "田中 太郎", "ward": {"code": "131032"}}
    (session,) = await rows(town, "SELECT identity, authentication, method FROM sessions")
    assert tuple(session) == (2, 1, "desk_code")
    (account,) = await rows(town, "SELECT issuer, row_to_json(r)::text AS whole FROM residents r")
    assert account.issuer == "desk:131032"
    assert "田中" not in account.whole
    (look,) = await rows(town, "SELECT caller, purpose, issue FROM exchange_log")
    assert tuple(look) == ("official/131032", "desk_registration", "港保1234")


async def test_a_code_works_once_and_stands_nowhere(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    code = await code_of(desk, await registers(desk))
    assert (await enters(town, code)).status_code == 204
    again = await enters(town, code)
    assert (again.status_code, again.json()["code"]) == (422, "unknown")
    for table in ("desk_codes", "login_log", "exchange_log"):
        found = await rows(town, f"SELECT row_to_json(t)::text FROM {table} t")
        assert all(code.replace("-", "")[4:] not in row[0] for row in found)
    assert [row.outcome for row in await rows(town, "SELECT outcome FROM login_log WHERE realm = 'resident'")] == [
        "came",
        "code_unknown",
    ]


async def test_however_she_writes_it_it_is_the_same_code(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    code = await code_of(desk, await registers(desk))
    assert (await enters(town, f" {code.lower().replace('-', ' ')} ")).status_code == 204


async def test_after_five_wrong_tries_the_right_one_is_worth_nothing(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    code = await code_of(desk, await registers(desk))
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    answers = [(await enters(town, wrong)).json()["code"] for _ in range(5)]
    assert answers == ["unknown"] * 4 + ["guessed"]
    assert (await enters(town, code)).status_code == 422
    assert await rows(town, "SELECT 1 FROM sessions") == []


async def test_an_old_code_is_said_to_be_old(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    code = await code_of(desk, await registers(desk))
    await rows(town, "UPDATE desk_codes SET expires_at = now() - interval '1 second' RETURNING 1")
    assert (await enters(town, code)).json()["code"] == "expired"


async def test_too_many_tries_from_one_address_are_held_off_and_noted(
    database_url: str, outside: Outside, keys: Path, tmp_path: Path
) -> None:
    strict = Town(settle(database_url, outside, keys, tmp_path, LIMITS_FACTOR="0.1"))
    browser = strict.browser()
    answers = [(await enters(strict, "AAAA-BBBB-CCCC", browser)).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    assert (await rows(strict, "SELECT outcome FROM login_log ORDER BY id DESC LIMIT 1"))[0].outcome == "code_too_many"
    html = {"Accept": "text/html"}
    opened = [await browser.get("/login/start", headers=html) for _ in range(7)]
    assert [one.status_code for one in opened] == [302] * 6 + [429]
    page, waits = opened[-1], int(opened[-1].headers["retry-after"])
    assert page.headers["content-type"].startswith("text/html")
    told = re.search(r"(\d+):(\d\d) 以降に、もう一度お試しいただけます。", page.text)
    assert told, page.text
    then = (strict.house.clock() + timedelta(seconds=waits)).astimezone(ZoneInfo("Asia/Tokyo"))
    late = ((int(told[1]) * 60 + int(told[2])) - (then.hour * 60 + then.minute)) % 1440
    assert late in (0, 1), "never told too early"
    assert "You can try again from" in page.text
    assert "<script" not in page.text
    assert (await browser.get("/login/start")).json()["message"]["easy"].startswith("みじかい")
    await strict.close()


async def test_what_is_no_code_is_refused_in_plain_words(town: Town) -> None:
    for body in ('{"code": 7}', "{", '{"code": "", "more": 1}', '{"code": "' + "x" * 200 + '"}'):
        answer = await town.browser().post("/login/code", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown")
        assert set(answer.json()["message"]) >= {"ja", "easy", "en"}


async def test_another_site_cannot_enter_a_code_for_her(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    code = await code_of(desk, await registers(desk))
    evil = await town.browser().post("/login/code", json={"code": code}, headers={"Origin": "https://evil.example"})
    assert (evil.status_code, "set-cookie" in evil.headers) == (403, False)


async def test_a_new_code_for_the_same_person_leads_to_the_same_account_and_ends_the_old(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    first = await code_of(desk, await registers(desk))
    (number,) = {row.number for row in await rows(town, "SELECT number FROM desk_codes")}
    fields = {"key": str(uuid4()), "number": number, "checked": "photo_one", "case_number": "港保1300"}
    again = await sends(desk, "/staff/desk/new", **fields)
    second = await code_of(desk, again.headers["location"])
    assert (await enters(town, first)).status_code == 422
    assert (await enters(town, second)).status_code == 204
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1


async def test_a_form_sent_twice_registers_once(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    key = str(uuid4())
    assert await registers(desk, key=key) == await registers(desk, key=key)
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1


async def test_only_a_case_worker_of_that_ward_sees_and_gives(town: Town) -> None:
    page = await registers(await town.official("staff-minato-caseworker"))
    writer = await town.official("staff-minato-writer")
    other = await town.official("staff-setagaya-caseworker")
    for path in ("/staff/desk", "/staff/desk/new", page):
        assert (await writer.get(path)).status_code == 403
    assert (await sends(writer, f"{page}/give")).status_code == 403
    assert (await other.get(page)).status_code == 404
    assert (await sends(other, f"{page}/give")).status_code == 404
    assert "D-131032" not in (await other.get("/staff/desk")).text
    (number,) = {row.number for row in await rows(town, "SELECT number FROM desk_codes")}
    fields = {"key": str(uuid4()), "number": number, "checked": "photo_one", "case_number": "世1"}
    assert (await sends(other, "/staff/desk/new", **fields)).status_code == 422


WRONG: list[tuple[dict[str, str], str | None]] = [
    ({"person_name": ""}, "person_name"),
    ({"born": "1950-13-01"}, "born"),
    ({"born": "昭和25年"}, "born"),
    ({"address": "x" * 400}, "address"),
    ({"case_number": ""}, "case_number"),
    ({"case_number": "123456789018"}, "case_number"),
    ({"checked": "a_look"}, "checked"),
    ({"key": "no"}, None),
]


async def test_what_is_missing_or_must_not_be_written_is_told_at_its_field(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    for changes, field in WRONG:
        fields = {"key": str(uuid4()), "checked": "photo_one", "case_number": "港保1234", **TARO, **changes}
        answer = await sends(desk, "/staff/desk/new", **fields)
        assert answer.status_code == 422
        assert field is None or f'id="{field}-fault"' in answer.text
    assert await rows(town, "SELECT 1 FROM residents") == []


async def test_a_birth_date_of_which_the_papers_know_the_year_alone_survives(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    await comes_by_code(town, desk, born="1950")
    (account,) = await rows(town, "SELECT id FROM residents")
    async with town.house.db.house() as conn:
        who = await resident_of(conn, account.id, town.house.keys)
    assert who is not None
    assert (who.basics.birth_date, who.basics.shown("birth_date")) == (None, "1950")


def test_no_code_is_twelve_digits_and_each_sign_is_as_likely() -> None:
    digits = iter([b"\x00" * 12, bytes(range(12))])
    assert str(codes.fresh(lambda _: next(digits))) == "2345-6789-ABCD"
    assert codes.read("2345-6789-ABC0") is None
    assert codes.read("") is None
    assert "2345" not in repr(codes.read("2345-6789-ABCD"))
    code = codes.read("２３４５ 6789 abcd")
    assert code is not None
    assert codes.matches(code, UUID(int=1), codes.hashed(code, UUID(int=1)))
    assert not codes.matches(code, UUID(int=2), codes.hashed(code, UUID(int=1)))
