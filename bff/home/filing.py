"""Filing: what she has filled in is checked against today's form and kept once, with the promise to deliver it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.applications.application import ANSWERS, Application, Paper
from bff.applications.canonical import canonical, digest
from bff.applications.judging import check_answers
from bff.errors import FieldRefused, FieldsRefused, NotFound, Refusal, StepClosed
from bff.facts import store as facts
from bff.home.home import Home
from bff.identity.residents import Resident
from bff.signing import folders, receipts
from bff.signing import store as signatures
from bff.signing.ports import Digest
from bff.signing.room import SigningRoom
from bff.texts import say
from life_events import Field, Form, Step, entered_in, papers_to_photograph, shown_answers

CLOCK_MAY_DIFFER = timedelta(minutes=10)
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""Before this house stood nobody filled in a form of it."""


@dataclass(eq=False)
class FormChanged(Refusal):
    """The form was filled in on another version; `form` is today's."""

    form: Form


@dataclass(frozen=True)
class Filing:
    """What comes from the device. `id` was made there; the same id is kept once.

    `digest`: SHA-256 of the canonical bytes as the device made them, in hex. `corrected`: fields that were filled in
    with something wrong. `mandate`: on which another sends it for her.
    `signature`: of the signature she made over it, or over the folder it is sent with; None: she made none.
    `folder`: what it is sent together with, None: alone.
    `papers`: photographs that lie with the house. `clock_ahead`: seconds by which her device's clock was wrong, where
    `completed_at` was put right by that.
    """

    id: UUID
    procedure: str
    version: str
    subject: str | None
    answers: Mapping[str, Any]
    completed_at: datetime
    digest: str | None = None
    corrected: Sequence[str] = ()
    mandate: UUID | None = None
    signature: UUID | None = None
    folder: UUID | None = None
    papers: Sequence[Paper] = ()
    clock_ahead: int | None = None


class SignatureNeeded(Refusal):
    """This must be signed before it is sent."""


@dataclass(frozen=True)
class Checked:
    """A filing that may be sent: `answers` are those of the fields shown, `document` is what is signed."""

    ward: str
    form: Form
    answers: Mapping[str, Any]
    document: bytes


def check(resident: Resident, home: Home, filing: Filing, now: datetime) -> Checked:
    """Raises a `Refusal`."""
    form = _checked(home, filing, now)
    if resident.ward is None:
        raise StepClosed(say("no_ward"))
    _check_papers(home, resident.ward, filing)
    answers = shown_answers(form, filing.answers)
    return Checked(resident.ward, form, answers, _document(filing, resident.ward, answers))


async def file(
    conn: AsyncConnection,
    resident: Resident,
    home: Home,
    filing: Filing,
    now: datetime,
    signing: SigningRoom,
    *,
    waits: bool = False,
) -> tuple[Application, bool]:
    """The application kept, and whether it is new; raises a `Refusal` and keeps nothing.

    A filing that was accepted before is answered with the application it became, whatever has changed since: the
    phone may ask again because it never heard the first answer. `waits`: for somebody else's part, and goes nowhere
    until `bff.home.waiting.goes_on`.
    """
    before = await store.one(conn, resident.id, filing.id)
    if before is not None:
        return before, False
    found = check(resident, home, filing, now)
    wanted = home.catalogue.procedures[filing.procedure].signature
    if filing.signature is None and signing.is_kept_back_without(wanted):
        raise SignatureNeeded(say("signature_needed"))
    listed = await _listed(conn, resident, filing, found.document)
    if filing.signature is not None and not await _use(
        conn, resident, filing, filing.signature, found.document, listed
    ):
        before = await store.one(conn, resident.id, filing.id)
        if before is not None:
            return before, False
        text = say("signature_does_not_fit")
        raise FieldsRefused(text, (FieldRefused("signature", "signature_does_not_fit", text),))
    new = _new(filing, resident, found, home.sent.get(_step_id(filing)))
    fresh = await store.keep(conn, new, now, "waiting" if waits else "queued")
    if fresh:
        await facts.enter(conn, resident, entered_in(found.form, found.answers, now), now)
        await _follow(conn, resident, filing, now, listed)
        await receipts.promise(conn, filing.id)
    kept = await store.one(conn, resident.id, filing.id)
    if kept is None:
        raise StepClosed(say("already_sent"))
    return kept, fresh


async def _listed(conn: AsyncConnection, resident: Resident, filing: Filing, document: bytes) -> bytes | None:
    """The folder's document that lists these very bytes; None: it is sent alone, or anew with other answers."""
    if filing.folder is None:
        return None
    return await folders.member(conn, resident.id, filing.folder, filing.id, digest(document))


async def _use(
    conn: AsyncConnection, resident: Resident, filing: Filing, id: UUID, document: bytes, listed: bytes | None
) -> bool:
    """Her signature is used up: it is over these bytes, for this application, and for nothing else; or it is over the
    folder that lists them, and serves each of its parts."""
    algorithm = await signatures.algorithm_of(conn, id, resident.id)
    if algorithm is None:
        return False
    if filing.folder is not None and listed is not None:
        over = Digest.of(algorithm, listed)
        if await signatures.use(conn, id, resident.id, filing.folder, over, again=True):
            return True
    return await signatures.use(conn, id, resident.id, filing.id, Digest.of(algorithm, document))


async def _follow(
    conn: AsyncConnection, resident: Resident, filing: Filing, now: datetime, listed: bytes | None
) -> None:
    if filing.folder is None:
        return
    where = (resident.id, filing.folder, filing.procedure, filing.subject, filing.id)
    await folders.follow(conn, *where, now, signature=filing.signature if listed is not None else None)


def _step_id(filing: Filing) -> str:
    return f"{filing.procedure}:{filing.subject}" if filing.subject else filing.procedure


def _new(filing: Filing, resident: Resident, found: Checked, former: Application | None) -> store.New:
    """As it is kept: only the answers of fields shown, sealed under her key; one history with what was sent back."""
    corrected = frozenset(filing.corrected)
    is_hers = former is not None and former.state == "sent_back" and former.ward == found.ward
    before = former if is_hers else None
    return store.New(
        id=filing.id,
        resident=resident.id,
        ward=found.ward,
        procedure=filing.procedure,
        subject=filing.subject,
        version=filing.version,
        answers=resident.key.seal(ANSWERS, msgspec.json.encode(found.answers)),
        completed_at=filing.completed_at,
        digest=digest(found.document),
        corrected=tuple(id for id in found.answers if id in corrected),
        mandate=filing.mandate,
        prefilled=sum(_was_filled_in(found.form.fields[id], value) for id, value in found.answers.items()),
        papers=tuple(filing.papers),
        clock_ahead=filing.clock_ahead,
        corrects=before.id if before else None,
        chain=(before.chain or before.id) if before else None,
    )


def _was_filled_in(field: Field, value: object) -> bool:
    """She left what stood there: a field she did not have to write."""
    return field.prefill is not None and field.prefill.value == value


def _document(filing: Filing, ward: str, answers: Mapping[str, Any]) -> bytes:
    """The canonical bytes of what is kept; refused when the device made another digest of what she saw."""
    ours = canonical(
        procedure=filing.procedure,
        version=filing.version,
        subject=filing.subject,
        ward=ward,
        answers=answers,
        completed_at=filing.completed_at,
        papers=filing.papers,
    )
    if filing.digest is not None and filing.digest != digest(ours).hex():
        text = say("digest_differs")
        raise FieldsRefused(text, (FieldRefused("digest", "digest_differs", text),))
    return ours


def _checked(home: Home, filing: Filing, now: datetime) -> Form:
    step = home.step(_step_id(filing))
    if step is None:
        raise NotFound(say("unknown_procedure"))
    if home.on_its_way(step) is not None:
        raise StepClosed(say("already_sent"))
    if home.is_decided(step):
        raise StepClosed(say("already_decided"))
    form = home.form(step)
    if form is None:
        raise _closed(step)
    if form.version != filing.version:
        raise FormChanged(say("form_changed"), form)
    _check_moment(filing.completed_at, now)
    wrong = check_answers(home.catalogue, form, filing.answers)
    if wrong:
        raise FieldsRefused(say("fields_refused"), tuple(FieldRefused(one.field, one.code, one.text) for one in wrong))
    return form


def _check_papers(home: Home, ward: str, filing: Filing) -> None:
    known = {one.id for one in papers_to_photograph(home.catalogue, ward, filing.procedure)}
    if any(one.paper not in known for one in filing.papers):
        refused = FieldRefused("attachments", "unknown_paper", say("paper_unknown"))
        raise FieldsRefused(say("paper_unknown"), (refused,))


def _check_moment(completed: datetime, now: datetime) -> None:
    """A moment of the first or the last year of all calendars has none in UTC."""
    if completed > now + CLOCK_MAY_DIFFER:
        refused = FieldRefused("completedAt", "too_late", say("completed_in_future"))
        raise FieldsRefused(say("completed_in_future"), (refused,))
    if completed < EARLIEST:
        refused = FieldRefused("completedAt", "too_early", say("completed_long_ago"))
        raise FieldsRefused(say("completed_long_ago"), (refused,))


def _closed(step: Step) -> StepClosed:
    reason = step.because
    return StepClosed(say("step_closed", reason=reason))
