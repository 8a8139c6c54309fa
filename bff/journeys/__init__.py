"""The door for time: what was promised (jobs) and what comes round by itself (periodic jobs).

A job never holds a transaction over the network: it prepares (db), acts (network), settles (db); every act is
idempotent under a key, since a job whose worker died is done again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import structlog
from procrastinate import App
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from bff import db as database
from bff.accounts.closing import ACCOUNT_CLOSED
from bff.applications.promise import DELIVER, TELL_WITHDRAWAL
from bff.bookings import coming_round as bookings
from bff.bookings.own import LAPSE
from bff.cases.arriving import EXAMINE
from bff.cases.deciding import HAND_OVER
from bff.documents import receiving
from bff.exchange.ways.runs import DELIVER as DELIVER_FLOW
from bff.facts import comparison
from bff.family import acting, ending
from bff.journeys import (
    accounts,
    cases,
    clocks,
    deliveries,
    drops,
    effect,
    evidence,
    flows,
    handing_over,
    judging,
    paper,
    reach,
    rewrapping,
    school,
    senders,
)
from bff.journeys import issued as document_jobs
from bff.journeys import payments as payment_jobs
from bff.journeys import receipts as receipt_jobs
from bff.journeys.patience import GROWING, SOON_AGAIN
from bff.journeys.sweeping import forget_files, sweep_all
from bff.journeys.watched import watched
from bff.signing import receipts
from bff.tasks import coming_round
from bff.wiring import House
from notifications import delivery, push
from notifications.audience import bitmaps
from notifications.broadcasts import rounds
from notifications.jobs import COME_ROUND, EXPAND_BROADCAST, PUSH_CHUNK
from notifications.push import trials
from notifications.push.trials import TRY_PUSH

__all__ = ["compare_amounts", "forget_files", "register", "sweep_all", "take_over_stalled", "watched"]
__all__ = ["compare_amounts", "forget_files", "register", "sweep_all", "sweep_by_night", "take_over_stalled"]

QUEUE = "house"
EVERY_TEN_SECONDS = "* * * * * */10"  # croniter reads the seconds last
EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_NIGHT = "17 3 * * *"
EVERY_MORNING = "40 23 * * *"  # 8:40 in Tokyo: the runner counts in UTC, and nobody is woken by good news

log = structlog.get_logger()


def register(app: App, house: House) -> None:
    """Give `app` every task of the house."""
    _promised(app, house)
    _recurring(app, house)
    effect.register(app, house, queue=QUEUE, often=EVERY_TEN_MINUTES)
    payment_jobs.register(app, house, queue=QUEUE, minutely=EVERY_MINUTE, mornings=EVERY_MORNING)
    paper.register(app, house, queue=QUEUE, nights=EVERY_NIGHT)
    reach.register(app, house, queue=QUEUE, often=EVERY_MINUTE)
    school.register(app, house, queue=QUEUE)
    senders.register(app, house, queue=QUEUE, often=EVERY_MINUTE)
    rewrapping.register(app, house, queue=QUEUE)


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
            open=house.db.house,
            defer=database.defer,
            clock=house.clock,
            broadcast=UUID(broadcast),
            bitmaps=house.bitmaps,
        )

    @app.task(name=COME_ROUND, queue=QUEUE, retry=GROWING)
    async def broadcast_comes_round(broadcast: str) -> None:
        await rounds.come_round(open=house.db.house, defer=database.defer, clock=house.clock, broadcast=UUID(broadcast))

    @app.task(name=PUSH_CHUNK, queue=QUEUE, retry=SOON_AGAIN)
    async def push_chunk(hand: int = 0) -> None:
        await push.push_free_chunks(house.pushing, hand)

    @app.task(name=TRY_PUSH, queue=QUEUE, retry=GROWING)
    async def try_push(trial: str) -> None:
        await trials.try_out(open=house.db.house, clock=house.clock, trier=house.push, trial=UUID(trial))

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
            await push.take_up_what_was_left(conn, database.defer, house.clock())

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="push_digests", queue=QUEUE, queueing_lock="push_digests")
    async def summaries(timestamp: int) -> None:
        await push.push_digests(push.DigestRoom(house.db.house, house.clock, house.push))

    @app.periodic(cron=EVERY_TEN_MINUTES)
    @app.task(name="fold_audiences", queue=QUEUE, queueing_lock="fold_audiences")
    async def folded(timestamp: int) -> None:
        async with house.db.house() as conn:
            await bitmaps.fold(conn)

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
        await sweep_by_night(house)


async def sweep_by_night(house: House) -> None:
    """Not by a clock that has jumped: the next night is soon enough."""
    if await clocks.agree(house):
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
