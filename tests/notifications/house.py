"""The little of the house that the mail room needs, and the people who use it."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypedDict
from uuid import UUID, uuid4

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.db import Database
from notifications import address_book, broadcasts, delivery, push
from notifications.audience import Audience
from notifications.broadcasts import Broadcast, Draft, Official, rounds
from notifications.channels.push_policy import PushPolicy
from notifications.channels.web_push import WebPush
from notifications.fitness import Forbidden
from notifications.jobs import COME_ROUND, EXPAND_BROADCAST
from notifications.notice import Kind, Language, Notice, Text
from notifications.parcel import Pusher
from notifications.post.live import Live
from notifications.push import Counting, PushRoom
from notifications.push.badges import SAFARI
from tests.notifications.push_service import Message, PushService

MINATO, SETAGAYA = "131032", "131121"
BOTH = frozenset({"editor", "approver"})
WATANABE = Official("staff-1", "渡辺", MINATO, frozenset({"editor"}))
KOBAYASHI = Official("staff-2", "小林", MINATO, BOTH)
NAKAMURA = Official("staff-3", "中村", SETAGAYA, BOTH)


def forbidden(text: str) -> bool:
    """As narrow as a test needs it; the house hands in its own."""
    return "123456789018" in text


class Clockwork:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class Act(TypedDict):
    """What every act of an official is given."""

    by: Official
    now: datetime
    forbidden: Forbidden


@dataclass(frozen=True)
class Job:
    task: str
    args: Mapping[str, object]
    at: datetime | None
    once: str | None


@dataclass
class Jobs:
    """Defers into a list; a name in `once` waits once."""

    waiting: list[Job] = field(default_factory=list)

    async def __call__(
        self,
        conn: AsyncConnection,
        task: str,
        *,
        args: Mapping[str, object],
        at: datetime | None = None,
        lock: str | None = None,
        once: str | None = None,
    ) -> None:
        json.dumps(dict(args))
        if once is None or all(job.once != once for job in self.waiting):
            self.waiting.append(Job(task, args, at, once))


class Phone:
    """A browser with a push subscription."""

    def __init__(self, service: PushService, token: str) -> None:
        self.token = token
        self.endpoint = f"{service.origin}/push/{token}"
        self._service = service
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)

    @property
    def p256dh(self) -> str:
        form = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return _b64(self._key.public_key().public_bytes(*form))

    @property
    def auth(self) -> str:
        return _b64(self._auth)

    def posts(self) -> list[Message]:
        return [message for message in self._service.posts if message.token == self.token]

    def shown(self) -> list[dict[str, object]]:
        """What the push service hands over when the phone wakes, decrypted."""
        held = [message for (token, _), message in self._service.held.items() if token == self.token]
        return [json.loads(self.decrypt(message.body)) for message in held]

    def decrypt(self, body: bytes) -> bytes:
        plain: bytes = http_ece.decrypt(body, private_key=self._key, auth_secret=self._auth, version="aes128gcm")
        return plain


@dataclass(frozen=True)
class Person:
    id: UUID
    phones: tuple[Phone, ...]


@dataclass
class MailRoom:
    db: Database
    clock: Clockwork
    jobs: Jobs
    policy: PushPolicy
    pusher: Pusher
    service: PushService
    live: Live
    counts_not: str = SAFARI
    """Endpoints of phones that do not count what lies unread."""

    async def resident(
        self,
        ward: str | None = MINATO,
        language: Language = Language.JA,
        children: tuple[date, ...] = (),
        phones: int = 0,
    ) -> Person:
        person = Person(uuid4(), tuple(Phone(self.service, uuid4().hex) for _ in range(phones)))
        async with self.db.resident(person.id) as conn:
            await address_book.keep_contact(
                conn, resident=person.id, ward=ward, language=language, children_births=children, now=self.clock()
            )
            for phone in person.phones:
                await self.registers(conn, person, phone)
        return person

    async def registers(self, conn: AsyncConnection, person: Person, phone: Phone) -> address_book.Device:
        return await address_book.keep_device(
            conn,
            self.policy,
            id=uuid4(),
            resident=person.id,
            endpoint=phone.endpoint,
            p256dh=phone.p256dh,
            auth=phone.auth,
            now=self.clock(),
        )

    def act(self, by: Official) -> Act:
        return {"by": by, "now": self.clock(), "forbidden": forbidden}

    async def approved(self, draft: Draft) -> Broadcast:
        """渡辺 writes, 小林 approves."""
        async with self.db.ward(MINATO) as conn:
            writes, approves = self.act(WATANABE), self.act(KOBAYASHI)
            made = await broadcasts.write(conn, draft=draft, id=uuid4(), key=uuid4().hex, **writes)
            await broadcasts.ask_approval(conn, self.jobs, broadcast=made.id, **writes)
            return await broadcasts.approve(conn, self.jobs, broadcast=made.id, version=made.version, **approves)

    async def tell(self, person: Person, told: Notice) -> None:
        async with self.db.house() as conn:
            await delivery.tell_one(conn, self.jobs, person.id, told)

    async def work(self, pusher: Pusher | None = None) -> None:
        """Does every job that is due, also those that come up meanwhile."""
        while due := [job for job in self.jobs.waiting if job.at is None or job.at <= self.clock.now]:
            self.jobs.waiting.remove(due[0])
            await self.run(due[0], pusher or self.pusher)

    async def run(self, job: Job, pusher: Pusher, most: int = 2) -> None:
        means = {"open": self.db.house, "defer": self.jobs, "clock": self.clock}
        if job.task == EXPAND_BROADCAST:
            ours = UUID(str(job.args["broadcast"]))
            await delivery.expand_broadcast(**means, broadcast=ours, most=most)
        elif job.task == COME_ROUND:
            await rounds.come_round(**means, broadcast=UUID(str(job.args["broadcast"])))
        else:
            await push.push_free_chunks(replace(self.hands, pusher=pusher), int(str(job.args["hand"])))

    async def summarises(self) -> int:
        """What the house does each minute."""
        assert isinstance(self.pusher, WebPush)
        return await push.push_digests(push.DigestRoom(self.db.house, self.clock, self.pusher), most=2)

    @property
    def hands(self) -> PushRoom:
        return PushRoom(
            self.db.house, self.jobs, self.clock, self.pusher, Counting(self.live, self.counts_not), hands=3
        )

    async def counts(self, made: Broadcast) -> broadcasts.Counts:
        async with self.db.ward(made.ward) as conn:
            return await broadcasts.counts(conn, made.ward, made.id)

    async def state(self, made: Broadcast) -> broadcasts.State:
        async with self.db.ward(made.ward) as conn:
            found = await broadcasts.one(conn, made.ward, made.id)
        assert found is not None
        return found.state


def draft(**changes: object) -> Draft:
    told: dict[str, object] = {
        "kind": Kind.INFORMATION,
        "sender": Text("港区", "港区", "Minato City"),
        "title": Text.of("乳幼児健診のお知らせ", easy="あかちゃんの 健康しんだん"),
        "body": Text.of("4か月児健診を行います。"),
        "audience": Audience(MINATO),
    }
    return Draft(**(told | changes))  # type: ignore[arg-type]


def notice(sent_at: datetime, **changes: object) -> Notice:
    told: dict[str, object] = {
        "id": uuid4(),
        "ward": MINATO,
        "kind": Kind.STATUS,
        "sender": Text("港区", "港区", "Minato City"),
        "title": Text.of("児童手当の申請を受け付けました"),
        "body": Text.of("審査の結果は後日お知らせします。"),
        "sent_at": sent_at,
        "about": "/applications/1",
    }
    return Notice(**(told | changes))  # type: ignore[arg-type]


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
