"""A decision goes to the ward's own core system, so that nobody types it there a second time (no RPA in between)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from bff.cases import store
from bff.cases.case import Case
from bff.cases.examining import Filed, filed
from bff.cases.house import House
from bff.cases.standing import day_of
from bff.connectors.answers import Refused
from bff.connectors.core_cases.client import CoreCases
from bff.connectors.core_cases.mapping import File
from bff.documents import receiving
from bff.exchange.reading import Reading
from bff.exchange.silence import Silent

Files = Callable[[Filed], Awaitable[Sequence[File]]]
"""Her photographs and what others wrote, as the core system is given them."""


async def hand_over(house: House, application: UUID, files: Files) -> None:
    """Under the application's own id as the key, so that to try again is harmless; raises `Silent` to be tried again,
    visibly. What the core system refuses waits for a person; what it issues upon a decision is fetched."""
    one = await filed(house, application)
    async with house.db.house() as conn:
        case = await store.of(conn, application)
    if one is None or case is None or case.handover in ("none", "handed"):
        return
    tries = case.handover_tries + 1
    try:
        number = await _send(house, one, case, await files(one))
    except Silent as silent:
        await _keep(house, case, state="waiting", tries=tries, fault=f"silent:{silent.why}")
        raise
    except Refused as refused:
        await _keep(house, case, state="failed", tries=tries, fault=f"refused:{refused.reason}")
        return
    await _keep(house, case, state="handed", tries=tries, fault=None, number=number)
    async with house.db.house() as conn:
        await receiving.promise_of_decision(conn, one.sent, case.outcome or "")


async def _send(house: House, one: Filed, case: Case, files: Sequence[File]) -> str:
    """Each file by itself, then the decision that names them all."""
    sent, core = one.sent, house.street.the(CoreCases)
    assert case.outcome is not None
    assert case.closed_at is not None
    subject = house.subjects.in_ward(one.resident, sent.ward, sent.known_as)
    reading = Reading(subject, "examination", "application", one.resident.id, unasked=True)
    for file in files:
        await core.send_file(reading, key=sent.id, file=file)
    receipt = await core.send(
        reading,
        key=sent.id,
        receipt_number=sent.receipt_number,
        procedure=sent.procedure,
        version=sent.version,
        outcome=case.outcome,
        decided_on=day_of(case.closed_at),
        answers=one.answers,
        automatic=case.automatic,
        grounds=next((event.note for event in reversed(sent.history) if event.state == case.outcome), None),
        files=files,
    )
    return receipt.number


async def _keep(house: House, case: Case, **values: object) -> None:
    async with house.db.house() as conn:
        await store.keep_handover(conn, case.application, **values, at=house.clock())
