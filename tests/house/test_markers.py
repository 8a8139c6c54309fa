"""Marks planted in everything a person may send are found in no log, no job and no column that is kept in clear."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from tests.town import Person, Town

NAME, CODE, TOKEN = "標識太郎ケヤキ", "MARK-7Q4Z-CODE", "mark" + "t0ken" * 8
NUMBER = "123456789018"
MARKS = (NAME, CODE, TOKEN, NUMBER)
MEANT: dict[str, str] = {}
"""Columns that keep a mark in clear on purpose, with the reason. None does."""
COLUMNS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')
""")


async def plant(town: Town, hana: Person) -> None:
    """Every mark through every way in that takes free words, whatever becomes of it."""
    stranger, official = town.browser(), await town.official("staff-minato-writer")
    for mark in MARKS:
        answer = "mutation($f: ID!, $v: JSON!) { answerQuestion(fact: $f, value: $v) { __typename } }"
        for fact in ("me.phone", "me.bank_account", mark):
            body = {"query": answer, "variables": {"f": fact, "v": mark}}
            await hana.browser.post("/graphql", json=body)
        await hana.browser.post("/graphql", json={"query": f'{{ service(mark: "{mark}") {{ today }} }}'})
        await hana.browser.post("/graphql", json={"id": mark})
        await hana.browser.post("/uploads", content=mark.encode())
        await stranger.post("/graphql", json={"query": mark}, headers={"X-Marked": mark.encode().hex()})
        for path in ("/login/claim", "/login/code", "/login/passkey/finish", "/verify", "/reports/csp"):
            await stranger.post(path, json={"code": mark, "name": mark})
        for path in ("/login/start", "/login/callback", "/staff/login/callback", "/staff"):
            await stranger.get(path, params={"state": mark, "code": mark, "error": mark, "login": mark})
        await stranger.get(f"/step/{mark}")
        await stranger.get("/", headers={"Cookie": f"__Host-session={TOKEN}; __Host-staff={TOKEN}"})
        await official.post("/staff/desk/new", data={"name": mark, "reason": mark})


async def kept_in_clear(town: Town) -> list[str]:
    found = []
    async with town.house.db.house() as conn:
        for table, column in (await conn.execute(COLUMNS)).all():
            for mark in MARKS:
                near = f'SELECT count(*) FROM "{table}" WHERE position(:mark in "{column}"::text) > 0 OR'
                hexed = f' position(:hexed in "{column}"::text) > 0'
                values = {"mark": mark, "hexed": mark.encode().hex()}
                if await conn.scalar(text(near + hexed), values) and f"{table}.{column}" not in MEANT:
                    found.append(f"{table}.{column} holds {mark}")
    return found


async def test_no_mark_is_found_in_logs_jobs_or_columns(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    hana = await town.resident("hana")
    with capture_logs() as entries:
        await plant(town, hana)
        await town.promises_are_kept()
    out = capsys.readouterr()
    heard = f"{entries} {out.out} {out.err}"
    assert "upload refused" in heard
    assert [mark for mark in MARKS if mark in heard] == []
    assert await kept_in_clear(town) == []
