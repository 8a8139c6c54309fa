"""The desk of the push service: making up subscriptions, counting, reading, expiring, forgetting."""

import asyncio
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery, QueryParameter

from infra.sandbox.forms import told
from infra.sandbox.keys import base64url
from infra.sandbox.pages import Asked
from infra.sandbox.push_crypto import CannotOpen, open_message
from infra.sandbox.push_store import Message, Subscription, Subscriptions, expired
from infra.sandbox.push_vapid import BadVapid, from_base64url, is_point
from infra.sandbox.settings import Clock

Limit = Annotated[int, QueryParameter(ge=1, le=100_000)]


class Order(msgspec.Struct, frozen=True):
    """The body of POST /push/_subscriptions; the key is base64url of 65 bytes."""

    count: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    applicationServerKey: str | None = None


def push_desk(subscriptions: Subscriptions, clock: Clock) -> list[HTTPRouteHandler]:
    return [*_changing(subscriptions), *_reading(subscriptions, clock)]


def _changing(subscriptions: Subscriptions) -> list[HTTPRouteHandler]:
    @post("/push/_subscriptions")
    async def make_up(request: Asked) -> Response[object]:
        try:
            order = await told(request, Order)
            key = from_base64url(order.applicationServerKey.rstrip("=")) if order.applicationServerKey else None
        except (msgspec.ValidationError, BadVapid) as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        if key is not None and not is_point(key):
            return Response({"code": "invalid", "message": "applicationServerKey is no P-256 point"}, status_code=422)
        made = await asyncio.to_thread(subscriptions.make_up, order.count, key)
        return Response([_told_to_sender(subscriptions, one) for one in made])

    @post("/push/_expire/{token:str}", status_code=200)
    async def expire(token: FromPath[str]) -> Response[object]:
        known = subscriptions.expire(token)
        return Response({"expired": known}, status_code=200 if known else 404)

    @post("/push/_forget", status_code=204)
    async def forget() -> None:
        subscriptions.forget()

    return [make_up, expire, forget]


def _reading(subscriptions: Subscriptions, clock: Clock) -> list[HTTPRouteHandler]:
    @get("/push/_counts")
    async def counts() -> dict[str, int]:
        return count(subscriptions.all(), clock.epoch())

    @get("/push/_messages")
    async def messages(token: FromQuery[str | None] = None, limit: Limit = 1_000) -> list[dict[str, object]]:
        chosen = [one for one in subscriptions.all() if one.keys and token in (None, one.token)]
        waiting = [(one, message) for one in chosen for message in one.outstanding.values()]
        return await asyncio.to_thread(lambda: [_opened(one, message) for one, message in waiting[:limit]])

    @get("/push/_log")
    async def log(
        token: FromQuery[str | None] = None, topic: FromQuery[str | None] = None, limit: Limit = 1_000
    ) -> list[dict[str, object]]:
        chosen = [m for m in subscriptions.log() if token in (None, m.token) and topic in (None, m.topic)]
        return [_headline(message) | {"at": message.at, "size": len(message.body)} for message in chosen[-limit:]]

    return [counts, messages, log]


def count(everyone: list[Subscription], now: float) -> dict[str, int]:
    """`most_messages_for_one` leaves out what a later message of its Topic replaced in time, and what TTL 0 lost."""
    return {
        "subscriptions": len(everyone),
        "posts": sum(one.posts for one in everyone),
        "subscriptions_reached": sum(one.messages > 0 for one in everyone),
        "most_messages_for_one": max((one.messages for one in everyone), default=0),
        "most_posts_for_one": max((one.posts for one in everyone), default=0),
        "outstanding": sum(not expired(message, now) for one in everyone for message in one.outstanding.values()),
        "lost": sum(one.lost for one in everyone),
        "replaced": sum(one.replaced for one in everyone),
    }


def _told_to_sender(subscriptions: Subscriptions, one: Subscription) -> dict[str, object]:
    if one.keys is None:
        raise ValueError("a browser's keys are its own")
    keys = {"p256dh": base64url(one.keys.p256dh), "auth": base64url(one.keys.auth)}
    return {"endpoint": subscriptions.endpoint(one.token), "keys": keys}


def _headline(message: Message) -> dict[str, object]:
    return {"token": message.token, "topic": message.topic, "urgency": message.urgency, "ttl": message.ttl}


def _opened(one: Subscription, message: Message) -> dict[str, object]:
    """`payload` is null, and `error` says why, when the message was not made for this subscription."""
    if one.keys is None or not message.body:
        return _headline(message) | {"payload": None, "error": None}
    try:
        text = open_message(message.body, one.keys).decode("utf-8", "replace")
    except CannotOpen as error:
        return _headline(message) | {"payload": None, "error": str(error)}
    return _headline(message) | {"payload": text, "error": None}
