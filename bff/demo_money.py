"""The demo city's fees: what 港区 asks 佐藤 はな to pay, and a slip of hers, so that every way to pay can be walked."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity import residents
from bff.identity.basics import Basics
from bff.identity.providers import CARD
from bff.identity.residents import Resident
from bff.payments import store
from bff.payments.bill import Said, sealed
from bff.wiring import House
from infra.sandbox.keys import pairwise

CITY: Final = UUID("0e5b1c5e-8d5b-4f0b-9a55-64e0a7e0c9d4")
WARD: Final = "131032"
PERSONA, REALM, CLIENT, BY = "hana", "main", "KURASHIMADO01", "見本データ"
TAX: Final = {"institution": "13103", "payment": "00001234567890", "confirmation": "040817", "kind": "0826110300"}
BANK: Final = {
    "institution": "00200",
    "payment": "00000000012345678901",
    "confirmation": "112233",
    "kind": "7124096256",
}
LOOKED_UP_IN: Final = timedelta(hours=1)
SQUARE: Final = "eL:" + ":".join(TAX.values())


async def fill(house: House) -> None:
    """Idempotent: a fee is known by what it is for, and one that was paid since stays paid.

    Her account is made here as her first login makes it, with nothing in it: the card has yet to tell who she is.
    """
    async with house.db.house() as conn:
        issuer = house.providers[CARD].provider.issuer
        welcomed = await residents.welcome(
            conn,
            issuer=issuer,
            sub=pairwise(REALM, CLIENT, PERSONA),
            basics=Basics(),
            wards=house.wards,
            keys=house.keys,
            new_id=house.new_id,
            now=house.clock(),
            pairwise=house.pairwise.current,
        )
        hana = welcomed.resident
        await _keep(conn, house, hana, "meals", days=9, amount_yen=4_300, said=Said(payee="港区"))
        said = Said(payee="港区", numbers=TAX, qr=SQUARE)
        await _keep(conn, house, hana, "childcare", days=21, amount_yen=46_600, said=said)
        slip = Said(payee="麹町税務署", content="申告所得税 令和7年分", numbers=BANK)
        await _keep(conn, house, hana, "slip", days=20, amount_yen=128_400, said=slip)
    await house.close()


async def _keep(
    conn: AsyncConnection, house: House, whose: Resident, fee: str, *, days: int, amount_yen: int, said: Said
) -> None:
    """A slip is as she would have added it, so it is looked up once more at Pay-easy's stand-in."""
    is_slip, now = fee == "slip", house.clock()
    last = house.today() + timedelta(days=days)
    await store.keep(
        conn,
        id=uuid5(CITY, f"{PERSONA}:{fee}"),
        resident=whose.id,
        ward=WARD,
        source="slip" if is_slip else "ward",
        number=await store.next_number(conn, "SL" if is_slip else "BL", WARD, now),
        fee=fee,
        said=sealed(whose.key, said),
        amount_yen=amount_yen,
        due_on=last,
        expires_on=None if is_slip else last + timedelta(days=10),
        state="due",
        made_at=now,
        issued_by_name="" if is_slip else BY,
        look_at=now + LOOKED_UP_IN if is_slip else None,
    )
