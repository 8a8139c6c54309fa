"""The ward's core system: a decision goes in once, whoever sends it again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from bff.connectors.answers import Refused
from bff.connectors.core_cases.client import CoreCases
from bff.connectors.core_cases.mapping import Receipt
from tests.connectors.outside import Wired, someone


async def sends(wired: Wired, key: UUID, **changes: Any) -> Receipt:
    decision: dict[str, Any] = {
        "receipt_number": "KM-131032-20261127-000001",
        "procedure": "child_allowance_change",
        "version": "abc123abc123",
        "outcome": "decided",
        "decided_on": date(2026, 11, 27),
        "answers": {"reason": "birth"},
        "automatic": False,
        **changes,
    }
    return await wired.street.the(CoreCases).send(someone("hana", CoreCases.manifest), key=key, **decision)


async def test_a_decision_is_taken_in_once_and_not_for_something_else(wired: Wired) -> None:
    key = uuid4()
    receipt = await sends(wired, key)
    assert await sends(wired, key) == receipt
    assert (await sends(wired, uuid4())).number != receipt.number
    with pytest.raises(Refused, match="key_taken"):
        await sends(wired, key, outcome="rejected")
    with pytest.raises(Refused, match="unknown_procedure"):
        await sends(wired, uuid4(), procedure="?")
