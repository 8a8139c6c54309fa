"""How a sender tries what くらしまど tells it (Standard Webhooks, HMAC-SHA256). Python 3.11, nothing else; copy it.

    heard = Heard("whsec_…")
    event = heard.event(request.headers, request.body)   # raises Refused: answer 400 and do nothing

The body is tried as it came over the wire: read as JSON and written anew it is another. Answer 2xx once the event is
safe with you; until then it is told again under the same `webhook-id`, so keep the ids you have taken.
"""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

FRESH = 300
"""Seconds: what is older, or from the future by more, was caught and is played again."""


class Refused(Exception):
    """Not from くらしまど, or not now."""


class Heard:
    """`taken`: the ids taken so far, in a store that outlives the process and all its copies share."""

    def __init__(self, secret: str, taken: set[str] | None = None, clock: Callable[[], float] = time.time) -> None:
        self._secret = base64.b64decode(secret.removeprefix("whsec_"))
        self._taken = set() if taken is None else taken
        self._clock = clock

    def event(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any] | None:
        """None: taken before, answer 200 again. Raises Refused."""
        told = {name.lower(): value for name, value in headers.items()}
        try:
            id, stamp, signatures = (told[f"webhook-{one}"] for one in ("id", "timestamp", "signature"))
            age = self._clock() - int(stamp)
        except (KeyError, ValueError) as wrong:
            raise Refused("a header is missing or no number") from wrong
        if abs(age) > FRESH:
            raise Refused("too old, or from the future")
        mac = hmac.digest(self._secret, b".".join((id.encode(), stamp.encode(), body)), "sha256")
        expected = f"v1,{base64.b64encode(mac).decode()}"
        if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in signatures.split(" ")):
            raise Refused("the signature is another's")
        if id in self._taken:
            return None
        self._taken.add(id)
        event: dict[str, Any] = json.loads(body)
        return event
