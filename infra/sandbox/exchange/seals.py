"""Each member's signing key, made when it first signs."""

from __future__ import annotations

from infra.sandbox.exchange.certificates import Certified, Root
from infra.sandbox.exchange.protocol import Identifier
from infra.sandbox.exchange.signing import Seal


class Seals:
    def __init__(self, root: Root) -> None:
        self._root = root
        self._made: dict[Identifier, Seal] = {}

    def of(self, subsystem: Identifier) -> Seal:
        """The seal of the member that a subsystem is of."""
        member = subsystem[:3]
        if member not in self._made:
            self._made[member] = Seal(self._certified(member), self._root)
        return self._made[member]

    def _certified(self, member: Identifier) -> Certified:
        return self._root.certifies("/".join(member))
