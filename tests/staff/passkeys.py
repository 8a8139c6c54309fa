"""The page that asks an official for a passkey, answered as its script would."""

from __future__ import annotations

import json
import re
from html import unescape
from secrets import token_bytes

import httpx

from tests.identity.authenticator import Authenticator


def authenticator() -> Authenticator:
    """One of its own for one official."""
    return Authenticator(credential=token_bytes(32))


async def shows(
    browser: httpx.AsyncClient, phone: Authenticator, *, name: str = "", to: str = "/staff", add: str = ""
) -> httpx.Response:
    """Enrols `phone` or shows it, whichever the page asks for."""
    page = (await browser.get("/staff/passkey", params={"add": add} if add else None)).text
    found = re.search(r'data-passkey="(enrol|check)" data-options="([^"]*)"', page)
    assert found, page
    doing, options = found[1], json.loads(unescape(found[2]))
    answer = phone.makes(options) if doing == "enrol" else phone.proves(options)
    phone.count += 1
    form = {"to": to, "name": name, "answer": json.dumps(answer)}
    return await browser.post(f"/staff/passkey/{doing}", data=form)
