"""The address book keeps what an audience asks for, per resident, and forgets on demand."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from notifications import address_book, delivery
from notifications.channels.push_policy import DeviceFault, DeviceRefused
from notifications.notice import Language
from tests.notifications.house import MINATO, SETAGAYA, MailRoom, Phone, notice


async def test_hana_moves_to_setagaya_and_the_old_line_is_replaced(room: MailRoom) -> None:
    hana = await room.resident(children=(date(2019, 7, 1), date(2026, 6, 4)))
    async with room.db.resident(hana.id) as conn:
        await address_book.keep_contact(
            conn,
            resident=hana.id,
            ward=SETAGAYA,
            language=Language.JA,
            children_births=[date(2019, 7, 1)] * 2,
            now=room.clock(),
        )
        await address_book.choose_language(conn, resident=hana.id, language=Language.EASY)
        known = await address_book.contact_of(conn, hana.id)
    assert known is not None
    assert (known.ward, known.language, known.children_births) == (SETAGAYA, Language.EASY, {date(2019, 7, 1)})
    async with room.db.ward(MINATO) as conn:
        assert (await conn.execute(text("SELECT count(*) FROM contact_children"))).scalar_one() == 0


async def test_a_phone_that_registers_again_keeps_its_place_and_lives_longer(room: MailRoom) -> None:
    hana = await room.resident()
    phone = Phone(room.service, "hana")
    async with room.db.resident(hana.id) as conn:
        first = await room.registers(conn, hana, phone)
        room.clock.now += timedelta(days=30)
        second = await room.registers(conn, hana, phone)
    assert second.id == first.id
    assert second.expires_at - first.expires_at >= timedelta(days=30)


async def test_a_shared_phone_belongs_to_whoever_signed_in_last(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=1), await room.resident()
    async with room.db.resident(fumi.id) as conn:
        await room.registers(conn, fumi, hana.phones[0])
        assert (await conn.execute(text("SELECT current_setting('app.door')"))).scalar_one() == "resident"
    async with room.db.house() as conn:
        assert (await conn.execute(text("SELECT resident FROM devices"))).scalars().all() == [fumi.id]


async def test_who_only_knows_the_address_of_hanas_phone_does_not_take_its_place(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=1), await room.resident()
    (hers,) = hana.phones
    forged = Phone(room.service, hers.token)
    with pytest.raises(DeviceRefused) as refused:
        async with room.db.house() as conn:
            await room.registers(conn, fumi, forged)
    assert refused.value.fault is DeviceFault.KEPT_BY_ANOTHER
    async with room.db.house() as conn:
        assert (await conn.execute(text("SELECT resident, p256dh FROM devices"))).all() == [(hana.id, hers.p256dh)]
        await room.registers(conn, fumi, hers)
        assert (await conn.execute(text("SELECT resident FROM devices"))).scalars().all() == [fumi.id]


async def test_who_signs_in_on_hanas_phone_gets_its_place_and_hana_nothing_more_on_it(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=2), await room.resident()
    given_on, kept = hana.phones
    await room.tell(hana, notice(room.clock()))
    async with room.db.resident(fumi.id) as conn:
        hers = await room.registers(conn, fumi, given_on)
    await room.work()
    assert (len(given_on.posts()), len(kept.posts())) == (0, 1), "what still waited for hana is not shown to fumi"
    await room.tell(hana, notice(room.clock()))
    await room.tell(fumi, notice(room.clock()))
    await room.work()
    assert (len(given_on.posts()), len(kept.posts())) == (1, 2)
    async with room.db.house() as conn:
        lines = await conn.execute(text("SELECT id, resident, endpoint FROM devices"))
        by_endpoint = {line.endpoint: (line.id, line.resident) for line in lines}
        states = (await conn.execute(text("SELECT resident, state FROM pushes"))).all()
    assert by_endpoint.keys() == {given_on.endpoint, kept.endpoint}
    assert by_endpoint[given_on.endpoint] == (hers.id, fumi.id)
    assert by_endpoint[kept.endpoint][1] == hana.id
    assert sorted(states) == sorted([(hana.id, "accepted"), (hana.id, "accepted"), (fumi.id, "accepted")])


async def test_only_the_very_same_address_is_taken_over(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=1), await room.resident()
    (phone,) = hana.phones
    async with room.db.resident(fumi.id) as conn:
        for token in (phone.token[:-1], f"{phone.token}0", phone.token.upper(), "%"):
            await room.registers(conn, fumi, Phone(room.service, token))
        assert await address_book.forget_device(conn, resident=fumi.id, endpoint=phone.endpoint) is False
    await room.tell(hana, notice(room.clock()))
    await room.work()
    assert len(phone.shown()) == 1


async def test_an_address_in_our_own_network_is_refused_and_nothing_is_kept(room: MailRoom) -> None:
    hana = await room.resident()
    phone = Phone(room.service, "hana")
    async with room.db.resident(hana.id) as conn:
        with pytest.raises(DeviceRefused) as refused:
            await address_book.keep_device(
                conn,
                room.policy,
                id=uuid4(),
                resident=hana.id,
                endpoint="https://10.0.0.5/push",
                p256dh=phone.p256dh,
                auth=phone.auth,
                now=room.clock(),
            )
        assert (await conn.execute(text("SELECT count(*) FROM devices"))).scalar_one() == 0
    assert refused.value.fault is DeviceFault.UNKNOWN_SERVICE


async def test_the_eleventh_phone_takes_the_place_of_the_oldest(room: MailRoom) -> None:
    hana = await room.resident(phones=11)
    async with room.db.resident(hana.id) as conn:
        kept = (await conn.execute(text("SELECT endpoint FROM devices"))).scalars().all()
    assert set(kept) == {phone.endpoint for phone in hana.phones[1:]}


async def test_hana_turns_notifications_off_on_one_phone_but_not_on_fumis(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=2), await room.resident(phones=1)
    async with room.db.resident(hana.id) as conn:
        assert await address_book.forget_device(conn, resident=hana.id, endpoint=hana.phones[0].endpoint)
        assert not await address_book.forget_device(conn, resident=hana.id, endpoint=fumi.phones[0].endpoint)
        assert not await address_book.forget_device(conn, resident=fumi.id, endpoint=fumi.phones[0].endpoint)
    async with room.db.house() as conn:
        assert (await conn.execute(text("SELECT count(*) FROM devices"))).scalar_one() == 2


async def test_a_browser_that_never_came_back_is_forgotten_after_half_a_year(room: MailRoom) -> None:
    await room.resident(phones=1)
    async with room.db.house() as conn:
        assert await address_book.forget_expired_devices(conn, room.clock.now + timedelta(days=179)) == 0
        assert await address_book.forget_expired_devices(conn, room.clock.now + timedelta(days=180)) == 1


async def test_taro_cannot_write_into_hanas_line(room: MailRoom) -> None:
    hana, taro = await room.resident(), await room.resident()
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with room.db.resident(taro.id) as conn:
            await address_book.keep_contact(
                conn, resident=hana.id, ward=SETAGAYA, language=Language.EN, children_births=(), now=room.clock()
            )


async def test_no_door_shows_nothing(room: MailRoom) -> None:
    await room.resident(children=(date(2019, 7, 1),), phones=1)
    async with room.db.house() as conn:
        await delivery.make_partitions(conn, date(2026, 6, 13))
        await conn.execute(text("SELECT set_config('app.door', '', true)"))
        for table in ("contacts", "contact_children", "devices", "deliveries", "deliveries_202606"):
            assert (await conn.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0
