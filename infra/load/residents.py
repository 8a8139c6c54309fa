"""Made-up residents who log in with the stand-in's My Number Card and let their home fill once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from infra.load.city import City
from infra.load.documents import Documents

TOKEN = "X-Kurashimado-Token"
PERSONAS = ("hana", "ken", "lan", "fumi", "taro", "gaiji")


def settle(city: City, documents: Documents, people: int) -> Sequence[str]:
    """The Cookie header of each of `people` sessions, whose facts are kept from now on."""
    with ThreadPoolExecutor(len(PERSONAS)) as beside:
        cookies = list(beside.map(lambda persona: log_in(city, persona), PERSONAS[:people]))
        list(beside.map(lambda cookie: fill_home(city, documents, cookie), cookies))
    return [cookies[number % len(cookies)] for number in range(people)]


def log_in(city: City, persona: str) -> str:
    """By the real flow. The session's cookie is Secure, which a client over http keeps but does not send back."""
    with httpx.Client(timeout=30) as browser:
        start = browser.get(f"{city.origin}/login/start")
        page = browser.get(start.headers["location"])
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        target = page.url.join(action[1].replace("&amp;", "&")) if action and action[1] else page.url
        chosen = browser.post(target, data={**hidden, "persona": persona})
        back = browser.get(chosen.headers["location"], headers={"Cookie": _cookies(start)})
    if "__Host-session=" not in _cookies(back):
        raise RuntimeError(f"{persona} could not log in: {back.status_code} {back.headers.get('location')}")
    return "; ".join(
        each for each in _cookies(back).split("; ") if each.startswith(("__Host-session=", "__Host-token="))
    )


def token_of(cookie: str) -> str:
    """What every request that changes something carries beside the cookies."""
    return cookie.partition("__Host-token=")[2].partition(";")[0]


def fill_home(city: City, documents: Documents, cookie: str) -> None:
    agree_to_all(city, documents, cookie)
    headers = {"Cookie": cookie, "Accept": "text/event-stream", "Origin": city.origin, TOKEN: token_of(cookie)}
    refresh = documents.body("subscription RefreshHome")
    answer = httpx.post(
        f"{city.origin}/graphql", content=refresh, headers={**headers, "Content-Type": "application/json"}, timeout=30
    )
    if '"remaining":0' not in answer.text.replace(" ", ""):
        raise RuntimeError(f"the home did not fill: {answer.status_code} {answer.text[:300]}")


def agree_to_all(city: City, documents: Documents, cookie: str) -> None:
    """Her yes to all that home is made of, as on the page of consents."""
    headers = {
        "Cookie": cookie,
        "Origin": city.origin,
        "Content-Type": "application/json",
        TOKEN: token_of(cookie),
    }

    def ask(operation: str, **variables: object) -> dict[str, Any]:
        body = documents.body(operation, **variables)
        answer = httpx.post(f"{city.origin}/graphql", content=body, headers=headers, timeout=30).raise_for_status()
        return dict(answer.json()["data"])

    shown = ask("query ShowConsents")["viewer"]["consents"]
    if shown["decidedAt"] is None:
        ask("mutation DecideConsents", yes=[one["id"] for one in shown["consents"] if one["isOfHome"]], no=[])


def _cookies(answer: httpx.Response) -> str:
    return "; ".join(line.partition(";")[0] for line in answer.headers.get_list("set-cookie"))
