"""Heads of the chain that were noted outside the database: what was cut off its end is missed only against one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bff.exchange.evidence.walking import Fault, Link, What

_WRITTEN: Final = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{128})")


@dataclass(frozen=True)
class Known:
    """Which link stood at `place`; written `PLACE:LINK`, the link in hexadecimal."""

    place: int
    link: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises `ValueError`."""
        if not (found := _WRITTEN.fullmatch(text.strip().lower())):
            raise ValueError(f"not PLACE:LINK with a link of 128 hexadecimal digits: {text.strip()[:200]!r}")
        return cls(int(found[1]), bytes.fromhex(found[2]))

    def __str__(self) -> str:
        return f"{self.place}:{self.link.hex()}"


class Comparison:
    """Given the links that are there in their order. `held`: how many known ones are among them; `untried`: the places
    of those known ones that are older than all that is kept, which is how they look when they were forgotten."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.held = 0
        self.untried: list[int] = []
        self._left: dict[int, set[bytes]] = {}
        self._oldest: int | None = None
        for one in known:
            self._left.setdefault(one.place, set()).add(one.link)

    def step(self, link: Link) -> Iterator[Fault]:
        """The faults that this link lets be known."""
        if self._oldest is None:
            self._oldest = link.place
        for known in self._left.pop(link.place, ()):
            if known == link.link:
                self.held += 1
            else:
                yield Fault(What.KNOWN_CHANGED, link.place, link.entry)

    def end(self) -> Iterator[Fault]:
        """Nothing follows."""
        for place in sorted(self._left):
            if self._oldest is not None and place < self._oldest:
                self.untried.append(place)
            else:
                yield Fault(What.KNOWN_GONE, place, 0)


def known_of(said: Iterable[str]) -> list[Known]:
    """Each `PLACE:LINK`, or `@FILE` with one a line; raises `ValueError` and `OSError`."""
    found = list[Known]()
    for one in said:
        lines = Path(one[1:]).read_text("utf-8").splitlines() if one.startswith("@") else [one]
        found += [Known.of(line) for line in lines if line.strip()]
    return found
