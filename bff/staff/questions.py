"""/staff/questions: what residents ask about who looked at their data, the most pressing first, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import uploads
from bff.exchange.texts import source_text, what_text
from bff.identity.residents import Resident, resident_of
from bff.ledger import questions
from bff.ledger.questions import ANSWER, BODY, LONGEST, Question
from bff.staff.looking import denied, look, reason_in
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from bff.texts import say
from life_events import contains_individual_number
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice, Text
from notifications.texts import text_of

READ: Final = "questions_read"


@dataclass(frozen=True)
class Shown:
    """A question in the queue: what it is about and how it stands, without her words."""

    question: Question
    about: str
    age: int
    is_late: bool


@dataclass(frozen=True)
class _Opened:
    """What is in it; `typed`: an answer begun and not taken."""

    body: str
    answer: str
    typed: str
    files: tuple[uploads.Bound, ...]


@get("/questions", act="questions_read")
async def queue(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    """Nothing of a resident's is in the list: neither who asks nor what."""
    async with visit.door() as conn:
        found = await questions.queue(conn)
    told = word("question_done", done) if knows("question_done", done) else ""
    return visit.show("questions.html", rows=[_shown(visit, one) for one in found], told=told)


@get("/questions/{question:str}", act="questions_open")
async def before_opening(visit: Visiting, question: FromPath[str]) -> Response[str]:
    found = await _found(visit, question)
    if not visit.may(READ):
        return await _refused(visit, found)
    return _page(visit, found)


@post("/questions/{question:str}/open", act="questions_open")
async def opened(visit: Visiting, question: FromPath[str], typed: Sent) -> Response[str]:
    found = await _found(visit, question)
    if not visit.may(READ):
        return await _refused(visit, found)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return _page(visit, found, mistakes, reason=reason)
    return await _open_page(visit, found, reason)


@post("/questions/{question:str}/answer", act="questions_open")
async def answered(visit: Visiting, question: FromPath[str], typed: Sent) -> Response[Any]:
    found = await _found(visit, question)
    if not visit.may(READ):
        return await _refused(visit, found)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return _page(visit, found, mistakes, reason=reason)
    text = typed.one("answer").strip()
    if wrong := _wrong(text):
        return await _open_page(visit, found, reason, wrong, typed)
    async with visit.house.db.house() as conn:
        resident = await _resident(conn, visit, found)
        office = f"{visit.ward_name} {visit.official.department}".strip()
        by = visit.official.id
        if not await questions.answer(conn, found, resident, text, by=by, office=office, now=visit.now):
            return Redirect("/staff/questions?done=answered_before", status_code=303)
        await tell_one(conn, visit.house.defer, found.resident, _notice(visit, found))
    return Redirect("/staff/questions?done=answered", status_code=303)


@post("/questions/{question:str}/files/{place:int}", act="questions_open")
async def file_opened(visit: Visiting, question: FromPath[str], place: FromPath[int], typed: Sent) -> Response[Any]:
    """Each file is a look of its own, by the reason under which the question was opened."""
    found = await _found(visit, question)
    if not visit.may(READ):
        return await _refused(visit, found)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return _page(visit, found, mistakes, reason=reason)
    async with visit.house.db.house() as conn:
        resident = await _resident(conn, visit, found)
        lying = await uploads.bound(conn, resident.id, found.id)
        file = next((one.id for one in lying if one.place == place), None)
        if file is None:
            raise NotHere
        await _look(conn, visit, found, reason, what="question_file")
        return uploads.handed(await uploads.one(conn, resident, file, visit.now))


async def _found(visit: Visit, said: str) -> Question:
    """Of the visitor's own ward; raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await questions.of_ward(conn, visit.official.ward, id)
    if found is None:
        raise NotHere
    return found


async def _refused(visit: Visit, question: Question) -> Response[str]:
    """Who may not read it has knocked at this very resident's question: she sees that too."""
    async with visit.house.db.house() as conn:
        await _look(conn, visit, question, word("question", "refused_case"), allowed=False)
    return denied(visit, "questions")


async def _open_page(
    visit: Visit, question: Question, reason: str, mistakes: tuple[Mistake, ...] = (), typed: Typed | None = None
) -> Response[str]:
    async with visit.house.db.house() as conn:
        await _look(conn, visit, question, reason)
        resident = await _resident(conn, visit, question)
        files = await uploads.bound(conn, resident.id, question.id)
    body = resident.key.open(BODY, question.body).decode()
    answer = resident.key.open(ANSWER, question.answer).decode() if question.answer is not None else ""
    typed_answer = typed.one("answer") if typed else ""
    opened = _Opened(body, answer, typed_answer, tuple(files))
    return _page(visit, question, mistakes, reason=reason, opened=opened)


async def _look(
    conn: AsyncConnection,
    visit: Visit,
    question: Question,
    reason: str,
    *,
    allowed: bool = True,
    what: str = "question",
) -> None:
    grounds = {"what": what, "purpose": "ledger_question", "basis": "own_question"}
    await look(conn, visit, question.resident, **grounds, reason=reason, allowed=allowed)


async def _resident(conn: AsyncConnection, visit: Visit, question: Question) -> Resident:
    """Raises `NotHere` when she is no resident here any more."""
    found = await resident_of(conn, question.resident, visit.house.keys)
    if found is None:
        raise NotHere
    return found


def _page(
    visit: Visit,
    question: Question,
    mistakes: tuple[Mistake, ...] = (),
    *,
    reason: str = "",
    opened: _Opened | None = None,
) -> Response[str]:
    """`opened` None: it is still closed."""
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    shown = _shown(visit, question)
    values = {"reason": reason, "opened": opened, "longest": LONGEST}
    return visit.show("question.html", 422 if mistakes else 200, one=shown, mistakes=mistakes, wrong=wrong, **values)


def _shown(visit: Visit, question: Question) -> Shown:
    manifest = visit.house.services.get(question.about)
    looked = what_text(question.about)
    name = manifest.name if manifest else looked if looked != what_text("unknown") else source_text(question.about)
    return Shown(question, name.ja, question.age(visit.now), question.is_late(visit.today))


def _wrong(text: str) -> tuple[Mistake, ...]:
    if not text:
        return (Mistake("answer", word("mistake", "answer_empty")),)
    if len(text) > LONGEST or "\x00" in text:
        return (Mistake("answer", word("mistake", "answer_long")),)
    if contains_individual_number(text):
        return (Mistake("answer", text_of("refused", "note_number").ja),)
    return ()


def _notice(visit: Visit, question: Question) -> Notice:
    title, body = say("answered_title"), say("answered_body")
    return Notice(
        id=uuid5(NAMESPACE_URL, f"ledger-question:{question.id}"),
        ward=question.ward,
        kind=Kind.STATUS,
        sender=visit.sender,
        title=Text(title.ja, title.easy, title.en),
        body=Text(body.ja, body.easy, body.en),
        sent_at=visit.now,
        about="/readings",
    )


HANDLERS = (queue, before_opening, opened, answered, file_opened)
