"""A resident has come, by whatever proof: her session begins, or goes on more surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from litestar import Request

from bff.identity import attempts, known_devices, sessions
from bff.identity.assurance import Assurance
from bff.identity.attempts import Purpose
from bff.identity.known_devices import Device
from bff.identity.residents import Resident
from bff.login.browser import SESSION, cookie, secret_of
from bff.login.house import House

Asked = Request[Any, Any, Any]
Cookies = list[tuple[str, str]]
DEVICE: Final = "__Host-device"
"""Tells this browser from another, over logins and logouts; says nothing about a person."""
_LONGEST_USER_AGENT: Final = 400


@dataclass(frozen=True)
class Came:
    """From which browser: `secret` is what its device cookie holds from now on."""

    device: Device
    secret: str


def came_from(house: House, cookies: Mapping[str, str], headers: Mapping[str, str]) -> Came:
    secret = secret_of(cookies, DEVICE) or house.new_token()
    kind = known_devices.kind_of(headers.get("user-agent", "")[:_LONGEST_USER_AGENT])
    return Came(Device(kind, sessions.hashed(secret)), secret)


async def arrive(
    house: House,
    request: Asked,
    resident: Resident,
    assurance: Assurance,
    *,
    passkey: UUID | None = None,
    provider: str | None = None,
    purpose: Purpose = "login",
) -> Cookies:
    """The cookies of a new session. Whatever session this browser had ends, so that nobody can have laid one there
    before; was it another person's, the notices to this device end too."""
    before, now = secret_of(request.cookies, SESSION), house.clock()
    came = came_from(house, request.cookies, request.headers)
    async with house.db.house() as conn:
        await attempts.write_down(
            conn,
            realm="resident",
            outcome="came",
            now=now,
            detail=None if provider else assurance.method,
            who=resident.id,
            provider=provider,
            purpose=purpose,
        )
        former = await sessions.end(conn, before) if before else None
        token = await sessions.begin(
            conn,
            resident.id,
            now=now,
            lifetimes=house.lifetimes,
            new_token=house.new_token,
            ended=None,
            assurance=assurance,
            new_id=house.new_id,
            device=came.device,
            passkey=passkey,
        )
        is_new = await known_devices.came(conn, resident.id, came.device, now)
    if before and former not in (None, resident.id):
        await house.drop_devices(former, sessions.hashed(before))
    elif before and former:
        await house.devices_follow(resident.id, sessions.hashed(before), sessions.hashed(token))
    if is_new:
        await house.new_device(resident, came.device.kind)
    return [
        cookie(SESSION, token, int(house.lifetimes.absolute.total_seconds())),
        cookie(DEVICE, came.secret, int(known_devices.KEPT.total_seconds())),
    ]
