"""One HTTP/2 connection to a push service: many POSTs at once, written together, each with its own patience."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

from notifications.channels import frames
from notifications.channels.frames import Broken, Frame
from notifications.channels.senders import Answer

MOST_AT_ONCE = 250
FIRST_AT_ONCE = 100
"""Until the push service says its own (RFC 9113 6.5.2 recommends no less)."""
MOST_POSTS = 1_000_000
LOOK_ROUND_S = 1.0
GATHERED_S, GATHERED_BYTES = 0.002, 64_000
"""What is posted within two thousandths of a second is written at once: a write costs as much as ten pushes."""
READ_BACK = 1 << 20
"""After so many bytes of answers' bodies the window is opened again; nobody reads them."""
_answer = lru_cache(256)(Answer)
"""Most are alike: one object, which whoever reads them knows again."""


class Asking(Protocol):
    """Whose posts they are. `head`: what they share."""

    head: frames.Head

    def got(self, number: int, answer: Answer | None) -> None:
        """None: no answer came, and whether the push service took it nobody knows."""

    def again(self, one: Post) -> None:
        """To be given to another line, since this one has not taken it."""


@dataclass(slots=True)
class Post:
    """The `number`-th of `whose`. `until` is of the loop's clock. `waits` no more: it has its answer, of which a body
    may still come."""

    whose: Asking
    number: int
    path: bytes
    body: bytes
    until: float = 0.0
    waits: bool = True
    moves: int = 0
    block: bytearray | None = None

    def answer(self, told: Answer | None) -> None:
        """Once."""
        if self.waits:
            self.waits = False
            self.whose.got(self.number, told)


class Line(asyncio.Protocol):
    """`change` is called when there is room again, or the line has ended."""

    def __init__(self, change: Callable[[], None]) -> None:
        self._change = change
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._in, self._out = bytearray(), bytearray()
        self._flush_at: asyncio.TimerHandle | None = None
        self._open: dict[int, Post] = {}
        self._next, self._at_once = 1, FIRST_AT_ONCE
        self._window, self._first_window, self._unread = frames.WINDOW, frames.WINDOW, 0
        self._answers_to: int | None = None
        self._closing = self._heard = False
        self._clock: asyncio.TimerHandle | None = None
        self.ready: asyncio.Future[None] = self._loop.create_future()
        """Done when the push service has shown that it speaks HTTP/2; fails with Broken when the line ends before."""

    @property
    def open(self) -> bool:
        return not self._closing

    @property
    def room(self) -> int:
        """How many posts it takes now."""
        return 0 if self._closing or not self._heard or self._slow else self._at_once - len(self._open)

    @property
    def busy(self) -> int:
        return len(self._open)

    @property
    def _slow(self) -> bool:
        return self._window < frames.LARGEST_BODY or self._first_window < frames.LARGEST_BODY

    def post(self, one: Post) -> None:
        """Only while there is room."""
        stream, self._next = self._next, self._next + 2
        self._open[stream] = one
        self._window -= len(one.body)
        if self._next > 2 * MOST_POSTS:
            self._closing = True
        self._write(frames.request(stream, one.whose.head, one.path, one.body))

    def close(self) -> None:
        self._closing = True
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # as uvloop's are, though not by name
        self._transport.write(frames.greeting() + frames.wider_window(frames.MOST_WINDOW - frames.WINDOW))
        self._clock = self._loop.call_later(LOOK_ROUND_S, self._look_round)

    def data_received(self, data: bytes) -> None:
        self._in += data
        try:
            for one in frames.frames(self._in):
                self._hear(one)
        except Broken as wrong:
            self._end(wrong)
            return
        self._change()

    def connection_lost(self, error: Exception | None) -> None:
        self._end(Broken(str(error) if error else "the push service has hung up"))

    def _write(self, data: bytes) -> None:
        self._out += data
        if self._flush_at is None:
            self._flush_at = self._loop.call_later(GATHERED_S, self._flush)
        elif len(self._out) >= GATHERED_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._flush_at is not None:
            self._flush_at.cancel()
            self._flush_at = None
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(bytes(self._out))
        self._out.clear()

    def _hear(self, one: Frame) -> None:
        if one.kind == frames.HEADERS and one.flags == frames.WHOLE and self._answers_to is None and self._heard:
            self._headers(one, one.payload)
            return
        if not self._heard:
            self._meet(one)
        if self._answers_to is not None and (one.kind, one.stream) != (frames.CONTINUATION, self._answers_to):
            raise Broken("a header block was interrupted")
        match one.kind:
            case frames.HEADERS:
                self._headers(one, frames.block_of(one))
            case frames.CONTINUATION:
                self._headers(one, one.payload)
            case frames.DATA:
                self._data(one)
            case frames.RST_STREAM:
                self._reset(one.stream, int.from_bytes(one.payload, "big"))
            case frames.SETTINGS:
                self._settings(one)
            case frames.PING if not one.flags & frames.ACK:
                self._write(frames.frame(frames.PING, frames.ACK, 0, one.payload))
            case frames.GOAWAY:
                self._goes_away(int.from_bytes(one.payload[:4], "big") & 0x7FFF_FFFF)
            case frames.WINDOW_UPDATE if one.stream == 0:
                self._window += int.from_bytes(one.payload, "big") & 0x7FFF_FFFF
            case frames.PUSH_PROMISE:
                raise Broken("a push promise nobody asked for")

    def _meet(self, one: Frame) -> None:
        if one.kind != frames.SETTINGS:
            raise Broken("not HTTP/2")
        self._heard = True
        self.ready.set_result(None)

    def _headers(self, one: Frame, part: bytes) -> None:
        asked = self._open.get(one.stream)
        if not one.flags & frames.END_HEADERS or (asked is not None and asked.block is not None):
            part = self._gathered(one, asked, part)
        if not one.flags & frames.END_HEADERS:
            return
        if asked is None:  # an answer nobody waits for any more
            return
        if asked.waits:
            told = _answer(*frames.answer_of(part))
            if told.status < 200:  # noqa: PLR2004 - the true answer is still to come
                return
            asked.answer(told)
        if one.flags & frames.END_STREAM:
            del self._open[one.stream]

    def _gathered(self, one: Frame, asked: Post | None, part: bytes) -> bytes:
        """A block in several frames; what belongs to nobody is passed over."""
        self._answers_to = None if one.flags & frames.END_HEADERS else one.stream
        if asked is None:
            return part
        whole = (asked.block or bytearray()) + part
        if len(whole) > frames.LARGEST_BLOCK:
            raise Broken("headers larger than are taken")
        asked.block = whole if self._answers_to is not None else None
        return bytes(whole)

    def _data(self, one: Frame) -> None:
        if one.flags & frames.END_STREAM:
            self._drop(one.stream)
        self._unread += len(one.payload)
        if self._unread >= READ_BACK:
            self._write(frames.wider_window(self._unread))
            self._unread = 0

    def _reset(self, stream: int, why: int) -> None:
        if why == frames.REFUSED_STREAM:
            self._hand_back(stream)
        else:
            self._drop(stream)

    def _drop(self, stream: int) -> None:
        asked = self._open.pop(stream, None)
        if asked is not None:
            asked.answer(None)

    def _hand_back(self, stream: int) -> None:
        asked = self._open.pop(stream, None)
        if asked is not None and asked.waits:
            asked.whose.again(asked)

    def _settings(self, one: Frame) -> None:
        if one.flags & frames.ACK:
            return
        told = frames.settings_of(one.payload)
        self._at_once = min(MOST_AT_ONCE, told.get(frames.MAX_CONCURRENT, self._at_once))
        self._first_window = told.get(frames.INITIAL_WINDOW, self._first_window)
        self._write(frames.frame(frames.SETTINGS, frames.ACK, 0))

    def _goes_away(self, last: int) -> None:
        """What came after `last` was not looked at and may be given to another line (RFC 9113 6.8)."""
        self._closing = True
        for stream in [one for one in self._open if one > last]:
            self._hand_back(stream)
        self._close_when_idle()

    def _look_round(self) -> None:
        """Whoever has waited long enough is told so; the patience of all is equal, so the oldest stand in front."""
        now = self._loop.time()
        for stream in list(itertools.takewhile(lambda one: self._open[one].until <= now, self._open)):
            self._write(frames.frame(frames.RST_STREAM, 0, stream, frames.CANCEL))
            self._drop(stream)
        self._close_when_idle()
        self._change()
        self._clock = self._loop.call_later(LOOK_ROUND_S, self._look_round)

    def _close_when_idle(self) -> None:
        if self._closing and not self._open and self._transport is not None:
            self._transport.close()

    def _end(self, why: Broken) -> None:
        self._closing = True
        if self._clock is not None:
            self._clock.cancel()
        if not self.ready.done():
            self.ready.set_exception(why)
        if self._transport is not None:
            self._transport.close()
        unanswered, self._open = self._open, {}
        for asked in unanswered.values():
            asked.answer(None)
        self._change()
