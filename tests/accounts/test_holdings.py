"""Nothing of hers is left but what is written down, with why; a table nobody decided about fails here."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from bff.accounts.holdings import holdings
from bff.journeys.accounts import erase_due
from tests.accounts.people import me, rows
from tests.graphql.test_applications import newborn
from tests.town import Person, Town

PERSONAL = ("resident", "who", "owner", "guardian", "delegate", "child", "given_by", "given_to")


async def tables(town: Town) -> dict[str, set[str]]:
    """uuid columns of every table of ours, partitions under their whole."""
    found: dict[str, set[str]] = {}
    for row in await rows(
        town,
        "SELECT c.relname AS name, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " AND a.atttypid = 'uuid'::regtype AND a.attnum > 0 AND c.relname NOT LIKE 'procrastinate%'",
    ):
        found.setdefault(row.name, set()).add(row.column)
    return found


async def holding_her(town: Town, id: str) -> set[str]:
    async with town.house.db.house() as conn:
        names = (
            await conn.execute(
                text(
                    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
                    " AND NOT relispartition"
                )
            )
        ).scalars()
        found = set()
        for name in names:
            whole = text(f"SELECT 1 FROM {name} t WHERE row_to_json(t)::text LIKE :id LIMIT 1")
            if (await conn.execute(whole, {"id": f"%{id}%"})).first():
                found.add(name)
        return found


async def test_every_table_of_persons_is_decided_about(town: Town) -> None:
    known = await tables(town)
    personal = {name for name, columns in known.items() if columns & set(PERSONAL)} | {"residents"}
    assert personal - set(holdings()) == set(), "say in bff/accounts/holdings.toml what becomes of them"
    assert {name for name, held in holdings().items() if held.column not in known.get(name, {held.column})} == set()
    for held in holdings().values():
        assert held.why or held.erase != "kept"


async def test_of_what_moves_to_another_account_each_column_of_bytes_is_known_to_be_sealed_or_not(town: Town) -> None:
    found = await rows(
        town,
        "SELECT c.relname AS name, array_agg(a.attname::text) AS columns FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.atttypid = 'bytea'::regtype AND a.attnum > 0"
        " GROUP BY 1",
    )
    of_bytes = {row.name: set(row.columns) for row in found}
    for name, held in holdings().items():
        if held.merge == "move":
            assert {*held.sealed, *held.plain} == of_bytes.get(name, set()), f"say so of {name} in holdings.toml"


async def lives_a_while(town: Town) -> Person:
    """Hana has been asked about, has sent something that the ward answered, and has a phone that hears."""
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    sent = await hana.sends(step, answers)
    assert sent["__typename"] == "Application", sent
    await hana.answers("moving.to", "131121")
    await town.promises_are_kept()
    number = (await rows(town, "SELECT ward_number FROM applications"))[0].ward_number
    assert number
    return hana


async def test_nothing_of_hers_is_left_but_what_is_written_down(town: Town) -> None:
    hana = await lives_a_while(town)
    id = await me(hana)
    assert len(await holding_her(town, id)) > 6
    await hana.asks('mutation { deleteAccount(typed: "削除") { __typename } }')
    day_after = town.house.account_rules.grace + timedelta(days=1)
    await rows(town, "UPDATE residents SET erase_at = erase_at - :d RETURNING 1", d=day_after)
    await erase_due(town.house)
    left = await holding_her(town, id)
    assert left <= {name for name, held in holdings().items() if held.why} | {
        "procrastinate_jobs",
        "procrastinate_events",
    }
    assert not left & {"residents", "kept_facts", "grants", "sessions", "devices", "contacts", "deliveries"}
    (receipt,) = await rows(town, "SELECT answers, subject, digest, receipt_number FROM applications")
    assert (bytes(receipt.answers), receipt.subject, receipt.digest) == (b"", None, None)
    assert receipt.receipt_number.startswith("KM-131032-")
    assert await rows(town, "SELECT 1 FROM application_events WHERE note IS NOT NULL") == []
    assert await rows(town, "SELECT 1 FROM notices WHERE personal") == []
    anew = await town.resident("hana", agrees=False)
    assert await me(anew) != id


async def test_what_has_not_reached_its_ward_yet_is_sent_before_anything_is_erased(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    await hana.sends(step, answers)
    await hana.asks('mutation { deleteAccount(typed: "削除") { __typename } }')
    await rows(town, "UPDATE residents SET erase_at = now() - interval '1 second' RETURNING 1")
    await erase_due(town.house)
    assert len(await rows(town, "SELECT 1 FROM residents")) == 1
    await town.promises_are_kept()
    await erase_due(town.house)
    assert await rows(town, "SELECT 1 FROM residents") == []
