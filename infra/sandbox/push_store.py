"""Subscriptions and their messages, in memory: of real browsers, and of made-up user agents.

A made-up user agent is always away, so its messages stay outstanding until they expire or are replaced.
"""

import secrets
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from infra.sandbox.push_crypto import ReceiverKeys
from infra.sandbox.settings import Clock

LOGGED: Final = 200_000
Ring = Callable[["Subscription", "Message"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Message:
    """One accepted POST. `at` is in epoch seconds, `ttl` in seconds."""

    version: str
    token: str
    body: bytes
    topic: str | None
    urgency: str
    ttl: int
    at: float


@dataclass(slots=True)
class Subscription:
    """`sender` restricts it to one application server (RFC 8292 §4). Either `keys` or `agent` and `channel` are set."""

    token: str
    sender: bytes | None = None
    keys: ReceiverKeys | None = None
    agent: str = ""
    channel: str = ""
    gone: bool = False
    posts: int = 0
    replaced: int = 0
    lost: int = 0
    outstanding: dict[str, Message] = field(default_factory=dict)

    @property
    def messages(self) -> int:
        """How many notifications its person got or will get: not what was replaced in time, nor what
        came with TTL 0 while nobody listened."""
        return self.posts - self.replaced - self.lost


class Subscriptions:
    def __init__(self, origin: str, clock: Clock) -> None:
        self._origin = origin
        self._clock = clock
        self._all: dict[str, Subscription] = {}
        self._connected: dict[str, Ring] = {}
        self._agents: set[str] = set()
        self._log: deque[Message] = deque(maxlen=LOGGED)

    def endpoint(self, token: str) -> str:
        return f"{self._origin}/push/v2/{token}"

    def get(self, token: str) -> Subscription | None:
        return self._all.get(token)

    def all(self) -> list[Subscription]:
        return list(self._all.values())

    def log(self) -> Iterable[Message]:
        """Every accepted POST, oldest first."""
        return tuple(self._log)

    def make_up(self, count: int, sender: bytes | None) -> list[Subscription]:
        """`count` new subscriptions with keys of their own."""
        made = [
            Subscription(
                secrets.token_urlsafe(16),
                sender=sender,
                keys=ReceiverKeys(ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)),
            )
            for _ in range(count)
        ]
        self._all.update((one.token, one) for one in made)
        return made

    def subscribe(self, agent: str, channel: str, sender: bytes | None) -> Subscription:
        """For a browser; the same channel again keeps its endpoint."""
        for one in self._all.values():
            if (one.agent, one.channel, one.sender, one.gone) == (agent, channel, sender, False):
                return one
        made = Subscription(secrets.token_urlsafe(16), sender=sender, agent=agent, channel=channel)
        self._all[made.token] = made
        return made

    def unsubscribe(self, agent: str, channel: str) -> None:
        for one in self._all.values():
            if one.agent == agent and one.channel == channel:
                self.expire(one.token)

    def expire(self, token: str) -> bool:
        """From now on 410. False when there is no such subscription."""
        one = self._all.get(token)
        if one is not None:
            one.gone = True
            one.outstanding.clear()
        return one is not None

    async def accept(self, one: Subscription, message: Message) -> None:
        """Keeps it, replacing an outstanding message of the same Topic (RFC 8030 §5.4), and rings if connected."""
        one.posts += 1
        self._log.append(message)
        if message.topic is not None:
            for version in [v for v, old in one.outstanding.items() if old.topic == message.topic]:
                one.replaced += not expired(one.outstanding.pop(version), message.at)
        ring = self._connected.get(one.agent)
        if ring is None and message.ttl == 0:
            one.lost += 1
            return
        one.outstanding[message.version] = message
        if ring is not None:
            await ring(one, message)

    async def connect(self, agent: str | None, ring: Ring) -> tuple[str, list[tuple[Subscription, Message]]]:
        """The id under which the browser is known from now on, and what waited for it."""
        known = agent if agent in self._agents and agent else uuid.uuid4().hex
        self._agents.add(known)
        self._connected[known] = ring
        now = self._clock.epoch()
        mine = [one for one in self._all.values() if one.agent == known]
        return known, [(one, m) for one in mine for m in one.outstanding.values() if not expired(m, now)]

    def disconnect(self, agent: str, ring: Ring) -> None:
        """Only if the browser has not come back by another connection."""
        if self._connected.get(agent) is ring:
            del self._connected[agent]

    def acknowledge(self, agent: str, version: str) -> None:
        for one in self._all.values():
            if one.agent == agent and version in one.outstanding:
                del one.outstanding[version]
                return

    def forget(self) -> None:
        """Subscriptions, messages and counts. Connected browsers stay so, and may register again."""
        self._all.clear()
        self._log.clear()


def expired(message: Message, now: float) -> bool:
    return message.at + message.ttl < now
