"""What a ward is told of a signature: that she signed, and by what that is proved."""

from __future__ import annotations

import base64
from contextlib import suppress

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.application import Application
from bff.connectors.ward_counter.mapping import Proof
from bff.exchange.evidence.stamping import NotStamped
from bff.identity.residents import Resident
from bff.journeys import receipts as receipt_jobs
from bff.signing import receipts, store
from bff.wiring import House


async def stamped_proof(house: House, sent: Application, resident: Resident) -> Proof | None:
    """None: she did not sign. Its receipt is stamped first, so that the ward hears when; a silent authority delays
    nothing, and the time is left out."""
    async with house.db.house() as conn:
        if await store.of_application(conn, sent.id) is None:
            return None
    with suppress(NotStamped):
        await receipt_jobs.make(house, sent.id)
    async with house.db.house() as conn:
        return await proof_of(conn, sent, resident)


async def proof_of(conn: AsyncConnection, sent: Application, resident: Resident) -> Proof | None:
    """As much of it as there is now."""
    signed = await store.of_application(conn, sent.id)
    if signed is None:
        return None
    receipt, checked = await receipts.of(conn, resident.id, sent.id), signed.checked
    folder = await receipts.folder_of(conn, sent)
    return Proof(
        algorithm=checked.algorithm,
        digest_algorithm="sha384" if signed.digest.algorithm == "sha384" else "sha256",
        digest=signed.digest.value.hex(),
        value=base64.b64encode(checked.value).decode(),
        verification=checked.verification,
        result="valid",
        checked_at=checked.at,
        stamped_at=receipt.stamped_at if receipt else None,
        folder=folder.decode() if folder else None,
    )
