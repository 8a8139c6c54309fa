"""Who goes through the doors of a demo city for a scan: nobody, a resident and an official, by the real logins."""

from __future__ import annotations

import re
from collections.abc import Mapping

import httpx

from infra.load.city import City
from infra.load.residents import TOKEN, log_in, token_of

SIGN_OUT = "/staff/login/out"
"""Only who is signed in is shown the way out."""


def nobody(city: City) -> Mapping[str, str]:
    return {"Origin": city.origin}


def resident(city: City, persona: str = "hana") -> Mapping[str, str]:
    """The headers of her browser."""
    cookie = log_in(city, persona)
    return {"Origin": city.origin, "Cookie": cookie, TOKEN: token_of(cookie)}


def official(city: City, persona: str) -> Mapping[str, str]:
    """The headers of an official's browser that goes on without a passkey, as a demo city lets one.

    The token is read from the page, where every form holds it.
    """
    with httpx.Client(base_url=city.origin, timeout=30, headers={"Origin": city.origin}) as browser:
        start = browser.get("/staff/login/start")
        page = browser.get(start.headers["location"])
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        target = page.url.join(action[1].replace("&amp;", "&")) if action and action[1] else page.url
        chosen = browser.post(target, data={**hidden, "persona": persona})
        back = browser.get(chosen.headers["location"], headers={"Cookie": _cookies(start)})
        first = {"Cookie": _session(back)}
        asked = browser.get("/staff/passkey", headers=first)
        on = browser.post("/staff/passkey/try-out", data={"_token": _token(asked.text), "to": ""}, headers=first)
        cookie = _session(on) if "__Host-staff=" in _cookies(on) else first["Cookie"]
        entered = browser.get("/staff", headers={"Cookie": cookie})
    if entered.status_code != httpx.codes.OK or SIGN_OUT not in entered.text:
        raise RuntimeError(f"{persona} could not sign in: {entered.status_code} {entered.headers.get('location')}")
    return {"Origin": city.origin, "Cookie": cookie, TOKEN: _token(entered.text)}


def _cookies(answer: httpx.Response) -> str:
    return "; ".join(line.partition(";")[0] for line in answer.headers.get_list("set-cookie"))


def _session(answer: httpx.Response) -> str:
    return next((one for one in _cookies(answer).split("; ") if one.startswith("__Host-staff=")), "")


def _token(page: str) -> str:
    found = re.search(r'name="_token" value="([^"]+)"', page)
    return found[1] if found else ""
