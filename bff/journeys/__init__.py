"""The door for time: what was promised (jobs) and what comes round by itself (periodic jobs).

A job never holds a transaction over the network: it prepares (db), acts (network), settles (db); every act is
idempotent under a key, since a job whose worker died is done again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import structlog
from procrastinate import App
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from sqlalchemy.exc import InterfaceError, OperationalError

from bff import db as database
from bff import drafts, limits, uploads
from bff.accounts.closing import ACCOUNT_CLOSED
from bff.applications.promise import DELIVER, TELL_WITHDRAWAL
from bff.bookings import coming_round as bookings
from bff.bookings.own import LAPSE
from bff.cases.arriving import EXAMINE
from bff.cases.deciding import HAND_OVER
from bff.documents import receiving
from bff.effect import STILL_CHANGES
from bff.exchange.drop import files as dropped_files
from bff.exchange.drop import folder
from bff.exchange.evidence import chain
from bff.exchange.files import store as files
from bff.exchange.files.kind import SENT_IS_KEPT, kinds
from bff.exchange.files.shelf import Shelf
from bff.exchange.message_log import LOG_IS_KEPT
from bff.exchange.ways import runs
from bff.exchange.ways.runs import DELIVER as DELIVER_FLOW
from bff.facts import claims, comparison
from bff.facts import store as facts
from bff.family import acting, ending
from bff.identity import sweep
from bff.identity.residents import resident_of
from bff.journeys import accounts, cases, deliveries, drops, effect, evidence, flows, handing_over, judging, paper
from bff.journeys import issued as document_jobs
from bff.journeys import payments as payment_jobs
from bff.journeys import receipts as receipt_jobs
from bff.journeys.patience import GROWING
from bff.payments import store as payment_words
from bff.signing import folders, receipts
from bff.signing import store as signatures
from bff.tasks import coming_round
from bff.wiring import House
from notifications import address_book, delivery, pushing
from notifications.jobs import EXPAND_BROADCAST, PUSH_CHUNK

QUEUE = "house"
EVERY_TEN_SECONDS = "* * * * * */10"  # croniter reads the seconds last
EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_NIGHT = "17 3 * * *"
EVERY_MORNING = "40 23 * * *"  # 8:40 in Tokyo: the runner counts in UTC, and nobody is woken by good news
AT_ONCE = 200

log = structlog.get_logger()


def register(app: App, house: House) -> None:
    """Give `app` every task of the house."""
    _promised(app, house)
    _recurring(app, house)
    effect.register(app, house, queue=QUEUE, often=EVERY_TEN_MINUTES)
    payment_jobs.register(app, house, queue=QUEUE, minutely=EVERY_MINUTE, mornings=EVERY_MORNING)
    paper.register(app, house, queue=QUEUE, nights=EVERY_NIGHT)


def _promised(app: App, house: House) -> None:
    @app.task(name=DELIVER, queue=QUEUE, retry=GROWING)
    async def deliver_application(application: str) -> None:
        await deliveries.deliver(house, UUID(application))

    @app.task(name=TELL_WITHDRAWAL, queue=QUEUE, retry=GROWING)
    async def tell_withdrawal(application: str) -> None:
        await deliveries.tell_withdrawal(house, UUID(application))

    @app.task(name=EXAMINE, queue=QUEUE, retry=GROWING)
    async def examine_case(application: str) -> None:
        await cases.examine(house, UUID(application))

    @app.task(name=HAND_OVER, queue=QUEUE, retry=GROWING)
    async def hand_over_case(application: str) -> None:
        await cases.hand_over(house, UUID(application))

    @app.task(name=receiving.FETCH, queue=QUEUE, retry=GROWING)
    async def fetch_documents(resident: str, **decision: str) -> None:
        await document_jobs.fetch(house, UUID(resident), **decision)

    @app.task(name=receipts.MAKE, queue=QUEUE, retry=GROWING)
    async def make_receipt(application: str) -> None:
        await receipt_jobs.make(house, UUID(application))

    @app.task(name=deliveries.LOOK, queue=QUEUE, retry=GROWING)
    async def look_at_application(application: str) -> None:
        await deliveries.look(house, UUID(application))

    @app.task(name=acting.ACTED, queue=QUEUE, retry=GROWING)
    async def tell_of_act(application: str) -> None:
        await acting.tell_of_act(house, UUID(application))

    @app.task(name=EXPAND_BROADCAST, queue=QUEUE, retry=GROWING)
    async def expand_broadcast(broadcast: str) -> None:
        await delivery.expand_broadcast(
            open=house.db.house, defer=database.defer, clock=house.clock, broadcast=UUID(broadcast)
        )

    @app.task(name=PUSH_CHUNK, queue=QUEUE, retry=GROWING)
    async def push_chunk(notice: str, sent_on: str, chunk: int) -> None:
        await pushing.push_chunk(
            open=house.db.house,
            defer=database.defer,
            clock=house.clock,
            pusher=house.push,
            notice=UUID(notice),
            sent_on=date.fromisoformat(sent_on),
            chunk=chunk,
        )

    @app.task(name=DELIVER_FLOW, queue=QUEUE, retry=GROWING)
    async def deliver_flow(run: str, stage: str, ward: str) -> None:
        await flows.deliver(house, UUID(run), stage, ward)

    @app.task(name=drops.TAKE, queue=QUEUE, retry=GROWING)
    async def take_drop(ward: str, point: str) -> None:
        await drops.take_all(house, ward, point)

    @app.task(name=drops.WRITE, queue=QUEUE, retry=GROWING)
    async def write_drop(ward: str, point: str) -> None:
        await handing_over.write_all(house, ward, point)

    @app.task(name=ACCOUNT_CLOSED, queue=QUEUE, retry=GROWING)
    async def account_closed(resident: str) -> None:
        await accounts.after_closing(house, UUID(resident))

    @app.task(name=LAPSE, queue=QUEUE, retry=GROWING)
    async def booking_lapses(booking: str) -> None:
        await bookings.lapse(house, UUID(booking))

    @app.task(name=judging.JUDGE_CHUNK, queue=QUEUE, retry=GROWING)
    async def judge_chunk(morning: str, after: str, until: str) -> None:
        await judging.judge_chunk(house, datetime.fromisoformat(morning), UUID(after), UUID(until))


def _recurring(app: App, house: House) -> None:
    @app.periodic(cron=EVERY_TEN_SECONDS)
    @app.task(name="take_over_stalled", queue=QUEUE, queueing_lock="take_over_stalled", pass_context=False)
    async def stalled(timestamp: int) -> None:
        await take_over_stalled(app, house)

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="take_up_pushes", queue=QUEUE, queueing_lock="take_up_pushes")
    async def left_over(timestamp: int) -> None:
        async with house.db.house() as conn:
            await pushing.take_up_what_was_left(conn, database.defer, house.clock())

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="compare_amounts", queue=QUEUE, queueing_lock="compare_amounts")
    async def both_hands(timestamp: int) -> None:
        await compare_amounts(house)

    @app.periodic(cron=EVERY_MORNING)
    @app.task(name="judge_all", queue=QUEUE, queueing_lock="judge_all", retry=GROWING)
    async def morning(timestamp: int) -> None:
        await judging.promise_morning(house, datetime.fromtimestamp(timestamp, UTC))

    @app.periodic(cron=EVERY_MORNING)
    @app.task(name="end_mandates", queue=QUEUE, queueing_lock="end_mandates", retry=GROWING)
    async def mandates(timestamp: int) -> None:
        await ending.come_round(house)

    @app.periodic(cron=EVERY_MORNING)
    @app.task(name="remind_of_bookings", queue=QUEUE, queueing_lock="remind_of_bookings", retry=GROWING)
    async def tomorrow(timestamp: int) -> None:
        await bookings.remind(house)

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="lapse_bookings", queue=QUEUE, queueing_lock="lapse_bookings")
    async def unanswered(timestamp: int) -> None:
        await bookings.lapse_due(house)

    @app.periodic(cron=EVERY_MORNING)
    @app.task(name="end_asked_parts", queue=QUEUE, queueing_lock="end_asked_parts", retry=GROWING)
    async def asked_parts(timestamp: int) -> None:
        await coming_round.come_round(house)
        await document_jobs.remind(house)

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="seal_evidence", queue=QUEUE, queueing_lock="seal_evidence")
    async def sealed(timestamp: int) -> None:
        await evidence.seal(house)

    @app.periodic(cron=EVERY_TEN_SECONDS)
    @app.task(name="look_at_drops", queue=QUEUE, queueing_lock="look_at_drops")
    async def dropped(timestamp: int) -> None:
        await drops.look_round(house)

    @app.periodic(cron=EVERY_MORNING)
    @app.task(name="begin_flows", queue=QUEUE, queueing_lock="begin_flows", retry=GROWING)
    async def round(timestamp: int) -> None:
        await flows.come_round(house, datetime.fromtimestamp(timestamp, UTC))

    @app.periodic(cron=EVERY_NIGHT)
    @app.task(name="sweep", queue=QUEUE, queueing_lock="sweep")
    async def night(timestamp: int) -> None:
        await sweep_all(house)


async def take_over_stalled(app: App, house: House) -> None:
    """Jobs whose worker has died are done again, by whoever is there."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=house.settings.stalled_after)
    for job in stalled:
        log.warning("taking over a job whose worker died", task=job.task_name, job=job.id)
        try:
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        except UniqueViolation:  # the same promise waits already, under the same queueing lock
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)


async def compare_amounts(house: House) -> None:
    """Our figures beside OpenFisca-Japan's, once a day: asked without a transaction, then kept."""
    calculator, today = house.street.benefits, house.today()
    if calculator is None:
        return
    async with house.db.house() as conn:
        kept = await comparison.compared(conn)
    if not comparison.is_due(kept, house.clock(), today):
        return
    for typical in comparison.typical_households():
        found = await comparison.reckoned(calculator, typical, house.catalogue.law, house.clock(), today)
        async with house.db.house() as conn:
            await comparison.keep(conn, found)


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
        await drafts.forget_old(conn, now)
        await payment_words.forget_events(conn, now - payment_jobs.EVENTS_ARE_KEPT)
        await address_book.forget_expired_devices(conn, now)
        await chain.forget_older(conn, now - LOG_IS_KEPT)
        await dropped_files.forget_older(conn, now - LOG_IS_KEPT)
        await runs.forget_older(conn, now - LOG_IS_KEPT)
        await delivery.make_partitions(conn, house.today())
    await bookings.close_past(house)
    await receipt_jobs.promise_stamps(house)
    for point in drops.points(house):
        folder.forget_older(point, now)
    await effect.count(house, STILL_CHANGES)
    await accounts.erase_due(house)
    await forget_files(house)
    await forget_old_entries(house)


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
