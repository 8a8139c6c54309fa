"""As much of HTTP/2 (RFC 9113) as a POST without a readable answer needs: its frames, and the status in a header block.

The kept library h2 was measured at 90 µs a push, as much as the encryption itself; a push is always the same two
frames, so they are laid together from prepared bytes. Header blocks that come are read by the kept library hpack, once
their status says that there is more to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from struct import Struct
from typing import NamedTuple

from hpack import Decoder, Encoder, HPACKError

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 8, 9
END_STREAM, END_HEADERS, PADDED, PRIORITY, ACK = 0x1, 0x4, 0x8, 0x20, 0x1
WHOLE = END_STREAM | END_HEADERS
"""An answer in one frame with nothing around it, as nearly all are."""
HEADER_TABLE_SIZE, ENABLE_PUSH, MAX_CONCURRENT, INITIAL_WINDOW, MAX_HEADER_LIST = 1, 2, 3, 4, 6
CANCEL, REFUSED_STREAM = b"\0\0\0\x08", 7
WINDOW, MOST_WINDOW = 65_535, 2**31 - 1
LARGEST_BODY = 4_096
LARGEST_FRAME, LARGEST_BLOCK = 16_384, 65_536
"""We never say that we take larger frames, and never send any; headers may come in several."""
_HEAD = 9
_INDEXED_STATUS = {0x88: 200, 0x89: 204, 0x8A: 206, 0x8B: 304, 0x8C: 400, 0x8D: 404, 0x8E: 500}
_STATUS_NAME = (0x48, 0x08, 0x18)
"""`:status` by its place in the static table, with a literal value: to be indexed, not indexed, never indexed."""


class Broken(Exception):
    """The other side does not speak HTTP/2 as it should; the connection is of no more use."""


class Frame(NamedTuple):
    kind: int
    flags: int
    stream: int
    payload: bytes


class Head(NamedTuple):
    """What stands before the path, and what after it: pseudo-headers come first (RFC 9113 8.3)."""

    front: bytes
    back: bytes


_FRAME = Struct(">IBI")
"""Length and kind in four bytes, flags, stream."""


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return _FRAME.pack(len(payload) << 8 | kind, flags, stream) + payload


def greeting() -> bytes:
    """No table of theirs to remember, no pushes from them, and no window for what we do not read anyway."""
    said = {HEADER_TABLE_SIZE: 0, ENABLE_PUSH: 0, MAX_HEADER_LIST: LARGEST_BLOCK}
    settings = b"".join(name.to_bytes(2, "big") + value.to_bytes(4, "big") for name, value in said.items())
    return PREFACE + frame(SETTINGS, 0, 0, settings)


def wider_window(by: int) -> bytes:
    """Of the whole connection."""
    return frame(WINDOW_UPDATE, 0, 0, by.to_bytes(4, "big"))


def request_head(scheme: str, authority: str, headers: Mapping[str, str]) -> Head:
    """What all POSTs of one notice to one push service share, as literals that nobody indexes (RFC 7541 6.2.2)."""
    method, https, http = b"\x83", b"\x87", b"\x86"
    front = b"".join((method, https if scheme == "https" else http, b"\x01", _string(authority)))
    back: list[bytes] = []
    for name, value in headers.items():
        kept_secret = name.lower() == "authorization"
        back += [b"\x10" if kept_secret else b"\x00", _string(name.lower()), _string(value)]
    return Head(front, b"".join(back))


def request(stream: int, head: Head, path: bytes, body: bytes) -> bytes:
    """HEADERS and, unless `body` is empty, DATA."""
    length, way = b"%d" % len(body), _counted(path)
    block = b"".join((head.front, b"\x04", way, head.back, b"\x0f\x0d%c" % len(length), length))
    if not body:
        return _FRAME.pack(len(block) << 8 | HEADERS, END_STREAM | END_HEADERS, stream) + block
    first = _FRAME.pack(len(block) << 8 | HEADERS, END_HEADERS, stream)
    return b"".join((first, block, _FRAME.pack(len(body) << 8 | DATA, END_STREAM, stream), body))


def frames(buffer: bytearray) -> Iterator[Frame]:
    """Takes the whole frames from the front of `buffer`. Raises Broken."""
    at, came = 0, len(buffer)
    try:
        while came - at >= _HEAD:
            length_and_kind, flags, stream = _FRAME.unpack_from(buffer, at)
            length = length_and_kind >> 8
            if length > LARGEST_FRAME:
                raise Broken("a frame larger than is taken")
            start, end = at + _HEAD, at + _HEAD + length
            if came < end:
                return
            at = end
            yield Frame(length_and_kind & 0xFF, flags, stream & 0x7FFF_FFFF, bytes(buffer[start:end]))
    finally:
        del buffer[:at]


def settings_of(payload: bytes) -> dict[int, int]:
    """Raises Broken."""
    if len(payload) % 6:
        raise Broken("settings of an odd length")
    pairs = range(0, len(payload), 6)
    return {int.from_bytes(payload[i : i + 2], "big"): int.from_bytes(payload[i + 2 : i + 6], "big") for i in pairs}


def block_of(one: Frame) -> bytes:
    """The part of the header block in a HEADERS frame, without padding and priority. Raises Broken."""
    start, end = 0, len(one.payload)
    if one.flags & PADDED:
        if not end:
            raise Broken("padding without a length")
        start, end = 1, end - one.payload[0]
    if one.flags & PRIORITY:
        start += 5
    if start > end:
        raise Broken("more padding than frame")
    return one.payload[start:end]


def answer_of(block: bytes) -> tuple[int, str | None]:
    """The status, and Retry-After where it matters. Raises Broken.

    A block needs nothing remembered of earlier ones, since our settings leave the other side no table."""
    status = _status_at_the_front(block)
    if status is not None and status < 300:  # noqa: PLR2004 - what was taken has nothing more to tell
        return status, None
    try:
        told: dict[str | bytes, str | bytes] = dict(Decoder(max_header_list_size=LARGEST_BLOCK).decode(block))
        after = told.get("retry-after")
        return int(told[":status"]), None if after is None else str(after)
    except (HPACKError, KeyError, ValueError) as wrong:
        raise Broken("headers that cannot be read") from wrong


def _status_at_the_front(block: bytes) -> int | None:
    """Where pseudo-headers must stand (RFC 9113 8.3); None: in a form that is read slowly."""
    at = 0
    while at < len(block) and block[at] & 0xE0 == 0x20:  # noqa: PLR2004 - a change of the table's size, to at most 30
        at += 1
    front = block[at : at + 5]
    if not front:
        return None
    if front[0] in _STATUS_NAME:
        return _WRITTEN.get(front[1 : 2 + (front[1] & 0x7F)]) if len(front) > 1 else None
    return _INDEXED_STATUS.get(front[0])


def _written() -> dict[bytes, int]:
    """A status as a literal string, plain and in Huffman's code, length first."""
    told: dict[bytes, int] = {}
    for status in range(100, 600):
        plain = str(status).encode()
        told[b"\x03" + plain] = status
        coded = Encoder().huffman_coder.encode(plain)
        told[bytes((0x80 | len(coded),)) + coded] = status
    return told


def _string(text: str) -> bytes:
    return _counted(text.encode("latin-1"))


def _counted(raw: bytes) -> bytes:
    """A string literal, not in Huffman's code; its length is an integer with a prefix of 7 bits (RFC 7541 5.1)."""
    length, most = len(raw), 0x7F
    if length < most:
        return b"%c%b" % (length, raw)
    length -= most
    digits = bytearray((most,))
    while length >= 0x80:  # noqa: PLR2004 - 7 bits a byte
        digits.append(length % 0x80 | 0x80)
        length //= 0x80
    digits.append(length)
    return bytes(digits) + raw


_WRITTEN = _written()
