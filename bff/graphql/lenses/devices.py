"""Lenses over sessions, passkeys and the lock of this device."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

import strawberry

from bff.graphql.lenses.common import TextLens
from bff.identity.passkeys import Passkey
from bff.identity.sessions import Listed
from bff.texts import device_text


@strawberry.enum(name="ProofMethod", description="By what she proved who she is.")
class ProofMethodName(enum.Enum):
    CARD = "card"
    PASSKEY = "passkey"
    DESK_CODE = "desk_code"


@strawberry.type(name="Session", description="One place where she is logged in.")
class SessionLens:
    id: strawberry.ID
    made_at: datetime
    seen_at: datetime

    @strawberry.field(description="in plain words, as its browser told it")
    def device(self, session: strawberry.Parent[Listed]) -> TextLens:
        return device_text(session.kind)  # type: ignore[return-value]

    @strawberry.field
    def method(self, session: strawberry.Parent[Listed]) -> ProofMethodName:
        return ProofMethodName(session.method)


@strawberry.type(name="Passkey")
class PasskeyLens:
    id: strawberry.ID
    name: str
    made_at: datetime
    used_at: datetime | None = strawberry.field(description="null: never yet")
    backed_up: bool = strawberry.field(description="it lives in an account of hers, so a lost phone does not lose it")

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Passkey)


@strawberry.type(name="Devices")
class DevicesLens:
    sessions: list[SessionLens] = strawberry.field(description="the one last seen first")
    this_session: strawberry.ID
    passkeys: list[PasskeyLens] = strawberry.field(description="oldest first")
    method: ProofMethodName = strawberry.field(description="by what this session was proved last")
    proved_at: datetime
    lock_minutes: int | None = strawberry.field(
        description="after how many minutes out of sight the app on this device locks itself, 0: each time; null: never"
    )
    lock_part: str | None = strawberry.field(
        description="our part of that lock's key; null: no lock, or it is too long since she proved who she is"
    )

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, DevicesLens)


@strawberry.type(name="DeviceLock", description="What the app needs to lock what it keeps on this device.")
class DeviceLockLens:
    minutes: int | None = strawberry.field(description="null: no lock")
    part: str | None = strawberry.field(
        description="our part of the key of what is kept there, given again after each proof; null: no lock"
    )
