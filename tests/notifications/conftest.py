"""A mail room on a real PostgreSQL, with a push service on a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bff.db import Database
from notifications.channels.lines import Lines
from notifications.channels.push_policy import PushPolicy
from notifications.channels.vapid import Vapid, new_private_key_pem
from notifications.channels.web_push import WebPush
from notifications.post.live import Live
from tests.notifications.house import Clockwork, Jobs, MailRoom
from tests.notifications.push_service import PushService


@pytest.fixture
async def push_service() -> AsyncIterator[PushService]:
    service = PushService()
    await service.open()
    yield service
    await service.close()


@pytest.fixture
async def room(db: Database, push_service: PushService) -> AsyncIterator[MailRoom]:
    """13 June 2026, 10 o'clock in Japan."""
    clock = Clockwork(datetime(2026, 6, 13, 1, 0, tzinfo=UTC))
    policy = PushPolicy(extra_origins=frozenset({push_service.origin}))
    vapid = Vapid(new_private_key_pem(), "mailto:push@kurashimado.example", clock)
    async with Lines() as sender:
        pusher = WebPush(vapid, policy, sender, "https://kurashimado.example")
        yield MailRoom(db, clock, Jobs(), policy, pusher, push_service, Live(clock))
