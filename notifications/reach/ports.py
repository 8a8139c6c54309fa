"""What the ladder asks of the house: addresses, families and applications are not the mail room's to know."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.channels.email import Post
from notifications.channels.sms import Texter

Kind = Literal["email", "sms"]


@dataclass(frozen=True, slots=True)
class Way:
    """One confirmed address. `stop`: the link that ends letters to it; `back`: where undelivered ones go."""

    id: UUID
    address: str
    stop: str
    back: str


@dataclass(frozen=True, slots=True)
class Guardian:
    """Another guardian of a child. `child`: the key by which she knows it, which in another home is another."""

    resident: UUID
    child: UUID


class Known(Protocol):
    """All through the house's door, at the moment of sending."""

    async def ways(self, conn: AsyncConnection, whom: Sequence[UUID], kind: Kind) -> Mapping[UUID, Way]:
        """Of those who have one that may be written to."""
        ...

    async def gone(self, conn: AsyncConnection, ways: Sequence[UUID]) -> None:
        """Nobody is there any more."""
        ...

    async def guardians(self, conn: AsyncConnection, whom: Sequence[UUID]) -> Mapping[UUID, Sequence[UUID]]:
        """The other guardians who may be told, of those who have any: by the register alone, and nobody whom the other
        must not find."""
        ...

    async def homes(
        self, conn: AsyncConnection, children: Mapping[UUID, Collection[UUID]]
    ) -> Mapping[UUID, Sequence[Guardian]]:
        """For each resident the other guardians of these children of hers, by the schools' own lists: in a second home
        too, and nobody whom the other must not find."""
        ...

    async def same(self, conn: AsyncConnection, children: Collection[UUID]) -> frozenset[UUID]:
        """These keys, and all others by which anybody knows the same children."""
        ...

    async def applied(self, conn: AsyncConnection, whom: Sequence[UUID], about: str) -> frozenset[UUID]:
        """Who has done already what the notice leads to."""
        ...


@dataclass(frozen=True)
class Channels:
    """`post`, `texter`: None where the operator has none; `origin`: where the app is."""

    known: Known
    post: Post | None
    texter: Texter | None
    origin: str
