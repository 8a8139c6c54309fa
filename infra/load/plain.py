"""The limit of the server: the same bytes, answered by as little as there is between it and them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import msgspec
from granian import Granian
from granian.constants import Interfaces


def create() -> Any:
    """For granian: an ASGI application that encodes the answer kept in the file PLAIN_ANSWER at each request."""
    answer = msgspec.json.decode(Path(os.environ["PLAIN_ANSWER"]).read_bytes())

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        body = msgspec.json.encode(answer)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return plain


if __name__ == "__main__":
    Granian(
        f"{__spec__.name}:create",
        factory=True,
        interface=Interfaces.ASGI,
        port=int(sys.argv[1]),
        log_access=False,
        websockets=False,
    ).serve()
