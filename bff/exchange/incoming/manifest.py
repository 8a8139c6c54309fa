"""`services/<id>.toml`: who may call, what for, on which basis, and how much they may say at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from bff.exchange.address import ClientId
from life_events.terms import Text

SERVICES = Path(__file__).with_name("services")
MOST_BYTES = 10 * 1024 * 1024
"""A security server logs a body up to here whole."""

Size = Annotated[int, msgspec.Meta(ge=0, le=MOST_BYTES)]


class Callers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Subsystems that may call. `members`: their member codes, or `wards`: each of the 23 under its own code."""

    member_class: str
    members: Literal["wards"] | tuple[str, ...]
    subsystems: tuple[str, ...]

    def hold(self, client: ClientId, wards: Collection[str]) -> bool:
        members = wards if self.members == "wards" else self.members
        return (
            client.member_class == self.member_class
            and client.subsystem in self.subsystems
            and client.member in members
        )


class Incoming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`id` is its service code. In `name` stands `{caller}`. `largest`: bytes of a request's body.

    `purpose` and `basis` are codes of the exchange's texts.
    """

    id: str
    name: Text
    purpose: str
    basis: str
    callers: tuple[Callers, ...]
    largest: Size

    def may_be_called(self, client: ClientId, *, instance: str, wards: Collection[str]) -> bool:
        return client.instance == instance and any(one.hold(client, wards) for one in self.callers)


@cache
def manifests() -> Mapping[str, Incoming]:
    """By id; raises `msgspec.ValidationError` for one that is not whole, ValueError for one under another's name."""
    found = {}
    for path in sorted(SERVICES.glob("*.toml")):
        one = msgspec.toml.decode(path.read_bytes(), type=Incoming)
        if one.id != path.stem:
            raise ValueError(f"{path.name} describes {one.id}")
        found[one.id] = one
    return found


def named(name: Text, caller: Text) -> Text:
    """`name` with who called filled in."""
    said = {
        language: getattr(name, language).format(caller=getattr(caller, language)) for language in ("ja", "easy", "en")
    }
    return Text(**said)
