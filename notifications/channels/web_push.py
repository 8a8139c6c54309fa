"""Web Push: sealed (RFC 8291), signed (RFC 8292) and posted (RFC 8030), to many phones of each push service at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from uuid import UUID

from notifications import ladder
from notifications.channels.push_payload import digest_payload, payload, topic, trial_payload
from notifications.channels.push_policy import PushPolicy
from notifications.channels.sealing import BadKey, seal
from notifications.channels.senders import Answer, Letter, Sender
from notifications.channels.vapid import Vapid
from notifications.notice import Notice
from notifications.parcel import Fate, Outcome, Parcel
from notifications.words import Language

TRIAL_LIVES = 120
"""Seconds: who tries whether a push arrives is looking at the phone."""
_FATES: dict[int, Fate] = {
    HTTPStatus.OK: Fate.ACCEPTED,
    HTTPStatus.CREATED: Fate.ACCEPTED,
    HTTPStatus.ACCEPTED: Fate.ACCEPTED,
    HTTPStatus.NO_CONTENT: Fate.ACCEPTED,
    HTTPStatus.NOT_FOUND: Fate.GONE,
    HTTPStatus.GONE: Fate.GONE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Fate.TOO_BIG,
    HTTPStatus.UNAUTHORIZED: Fate.LATER,
    HTTPStatus.FORBIDDEN: Fate.LATER,
    HTTPStatus.REQUEST_TIMEOUT: Fate.LATER,
    HTTPStatus.TOO_EARLY: Fate.LATER,
    HTTPStatus.TOO_MANY_REQUESTS: Fate.LATER,
}
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

DIGEST_LIVES = 24 * 3600
"""Seconds: then comes the next."""
DIGEST = "digest"
"""The Topic of all summaries: one that still waits for a phone is replaced by the next day's."""

Carries = Callable[[Parcel], bytes]
"""What is sealed for a parcel."""
Addressed = tuple[Parcel, str]
"""With the path of its endpoint."""
_UNANSWERED = Outcome(Fate.LATER)


class WebPush:
    """`app_origin`: where the app lives, for the declarative form that iPhones open."""

    def __init__(self, vapid: Vapid, policy: PushPolicy, sender: Sender, app_origin: str) -> None:
        self._vapid = vapid
        self._policy = policy
        self._sender = sender
        self._app_origin = app_origin
        self._peace: dict[str, datetime] = {}

    async def push(
        self,
        notice: Notice,
        parcels: Sequence[Parcel],
        now: datetime,
        *,
        revision: int = 1,
        recalled: bool = False,
        bare: bool = False,
    ) -> Mapping[UUID, Outcome]:
        """Each sealed on its way. `bare`: nothing is carried, so nothing is sealed, and the phone says what it was
        taught to say; so does what a push service finds too large."""

        made: dict[tuple[Language, int | None], bytes] = {}

        def carries(parcel: Parcel) -> bytes:
            alike = (parcel.language, parcel.badge)
            plain = made.get(alike)
            if plain is None:
                plain = made[alike] = payload(
                    notice, parcel.language, self._app_origin, revision=revision, recalled=recalled, badge=parcel.badge
                )
            return plain

        head = {
            "TTL": str(ladder.seconds_left(notice, now)),
            "Urgency": ladder.urgency(notice.kind),
            "Topic": topic(notice.id),
        }
        outcomes = await self._to_all(parcels, head, None if bare else carries, now)
        if not bare and any(outcome.fate is Fate.TOO_BIG for outcome in outcomes.values()):
            too_big = [parcel for parcel in parcels if outcomes[parcel.device].fate is Fate.TOO_BIG]
            outcomes |= await self._to_all(too_big, head, None, now)
        return outcomes

    async def summarise(self, parcels: Sequence[Parcel], now: datetime) -> Mapping[UUID, Outcome]:
        """Her hour has come: an iPhone asleep is woken by `high` alone."""
        head = {"TTL": str(DIGEST_LIVES), "Urgency": "high", "Topic": DIGEST}

        def carries(one: Parcel) -> bytes:
            return digest_payload(one.digest, one.language, self._app_origin) if one.digest else b""

        return await self._to_all([one for one in parcels if one.digest], head, carries, now)

    async def try_out(self, trial: UUID, parcel: Parcel, now: datetime) -> Outcome:
        """A push she asked for, to this phone alone; it waits for nobody."""
        head = {"TTL": str(TRIAL_LIVES), "Urgency": "high", "Topic": topic(trial)}
        plain = trial_payload(trial, parcel.language, self._app_origin)
        return (await self._to_all([parcel], head, lambda _: plain, now))[parcel.device]

    async def _to_all(
        self, parcels: Sequence[Parcel], head: Mapping[str, str], carries: Carries | None, now: datetime
    ) -> dict[UUID, Outcome]:
        outcomes: dict[UUID, Outcome] = {}
        by_origin: dict[str, list[Addressed]] = {}
        known: dict[str, str] = {}
        for parcel in parcels:
            origin, path = self._policy.place_of(parcel.endpoint, known)
            if origin:
                by_origin.setdefault(origin, []).append((parcel, path))
            else:
                outcomes[parcel.device] = Outcome(Fate.FAILED)
        told = await asyncio.gather(*(self._to_one(at, some, head, carries, now) for at, some in by_origin.items()))
        for each in told:
            outcomes |= each
        return outcomes

    async def _to_one(
        self,
        origin: str,
        addressed: Sequence[Addressed],
        head: Mapping[str, str],
        carries: Carries | None,
        now: datetime,
    ) -> dict[UUID, Outcome]:
        """To one push service. One that has asked for time gets nothing before, from whichever notice."""
        outcomes: dict[UUID, Outcome] = {}
        until = self._peace.get(origin, now)
        if until <= now:
            signed = {"Authorization": self._vapid.authorization(origin), **head}
            if carries is not None:
                signed |= {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream"}
            sent: list[Parcel] = []
            answers = await self._sender.send(origin, signed, _letters(addressed, carries, sent, outcomes))
            until = self._note(origin, _told(sent, answers, outcomes, now), now)
        if len(outcomes) < len(addressed):
            left = Outcome(Fate.LATER, None, until - now if until > now else None)
            outcomes = {parcel.device: outcomes.get(parcel.device, left) for parcel, _ in addressed}
        return outcomes

    def _note(self, origin: str, kinds: Sequence[Outcome], now: datetime) -> datetime:
        """Until when this push service is left in peace. A token that it refuses from everybody is not used again."""
        pauses = [outcome.retry_after for outcome in kinds if outcome.retry_after is not None]
        if any(outcome.status in _REFUSED for outcome in kinds):
            self._vapid.forget(origin)
        self._peace[origin] = now + max(pauses, default=timedelta(0))
        return self._peace[origin]


def _letters(
    addressed: Sequence[Addressed], carries: Carries | None, sent: list[Parcel], outcomes: dict[UUID, Outcome]
) -> Iterator[Letter]:
    """`sent` tells for whom each is. A key that does not work is settled here; the others still go out."""
    for parcel, path in addressed:
        try:
            body = b"" if carries is None else seal(parcel.p256dh, parcel.auth, carries(parcel))
        except BadKey:
            outcomes[parcel.device] = Outcome(Fate.FAILED, HTTPStatus.BAD_REQUEST)
            continue
        sent.append(parcel)
        yield Letter(path, body)


def _told(
    sent: Sequence[Parcel], answers: Sequence[Answer | None], outcomes: dict[UUID, Outcome], now: datetime
) -> list[Outcome]:
    """Into `outcomes`, for each its own; what kinds there were. Answers alike stand in a row and are read once."""
    kinds: list[Outcome] = []
    last, outcome = None, _UNANSWERED
    for parcel, answer in zip(sent, answers, strict=False):
        if answer is not last:
            last, outcome = answer, _UNANSWERED if answer is None else outcome_of(answer, now)
            kinds.append(outcome)
        outcomes[parcel.device] = outcome
    return kinds


def outcome_of(answer: Answer, now: datetime) -> Outcome:
    """What a status means for this device (RFC 8030 5, 7.3); 429 and 5xx may name a time to wait."""
    fate = Fate.LATER if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else _FATES.get(answer.status, Fate.FAILED)
    pause = _pause(answer.retry_after, now) if fate is Fate.LATER else None
    return Outcome(fate, answer.status, pause)


def _pause(retry_after: str | None, now: datetime) -> timedelta | None:
    """Seconds or an HTTP date (RFC 9110 10.2.3); None when absent or not to be understood."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return timedelta(seconds=min(int(retry_after), 10**7))
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(timedelta(0), (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now)
