"""/staff/admin: the way to everything that is changed of a running house."""

from __future__ import annotations

from litestar import Response, get

from bff.administration import amendments
from bff.exchange import switches
from bff.exchange.switches import EVERYWHERE
from bff.staff.visit import Visiting


@get("/admin", act="admin_read")
async def admin(visit: Visiting) -> Response[str]:
    ward = visit.official.ward
    async with visit.door() as conn:
        kept = await amendments.of_ward(conn, ward)
        off = [one for one in await switches.switched_off(conn) if one.ward in (ward, EVERYWHERE)]
    counts = {"asked": sum(one.state == "asked" for one in kept), "ahead": sum(one.is_ahead(visit.now) for one in kept)}
    up = [one for one in visit.house.shelf.edition.banners if one.ward in (ward, EVERYWHERE)]
    return visit.show("admin.html", counts={**counts, "off": len(off), "up": len(up)})


HANDLERS = (admin,)
