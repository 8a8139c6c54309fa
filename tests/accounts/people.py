"""Officials at the desk and people without a card, through the real doors."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
from sqlalchemy import text

from tests.town import Person, Town

TARO = {"person_name": "田中 太郎", "born": "1950-04-01", "address": "東京都港区芝公園一丁目5番25号"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def sends(official: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    return await official.post(path, content=urlencode(fields), headers=FORM)


async def registers(official: httpx.AsyncClient, **changes: str) -> str:
    """The path of the page of a new registration."""
    fields = {"key": str(uuid4()), "checked": "photo_one", "case_number": "港保1234", **TARO, **changes}
    made = await sends(official, "/staff/desk/new", **fields)
    assert made.status_code == 303, made.text
    return str(made.headers["location"])


async def code_of(official: httpx.AsyncClient, page: str) -> str:
    """As it is shown this once."""
    given = await sends(official, f"{page}/give")
    found = re.search(r'data-testid="code">([^<]+)<', given.text)
    assert found, given.text
    return unescape(found[1])


async def enters(town: Town, code: str, browser: httpx.AsyncClient | None = None) -> httpx.Response:
    return await (browser or town.browser()).post("/login/code", json={"code": code})


async def comes_by_code(town: Town, official: httpx.AsyncClient, **changes: str) -> Person:
    """Somebody without a card, registered and let in."""
    browser = town.browser()
    entered = await enters(town, await code_of(official, await registers(official, **changes)), browser)
    assert entered.status_code == 204, entered.text
    return Person(browser)


async def rows(town: Town, query: str, **values: Any) -> list[Any]:
    async with town.house.db.house() as conn:
        return list(await conn.execute(text(query), values))


async def me(person: Person) -> str:
    return str((await person.asks("{ viewer { id } }"))["viewer"]["id"])
