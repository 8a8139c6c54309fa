"""A flow begins: is it allowed here, to whom does it go, and what does the house itself put in?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.applications.application import ANSWERS, IN_HAND, Application
from bff.consent import grants
from bff.exchange.ways import runs
from bff.exchange.ways.flow import Flow, Way, flows
from bff.exchange.ways.runs import Run
from bff.identity.keys import KeyRing
from bff.identity.residents import resident_of
from bff.identity.wards import ward_of
from life_events import Catalogue

MOST_LISTED = 5_000
TEXT_VERSION = "1"
"""Of what a flow tells her before she agrees; another number whenever its words mean something else."""


class NotBegun(Exception):
    """`code` is a key of the officials' texts under [flow_refused]."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Begin:
    """Who begins it: an official's name and ward (None: it comes round by itself), and a key under which only once.

    `receipt`: of the application that a custom flow rests on.
    """

    id: UUID
    key: str
    by: str
    ward: str | None
    receipt: str = ""


async def begin(
    conn: AsyncConnection, flow: Flow, wish: Begin, *, catalogue: Catalogue, keys: KeyRing, now: datetime
) -> bool:
    """Through the house's door; False: it has begun under this key already. Raises `NotBegun`."""
    application = await _ground(conn, flow, wish, keys) if flow.way is Way.CUSTOM else None
    to = await _recipients(conn, flow, wish, application, catalogue, keys)
    content = await _content(conn, flow, wish, catalogue)
    run = Run(
        id=wish.id,
        flow=flow.id,
        ward=wish.ward,
        started_at=now,
        started_by=wish.by,
        content=msgspec.json.encode(content) if content is not None else None,
        application=application.id if application else None,
        stopped_at=None,
        ended_at=None,
    )
    return await runs.begin(conn, flow, run, key=f"{flow.id}:{wish.key}", recipients=to)


@dataclass(frozen=True)
class PassOn:
    """A flow that may rest on one of her applications, and since when she has agreed to it."""

    flow: Flow
    agreed_at: datetime | None


async def pass_ons(conn: AsyncConnection, application: Application) -> Sequence[PassOn]:
    """Of an application that is in hand; of another none, since nothing can rest on it any more."""
    wanted = [one for one in flows().values() if application.procedure in one.procedures]
    if not wanted or application.state not in IN_HAND:
        return ()
    held = await grants.granted(conn, application.resident)
    return [PassOn(one, held[grant_of(one)].given_at if grant_of(one) in held else None) for one in wanted]


async def agree(
    conn: AsyncConnection,
    application: Application,
    flow: str,
    *,
    yes: bool,
    now: datetime,
    new_id: Callable[[], UUID],
) -> bool:
    """Her yes or her no; False: no such flow can rest on this application. A no holds for what has not left yet."""
    found = next((one.flow for one in await pass_ons(conn, application) if one.flow.id == flow), None)
    if found is None:
        return False
    mine = (conn, application.resident, grant_of(found))
    if yes:
        await grants.give(*mine, purpose=found.purpose, text_version=TEXT_VERSION, now=now, new_id=new_id)
    else:
        await grants.end(*mine, now)
    return True


def grant_of(flow: Flow) -> str:
    """Under which name she agrees that this flow moves data about her."""
    return f"flow.{flow.id}"


async def _ground(conn: AsyncConnection, flow: Flow, wish: Begin, keys: KeyRing) -> Application:
    """Her own application, in the official's own ward and still in hand, and her yes to just this flow."""
    found = await store.by_receipt(conn, wish.receipt)
    if found is None or found.ward != wish.ward or found.procedure not in flow.procedures:
        raise NotBegun("no_such_application")
    if found.state not in IN_HAND:
        raise NotBegun("not_in_hand")
    if grant_of(flow) not in await grants.granted(conn, found.resident):
        raise NotBegun("no_consent")
    return found


async def _recipients(
    conn: AsyncConnection,
    flow: Flow,
    wish: Begin,
    application: Application | None,
    catalogue: Catalogue,
    keys: KeyRing,
) -> Sequence[str]:
    if flow.to == "wards":
        return sorted(catalogue.wards)
    if flow.to == "own_ward":
        if wish.ward is None:
            raise NotBegun("no_ward")
        return [wish.ward]
    assert application is not None
    kept = await store.whose(conn, application.id)
    resident = await resident_of(conn, application.resident, keys)
    if kept is None or resident is None:
        raise NotBegun("no_such_application")
    answers = msgspec.json.decode(resident.key.open(ANSWERS, kept[1]), type=dict[str, Any])
    names = [(ward.code, ward.name.ja) for ward in catalogue.wards.values()]
    there = ward_of(str(answers.get("new_address", "")), names)
    if there is None or there == wish.ward:
        raise NotBegun("no_new_ward")
    return [there]


async def _content(conn: AsyncConnection, flow: Flow, wish: Begin, catalogue: Catalogue) -> Mapping[str, object] | None:
    """None: it is collected or picked later."""
    if flow.what == "catalogue":
        return {"procedures": {id: one.form.version if one.form else "" for id, one in catalogue.procedures.items()}}
    if flow.what == "applications_held":
        held = await store.in_hand(conn, wish.ward or "", MOST_LISTED + 1)
        listed = [
            {"receipt_number": one.receipt_number, "procedure": one.procedure, "state": one.state}
            for one in held[:MOST_LISTED]
        ]
        return {"applications": listed, "is_whole": len(held) <= MOST_LISTED}
    if flow.what and flow.kind == "message":
        raise LookupError(f"{flow.id} names a content that nobody makes: {flow.what}")
    return None
