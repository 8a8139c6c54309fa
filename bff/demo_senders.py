"""The demo city's senders: a made-up gas company that anybody may agree to."""

from __future__ import annotations

from typing import Final

from bff.senders import keys
from bff.wiring import House
from life_events import Text

GAS: Final = "private:tokyo-gas-mihon"
NAME: Final = Text(ja="見本ガス", easy="見本ガス", en="Sample Gas")


async def fill(house: House) -> None:
    """Idempotent; keys are made with `python -m bff sender key`."""
    async with house.db.house() as conn:
        if await keys.sender_of(conn, GAS) is None:
            await keys.keep_sender(conn, GAS, name=NAME, url=None, now=house.clock())
