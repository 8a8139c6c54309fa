"""A container from outside, opened with care: it may be a bomb, point out of itself, or mean two things at once."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from lxml import etree

MIME_TYPE: Final = "application/vnd.etsi.asic-e+zip"
LARGEST_FILE: Final = 64 << 20
LARGEST_PART: Final = 16 << 20
LARGEST_XML: Final = 4 << 20
MOST_PARTS: Final = 64
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)
"""Whatever the standard library makes of broken archives; RuntimeError is an encrypted or unknown one."""
_PLAIN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Malformed(Exception):
    """It is no container of the kind that is read here."""


def opened(content: bytes) -> Mapping[str, bytes]:
    """The parts of a container by name; raises `Malformed`.

    Where the mimetype stands and how it is packed is not looked at: security servers pack it, against the norm.
    """
    if len(content) > LARGEST_FILE:
        raise Malformed(f"more than {LARGEST_FILE} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive)
    except _BROKEN as wrong:
        raise Malformed(f"not a ZIP archive: {wrong}") from wrong


def xml(content: bytes, what: str) -> etree._Element:
    """The root of a document without a DTD; raises `Malformed`."""
    if len(content) > LARGEST_XML:
        raise Malformed(f"{what} has more than {LARGEST_XML} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Malformed(f"{what} is not XML: {wrong}") from wrong
    if root.getroottree().docinfo.doctype or any(isinstance(one, etree._Entity) for one in root.iter()):
        raise Malformed(f"{what} has a document type")
    return root


def _parts(archive: zipfile.ZipFile) -> Mapping[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise Malformed(f"more than {MOST_PARTS} parts")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Malformed("a part is there twice")
    parts: dict[str, bytes] = {}
    left = LARGEST_FILE
    for entry in entries:
        if entry.filename == "META-INF/":
            continue
        parts[_fit(entry)] = content = _read(archive, entry, min(left, LARGEST_PART))
        left -= len(content)
    if parts.get("mimetype", b"").strip() != MIME_TYPE.encode():
        raise Malformed(f"says nowhere that it is {MIME_TYPE}")
    return parts


def _fit(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if "\\" in name or ":" in name or not name.isprintable():
        raise Malformed(f"a part may not be called {name!r}")
    if any(step in ("", ".", "..") for step in name.split("/")):
        raise Malformed(f"a part leads out of the container: {name!r}")
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PLAIN:
        raise Malformed(f"{name} is encrypted or packed in an odd way")
    return name


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """What the archive says of its sizes is not believed."""
    with archive.open(entry) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise Malformed(f"{entry.filename} unpacks to too much")
    return content
