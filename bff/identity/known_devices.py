"""The browsers a resident comes from: what each calls itself in plain words, and whether she was there before.

A browser is known by a secret of its own in a cookie; here is its SHA-256 alone, and for each resident apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.tables import known_devices

KEPT: Final = timedelta(days=400)
"""As long as browsers keep a cookie (draft-ietf-httpbis-rfc6265bis §5.5)."""

_MACHINES = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("CrOS", "chromebook"),
    ("Linux", "linux"),
)
_BROWSERS = (
    ("Edg", "edge"),
    ("SamsungBrowser", "samsung"),
    ("OPR/", "opera"),
    ("Firefox", "firefox"),
    ("FxiOS", "firefox"),
    ("CriOS", "chrome"),
    ("Chrome", "chrome"),
    ("Safari", "safari"),
)
_CAME = text("""
    INSERT INTO known_devices (resident, device_hash, kind, made_at, seen_at)
    VALUES (:resident, :device, :kind, :now, :now)
    ON CONFLICT (resident, device_hash) DO UPDATE SET seen_at = :now, kind = :kind
    RETURNING xmax = 0 AS is_new
""")


@dataclass(frozen=True)
class Device:
    """`kind` in codes (`iphone/safari`), '' when nothing is known; `hash` None: a browser that kept no cookie."""

    kind: str = ""
    hash: bytes | None = None


@dataclass(frozen=True)
class Lock:
    """After how many minutes out of sight the app locks itself, 0: each time; None: never. `part`: our part of the key
    of what is kept there, sealed under her key."""

    minutes: int | None
    part: bytes | None


NO_DEVICE: Final = Device()


def kind_of(user_agent: str) -> str:
    """`machine/browser` of what a browser says of itself; either may be empty. Nothing finer is kept."""
    machine = next((code for word, code in _MACHINES if word in user_agent), "")
    browser = next((code for word, code in _BROWSERS if word in user_agent), "")
    return f"{machine}/{browser}" if machine or browser else ""


async def came(conn: AsyncConnection, resident: UUID, device: Device, now: datetime) -> bool:
    """True: she comes from it for the first time, and came from another one before."""
    if device.hash is None:
        return False
    before = select(func.count()).select_from(known_devices).where(known_devices.c.resident == resident)
    others = (await conn.execute(before)).scalar_one()
    values = {"resident": resident, "device": device.hash, "kind": device.kind, "now": now}
    is_new: bool = (await conn.execute(_CAME, values)).scalar_one()
    return is_new and others > 0


async def lock_of(conn: AsyncConnection, resident: UUID, device: bytes | None) -> Lock:
    table = known_devices.c
    asked = select(table.lock_minutes, table.lock_part).where(table.resident == resident, table.device_hash == device)
    row = (await conn.execute(asked)).first()
    return Lock(row.lock_minutes, row.lock_part) if row else Lock(None, None)


async def set_lock(
    conn: AsyncConnection, resident: UUID, device: bytes, minutes: int | None, part: bytes | None
) -> bool:
    """`part` is sealed under her key. False: she never came from this device."""
    mine = (known_devices.c.resident == resident, known_devices.c.device_hash == device)
    change = update(known_devices).where(*mine).values(lock_minutes=minutes, lock_part=part)
    return (await conn.execute(change)).rowcount > 0


async def forget(conn: AsyncConnection, resident: UUID, device: bytes) -> None:
    """The next login from it is one from a new device again."""
    mine = (known_devices.c.resident == resident, known_devices.c.device_hash == device)
    await conn.execute(delete(known_devices).where(*mine))


async def forget_unseen(conn: AsyncConnection, now: datetime) -> None:
    await conn.execute(delete(known_devices).where(known_devices.c.seen_at < now - KEPT))
