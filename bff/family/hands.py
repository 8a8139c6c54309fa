"""By whose hand her data was looked at: those who act for her, by the names she knows them by."""

from __future__ import annotations

from collections.abc import Mapping

from bff.db import Database
from bff.family import store
from bff.family.mandate import Mandate
from bff.family.telling import offered
from bff.identity.residents import Resident
from bff.ledger.listing import MANDATE
from bff.texts import beside
from life_events import Text


def case_of(mandate: object) -> str:
    """The case of a look that rests on this mandate."""
    return f"{MANDATE}{mandate}"


async def hands(db: Database, me: Resident) -> Mapping[str, Text]:
    """Who acts or acted for her and as what, by the case of their looks; nobody whose name is not known any more."""
    async with db.resident(me.id) as conn:
        those = [one for one in await store.of(conn, me.id) if one.represented == me.id]
    return {case_of(one.id): named for one in those if (named := _named(one, me)) is not None}


def _named(mandate: Mandate, me: Resident) -> Text | None:
    name, kind = offered(mandate, me).to, mandate.rules.name
    if not name:
        return None
    return beside(name, kind)
