"""Who may come in by the exchange, and that every attempt leaves a record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bff.exchange.evidence.verifying import verify
from bff.exchange.incoming import manifests
from bff.exchange.message_log import LOG_IS_KEPT
from bff.exchange.texts import basis_text, purpose_text
from bff.journeys import evidence
from tests.exchange.evidence.test_evidence import tampers
from tests.inlet.ward import Ward, incoming
from tests.town import Town

RECEIPT = "KM-131032-20261126-000001"
STATUS = f"/applications/{RECEIPT}/status"


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"x_road_client": None}, 400, "bad_request"),
        ({"x_road_client": "TOKYO23/GOV"}, 400, "bad_request"),
        ({"x_road_client": "TOKYO23/GOV/131032"}, 403, "access_denied"),
        ({"x_road_client": "TOKYO23/GOV/131032/coun ter"}, 400, "bad_request"),
        ({"x_road_client": "TOKYO23/GOV/131032/cou%FFter"}, 400, "bad_request"),
        ({"x_road_client": "TOKYO23/GOV/131032/registry"}, 403, "access_denied"),
        ({"x_road_client": "TOKYO23/COM/131032/counter"}, 403, "access_denied"),
        ({"x_road_client": "TOKYO23/GOV/999999/counter"}, 403, "access_denied"),
        ({"x_road_client": "OSAKA/GOV/131032/counter"}, 403, "access_denied"),
        ({"x_road_request_id": None}, 400, "bad_request"),
        ({"x_road_request_id": "7"}, 400, "bad_request"),
        ({"x_road_id": "x" * 256}, 400, "bad_request"),
        ({"x_road_userid": "JP-123456789018"}, 400, "bad_request"),
        ({"x_road_service": "TOKYO23/COM/900100/kurashimado/files"}, 400, "bad_request"),
    ],
)
async def test_who_has_no_right_is_refused_and_kept_in_the_record(
    town: Town, changed: dict[str, str | None], status: int, code: str
) -> None:
    told = await Ward(town).calls("POST", STATUS, {"state": "checking"}, **changed)
    assert (told.status_code, told.json()["code"]) == (status, code)
    (row,) = await incoming(town)
    assert (row["outcome"], row["status"]) == ("refused", status)
    assert "123456789018" not in str(row)


@pytest.mark.parametrize(
    "path", ["/nothing", "/", "/applications", "/applications/..%2Fx/status", "/%ff", f"{STATUS}/x"]
)
async def test_what_is_not_there_is_recorded_too(town: Town, path: str) -> None:
    told = await Ward(town).calls("POST", path, {"state": "checking"})
    assert told.status_code in (400, 404)
    assert len(await incoming(town)) == 1


async def test_a_body_beyond_what_the_manifest_allows_is_not_read_to_its_end(town: Town) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000
        raise AssertionError("read on and on")

    ward = Ward(town)
    told = await ward._http.post(f"/xroad/v1{STATUS}", content=b"x" * 20_000, headers=ward.envelope())
    assert told.status_code == 413
    told = await ward._http.post(f"/xroad/v1{STATUS}", content=endless(), headers=ward.envelope())
    assert told.status_code == 413
    assert [row["status"] for row in await incoming(town)] == [413, 413]


async def test_a_message_id_that_looks_like_a_number_by_chance_is_none(town: Town) -> None:
    """The last twelve of these digits have a valid check digit, as one random UUID in some thousand has."""
    chance = "1f6b2c3d-0000-4000-8000-123456789018"
    told = await Ward(town).calls("POST", STATUS, {"state": "checking"}, x_road_id=f"TOKYO23-{chance}")
    assert (told.status_code, told.json()["code"]) == (404, "unknown_receipt")


async def test_the_residents_origin_has_no_such_door(town: Town) -> None:
    ward = Ward(town)
    told = await town.browser().post(f"/xroad/v1{STATUS}", json={"state": "decided"}, headers=ward.envelope())
    assert told.status_code in (404, 405)
    assert await incoming(town) == []


@pytest.mark.parametrize(
    "flip",
    [
        "direction = 'out', caller = NULL",
        "caller = 'TOKYO23/GOV/131121/counter'",
        "user_id = 'JP-desk6'",
        "user_id = NULL",
        "given_id = 'TOKYO23-twp'",
        "issue = 'case-13'",
        "granted = '00000000-0000-4000-8000-000000000001'",
    ],
)
async def test_a_flipped_incoming_record_is_found_where_it_is(town: Town, database_url: str, flip: str) -> None:
    for _ in range(3):
        await Ward(town).calls("POST", STATUS, {"state": "checking"}, x_road_id="TOKYO23-two")
    await evidence.seal(town.house)
    place = "(SELECT min(id) + 1 FROM exchange_log WHERE direction = 'in')"
    await tampers(database_url, f"UPDATE exchange_log SET {flip} WHERE id = {place}")
    now = town.house.clock()
    async with town.house.db.house() as conn:
        second = await conn.scalar(text("SELECT min(id) + 1 FROM exchange_log"))
        report = await verify(conn, (), before=now - timedelta(minutes=5), forgotten=now - LOG_IS_KEPT)
    assert ("record changed", second) in [(str(fault.what), fault.entry) for fault in report.faults]


def test_every_service_says_for_what_and_on_which_ground_in_words() -> None:
    for one in manifests().values():
        assert purpose_text(one.purpose) != purpose_text("unknown"), one.id
        assert basis_text(one.basis) != basis_text("unknown"), one.id
        assert one.callers, one.id
