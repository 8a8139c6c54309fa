"""Whether a PDF only shows (ISO 32000): refused with anything that acts, embeds or is locked, also within packed parts.

No reader of PDF is needed for that: names are looked for in the whole file and in every packed stream, in each way a
name may be written (`/J#53`). What cannot be unpacked within bounds, or could be read in two ways, is refused rather
than guessed at. Every search goes over the file once, however the file is made.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bff.uploads.refusals import refused
from life_events import contains_individual_number

ACTIVE = frozenset(
    b"JS JavaScript OpenAction AA Launch EmbeddedFile EmbeddedFiles RichMedia XFA SubmitForm ImportData GoToR GoToE"
    b" Movie Sound Rendition".split()
)
MOST_UNPACKED = 64 * 1024 * 1024
MOST_SIGNS = 1_000_000
"""Strings, comments, dictionaries and streams of one file."""
_NAME = re.compile(rb"/([A-Za-z0-9#_.-]{1,127})")
_SIGN = re.compile(rb"%[^\r\n]*|\(|<<|>>|(?<![A-Za-z0-9#_./-])stream(?![A-Za-z0-9#_.-])")
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_SAID = re.compile(rb"\\.|\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
_FILTER = re.compile(rb"/Filter(?![A-Za-z0-9_.-])\s*(/[A-Za-z0-9_.-]+|\[[^\]]*\])?")
_BEGINS = re.compile(rb"[0-9]\s+[0-9]{1,9}\s*obj(?![A-Za-z])")
_LEFT_OVER = re.compile(rb"stream[ \t]*[\r\n]|endstream")
_NOT_UNPACKED = frozenset(b"DCTDecode JPXDecode CCITTFaxDecode JBIG2Decode".split())
_UNDERSTOOD = frozenset([b"FlateDecode", b"Fl"])
_OF_OBJECTS = frozenset([b"N", b"First"])
"""What every reader needs to find objects within a stream."""
_HIDES = frozenset([b"Predictor", b"DecodeParms", b"DP"])
"""Bytes written as differences, behind which no name is found."""


@dataclass(frozen=True)
class _Stream:
    """`head`: its dictionary, names spelt out; `packed`: its bytes as they stand."""

    head: bytes
    packed: bytes


def judged(body: bytes) -> bytes:
    """The same bytes; raises `UploadRefused`."""
    if b"%%EOF" not in body[-2048:]:
        raise refused("broken")
    for part in _parts(body):
        names = set(map(_plain, _NAME.findall(part)))
        if b"Encrypt" in names:
            raise refused("locked")
        if names & ACTIVE:
            raise refused("active")
        if contains_individual_number(b"".join(_SAID.findall(part)).decode("latin-1")):
            raise refused("number")
    return body


def _parts(body: bytes) -> Iterator[bytes]:
    """The file itself without its packed streams, then those unpacked."""
    bare, streams = _taken_apart(body)
    yield bare
    left = MOST_UNPACKED
    for stream in streams:
        filters, holds_objects = _filters(stream.head), _holds_objects(stream.head)
        if not filters:
            yield stream.packed
        elif len(filters) == 1 and filters[0] in _UNDERSTOOD:
            unpacked = _unpacked(stream.packed, left)
            left -= len(unpacked)
            yield unpacked
        elif filters[-1] not in _NOT_UNPACKED or holds_objects:
            raise refused("active")  # else a picture


def _taken_apart(body: bytes) -> tuple[bytes, list[_Stream]]:
    """What stands outside of streams, and the streams, each with the dictionary before it."""
    bare, streams = bytearray(), []
    at = after = depth = begun = signs = 0
    while found := _SIGN.search(body, at):
        sign, at, signs = found[0], found.end(), signs + 1
        if signs > MOST_SIGNS:
            raise refused("too_large")
        if sign == b"(":
            at = _string_end(body, at)
            _begins_nothing(body[found.end() : at])
        elif sign.startswith(b"%"):
            _begins_nothing(sign)
        elif sign == b"<<":
            begun, depth = (begun if depth else found.start()), depth + 1
        elif sign == b">>":
            depth -= 1
        elif sign == b"stream":
            end = body.find(b"endstream", at)
            if depth or end < 0:
                raise refused("broken")
            _begins_nothing(body[at:end])
            streams.append(_Stream(_plain(body[begun : found.start()]), body[at:end].lstrip(b" \t\r\n")))
            bare += body[after : found.start()]
            at = after = begun = end + len(b"endstream")
    bare += body[after:]
    if _LEFT_OVER.search(bare):
        raise refused("broken")
    return bytes(bare), streams


def _begins_nothing(part: bytes) -> None:
    """A table at the end of a file may lead another reader to an object within a string, a comment or a picture."""
    if _BEGINS.search(part):
        raise refused("broken")


def _string_end(body: bytes, at: int) -> int:
    """After the parenthesis that closes the string whose content begins at `at`."""
    open_ = 1
    for found in _PAREN.finditer(body, at):
        open_ += {b"(": 1, b")": -1}.get(found[0], 0)
        if not open_:
            return found.end()
    raise refused("broken")


def _filters(head: bytes) -> list[bytes]:
    """In their order; refused where they stand elsewhere in the file, or twice."""
    said = _FILTER.findall(head)
    if not said:
        return []
    names: list[bytes] = _NAME.findall(said[0])
    if len(said) > 1 or not said[0] or (not names and said[0].strip(b"[] \t\r\n")):
        raise refused("active")
    return names


def _holds_objects(head: bytes) -> bool:
    """Raises `UploadRefused` where that is hidden."""
    names = set(_NAME.findall(head))
    holds = b"ObjStm" in names or names >= _OF_OBJECTS
    if holds and (names & _HIDES or b"%" in head):
        raise refused("active")
    return holds


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error as wrong:
        raise refused("broken") from wrong
    if len(unpacked) > most:
        raise refused("too_large")
    return unpacked


def _plain(name: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda said: bytes([int(said[1], 16)]), name)
