"""One answer of HTTP/1.1, read as its bytes come (RFC 9112): whatever could be understood in two ways is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bff.exchange.question import Look, Unreadable

LARGEST_HEAD: Final = 32_768
"""Also of all that a chunked body holds beside its data in one piece: a size line, the trailers."""
_STATUS: Final = re.compile(rb"HTTP/1\.([01]) ([1-5][0-9]{2})(?: [^\r\n\0]*)?\r\n")
_FIELD: Final = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[^\r\n\0]*[^\r\n\0 \t])?)[ \t]*\r\n")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n\0]*)?")
_LENGTH: Final = re.compile(r"[0-9]{1,12}")
_WITHOUT_BODY: Final = (204, 304)
_FINAL: Final = 200
_SWITCHES: Final = 101


class Answer:
    """`status`, `headers` (names in lower case, repeated ones joined by a comma) and `body`, once it `is_whole`.

    `most`: bytes the body may have. `may_stay`: the connection may carry another question.
    """

    __slots__ = ("_held", "_left", "_look", "_most", "_step", "body", "headers", "is_whole", "may_stay", "status")

    def __init__(self, most: int, look: Look) -> None:
        self._most = most
        self._look = look
        self._held = bytearray()
        self._left = 0
        self._step: Callable[[], bool] = self._head
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.may_stay = False
        self.is_whole = False

    def take(self, data: bytes) -> None:
        """Raises `Unreadable`, or what `look` raises. Bytes after the end mean that the connection may not stay."""
        self._held += data
        while not self.is_whole and self._step():
            pass
        if self.is_whole and self._held:
            self.may_stay = False

    def end(self) -> None:
        """The other side has closed: that is the end of a body that had no other. Raises `Unreadable`."""
        if self._step != self._until_closed:
            raise Unreadable("closed before the end of the answer")
        self.is_whole = True

    def _head(self) -> bool:
        end = self._held.find(b"\r\n\r\n")
        if end < 0 and len(self._held) <= LARGEST_HEAD:
            return False
        if end < 0 or end > LARGEST_HEAD:
            raise Unreadable("a head without an end")
        head = bytes(self._held[: end + 2])
        del self._held[: end + 4]
        line = _STATUS.match(head)
        if line is None:
            raise Unreadable("no status line")
        self.status = int(line[2])
        if self.status == _SWITCHES:
            raise Unreadable("another protocol, which nobody asked for")
        if self.status < _FINAL:
            return True
        self.headers = _fields(head, line.end())
        self._frame(is_old=line[1] == b"0")
        self._look(self.status, self.headers)
        return True

    def _frame(self, *, is_old: bool) -> None:
        """How the body ends. A length beside chunks, or a length that is not one number, is refused."""
        coding, length = self.headers.get("transfer-encoding"), self.headers.get("content-length")
        kept = self.headers.get("connection", "").lower()
        self.may_stay = "keep-alive" in kept if is_old else "close" not in kept
        if coding is not None and (length is not None or is_old or coding.lower() != "chunked"):
            raise Unreadable("the body has two lengths, or a coding that was not asked for")
        if self.status in _WITHOUT_BODY:
            self.is_whole = True
        elif coding is not None:
            self._step = self._chunk
        elif length is None:
            self.may_stay = False
            self._step = self._until_closed
        else:
            if not _LENGTH.fullmatch(length):
                raise Unreadable("a length that is no number")
            self._left = self._bounded(int(length))
            self._step = self._counted

    def _counted(self) -> bool:
        if len(self._held) < self._left:
            return False
        self.body = self._held[: self._left]
        del self._held[: self._left]
        self.is_whole = True
        return True

    def _until_closed(self) -> bool:
        self._bounded(len(self.body) + len(self._held))
        self.body += self._held
        self._held.clear()
        return False

    def _chunk(self) -> bool:
        line = self._line()
        if line is None:
            return False
        size = _CHUNK.fullmatch(line)
        if size is None:
            raise Unreadable("a chunk without a size")
        self._left = int(size[1], 16)
        self._bounded(len(self.body) + self._left)
        self._step = self._chunk_data if self._left else self._trailer
        return True

    def _chunk_data(self) -> bool:
        if len(self._held) < self._left + 2:
            return False
        if self._held[self._left : self._left + 2] != b"\r\n":
            raise Unreadable("a chunk longer than it said")
        self.body += self._held[: self._left]
        del self._held[: self._left + 2]
        self._step = self._chunk
        return True

    def _trailer(self) -> bool:
        """What stands behind the body is not looked at."""
        line = self._line()
        self._left += len(line or b"") + 2
        if self._left > LARGEST_HEAD:
            raise Unreadable("trailers without an end")
        self.is_whole = line == b""
        return line is not None

    def _line(self) -> bytes | None:
        end = self._held.find(b"\r\n")
        if end > LARGEST_HEAD or (end < 0 and len(self._held) > LARGEST_HEAD):
            raise Unreadable("a line without an end")
        if end < 0:
            return None
        line = bytes(self._held[:end])
        del self._held[: end + 2]
        return line

    def _bounded(self, size: int) -> int:
        if size > self._most:
            raise Unreadable("more than was allowed")
        return size


def _fields(head: bytes, at: int) -> dict[str, str]:
    """Raises `Unreadable` for a line that is no field, a folded one too."""
    fields: dict[str, str] = {}
    while at < len(head):
        field = _FIELD.match(head, at)
        if field is None:
            raise Unreadable("a line in the head that is no field")
        name, value = field[1].decode("ascii").lower(), field[2].decode("latin-1")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
        at = field.end()
    return fields
