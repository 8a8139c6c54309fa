"""/staff/exchanges: flows to begin, runs to follow, and what a ward on an old system dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.exchange.drop import files
from bff.exchange.texts import why_text
from bff.exchange.ways import runs
from bff.exchange.ways.flow import Flow, flows
from bff.exchange.ways.runs import Delivery, Run, State
from bff.home.flows import Begin, NotBegun
from bff.staff.looking import look
from bff.staff.pages import STOP_POLLING
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word

SHOWN = 20
EVERY_SECONDS = 3
PATH = "/staff/exchanges"


@dataclass(frozen=True)
class Going:
    """A run as its page shows it."""

    run: Run
    flow: Flow
    deliveries: Sequence[Delivery]

    @property
    def state(self) -> str:
        if self.run.stopped_at:
            return "stopped"
        if not self.run.ended_at:
            return "under_way"
        return "with_gaps" if self.count("failed") else "ended"

    @property
    def is_open(self) -> bool:
        return self.run.ended_at is None

    def count(self, state: State) -> int:
        return Counter(one.state for one in self.deliveries)[state]


@get("/exchanges", act="exchanges_read")
async def overview(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _overview(visit, said=word("done", done) if knows("done", done) else "")


@post("/exchanges/{flow:str}/begin", act="exchanges_act")
async def begin(visit: Visiting, flow: FromPath[str], typed: Sent) -> Response[Any]:
    """The key in the form makes a second press of the button the same run."""
    wanted = flows().get(flow)
    if wanted is None:
        raise NotHere
    if not _may(visit, wanted) or wanted.schedule != "by_hand":
        return _denied(visit)
    key = _key(typed)
    official = visit.official
    wish = Begin(
        visit.house.new_id(), f"{official.ward}:{key}", official.name, official.ward, typed.one("receipt").strip()
    )
    try:
        async with visit.house.db.house() as conn:
            if await visit.house.begin_flow(conn, wanted, wish):
                await visit.note(conn, "exchanges_act", about=wanted.name)
                await _opened(conn, visit, wanted, wish.receipt)
    except NotBegun as refused:
        return await _overview(visit, 422, mistake=word("flow_refused", refused.code), at=flow, typed=typed)
    return Redirect(f"{PATH}?done=flow_begun", status_code=303)


async def _opened(conn: AsyncConnection, visit: Visit, flow: Flow, receipt: str) -> None:
    """What rests on somebody's application is opened by the official who names it: she sees that, with its number."""
    found = await store.by_receipt(conn, receipt) if flow.procedures else None
    if found is not None:
        await look(
            conn,
            visit,
            found.resident,
            what="application",
            purpose=flow.purpose,
            basis=flow.basis,
            reason=receipt,
        )


@get("/exchanges/runs/{run:str}", act="exchanges_read")
async def read(visit: Visiting, run: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    going = await _going(visit, run)
    said = word("done", done) if knows("done", done) else ""
    return visit.show("exchange_run.html", told=said, **_shown(visit, going))


@get("/exchanges/runs/{run:str}/rows", act="exchanges_read")
async def rows(visit: Visiting, run: FromPath[str]) -> Response[str]:
    """Only the part that moves."""
    going = await _going(visit, run)
    return visit.show("exchange_rows.html", 200 if going.is_open else STOP_POLLING, **_shown(visit, going))


@post("/exchanges/runs/{run:str}/stop", act="exchanges_act")
async def stop(visit: Visiting, run: FromPath[str]) -> Response[Any]:
    going = await _going(visit, run)
    if not _may(visit, going.flow) or going.run.ward is None:
        return _denied(visit)
    async with visit.house.db.house() as conn:
        await runs.stop(conn, going.run.id, visit.now)
        await visit.note(conn, "exchanges_act", about=f"{going.flow.name}（{word('run_state', 'stopped')}）")
    return Redirect(f"{PATH}/runs/{going.run.id}?done=flow_stopped", status_code=303)


@post("/exchanges/runs/{run:str}/again", act="exchanges_act")
async def again(visit: Visiting, run: FromPath[str]) -> Response[Any]:
    going = await _going(visit, run)
    if not _may(visit, going.flow) or going.run.ward is None or going.run.stopped_at:
        return _denied(visit)
    async with visit.house.db.house() as conn:
        await runs.try_again(conn, going.run.id, visit.now)
        await visit.note(conn, "exchanges_act", about=f"{going.flow.name}（{word('done', 'flow_again')}）")
    return Redirect(f"{PATH}/runs/{going.run.id}?done=flow_again", status_code=303)


async def _overview(
    visit: Visit, status: int = 200, *, said: str = "", mistake: str = "", at: str = "", typed: Typed | None = None
) -> Response[str]:
    async with visit.door() as conn:
        newest = [
            Going(run, flows()[run.flow], await runs.deliveries_of(conn, run.id))
            for run in await runs.newest(conn, SHOWN)
            if run.flow in flows()
        ]
        dropped = await files.newest(conn, visit.official.ward, SHOWN)
        unfit = await files.unfit(conn, visit.official.ward, SHOWN)
    return visit.show(
        "exchanges.html",
        status,
        flows=[(flow, _may(visit, flow) and flow.schedule == "by_hand") for flow in flows().values()],
        runs=newest,
        dropped=dropped,
        unfit=unfit,
        key=str(visit.house.new_id()),
        told=said,
        mistake=mistake,
        at=at,
        receipt=typed.one("receipt") if typed else "",
    )


def _shown(visit: Visit, going: Going) -> dict[str, object]:
    wards = visit.house.catalogue.wards
    return {
        "going": going,
        "every": EVERY_SECONDS if going.is_open else None,
        "rows": [(one, wards[one.ward].name.ja, _why(one.why)) for one in going.deliveries if one.ward in wards],
        "may_act": _may(visit, going.flow) and going.run.ward is not None,
    }


def _why(why: str | None) -> str:
    if not why:
        return ""
    return word("flow_why", why) if knows("flow_why", why) else why_text(why).ja


async def _going(visit: Visit, said: str) -> Going:
    """Raises `NotHere`, also for another ward's."""
    id = identified(said)
    async with visit.door() as conn:
        run = await runs.one(conn, id)
        if run is None or run.flow not in flows():
            raise NotHere
        return Going(run, flows()[run.flow], await runs.deliveries_of(conn, id))


def _may(visit: Visit, flow: Flow) -> bool:
    return visit.may("exchanges_act") and not visit.official.roles.isdisjoint(flow.roles)


def _key(typed: Typed) -> str:
    try:
        return str(UUID(typed.one("key")))
    except ValueError as error:
        raise NotHere from error


def _denied(visit: Visit) -> Response[str]:
    title, text = word("refused", "denied_title"), word("refused", "flow")
    return visit.show("refused.html", 403, title=title, text=text, broadcast=None, faults=[], kept=())


HANDLERS = (overview, begin, read, rows, stop, again)
