"""One answer of HTTP/1.1, read by llhttp as its bytes come: what could be understood in two ways is none."""

from __future__ import annotations

from typing import Final

import httptools

from bff.exchange.question import Look, Unreadable

LARGEST_HEAD: Final = 32_768
_WITHOUT_BODY: Final = (204, 304)
_FINAL: Final = 200
_SWITCHES: Final = 101
_LAST: Final = 599


class Answer:
    """`status`, `headers` (names in lower case, repeated ones joined by a comma) and `body`, once it `is_whole`.

    `most`: bytes the body may have. `may_stay`: the connection may carry another question.
    """

    __slots__ = (
        "_beside",
        "_ends_with_connection",
        "_look",
        "_most",
        "_parser",
        "_seen_head",
        "body",
        "headers",
        "is_whole",
        "may_stay",
        "status",
    )

    def __init__(self, most: int, look: Look) -> None:
        self._most = most
        self._look = look
        self._parser = httptools.HttpResponseParser(self)
        self._beside = 0
        self._seen_head = False
        self._ends_with_connection = False
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.may_stay = False
        self.is_whole = False

    def take(self, data: bytes) -> None:
        """Raises `Unreadable`, or what `look` raises. Bytes after the end mean that the connection may not stay."""
        self._beside += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError as told:
            if isinstance(told.__context__, Exception):
                raise told.__context__ from None
            raise Unreadable(str(told)) from told
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as wrong:
            if not self.is_whole:
                raise Unreadable(str(wrong)) from wrong
            self.may_stay = False
        if not self.is_whole and self._beside > LARGEST_HEAD + (self._most if self._seen_head else 0):
            raise Unreadable("more around the body than belongs there")

    def end(self) -> None:
        """The other side has closed: that is the end of a body that had no other. Raises `Unreadable`."""
        if not self._ends_with_connection:
            raise Unreadable("closed before the end of the answer")
        self.is_whole = True

    def on_message_begin(self) -> None:
        if self.is_whole:
            self.may_stay = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Trailers come here too, and are not looked at."""
        if self._seen_head:
            return
        field, told = name.decode("ascii").lower(), value.decode("latin-1").strip(" \t")
        self.headers[field] = f"{self.headers[field]}, {told}" if field in self.headers else told

    def on_headers_complete(self) -> None:
        if self.is_whole:
            return
        self.status = self._parser.get_status_code()
        if self.status == _SWITCHES or self.status > _LAST:
            raise Unreadable("a status, or another protocol, that nobody asked for")
        if self.status < _FINAL:
            self.headers.clear()
            return
        self._seen_head = True
        self._frame()
        self._look(self.status, self.headers)

    def on_body(self, data: bytes) -> None:
        if self.is_whole:
            return
        if len(self.body) + len(data) > self._most:
            raise Unreadable("more than was allowed")
        self.body += data
        self._beside -= len(data)

    def on_message_complete(self) -> None:
        if self._seen_head:
            self.is_whole = True

    def _frame(self) -> None:
        """How the body ends; a coding that was not asked for is refused, a length beyond bounds at once."""
        coding, length = self.headers.get("transfer-encoding"), self.headers.get("content-length")
        is_old = self._parser.get_http_version() == "1.0"
        if coding is not None and (is_old or coding.lower() != "chunked"):
            raise Unreadable("a coding that was not asked for")
        if length is not None and self.status not in _WITHOUT_BODY and int(length) > self._most:
            raise Unreadable("more than was allowed")
        has_end = coding is not None or length is not None or self.status in _WITHOUT_BODY
        self._ends_with_connection = not has_end
        self.may_stay = has_end and self._parser.should_keep_alive()
