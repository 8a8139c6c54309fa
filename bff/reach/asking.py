"""She says an address or number is hers; a letter or a message goes there, and only what it holds proves it."""

from __future__ import annotations

import hashlib
from uuid import UUID

from bff.errors import FieldRefused, FieldsRefused
from bff.identity.residents import Resident, resident_of
from bff.reach import addresses
from bff.reach.addresses import Kept, Kind
from bff.reach.house import House
from bff.reach.words import say
from life_events import Text
from notifications.channels.email import Mail, is_address
from notifications.channels.sms import Short, number_of
from notifications.parcel import Fate

SEND: str = "reach_confirm"
"""args: {"resident": uuid, "kind": email or sms}"""


class NotSent(Exception):
    """The mail server or provider puts it off; the job is tried again."""


async def ask(house: House, me: Resident, kind: Kind, said: str, *, where: str) -> Kept:
    """Raises FieldsRefused, and TooManyTries: per person, and per mailbox, since anybody may type in another's."""
    address = _plain(house, kind, said)
    await house.limits.take("mail_ask", account=me.id, address=where)
    await house.limits.take("mail_to", account=hashlib.sha256(address.lower().encode()).digest())
    id, now = house.new_id(), house.clock()
    code = house.reach_links.code(id) if kind == "sms" else ""
    async with house.db.resident(me.id) as conn:
        kept = await addresses.ask(conn, me, kind, address, id=id, now=now, code=code)
        await house.defer(conn, SEND, args={"resident": str(me.id), "kind": kind})
    return kept


async def send(house: House, resident: UUID, kind: Kind) -> None:
    """The job: to what is asked for now; nothing when she has confirmed or taken it back meanwhile. Raises NotSent."""
    async with house.db.house() as conn:
        who = await resident_of(conn, resident, house.keys)
        kept = await addresses.of(conn, who) if who else ()
        asked = [one for one in kept if (one.kind, one.state) == (kind, "asked")]
    if who is None or not asked:
        return
    fate = await (_letter(house, who, asked[0]) if kind == "email" else _message(house, who, asked[0]))
    if fate is Fate.LATER:
        raise NotSent(kind)
    if fate is Fate.GONE:
        async with house.db.house() as conn:
            await addresses.bounced(conn, [asked[0].id], house.clock())


async def _letter(house: House, who: Resident, asked: Kept) -> Fate:
    if house.post is None:
        return Fate.FAILED
    links = house.reach_links
    text = say("confirm_text", url=links.url("confirm", asked.id))
    mail = Mail(
        id=asked.id,
        to=asked.address,
        subject=_in(who, say("confirm_subject")),
        text=_in(who, text).lstrip(),
        sent_at=house.clock(),
        back=links.back_to(asked.id),
    )
    return (await house.post.send([mail]))[asked.id]


async def _message(house: House, who: Resident, asked: Kept) -> Fate:
    if house.texter is None:
        return Fate.FAILED
    text = _in(who, say("sms_code", code=house.reach_links.code(asked.id)))
    return (await house.texter.send([Short(asked.id, asked.address, text)]))[asked.id]


def _plain(house: House, kind: Kind, said: str) -> str:
    if (house.post if kind == "email" else house.texter) is None:
        raise _refused("not_here")
    plain = said.strip()
    address = (plain if is_address(plain) else None) if kind == "email" else number_of(plain)
    if address is None:
        raise _refused(f"{kind}_refused")
    return address


def _refused(key: str) -> FieldsRefused:
    text = say(key)
    return FieldsRefused(text, (FieldRefused("address", key, text),))


def _in(who: Resident, text: Text) -> str:
    return text.in_language(who.language)
