"""Somebody has died: two officials of her ward close her account, and undo it when it was a mistake."""

from __future__ import annotations

from uuid import UUID

import httpx

from bff.connectors.sectors import of_ward
from bff.identity.residents import resident_of
from bff.journeys.accounts import erase_due
from tests.accounts.people import me, rows, sends
from tests.town import Person, Town, through_identity_provider

WORKER, ADMIN = "staff-minato-caseworker", "staff-minato-admin"


async def known_to_minato(town: Town, person: Person) -> str:
    """The id by which the ward's own system knows her."""
    async with town.house.db.house() as conn:
        who = await resident_of(conn, UUID(await me(person)), town.house.keys)
    assert who is not None
    return town.house.pairwise.id_for(who.id, of_ward("131032"), who.pairwise)


async def asks(official: httpx.AsyncClient, who: str, **changes: str) -> httpx.Response:
    fields = {"who": who, "case_number": "港住死77", "kept_days": "30", **changes}
    return await sends(official, "/staff/closures", **fields)


async def closure(town: Town) -> str:
    (row,) = await rows(town, "SELECT id FROM closures")
    return f"/staff/closures/{row.id}"


async def test_one_asks_another_decides_and_nobody_gets_in_any_more(town: Town) -> None:
    hana = await town.resident("hana")
    worker, admin = await town.official(WORKER), await town.official(ADMIN)
    asked = await asks(worker, await known_to_minato(town, hana))
    assert asked.headers["location"] == "/staff/closures?done=asked", asked.text
    assert (await hana.asks("{ viewer { id } }"))["viewer"] is not None
    page = await closure(town)
    alone = await sends(worker, f"{page}/decide", do="close")
    assert alone.headers["location"].endswith("not_yours")
    decided = await sends(admin, f"{page}/decide", do="close")
    assert decided.headers["location"].endswith("closed")
    assert (await hana.asks("{ viewer { id } }"))["viewer"] is None
    again = town.browser()
    back = await through_identity_provider(await again.get("/login/start"), "hana")
    assert "login=closed" in (await again.get(back)).headers["location"]
    for table in ("sessions", "devices", "contacts", "passkeys"):
        assert await rows(town, f"SELECT 1 FROM {table} WHERE resident IS NOT NULL") == [], table
    assert await rows(town, "SELECT 1 FROM grants WHERE ended_at IS NULL") == []
    await town.promises_are_kept()
    assert "港住死77" in (await admin.get("/staff/closures")).text
    looks = await rows(town, "SELECT issue FROM exchange_log WHERE purpose = 'account_closure'")
    assert [look.issue for look in looks] == ["港住死77"]
    await rows(town, "UPDATE residents SET erase_at = now() - interval '1 second' RETURNING 1")
    await erase_due(town.house)
    assert await rows(town, "SELECT 1 FROM residents") == []
    assert len(await rows(town, "SELECT 1 FROM closures WHERE outcome = 'closed'")) == 1


async def test_a_mistake_is_undone_by_another_than_who_decided(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    worker, admin = await town.official(WORKER), await town.official(ADMIN)
    await asks(worker, await known_to_minato(town, hana))
    page = await closure(town)
    await sends(admin, f"{page}/decide", do="close")
    assert (await sends(admin, f"{page}/reopen", why="人違い")).headers["location"].endswith("not_yours")
    assert (await sends(worker, f"{page}/reopen", why="人違い")).headers["location"].endswith("reopened")
    back = await town.resident("hana", agrees=False)
    assert await me(back)


async def test_only_her_own_ward_finds_her_and_only_with_a_case(town: Town) -> None:
    hana = await town.resident("hana", agrees=False)
    known = await known_to_minato(town, hana)
    other, worker = await town.official("staff-setagaya-caseworker"), await town.official(WORKER)
    assert (await asks(other, known)).status_code == 422
    assert (await asks(worker, "佐藤 はな")).status_code == 422
    assert (await asks(worker, known, case_number="")).status_code == 422
    assert (await asks(worker, known, kept_days="0")).status_code == 422
    writer = await town.official("staff-minato-writer")
    assert (await asks(writer, known)).status_code == 403
    assert await rows(town, "SELECT 1 FROM closures") == []
    assert (await asks(worker, f"JP-{known}")).status_code == 303
    assert (await asks(worker, known)).status_code == 422
    page = await closure(town)
    assert (await sends(other, f"{page}/decide", do="close")).status_code == 404
    assert (
        (await sends(await town.official(ADMIN), f"{page}/decide", do="refuse")).headers["location"].endswith("refused")
    )
    assert (await hana.asks("{ viewer { id } }"))["viewer"] is not None
