from __future__ import annotations

import pytest

from bff.db import Database
from tests.staff.desk import MINATO, SETAGAYA, Desk, Official, TenLineHouse


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(TenLineHouse(db))


@pytest.fixture
async def watanabe(desk: Desk) -> Official:
    """港区 広報 渡辺, who writes."""
    return await desk.official("渡辺", MINATO, "editor")


@pytest.fixture
async def kobayashi(desk: Desk) -> Official:
    """港区 課長 小林, who approves."""
    return await desk.official("小林", MINATO, "approver")


@pytest.fixture
async def nakamura(desk: Desk) -> Official:
    """世田谷区 中村, who may do both, in another ward."""
    return await desk.official("中村", SETAGAYA, "editor", "approver")
