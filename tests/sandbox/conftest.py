"""A fresh city for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sandbox.city import City


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    made = City(tmp_path)
    async with made.http:
        yield made
