"""/staff/senders: the ward's own systems and schools that send through the Sender API, and their keys."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.senders import keys
from bff.senders.keys import SCOPES, NotASender, Sender
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from life_events import Text

PATH: Final = "/staff/senders"
KEYS: Final = "senders_keys"
NEVER_KEPT: Final = {"Cache-Control": "no-store"}


@get("/senders", act="senders_read")
async def overview(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, told=word("senders_done", done) if knows("senders_done", done) else "")


@post("/senders", act=KEYS)
async def make_key(visit: Visiting, typed: Sent) -> Response[str]:
    """The answer itself holds the key: it is shown this once."""
    label, scopes = typed.one("label").strip(), [one for one in SCOPES if typed.one(f"scope_{one}") == "on"]
    name = visit.house.catalogue.wards[visit.official.ward].name
    try:
        async with visit.door() as conn:
            sender = await _own(visit, conn, name)
            key = await keys.make_key(
                conn,
                sender,
                id=visit.house.new_id(),
                label=label,
                scopes=scopes,
                trial=typed.one("trial") == "on",
                by=visit.official.name,
                now=visit.now,
            )
            await visit.note(conn, KEYS, about=label)
    except NotASender:
        wrong = (Mistake("label", word("senders", "wrong")),)
        return await _page(visit, 422, typed=typed, mistakes=wrong)
    page = await _page(visit, key=key)
    page.headers.update(NEVER_KEPT)
    return page


@post("/senders/keys/{key_id:str}/revoke", act=KEYS)
async def revoke(visit: Visiting, key_id: FromPath[str], typed: Sent) -> Response[Any]:
    id = identified(key_id)
    async with visit.door() as conn:
        if not await keys.revoke(conn, id, visit.now):
            raise NotHere
        await visit.note(conn, KEYS, about=word("senders", "revoked"))
    return Redirect(f"{PATH}?done=revoked", status_code=303)


async def _own(visit: Visit, conn: Any, name: Text) -> Sender:
    """The ward as a sender; made when its first key is."""
    found = await keys.sender_of(conn, f"ward:{visit.official.ward}")
    return found or await keys.keep_sender(conn, f"ward:{visit.official.ward}", name=name, url=None, now=visit.now)


async def _page(
    visit: Visit,
    status: int = 200,
    *,
    told: str = "",
    key: str = "",
    typed: Typed | None = None,
    mistakes: tuple[Mistake, ...] = (),
) -> Response[str]:
    async with visit.door() as conn:
        senders = await keys.listed(conn)
        rows = [(sender, await keys.keys_of(conn, sender.id)) for sender in senders]
    return visit.show(
        "senders.html",
        status,
        rows=rows,
        told=told,
        key=key,
        typed=typed or Typed(),
        mistakes=mistakes,
        wrong={one.field: one.text for one in mistakes},
        scopes=[(one, word("sender_scope", one)) for one in SCOPES],
    )


HANDLERS = (overview, make_key, revoke)
