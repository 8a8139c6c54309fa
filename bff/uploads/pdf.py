"""Whether a PDF only shows (ISO 32000): refused with anything that acts, embeds or is locked, also within packed parts.

No reader of PDF is needed for that: names are looked for in the whole file and in every packed stream, in each way a
name may be written (`/J#53`). What cannot be unpacked within bounds is refused rather than guessed at.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from bff.uploads.refusals import refused
from life_events import contains_individual_number

ACTIVE = frozenset(
    b"JS JavaScript OpenAction AA Launch EmbeddedFile EmbeddedFiles RichMedia XFA SubmitForm ImportData GoToR GoToE"
    b" Movie Sound Rendition".split()
)
MOST_UNPACKED = 64 * 1024 * 1024
_NAME = re.compile(rb"/([A-Za-z0-9#_.-]{1,127})")
_STREAM = re.compile(rb"<<((?:[^<>]|<<|>>|<[0-9A-Fa-f\s]*>){0,4000}?)>>\s*stream\r?\n(.*?)endstream", re.DOTALL)
_SAID = re.compile(rb"\(((?:[^()\\]|\\.){0,2000})\)")
_NOT_UNPACKED = frozenset(b"DCTDecode JPXDecode CCITTFaxDecode JBIG2Decode".split())
_UNDERSTOOD = frozenset([b"FlateDecode", b"Fl"])


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
    yield _STREAM.sub(rb"<<\1>> stream endstream", body)
    left = MOST_UNPACKED
    for head, packed in _STREAM.findall(body):
        filters = set(map(_plain, _NAME.findall(head)))
        if filters & _NOT_UNPACKED:
            continue  # a picture
        if filters & _UNDERSTOOD:
            unpacked = _unpacked(packed, left)
            left -= len(unpacked)
            yield unpacked
        elif any(name.endswith(b"Decode") for name in filters):
            raise refused("active")
        else:
            yield packed


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(packed.lstrip(b"\r\n"), most + 1)
    except zlib.error as wrong:
        raise refused("broken") from wrong
    if len(unpacked) > most:
        raise refused("too_large")
    return unpacked


def _plain(name: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda said: bytes([int(said[1], 16)]), name)
