"""A desk of evidence, and the seal it hands things out under."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bff.db import Database
from bff.exchange.evidence.seal import Signer, made_up_certificate
from bff.exchange.evidence.stamping import Authority
from notifications.channels.vapid import new_private_key_pem
from tests.exchange.evidence.desk import Desk
from tests.exchange.test_message_log import NOW
from tests.town import Outside


@pytest.fixture
async def desk(db: Database, outside: Outside, tmp_path: Path) -> AsyncIterator[Desk]:
    await outside.everything_answers()
    async with httpx.AsyncClient() as http:
        roots = tmp_path / "roots.pem"
        roots.write_bytes((await http.get(f"{outside.origin}/tsa/root.pem")).content)
        yield Desk(db, Authority(http, f"{outside.origin}/tsa", roots))


@pytest.fixture
def signer() -> Signer:
    key = new_private_key_pem().encode()
    return Signer.of(key, made_up_certificate(key, NOW))
