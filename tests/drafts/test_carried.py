"""A draft moves from one phone of hers to another: by her hand, once, within minutes, and nobody reads it between."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import text

from bff.drafts.store import KEPT
from tests.town import Town

SEALED = bytes(range(256)) * 40
NAME = {"X-Draft-Name": sha256(b"a code").hexdigest()}
CARRIED, TAKEN = "/drafts/carried", "/drafts/carried/taken"


async def test_hana_s_other_phone_gets_it_once_and_nobody_else_at_all(town: Town) -> None:
    old, new, fumi = await town.resident("hana"), await town.resident("hana"), await town.resident("fumi")
    kept = await old.browser.post(CARRIED, content=SEALED, headers=NAME)
    assert kept.status_code == 201
    assert kept.json()["keptUntil"] > town.house.clock().isoformat()

    for stranger, headers, status in (
        (fumi.browser, NAME, 404),
        (town.browser(), NAME, 401),
        (new.browser, {"X-Draft-Name": sha256(b"another").hexdigest()}, 404),
        (new.browser, {"X-Draft-Name": "../etc"}, 404),
    ):
        refused = await stranger.post(TAKEN, headers=headers)
        assert (refused.status_code, bool(refused.json()["message"]["easy"])) == (status, True)

    taken = await new.browser.post(TAKEN, headers=NAME)
    assert (taken.status_code, taken.content) == (200, SEALED)
    assert "no-store" in taken.headers["Cache-Control"]
    assert (await new.browser.post(TAKEN, headers=NAME)).status_code == 404


async def test_a_newer_one_takes_its_place_and_minutes_later_none_is_left(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.browser.post(CARRIED, content=b"older", headers={"X-Draft-Name": sha256(b"older").hexdigest()})
    await hana.browser.post(CARRIED, content=SEALED, headers=NAME)
    async with town.house.db.house() as conn:
        assert await conn.scalar(text("SELECT count(*) FROM carried_drafts")) == 1
        late = KEPT + timedelta(seconds=1)
        await conn.execute(text("UPDATE carried_drafts SET kept_until = kept_until - :late"), {"late": late})
    assert (await hana.browser.post(TAKEN, headers=NAME)).status_code == 404
    too_large = await hana.browser.post(CARRIED, content=b"0" * (8 * 1024 * 1024 + 1), headers=NAME)
    assert (too_large.status_code, bool(too_large.json()["message"]["ja"])) == (413, True)
