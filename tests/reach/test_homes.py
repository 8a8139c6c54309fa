"""Two homes of one child: each has a ladder and receipts of its own, and hears of the other only what it may."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import text

from bff import db as database
from notifications.post import publish
from notifications.reach.ladders import by_day
from tests.reach.conftest import Mailbox
from tests.reach.test_climbing import NOON, Round, brings_up, has, lives
from tests.town import Town


async def test_two_guardians_one_child_two_homes(town: Town, mailbox: Mailbox) -> None:
    """Lan brings Yui up in another home, and knows her by another key; Kenta of Hana's home has not this child."""
    (_, her), _, (lan, lans) = [await lives(town, one) for one in ("hana", "kenta", "lan")]
    at_hanas, at_lans = uuid4(), uuid4()
    for who, child, box in ((her, at_hanas, "hana"), (lans, at_lans, "lan")):
        await brings_up(town, who, child)
        await has(town, who, f"{box}@mail.example")
    await are_in_the_list(town, {her: at_hanas, lans: at_lans})

    both = Round(town, NOON)
    await both.is_sent([her, lans])
    await both.begins()
    await both.acts(her, "opened_at")
    await both.after(50)
    assert [one.to for one in mailbox.office.letters] == ["lan@mail.example"], "receipts are apart"
    assert await both.step("other_guardian") == (0, 0, 1, 0), "and who has it is not told that the other has not read"
    enough = Round(town, NOON)
    await enough.is_sent([her, lans], asks={"kind": "consent", "one_is_enough": True})
    await enough.begins()
    await enough.acts(lans, "answered_at")
    mailbox.office.letters.clear()
    assert await enough.after(50) is None, "an answer from one home ends it in the other"
    assert not mailbox.office.letters

    alone = Round(town, NOON)
    await alone.is_sent([her], asks={"kind": "consent", "one_is_enough": True})
    await alone.begins()
    await alone.after(25)
    assert await alone.step("other_guardian") == (1, 0, 0, 0)
    copies = "SELECT d.resident, d.child, n.id, n.sent_at FROM notices n JOIN deliveries d ON d.notice = n.id"
    async with town.house.db.house() as conn:
        (copy,) = (await conn.execute(text(f"{copies} WHERE n.copy_of = :n"), {"n": alone.id})).all()
    assert (copy.resident, copy.child) == (lans, at_lans), "the other home, by its own key of the child"
    hers = Round(town, copy.sent_at)
    hers.id = copy.id
    await hers.begins()
    assert await hers.after(25) == by_day(copy.sent_at + timedelta(days=2))
    assert await hers.step("other_guardian") is None, "nothing goes back to where it came from"
    async with town.house.db.house() as conn:
        await publish.recall(conn, database.defer, alone.id, "中止", now=NOON + timedelta(days=1))
    inbox = "{ viewer { inbox(first: 9) { nodes { id recalledAt } } } }"
    told = {one["id"]: one for one in (await lan.asks(inbox))["viewer"]["inbox"]["nodes"]}
    assert told[str(copy.id)]["recalledAt"], "what was taken back is taken back from both"
    assert await hers.after(26) is None

    hidden = Round(town, NOON)
    async with town.house.db.house() as conn:
        await conn.execute(
            text(
                "INSERT INTO protections (id, resident, ward, official, case_number, made_at, until)"
                " VALUES (:n, :r, '131032', :n, '1', now(), '2099-01-01')"
            ),
            {"n": uuid4(), "r": lans},
        )
    await hidden.is_sent([her])
    await hidden.begins()
    await hidden.after(25)
    assert await hidden.step("other_guardian") == (0, 0, 1, 0), "支援措置: neither hears of the other"


async def are_in_the_list(town: Town, guardians: dict[UUID, UUID]) -> None:
    """Of a school, for one pupil, each by the key of her own."""
    pupil, seal = uuid4(), b"x" * 32
    async with town.house.db.house() as conn:
        await conn.execute(
            text(
                "INSERT INTO schools (ward, school, kind, cut_off, id, key_id, data_key, made_at)"
                " VALUES ('131032', 'minato', 'elementary', '08:30', :p, 'k', :s, now())"
            ),
            {"p": pupil, "s": seal},
        )
        await conn.execute(
            text(
                "INSERT INTO pupils (id, ward, school, year, class, clubs, said, digest, paper, made_at)"
                " VALUES (:p, '131032', 'minato', 1, '2', '{}', :s, :s, false, now())"
            ),
            {"p": pupil, "s": seal},
        )
        for resident, child in guardians.items():
            await conn.execute(
                text(
                    "INSERT INTO pupil_guardians (pupil, resident, ward, school, child, role, how, named, since)"
                    " VALUES (:p, :r, '131032', 'minato', :c, 'guardian', 'code', :s, now())"
                ),
                {"p": pupil, "r": resident, "c": child, "s": seal},
            )
