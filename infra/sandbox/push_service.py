"""POST /push/v2/{token}: Web Push for application servers (RFC 8030, 8188, 8291, 8292), as lean as it goes."""

import os
import re
from typing import Final

from litestar.types import Receive, Scope, Send

from infra.sandbox.asgi import Answer, TooLarge, json_answer, read_body, send_answer
from infra.sandbox.faults import Faults, Mode
from infra.sandbox.push_crypto import is_well_formed
from infra.sandbox.push_store import Message, Subscription, Subscriptions
from infra.sandbox.push_vapid import BadVapid, Vapid
from infra.sandbox.settings import Clock

PREFIX: Final = len("/push/v2/")
LARGEST: Final = 4_096
LONGEST_TTL: Final = 2_419_200
TOPIC: Final = re.compile(rb"[A-Za-z0-9_-]{1,32}")
TTL: Final = re.compile(rb"[0-9]{1,10}")
URGENCIES: Final = frozenset({b"very-low", b"low", b"normal", b"high"})


class Refused(Exception):
    """The answer other than 201, with the reason in words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class PushService:
    """One ASGI application; the subscriptions hold all state but the checked tokens."""

    def __init__(self, origin: str, subscriptions: Subscriptions, faults: Faults, clock: Clock) -> None:
        self._origin = origin
        self._subscriptions = subscriptions
        self._faults = faults
        self._clock = clock
        self._vapid = Vapid(origin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(receive, LARGEST)
        except TooLarge:
            await send_answer(send, json_answer(413, {"code": 413, "message": "more than 4096 bytes"}))
            return
        if self._faults.mode("push") is not Mode.OK:
            answer = await self._faults.before("push")
            if answer is not None:
                await send_answer(send, answer)
                return
        try:
            one, message = self._read(scope, body)
        except Refused as no:
            await send_answer(send, json_answer(no.status, {"code": no.status, "message": str(no)}))
            return
        await self._subscriptions.accept(one, message)
        location = f"{self._origin}/push/m/{message.version}".encode()
        await send_answer(send, Answer(201, b"", [(b"location", location), (b"ttl", b"%d" % message.ttl)]))

    def _read(self, scope: Scope, body: bytes) -> tuple[Subscription, Message]:
        """Raises Refused."""
        if scope.get("method") != "POST":
            raise Refused(405, "POST only")
        token = scope["path"][PREFIX:]
        one = self._subscriptions.get(token)
        if one is None:
            raise Refused(404, "no such subscription")
        if one.gone:
            raise Refused(410, "the subscription has ended")
        headers = dict(scope["headers"])
        now = self._clock.epoch()
        self._authorize(one, headers.get(b"authorization"), now)
        ttl, topic, urgency = _delivery(headers)
        if body and headers.get(b"content-encoding") != b"aes128gcm":
            raise Refused(415, "Content-Encoding must be aes128gcm")
        if body and not is_well_formed(body):
            raise Refused(400, "not an aes128gcm message of one record with a P-256 key id")
        return one, Message(os.urandom(16).hex(), token, body, topic, urgency, ttl, now)

    def _authorize(self, one: Subscription, authorization: bytes | None, now: float) -> None:
        if authorization is None:
            raise Refused(401, "VAPID is required")
        try:
            sender = self._vapid.sender(authorization, now)
        except BadVapid as no:
            raise Refused(no.status, str(no)) from no
        if one.sender is not None and one.sender != sender.key:
            raise Refused(403, "the subscription belongs to another application server key")


def _delivery(headers: dict[bytes, bytes]) -> tuple[int, str | None, str]:
    """TTL, Topic and Urgency (RFC 8030 §5.2-5.4). Raises Refused."""
    ttl = headers.get(b"ttl", b"")
    if not TTL.fullmatch(ttl):
        raise Refused(400, "TTL is missing or no number of seconds")
    topic = headers.get(b"topic")
    if topic is not None and not TOPIC.fullmatch(topic):
        raise Refused(400, "Topic must be 1 to 32 characters of base64url")
    urgency = headers.get(b"urgency", b"normal")
    if urgency not in URGENCIES:
        raise Refused(400, "Urgency must be very-low, low, normal or high")
    return min(int(ttl), LONGEST_TTL), topic.decode() if topic else None, urgency.decode()
