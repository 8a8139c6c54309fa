"""/staff/passkey: the second factor of a login, and the enrolment of whoever has none yet (ADR 0030)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from bff.identity import staff
from bff.identity.assurance import Assurance
from bff.identity.passkeys import Owner, Passkey, PasskeyRefused, keeping
from bff.identity.staff import AtWork
from bff.staff.house import House
from bff.staff.pages import Pages
from bff.staff.typed import Typed, typed_in
from bff.staff.visit import COOKIE, SignedOut, Visit, at_work
from bff.staff.words import knows, word

ROOM: Final = "/staff"
LONGEST_ANSWER: Final = 16_384
Doing = Literal["enrol", "check", "closed"]
PROVED_BY_REALM: Final = 2
"""How surely the ward's realm knows its officials (身元確認): by our working reading, to be confirmed by the ward."""


@dataclass(frozen=True)
class Half:
    """Who has logged in at the ward's provider and may not have shown a passkey; `token` is that of the session,
    `typed` the form that came."""

    visit: Visit
    token: str
    typed: Typed

    @property
    def found(self) -> AtWork:
        return self.visit.at_work

    @property
    def owner(self) -> Owner:
        return Owner("staff", self.visit.official.id)

    async def passkeys(self) -> tuple[Passkey, ...]:
        async with self.visit.house.db.house() as conn:
            return tuple(await keeping.listed(conn, self.owner))

    def doing(self, held: tuple[Passkey, ...]) -> Doing:
        """Whoever has a passkey shows it, and only with it enrols another one; nobody enrols a first one for ever."""
        if held:
            return "enrol" if self.found.rose_at else "check"
        until = self.found.enrols_until
        return "enrol" if until is not None and self.visit.now < until else "closed"


Halfway = NamedDependency[Half]


async def half_of(house: House, pages: Pages, request: Request[Any, Any, Any]) -> Half:
    """Raises `SignedOut`."""
    found = await at_work(house, request)
    if found is None:
        raise SignedOut(None)
    typed = Typed() if request.method == "GET" else await typed_in(request)
    return Half(Visit(house, pages, found, house.clock()), request.cookies[COOKIE], typed)


@get("/passkey", act="own_account")
async def passkey(half: Halfway, to: FromQuery[str] = "", add: FromQuery[str] = "") -> Response[Any]:
    """`add`: whoever has shown one enrols another, such as that of a second device."""
    if not half.visit.house.asks_passkey or (half.found.rose_at is not None and not add):
        return Redirect(_inside(to), status_code=303)
    return await page(half, to)


@post("/passkey/check", act="own_account")
async def check(half: Halfway) -> Response[Any]:
    typed = half.typed
    try:
        await half.visit.house.passkeys.prove(half.owner, _answer(typed), bound_to=half.token)
    except PasskeyRefused as no:
        return await page(half, typed.one("to"), no)
    return await _risen(half, typed.one("to"), "passkey_check")


@post("/passkey/enrol", act="own_account")
async def enrol(half: Halfway) -> Response[Any]:
    """Judged again here: the page may have lain open until the permission was over."""
    typed = half.typed
    if half.doing(await half.passkeys()) != "enrol":
        return await page(half, typed.one("to"))
    rests_on = Assurance(PROVED_BY_REALM, 1, half.found.made_at, "realm")
    name = typed.one("name").strip()[: keeping.LONGEST_NAME] or word("passkey", "unnamed")
    try:
        await half.visit.house.passkeys.bind(
            half.owner, _answer(typed), name=name, resting_on=rests_on, bound_to=half.token
        )
    except PasskeyRefused as no:
        return await page(half, typed.one("to"), no)
    return await _risen(half, typed.one("to"), "passkey_enrol", name)


@post("/passkey/try-out", act="own_account")
async def try_out(half: Halfway) -> Response[Any]:
    """Where the house is only tried out, somebody without an authenticator goes on; never in production."""
    if not half.visit.house.tries_out:
        return await page(half, half.typed.one("to"))
    return await _risen(half, half.typed.one("to"), "passkey_check", word("passkey", "tried_out"), tried_out=True)


async def page(half: Half, to: str, no: PasskeyRefused | None = None) -> Response[str]:
    """With a question of its own, which is answered once."""
    doing, options = half.doing(await half.passkeys()), "{}"
    said = _why(no)
    try:
        options = json.dumps(await _options(half, doing))
    except PasskeyRefused as refused:
        said = _why(refused)
    return half.visit.show(
        "passkey.html",
        422 if no else 200,
        doing=doing,
        options=options,
        to=_inside(to),
        said=said,
        tries_out=half.visit.house.tries_out and half.found.rose_at is None,
        risen=half.found.rose_at is not None,
    )


async def _options(half: Half, doing: Doing) -> Mapping[str, Any]:
    passkeys = half.visit.house.passkeys
    if doing == "check":
        return await passkeys.begin_proof(half.owner, bound_to=half.token)
    if doing == "enrol":
        label = f"{half.visit.official.name}（{half.visit.ward_name}）"
        return await passkeys.begin_binding(half.owner, label=label, bound_to=half.token)
    return {}


async def _risen(half: Half, to: str, act: str, about: str = "", *, tried_out: bool = False) -> Response[Any]:
    """On under a token that nobody has seen before."""
    house, visit = half.visit.house, half.visit
    try:
        async with house.db.house() as conn:
            token = await staff.rise(
                conn, half.found.session, now=visit.now, new_token=house.new_token, tried_out=tried_out
            )
            await visit.note(conn, act, about=about)
    except LookupError as ended:
        raise SignedOut(None) from ended
    kept = f"{COOKIE}={token}; Secure; HttpOnly; SameSite=Lax; Path=/"
    return Redirect(_inside(to), status_code=303, headers={"set-cookie": kept})


def _answer(typed: Typed) -> dict[str, Any]:
    """What the browser's authenticator said; whatever is no such answer is refused as one that does not fit."""
    said = typed.one("answer")
    try:
        told = json.loads(said) if len(said) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {}


def _why(no: PasskeyRefused | None) -> str:
    if no is None:
        return ""
    return word("passkey", no.code) if knows("passkey", no.code) else no.message.ja


def _inside(to: str) -> str:
    """Followed only inside /staff."""
    return to if re.fullmatch(r"/staff(/[A-Za-z0-9/-]*)?", to) and "//" not in to else ROOM


HANDLERS = (passkey, check, enrol, try_out)
