"""She sees what the card told and when, reads what changed, and says where she is going to move."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bff.graphql.account import ERASE_WORDS
from bff.identity import residents
from bff.identity.basics import Basics
from bff.journeys.accounts import erase_due
from tests.accounts.people import code_of, comes_by_code, enters, registers, rows
from tests.graphql.test_applications import newborn
from tests.town import Outside, Person, Town

ACCOUNT_TEXTS = sorted((Path(__file__).parents[2] / "pwa" / "text" / "account").glob("*.ts"))
ACCOUNT = "madeAt changedAt knownBy graceDays calledOffAt ward { code } movingTo { code } told { item value at before }"


async def account(person: Person) -> dict[str, Any]:
    seen: dict[str, Any] = (await person.asks(f"{{ viewer {{ account {{ {ACCOUNT} }} }} }}"))["viewer"]["account"]
    return {**seen, "told": {told["item"]: told for told in seen["told"]}}


async def card_told_before(town: Town, **otherwise: Any) -> None:
    """As if at her login before, the card of the one resident there is had told something else."""
    (row,) = await rows(town, "SELECT id, issuer, sub FROM residents")
    async with town.house.db.house() as conn:
        me = await residents.resident_of(conn, row.id, town.house.keys)
        assert me is not None
        known = {"name": me.basics.name, "address": me.basics.address, "birth_date": me.basics.birth_date}
        await residents.welcome(
            conn,
            issuer=row.issuer,
            sub=row.sub,
            basics=Basics(**{**known, "gender": "2", **otherwise}),
            wards=town.house.wards,
            keys=town.house.keys,
            new_id=uuid4,
            now=town.house.clock() - timedelta(days=100),
        )
    await rows(town, "UPDATE residents SET before = NULL, before_until = NULL, changed_at = NULL RETURNING 1")


async def test_what_the_card_told_and_when(town: Town) -> None:
    seen = await account(await town.resident("hana", agrees=False))
    assert seen["knownBy"] == "CARD"
    assert seen["told"]["NAME"]["value"] == "佐藤 はな"
    assert seen["told"]["BIRTH_DATE"]["value"] == "1990-05-02"
    assert all(told["at"] and told["before"] is None for told in seen["told"].values())
    assert seen["changedAt"] is None


async def test_a_marriage_and_a_move_are_shown_as_a_difference_until_she_has_read_it(town: Town) -> None:
    await town.resident("hana", agrees=False)
    await card_told_before(town, name="山田 はな", address="東京都世田谷区太子堂四丁目2番7号")
    hana = await town.resident("hana", agrees=False)
    seen = await account(hana)
    assert seen["changedAt"] is not None
    assert (seen["told"]["NAME"]["value"], seen["told"]["NAME"]["before"]) == ("佐藤 はな", "山田 はな")
    assert seen["told"]["ADDRESS"]["before"] == "東京都世田谷区太子堂四丁目2番7号"
    assert seen["told"]["BIRTH_DATE"]["before"] is None
    await hana.asks("mutation { changesRead { __typename } }")
    read = await account(hana)
    assert (read["changedAt"], read["told"]["NAME"]["before"]) == (None, None)
    assert (await rows(town, "SELECT before FROM residents"))[0].before is None
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1


async def test_a_new_card_of_the_same_person_changes_nothing(town: Town) -> None:
    first = (await account(await town.resident("hana", agrees=False)))["madeAt"]
    again = await account(await town.resident("hana", agrees=False))
    assert (again["madeAt"], again["changedAt"]) == (first, None)


def test_what_is_declined_stays_item_by_item_with_its_time() -> None:
    may, june = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    told = Basics(name="山田 はな", address="東京都港区芝浦三丁目9番14号", birth_date=date(1990, 5, 2))
    first = told.over(Basics(), may)
    then = Basics(name="佐藤 はな").over(first, june)
    assert (then.name, then.address, then.birth_date) == ("佐藤 はな", first.address, date(1990, 5, 2))
    assert (then.times["name"], then.times["address"]) == (june, may)
    assert then.changed_from(first) == ("name",)
    half = Basics(birth_told="1990").over(then, june)
    assert (half.birth_date, half.shown("birth_date"), half.name) == (None, "1990", "佐藤 はな")


async def test_where_an_application_stands_is_asked_of_the_ward_it_went_to_also_after_a_move(
    town: Town, outside: Outside
) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await town.promises_are_kept()
    await rows(town, "UPDATE residents SET ward = '131121' RETURNING 1")
    (row,) = await rows(town, "SELECT ward_number FROM applications")
    await outside.ward_moves(row.ward_number, "checking")
    await town.time_passes_for_jobs()
    await town.promises_are_kept()
    assert (await rows(town, "SELECT state FROM applications"))[0].state == "checking"


async def test_rare_characters_foreign_names_and_half_dates_survive(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    for name, born in (
        ("渡邉\U000e0100 𠮷之", "1950"),
        ("MARIA DE LOS ÁNGELES（マリア）", "1950-04"),
        ("\ue000田", "1950-04-01"),
    ):
        someone = await comes_by_code(town, desk, person_name=name, born=born)
        told = (await account(someone))["told"]
        assert (told["NAME"]["value"], told["BIRTH_DATE"]["value"]) == (name, born)


def test_another_width_or_space_is_no_change_and_another_character_is() -> None:
    before = Basics(name="渡辺　花子", address="東京都港区芝浦３丁目", birth_date=date(1990, 5, 2))
    assert Basics(name="渡辺 花子", address="東京都港区芝浦3丁目").changed_from(before) == ()
    assert Basics(name="渡邉 花子").changed_from(before) == ("name",)
    assert Basics().changed_from(before) == ()


async def test_somebody_from_elsewhere_says_where_she_will_move_and_no_ward_is_asked(town: Town) -> None:
    person = await town.resident("outside", agrees=False)
    chosen = "mutation($w: ID) { chooseMovingTo(ward: $w) { __typename ... on Account { movingTo { code } } } }"
    assert (await person.asks(chosen, w="131121"))["chooseMovingTo"]["movingTo"] == {"code": "131121"}
    assert (await account(person))["ward"] is None
    assert (await person.asks(chosen, w="271004"))["chooseMovingTo"]["__typename"] == "FieldsRefused"
    assert (await person.asks(chosen, w=None))["chooseMovingTo"]["movingTo"] is None
    hana = await town.resident("hana", agrees=False)
    assert (await hana.asks(chosen, w="131121"))["chooseMovingTo"]["__typename"] == "FieldsRefused"


async def test_the_desks_account_says_that_the_desk_knows_her(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    seen = await account(await comes_by_code(town, desk))
    assert (seen["knownBy"], seen["ward"]) == ("DESK", {"code": "131032"})


ERASE = "mutation($t: String!) { deleteAccount(typed: $t) { __typename ... on AccountErasing { at } } }"


async def test_she_has_her_account_erased_and_a_login_within_the_grace_calls_it_off(town: Town) -> None:
    phone, tablet = await town.resident("hana", agrees=False), await town.resident("hana", agrees=False)
    assert (await phone.asks(ERASE, t="はい"))["deleteAccount"]["__typename"] == "FieldsRefused"
    assert (await phone.asks(ERASE, t=" 削除 "))["deleteAccount"]["__typename"] == "AccountErasing"
    for browser in (phone, tablet):
        assert (await browser.asks("{ viewer { id } }"))["viewer"] is None
    await erased(town)
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1
    back = await account(await town.resident("hana", agrees=False))
    assert back["calledOffAt"] is not None
    assert (await rows(town, "SELECT erase_at FROM residents"))[0].erase_at is None


async def test_who_came_by_a_desks_code_may_leave_too_and_the_code_leads_nowhere(town: Town) -> None:
    desk = await town.official("staff-minato-caseworker")
    taro = await comes_by_code(town, desk)
    left = await registers(desk)
    code = await code_of(desk, left)
    await taro.asks(ERASE, t="けす")
    await rows(
        town, "UPDATE residents SET erase_at = now() - interval '1 second' WHERE erase_at IS NOT NULL RETURNING 1"
    )
    await erased(town)
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1
    assert (await enters(town, code)).status_code == 204


async def erased(town: Town) -> None:
    await erase_due(town.house)


def test_the_word_a_screen_asks_her_to_type_is_taken_in_every_language() -> None:
    shown = {file: re.findall(r"'account\.eraseThe': '([^']+)'", file.read_text()) for file in ACCOUNT_TEXTS}
    assert len(shown) >= 10
    for file, words in shown.items():
        assert [unicodedata.normalize("NFKC", word).lower() for word in words] == words, file
        assert len(words) == 1, file
        assert set(words) <= ERASE_WORDS, file
