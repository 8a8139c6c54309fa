"""She takes all of hers away, and her ward upon a legal request; nothing personal is forgotten on the way."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from bff.accounts.holdings import holdings
from bff.identity.residents import resident_of
from bff.journeys.accounts import erase_due
from bff.takeout import gathering
from bff.takeout.tables import tables
from tests.accounts.people import me, rows, sends
from tests.accounts.test_closing import known_to_minato
from tests.accounts.test_holdings import lives_a_while
from tests.town import Town

ACCOUNT_TEXTS = Path(__file__).parents[2] / "pwa" / "text" / "account"
YEARS = {"applications": ("2", 5), "exchange_log": ("3", 1)}


def opened(answer: httpx.Response) -> tuple[dict[str, Any], str, zipfile.ZipFile]:
    assert answer.headers["content-type"] == "application/zip", answer.text[:300]
    assert "no-store" in answer.headers["cache-control"]
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    return json.loads(pack.read("data.json")), pack.read("data.html").decode(), pack


async def test_every_table_of_persons_is_given_and_each_column_of_bytes_is_opened_or_left_out_knowingly(
    town: Town,
) -> None:
    assert list(tables()) == list(holdings()) or set(tables()) == set(holdings())
    found = await rows(
        town,
        "SELECT c.relname AS name, array_agg(a.attname::text) AS columns FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.atttypid = 'bytea'::regtype AND a.attnum > 0"
        " GROUP BY 1",
    )
    of_bytes = {row.name: set(row.columns) for row in found}
    for table, given in tables().items():
        told = {*given.sealed, *given.files, *given.leave}
        assert of_bytes.get(table, set()) <= told, f"say in bff/takeout/tables.toml what becomes of them: {table}"
        assert not given.never or given.withheld, f"say to her why nothing of {table} is given"


async def test_she_takes_all_of_hers_away_to_read_and_for_programs(town: Town) -> None:
    hana = await lives_a_while(town)
    id = await me(hana)
    told, page, _ = opened(await hana.browser.get("/account/data.zip"))
    given = told["tables"]
    assert (told["schema"], told["for"]) == ("kurashimado-mydata-1", "佐藤 はな")
    assert given["residents"]["rows"][0]["basics"]["name"] == "佐藤 はな"
    (sent,) = given["applications"]["rows"]
    assert sent["receipt_number"].startswith("KM-131032-")
    assert isinstance(sent["answers"], dict)
    assert sent["answers"]
    sources = {row["source"]: row["value"] for row in given["kept_facts"]["rows"]}
    assert isinstance(sources["registry"], dict)
    assert given["deliveries"]["rows"][0]["title"]["ja"]
    mine = await rows(town, "SELECT source FROM exchange_log WHERE resident = :id", id=UUID(id))
    assert len(given["exchange_log"]["rows"]) == len(mine)
    assert given["exchange_log"]["rows"][-1]["service"] == "everything", "that she took it stands in her own list"
    for word in ("佐藤 はな", sent["receipt_number"], "申請の受付番号", given["deliveries"]["rows"][0]["title"]["ja"]):
        assert word in page
    assert not re.search(r"\b(token_hash|data_key|public_key|code_hash)\b", json.dumps(told) + page)
    stays = given["applications"]["stays"]
    accepted = (await rows(town, "SELECT accepted_at FROM applications"))[0].accepted_at
    assert stays["until"] == str((accepted + timedelta(days=1826)).date())


async def test_a_stranger_and_another_resident_get_nothing_of_hers(town: Town) -> None:
    hana = await lives_a_while(town)
    ken = await town.resident("ken", agrees=False)
    refused = await town.browser().get("/account/data.zip")
    assert (refused.status_code, refused.headers["location"]) == (303, "/account")
    answer = await ken.browser.get("/account/data.zip")
    told, page, _ = opened(answer)
    assert "佐藤" not in page + json.dumps(told, ensure_ascii=False)
    assert (await me(hana)) not in json.dumps(told)


async def test_her_ward_receives_it_upon_a_request_that_two_officials_checked_and_she_sees_that(town: Town) -> None:
    hana = await lives_a_while(town)
    worker, admin = await town.official("staff-minato-caseworker"), await town.official("staff-minato-admin")
    unknown = await sends(worker, "/staff/disclosures", who="KM-131121-AAAA", case_number="港総情42", note="開示請求")
    assert unknown.status_code == 422
    assert "見つかりません" in unknown.text
    number = await known_to_minato(town, hana)
    request = {"who": number, "case_number": "港総情42 開示請求"}
    blind = await sends(worker, "/staff/disclosures", **request)
    assert (blind.status_code, "理由を入力してください" in blind.text) == (422, True)
    await sends(worker, "/staff/disclosures", **request, note="ご本人が窓口で請求した")
    (ask,) = await rows(town, "SELECT id FROM staff_asks")
    path = f"/staff/disclosures/{ask.id}/data.zip"
    assert (await sends(worker, path)).status_code == 404
    waits = (await admin.get("/staff/second")).text
    for shown in (number, "佐藤 はな", "港総情42 開示請求", "ご本人が窓口で請求した"):
        assert shown in waits, "the second person reads whom it is about, and why"
    alone = await sends(worker, f"/staff/second/{ask.id}/agree")
    assert alone.status_code == 403
    agreed = await sends(admin, f"/staff/second/{ask.id}/agree")
    assert agreed.headers["location"].endswith("agreed")
    assert (await sends(admin, path)).status_code == 404, "only who asked receives it"
    assert path in (await worker.get("/staff/disclosures")).text
    told, page, _ = opened(await sends(worker, path))
    assert told["tables"]["applications"]["rows"]
    assert told["tables"]["application_events"]["rows"]
    assert "佐藤 はな" in page
    seen = await hana.asks("{ viewer { readings(first: 3, kind: LOOKED) { nodes { purpose { ja } case } } } }")
    newest = seen["viewer"]["readings"]["nodes"][0]
    assert (newest["purpose"]["ja"], newest["case"]) == ("法令に基づく開示のため", "港総情42 開示請求")
    other = await town.official("staff-setagaya-caseworker")
    assert (await sends(other, path)).status_code == 404


async def test_a_ward_she_has_left_receives_nothing_of_what_she_sent_to_another(town: Town) -> None:
    hana = await lives_a_while(town)
    keys, id = town.house.keys, UUID(await me(hana))
    async with town.house.db.house() as conn:
        her = await resident_of(conn, id, keys)
        assert her is not None
        await conn.execute(text("UPDATE applications SET ward = '131121'"))
        await conn.execute(text("UPDATE residents SET ward = '131121' WHERE id = :id"), {"id": id})
        hers = await gathering.gather(conn, her, keys)
        minato = await gathering.gather(conn, her, keys, ward="131032")
        setagaya = await gathering.gather(conn, her, keys, ward="131121")
    told, left = ({one.table: one for one in all_of.sections} for all_of in (hers, minato))
    for table in ("residents", "kept_facts", "applications", "application_events", "sealed_receipts"):
        assert told[table].rows, table
        assert left[table].rows == [], table
    assert all(one.withheld for one in minato.sections), "that nothing is given does not say that nothing is held"
    assert (left["applications"].until, minato.files) == (None, {})
    assert setagaya.files == hers.files != {}


async def test_what_stays_after_an_erasure_goes_when_its_time_is_over(town: Town) -> None:
    hana = await lives_a_while(town)
    ken = await town.resident("ken", agrees=False)
    await hana.asks('mutation { deleteAccount(typed: "削除") { __typename } }')
    await rows(town, "UPDATE residents SET erase_at = now() - interval '1 s' WHERE erase_at IS NOT NULL RETURNING 1")
    await erase_due(town.house)
    kept = [table for table, held in holdings().items() if held.hold and held.hold.days == 1826]
    assert kept == ["applications", "closures", "bills"]
    for days, left in ((1825, 1), (2, 0)):
        for column in ("accepted_at",):
            await rows(town, f"UPDATE applications SET {column} = {column} - interval '{days} days' RETURNING 1")
        await erase_due(town.house)
        assert len(await rows(town, "SELECT 1 FROM applications")) == left
    assert await rows(town, "SELECT 1 FROM application_events") == []
    assert await me(ken)


async def test_what_somebody_with_an_account_sent_stays_however_old_it_is(town: Town) -> None:
    await lives_a_while(town)
    await rows(town, "UPDATE applications SET accepted_at = accepted_at - interval '9000 days' RETURNING 1")
    await erase_due(town.house)
    assert len(await rows(town, "SELECT 1 FROM applications")) == 1


def test_the_app_tells_in_every_language_the_years_that_are_kept() -> None:
    digits = str.maketrans("०१२३४५६७८९", "0123456789")
    words = {1: r"\b1\b|one|1年|1년", 5: r"\b5\b|five|5年|5년"}
    for file in sorted(ACCOUNT_TEXTS.glob("*.ts")):
        for table, (line, years) in YEARS.items():
            hold = holdings()[table].hold
            assert hold is not None
            assert round(hold.days / 365.25) == years
            said = re.search(rf"'account\.eraseStays\.{line}': '([^']*)'", file.read_text())
            assert said, file
            assert re.search(words[years], said[1].translate(digits)), (file.name, said[1])
