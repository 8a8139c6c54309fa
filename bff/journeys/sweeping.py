"""What the night does: whatever has outlived its purpose is forgotten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bff import drafts, limits, uploads
from bff.bookings import coming_round as bookings
from bff.effect import STILL_CHANGES
from bff.exchange.drop import files as dropped_files
from bff.exchange.drop import folder
from bff.exchange.evidence import chain
from bff.exchange.files import store as files
from bff.exchange.files.kind import SENT_IS_KEPT, kinds
from bff.exchange.files.shelf import Shelf
from bff.exchange.message_log import LOG_IS_KEPT
from bff.exchange.ways import runs
from bff.facts import claims
from bff.facts import store as facts
from bff.identity import sweep
from bff.identity.residents import resident_of
from bff.journeys import accounts, drops, effect
from bff.journeys import payments as payment_jobs
from bff.journeys import receipts as receipt_jobs
from bff.payments import store as payment_words
from bff.reach import addresses, letters
from bff.reminders import telling
from bff.school import line_files
from bff.senders import calls
from bff.signing import folders
from bff.signing import store as signatures
from bff.wiring import House
from notifications import address_book, delivery
from notifications.attachments import store as attachments
from notifications.broadcasts import lists
from notifications.post import forgetting
from notifications.push import trials

log = structlog.get_logger()
AT_ONCE = 200


async def sweep_all(house: House) -> None:
    """What has outlived its purpose is forgotten, and the mail room's months are made ahead."""
    now = house.clock()
    async with house.db.house() as conn:
        await sweep.forget_expired(conn, now, house.lifetimes)
        await facts.forget_expired(conn, now)
        await claims.forget_ended(conn, now)
        await signatures.forget_unused(conn, now)
        await folders.forget_unsent(conn, now)
        await limits.forget_old(conn, now)
        await uploads.forget_old(conn, now)
        await line_files.forget_old(conn, house.today())
        await drafts.forget_old(conn, now)
        await payment_words.forget_events(conn, now - payment_jobs.EVENTS_ARE_KEPT)
        await chain.forget_older(conn, now - LOG_IS_KEPT)
        await dropped_files.forget_older(conn, now - LOG_IS_KEPT)
        await runs.forget_older(conn, now - LOG_IS_KEPT)
    await _sweep_mail(house, now)
    await forgetting.forget_old(house.db.house, now, house.settings.mail_kept)
    await bookings.close_past(house)
    await receipt_jobs.promise_stamps(house)
    for point in drops.points(house):
        folder.forget_older(point, now)
    await effect.count(house, STILL_CHANGES)
    await accounts.erase_due(house)
    await forget_files(house)
    await forget_old_entries(house)


async def _sweep_mail(house: House, now: datetime) -> None:
    async with house.db.house() as conn:
        await attachments.forget_old(conn, house.today())
        await address_book.forget_expired_devices(conn, now)
        await trials.forget_old(conn, now)
        await addresses.forget_unconfirmed(conn, now)
        await letters.forget_old(conn, now)
        await calls.forget_old(conn, now)
        await telling.forget_old(conn, now)
        await lists.forget_ended(conn, house.today())
        await delivery.make_partitions(conn, house.today())


async def forget_files(house: House) -> None:
    """Half files that nobody goes on with, and whole ones beyond the days of their kind."""
    now, shelf = house.clock(), Shelf(house.settings.files)
    async with house.db.house() as conn:
        gone = await files.outlived(conn, {kind.id: kind.days for kind in kinds().values()}, now)
    for file in gone:
        shelf.forget(file)
        async with house.db.house() as conn:
            await files.settle(conn, file, "gone", now)
    shelf.forget_older(now - SENT_IS_KEPT)
    async with house.db.house() as conn:
        await files.forget_older(conn, now - LOG_IS_KEPT)


async def forget_old_entries(house: House) -> None:
    """What residents entered in forms 13 months ago; one transaction a person, since it lies under her own key."""
    after = UUID(int=0)
    while True:
        async with house.db.house() as conn:
            page = await facts.with_old_entries(conn, house.clock(), after=after, most=AT_ONCE)
        for resident in page:
            try:
                async with house.db.house() as conn:
                    if (who := await resident_of(conn, resident, house.keys)) is not None:
                        await facts.forget_entered(conn, who, house.clock())
            except (OSError, OperationalError, InterfaceError):
                raise
            except Exception:
                log.exception("what a resident entered could not be forgotten")
        if len(page) < AT_ONCE:
            return
        after = page[-1]
