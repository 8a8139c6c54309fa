"""Passkeys against a real database: what is accepted, and every way in which one is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bff.db import Database
from bff.identity import residents
from bff.identity.assurance import Assurance
from bff.identity.passkeys import Owner, Passkey, PasskeyRefused, Passkeys, Site, keeping
from tests.identity.authenticator import UP, UV, Authenticator, b64
from tests.identity.passkey_attacks import MAKINGS, PROOFS
from tests.identity.test_sessions import HANA, KEYS, MINATO, NOW

SITE = Site("kurashimado.test", ("https://kurashimado.test",))
SESSION = "s" * 43
CARD = Assurance(identity=3, authentication=3, at=NOW, method="card")


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """A resident at home with her phone, and the house."""

    db: Database
    clock: Clock
    passkeys: Passkeys
    hana: Owner

    async def binds(self, phone: Authenticator, owner: Owner | None = None, resting_on: Assurance = CARD) -> Passkey:
        options = await self.passkeys.begin_binding(owner or self.hana, label="佐藤 はな", bound_to=SESSION)
        made = phone.makes(options)
        return await self.passkeys.bind(
            owner or self.hana, made, name="iPhone", resting_on=resting_on, bound_to=SESSION
        )

    async def proves(self, phone: Authenticator) -> UUID:
        options = await self.passkeys.begin_proof(self.hana, bound_to=SESSION)
        return (await self.passkeys.prove(self.hana, phone.proves(options), bound_to=SESSION)).owner.id

    async def log(self) -> list[tuple[str, str, str | None]]:
        async with self.db.house() as conn:
            rows = await conn.execute(text("SELECT realm, outcome, detail FROM login_log ORDER BY id"))
            return [(row.realm, row.outcome, row.detail) for row in rows]


@pytest.fixture
async def desk(db: Database) -> Desk:
    clock = Clock()
    passkeys = Passkeys(db, SITE, clock=clock, new_id=uuid4, new_token=lambda: token_urlsafe(32))
    return Desk(db, clock, passkeys, await resident(db, "hana"))


async def resident(db: Database, sub: str) -> Owner:
    async with db.house() as conn:
        came = await residents.welcome(
            conn, issuer="i", sub=sub, basics=HANA, wards=[MINATO], keys=KEYS, new_id=uuid4, now=NOW
        )
    return Owner("resident", came.resident.id)


async def official(db: Database) -> Owner:
    one = uuid4()
    async with db.house() as conn:
        await conn.execute(
            text("INSERT INTO staff VALUES (:id, 'i', 's', 'n', '131032', 'd', '{editor}', now())"), {"id": one}
        )
    return Owner("staff", one)


async def test_a_passkey_is_bound_and_opens_the_door(desk: Desk) -> None:
    phone = Authenticator()
    bound = await desk.binds(phone)
    assert (bound.name, bound.identity, bound.bound_by, bound.backed_up) == ("iPhone", 3, "card", True)
    desk.clock.now = NOW + timedelta(days=3)
    options = await desk.passkeys.begin_login("resident", browser="b" * 43)
    assert options["rpId"] == "kurashimado.test"
    assert (options["userVerification"], options.get("allowCredentials", [])) == ("required", [])
    proof = await desk.passkeys.log_in("resident", phone.proves(options), browser="b" * 43)
    assert (proof.owner, proof.at) == (desk.hana, NOW + timedelta(days=3))
    async with desk.db.house() as conn:
        (kept,) = await keeping.listed(conn, desk.hana)
    assert (kept.id, kept.used_at, kept.transports) == (bound.id, proof.at, ("internal", "hybrid"))


async def test_what_a_device_is_asked_for(desk: Desk) -> None:
    await desk.binds(Authenticator())
    options = await desk.passkeys.begin_binding(desk.hana, label="佐藤 はな", bound_to=SESSION)
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [one["alg"] for one in options["pubKeyCredParams"]] == [-8, -7, -257]
    assert [one["id"] for one in options["excludeCredentials"]] == [b64(b"\x07" * 32)]
    assert (options["attestation"], options["timeout"]) == ("none", 300_000)


async def test_officials_have_passkeys_of_their_own(desk: Desk) -> None:
    staff, phone = await official(desk.db), Authenticator(credential=b"\x09" * 32)
    await desk.binds(phone, staff, replace(CARD, method="realm"))
    options = await desk.passkeys.begin_login("resident", browser="b" * 43)
    with pytest.raises(PasskeyRefused) as no:
        await desk.passkeys.log_in("resident", phone.proves(options), browser="b" * 43)
    assert no.value.code == "unknown"
    options = await desk.passkeys.begin_proof(staff, bound_to=SESSION)
    assert (await desk.passkeys.prove(staff, phone.proves(options), bound_to=SESSION)).owner == staff


async def test_a_count_goes_up_and_a_synced_one_stays_at_nothing(desk: Desk) -> None:
    phone, key = Authenticator(), Authenticator(credential=b"\x08" * 16, count=4, flags=UP | UV)
    await desk.binds(phone)
    await desk.binds(key)
    for _ in range(2):
        assert await desk.proves(phone) == desk.hana.id
        key.count += 1
        assert await desk.proves(key) == desk.hana.id


async def test_names_and_revocation_are_for_the_owner_alone(desk: Desk) -> None:
    phone, kenta = Authenticator(), await resident(desk.db, "kenta")
    bound = await desk.binds(phone)
    async with desk.db.house() as conn:
        assert not await keeping.rename(conn, kenta, bound.id, "mine")
        assert not await keeping.revoke(conn, kenta, bound.id)
        assert not await keeping.revoke(conn, Owner("staff", desk.hana.id), bound.id)
        assert await keeping.rename(conn, desk.hana, bound.id, "家のパソコン")
        assert [one.name for one in await keeping.listed(conn, desk.hana)] == ["家のパソコン"]
        assert await keeping.listed(conn, kenta) == []
        assert await keeping.revoke(conn, desk.hana, bound.id)
    with pytest.raises(PasskeyRefused) as no:
        await desk.proves(phone)
    assert no.value.code == "unknown"


async def test_passkeys_are_behind_their_doors(desk: Desk) -> None:
    kenta = await resident(desk.db, "kenta")
    await desk.binds(Authenticator())
    await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION)
    for door in (desk.db.resident(kenta.id), desk.db.ward("131032")):
        async with door as conn:
            for table in ("passkeys", "passkey_challenges", "known_devices"):
                assert (await conn.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0


async def test_a_wrong_proof_is_refused_and_written_down(desk: Desk) -> None:
    phone = Authenticator(count=5)
    await desk.binds(phone)
    phone.count = 6
    accepted = []
    for how, wrong in PROOFS.items():
        options = await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION)
        try:
            await desk.passkeys.prove(desk.hana, wrong(phone, options), bound_to=SESSION)
        except PasskeyRefused:
            continue
        accepted.append(how)
    assert accepted == []
    log = await desk.log()
    assert len(log) == len(PROOFS)
    assert all(realm == "resident" and outcome.startswith("passkey_") and why for realm, outcome, why in log)
    assert await desk.proves(phone) == desk.hana.id, "and the right one still opens"


async def test_a_wrong_making_binds_nothing_and_is_written_down(desk: Desk) -> None:
    accepted = []
    for how, wrong in MAKINGS.items():
        options = await desk.passkeys.begin_binding(desk.hana, label="l", bound_to=SESSION)
        try:
            await desk.passkeys.bind(
                desk.hana, wrong(Authenticator(), options), name="n", resting_on=CARD, bound_to=SESSION
            )
        except PasskeyRefused:
            continue
        accepted.append(how)
    assert accepted == []
    async with desk.db.house() as conn:
        assert await keeping.listed(conn, desk.hana) == []
    assert len(await desk.log()) == len(MAKINGS)


async def test_an_answer_counts_once_in_time_and_in_its_own_session(desk: Desk) -> None:
    phone, kenta = Authenticator(), await resident(desk.db, "kenta")
    await desk.binds(phone)

    async def refused(owner: Owner, answer: dict[str, Any], bound_to: str = SESSION) -> bool:
        with pytest.raises(PasskeyRefused) as no:
            await desk.passkeys.prove(owner, answer, bound_to=bound_to)
        return no.value.code == "expired"

    answer = phone.proves(await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION))
    await desk.passkeys.prove(desk.hana, answer, bound_to=SESSION)
    assert await refused(desk.hana, answer), "replayed"
    answer = phone.proves(await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION))
    assert await refused(desk.hana, answer, "t" * 43), "another session"
    assert await refused(desk.hana, answer), "used up by the try in another session"
    answer = phone.proves(await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION))
    assert await refused(kenta, answer), "another person"
    answer = phone.proves(await desk.passkeys.begin_login("resident", browser=SESSION))
    assert await refused(desk.hana, answer), "a login is no proof within a session"
    answer = phone.proves(await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION))
    desk.clock.now = NOW + timedelta(minutes=5, seconds=1)
    assert await refused(desk.hana, answer), "too late"


async def test_the_credential_of_another_proves_nothing(desk: Desk) -> None:
    kenta, hers, his = await resident(desk.db, "kenta"), Authenticator(), Authenticator(credential=b"\x08" * 32)
    await desk.binds(hers)
    await desk.binds(his, kenta)
    options = await desk.passkeys.begin_proof(desk.hana, bound_to=SESSION)
    with pytest.raises(PasskeyRefused):
        await desk.passkeys.prove(desk.hana, replace(his, handle=b"").proves(options), bound_to=SESSION)
    with pytest.raises(PasskeyRefused) as no:
        await desk.binds(Authenticator(credential=b"\x08" * 32))
    assert no.value.code == "bound_already"


async def test_a_login_without_a_handle_is_nobodys(desk: Desk) -> None:
    phone = Authenticator()
    await desk.binds(phone)
    options = await desk.passkeys.begin_login("resident", browser="b" * 43)
    with pytest.raises(PasskeyRefused):
        await desk.passkeys.log_in("resident", replace(phone, handle=b"").proves(options), browser="b" * 43)


async def test_ten_are_enough(desk: Desk) -> None:
    for nth in range(keeping.MOST):
        await desk.binds(Authenticator(credential=bytes([nth]) * 16))
    with pytest.raises(PasskeyRefused) as no:
        await desk.passkeys.begin_binding(desk.hana, label="l", bound_to=SESSION)
    assert no.value.code == "too_many"
