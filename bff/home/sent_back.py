"""What she had sent, for the form in which she corrects it: from whichever device she does so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.applications.application import ANSWERS, Application
from bff.identity.residents import Resident


async def answers_of(conn: AsyncConnection, resident: Resident, sent: Application) -> Mapping[str, Any] | None:
    """Opened while it is hers to correct, and for her alone; None: it is not, or it is not hers."""
    if sent.state != "sent_back" or sent.corrected_by is not None:
        return None
    sealed = await store.sealed(conn, resident.id, sent.id)
    if sealed is None:
        return None
    answers: Mapping[str, Any] = msgspec.json.decode(resident.key.open(ANSWERS, sealed), type=dict[str, Any])
    return answers
