"""The demo city's bookable times: every ward's counter, and check-ups and visits where the personas live."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID, uuid5

from bff.bookings import desk, store
from bff.bookings.booking import Kind, Offer
from bff.bookings.series import Series
from bff.demo_places import BY, chosen
from bff.facilities import store as places
from bff.facilities.facility import Facility
from bff.wiring import House
from life_events import Text

CITY = UUID("b0b4b8c2-5c57-4b36-9c8e-0c7d5f3a1e11")
FULL = ("131032", "131121", "131016")
"""Wards of the personas, with everything; the others have their counter."""
COUNTER = Text("引っ越し・住民票の窓口", "ひっこし・住民票の まどぐち", "Moving and residence counter")
CHECKUP = Text("乳幼児健診", "赤ちゃん・子どもの けんしん", "Infant health check")
VISIT = Text("園の見学", "保育園の 見学", "Nursery visit")
MOVING = ("move_in_notice", "move_out_notice", "address_change_notice", "card_continuity", "seal_registration")
CHECKS = ("check_3_months", "check_18_months", "check_3_years")
VISITS = ("nursery_use", "nursery_before_birth", "nursery_move")


async def fill(house: House) -> None:
    """Idempotent: an offer is known by its ward, facility and kind; times that are there stay."""
    for ward in chosen(house):
        async with house.db.ward(ward) as conn:
            versions = await places.published(conn, ward)
            some = [one for version in versions for one in await places.some_of(conn, version.id)]
            for offer, minutes, capacity in _offers(house, ward, some):
                if await store.offer(conn, ward, offer.id) is None:
                    await store.keep_offer(conn, offer)
                await desk.add_series(conn, offer, _series(house, minutes, capacity), house.new_id)
    await house.close()


def _offers(house: House, ward: str, some: Iterable[Facility]) -> Iterable[tuple[Offer, int, int]]:
    """Each with the length of its times in minutes and how many come at once."""
    counters = [one for one in some if one.kind == "counter"]
    nurseries = [one for one in some if one.kind == "childcare" and "園" in one.name][:3]
    yield from ((_offer(house, ward, one, "counter", COUNTER, MOVING), 60, 3) for one in counters[:1])
    if ward in FULL:
        health = [one for one in counters if "保健" in one.name]
        yield from ((_offer(house, ward, one, "checkup", CHECKUP, CHECKS), 90, 8) for one in health)
        yield from ((_offer(house, ward, one, "nursery_visit", VISIT, VISITS), 120, 1) for one in nurseries)


def _offer(house: House, ward: str, at: Facility, kind: Kind, title: Text, procedures: tuple[str, ...]) -> Offer:
    return Offer(
        id=uuid5(CITY, f"{ward}:{at.id}:{kind}"),
        ward=ward,
        facility=at.id,
        facility_name=at.name,
        kind=kind,
        title=title,
        procedures=procedures,
        about="self" if kind == "counter" else "child",
        phone=at.phone,
        elsewhere="",
        cancel_hours=24 if kind == "nursery_visit" else 2,
        confirm_hours=24,
        made_at=house.clock(),
        made_by=BY,
    )


def _series(house: House, minutes: int, capacity: int) -> Series:
    first = house.today() + timedelta(days=1)
    weekdays = frozenset(range(5))
    return Series(first, first + timedelta(days=20), weekdays, time(9), time(16), minutes, capacity, time(12), time(13))
