"""One link after the other: which record or link of the chain is not what it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bff.exchange.evidence.chain import BEGINNING, next_link


class What(StrEnum):
    """What is wrong at one place of the chain, or beside it."""

    RECORD_CHANGED = "record changed"
    RECORD_GONE = "record gone"
    LINK_CHANGED = "link changed"
    LINKS_GONE = "links gone"
    END_CHANGED = "record or its link changed, and nothing after it tells which"
    STAMP_WRONG = "time stamp wrong"
    FORGOTTEN_EARLY = "what was before is gone, and too young to be forgotten"
    RECORD_ADDED = "record outside the chain"
    KNOWN_GONE = "a known link is gone"
    KNOWN_CHANGED = "not the link that is known"


@dataclass(frozen=True)
class Fault:
    """`place` in the chain, 0: not in it; `entry`: the id in the message log, 0: no record is meant."""

    what: What
    place: int
    entry: int


@dataclass(frozen=True)
class Link:
    """As kept; `record`: the digest of the record as it is now, None: there is none."""

    place: int
    entry: int
    link: bytes
    record: bytes | None


@dataclass(frozen=True)
class _Doubt:
    """A link that does not follow from its record: one of the two was changed. `should_be`: if it was the link."""

    at: Link
    should_be: bytes


class Walk:
    """Given the links in their order. Older ones may be forgotten: the first place is then believed, the `anchor`."""

    def __init__(self) -> None:
        self.records = 0
        self.anchor: int | None = None
        self._place = 0
        self._before = BEGINNING
        self._doubt: _Doubt | None = None

    def step(self, link: Link) -> Iterator[Fault]:
        """The faults that this link lets be known."""
        begins = self._place == 0 and (link.place > 1 or link.record is None)
        if begins:
            self.anchor = link.place
        if not begins and link.place != self._place + 1:
            yield from self.end()
            yield Fault(What.LINKS_GONE, self._place + 1, 0)
            begins = True
        self._place = link.place
        if link.record is None:
            yield from self._follow(link.link, None)
            if not begins:
                yield Fault(What.RECORD_GONE, link.place, link.entry)
        elif begins:
            self._before = link.link
        else:
            yield from self._compare(link, link.record)

    def end(self) -> Iterator[Fault]:
        """Nothing follows."""
        if self._doubt:
            yield Fault(What.END_CHANGED, self._doubt.at.place, self._doubt.at.entry)
            self._doubt = None

    def _compare(self, link: Link, record: bytes) -> Iterator[Fault]:
        yield from self._follow(link.link, record)
        should_be = next_link(self._before, record)
        if should_be == link.link:
            self.records += 1
        else:
            self._doubt = _Doubt(link, should_be)
        self._before = link.link

    def _follow(self, link: bytes, record: bytes | None) -> Iterator[Fault]:
        """Settles a doubt about the place before: which of the two does the next link follow from?"""
        doubt, self._doubt = self._doubt, None
        if doubt is None:
            if record is None:
                self._before = link
            return
        if record is not None and next_link(doubt.should_be, record) == link:
            self._before = doubt.should_be
            yield Fault(What.LINK_CHANGED, doubt.at.place, doubt.at.entry)
        else:
            yield Fault(What.RECORD_CHANGED, doubt.at.place, doubt.at.entry)
        if record is None:
            self._before = link
