"""/staff/cases/{id}: the answers beside what the registers say today; ask back, note, decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import uploads
from bff.applications.application import Returned
from bff.cases import deciding, store
from bff.cases.case import DECIDE, Case
from bff.cases.deciding import Changed, Decision, SomebodyElses
from bff.identity import second_person
from bff.identity.second_person import Asked, Over
from bff.staff.case_shown import filed_of, look_at, open_case, page, readable, told
from bff.staff.cases import PATH, actor, case_of, refused
from bff.staff.looking import reason_in
from bff.staff.mistakes import Mistake
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word
from life_events import Sentence, contains_individual_number
from notifications.texts import text_of

LONGEST: Final = 1_000
OUTCOMES: Final = {"decided", "rejected"}


@get("/cases/{case:str}", act="cases_read")
async def before_opening(visit: Visiting, case: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
    """How it stands, and nothing that she wrote."""
    found = await case_of(visit, case)
    told = word("cases_done", done) if knows("cases_done", done) else ""
    return page(visit, found, told=told)


@post("/cases/{case:str}/open", act="cases_open")
async def opened(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[str]:
    found = await readable(visit, case)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return page(visit, found, mistakes=mistakes, reason=reason)
    return await open_case(visit, found, reason)


@get("/cases/{case:str}/open", act="cases_read")
async def opened_by_address(visit: Visiting, case: FromPath[str]) -> Response[Any]:
    """Reloaded or kept as a bookmark: each look has a reason of its own."""
    found = await case_of(visit, case)
    return Redirect(f"{PATH}/{found.application}", status_code=303)


@post("/cases/{case:str}/ask-back", act="cases_work")
async def ask_back(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[Any]:
    found = await case_of(visit, case, typed.one("version"))
    reason, mistakes = reason_in(typed)
    if mistakes:
        return page(visit, found, mistakes=mistakes, reason=reason)
    own = typed.one("words").strip()
    fields = _returned(visit, found, typed, own)
    wrong = _wrong("words", own, is_needed=not fields) if not fields or own else ()
    if wrong:
        return await open_case(visit, found, reason, wrong, typed)
    note = "\n".join(dict.fromkeys(one.ja for one in fields)) or own
    try:
        async with visit.house.db.house() as conn:
            catalogue = visit.house.for_cases.catalogue
            await deciding.ask_back(conn, catalogue, found, fields, note=note, by=actor(visit), now=visit.now)
    except (Changed, SomebodyElses) as over:
        return refused(visit, found, over, kept=[(word("field", "words"), own)] if own else ())
    return Redirect(f"{PATH}?done={await told(visit, found, 'asked_back')}", status_code=303)


@post("/cases/{case:str}/note", act="cases_work")
async def note(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[Any]:
    """For colleagues alone, sealed under her key."""
    found = await case_of(visit, case)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return page(visit, found, mistakes=mistakes, reason=reason)
    text = typed.one("memo").strip()
    if wrong := _wrong("memo", text, is_needed=True):
        return await open_case(visit, found, reason, wrong, typed)
    one = await filed_of(visit, found)
    async with visit.house.db.house() as conn:
        body = one.resident.key.seal(store.NOTE, text.encode())
        await store.write(conn, found, "noted", by=actor(visit), now=visit.now, body=body)
    return await open_case(visit, await case_of(visit, case), reason)


@post("/cases/{case:str}/decide", act=DECIDE)
async def decide(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[Any]:
    found = await case_of(visit, case, typed.one("version"))
    reason, mistakes = reason_in(typed)
    if mistakes:
        return page(visit, found, mistakes=mistakes, reason=reason)
    outcome, text = typed.one("outcome"), typed.one("grounds").strip()
    wrong = _wrong("grounds", text, is_needed=outcome == "rejected") if text or outcome == "rejected" else ()
    if outcome not in OUTCOMES:
        wrong = (*wrong, Mistake("outcome", word("cases_refused", "outcome")))
    if wrong:
        return await open_case(visit, found, reason, wrong, typed)
    try:
        done = await _decide(visit, found, Decision(outcome, text), reason)  # type: ignore[arg-type]
    except (Changed, SomebodyElses) as over:
        return refused(visit, found, over, kept=[(word("field", "grounds"), text)] if text else ())
    return Redirect(f"{PATH}?done={await told(visit, found, done)}", status_code=303)


@post("/cases/{case:str}/take-back", act="cases_work")
async def take_back(visit: Visiting, case: FromPath[str], typed: Sent) -> Response[Any]:
    """A proposal that was wrong, or that nobody has answered: without this the case would wait for ever."""
    found = await case_of(visit, case, typed.one("version"))
    try:
        async with visit.house.db.house() as conn:
            await deciding.take_back(conn, found, actor(visit), visit.now)
            await second_person.take_back(conn, found.ward, act=DECIDE, about=str(found.application))
    except Changed as over:
        return refused(visit, found, over)
    return Redirect(f"{PATH}/{found.application}?done=taken_back", status_code=303)


@post("/cases/{case:str}/files/{place:int}", act="cases_open")
async def file_opened(visit: Visiting, case: FromPath[str], place: FromPath[int], typed: Sent) -> Response[Any]:
    found = await readable(visit, case)
    reason, mistakes = reason_in(typed)
    if mistakes:
        return page(visit, found, mistakes=mistakes, reason=reason)
    one = await filed_of(visit, found)
    file = next((file.id for file in one.files if file.place == place), None)
    if file is None:
        raise NotHere
    async with visit.house.db.house() as conn:
        await look_at(conn, visit, found, reason)
        return uploads.handed(await uploads.one(conn, one.resident, file, visit.now))


async def _decide(visit: Visit, found: Case, decision: Decision, reason: str) -> str:
    """At once, or as soon as a second person agrees, as the procedure's rule has it."""
    catalogue = visit.house.for_cases.catalogue
    if not catalogue.desk_of(found.procedure).second:
        async with visit.house.db.house() as conn:
            await deciding.decide(conn, catalogue, found, decision, by=actor(visit), now=visit.now)
            await visit.note(conn, DECIDE, about=found.receipt_number, reason=reason)
        return decision.outcome
    async with visit.house.db.house() as conn:
        await deciding.propose(conn, found, actor(visit), visit.now)
        asked = await second_person.ask(
            conn,
            id=visit.house.new_id(),
            by=visit.official,
            act=DECIDE,
            about=str(found.application),
            about_name=f"{found.receipt_number} {word('case_state', decision.outcome)}",
            reason=decision.note or reason,
            now=visit.now,
            what={"outcome": decision.outcome, "note": decision.note},
        )
        if not asked:
            raise Changed
        await visit.note(conn, DECIDE, outcome="asked", about=found.receipt_number, reason=reason)
    return "proposed"


async def agreed_to_decide(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    """What the second person's yes does; raises `Over` when the case does not wait for it any more."""
    found = await store.one(conn, visit.official.ward, UUID(asked.about))
    if found is None or found.state != "second":
        raise Over
    decision = Decision(asked.what["outcome"], asked.what["note"])
    by = store.Actor(visit.official.id, f"{asked.asked_by_name}・{visit.official.name}")
    ready = Case(**vars(found) | {"claimed_by": None})
    await deciding.decide(conn, visit.house.for_cases.catalogue, ready, decision, by=by, now=visit.now)


async def refused_to_decide(visit: Visit, conn: AsyncConnection, asked: Asked) -> None:
    found = await store.one(conn, visit.official.ward, UUID(asked.about))
    if found is not None and found.state == "second":
        await deciding.give_back(conn, found, actor(visit), visit.now)


def _returned(visit: Visit, found: Case, typed: Typed, own: str) -> list[Returned]:
    """The fields chosen, each with the chosen sentences that are about it or about any, and own words."""
    catalogue = visit.house.for_cases.catalogue
    known: Mapping[str, Sentence] = {
        one.id: one for one in (*catalogue.desk_of(found.procedure).sentences, *catalogue.sentences)
    }
    form = catalogue.procedures[found.procedure].form
    ids = {field.id for section in form.sections for field in section.fields} if form else set()
    said = [known[id] for id in typed.every("sentence") if id in known]
    chosen = [
        id for id in dict.fromkeys((*typed.every("field"), *(id for one in said for id in one.fields))) if id in ids
    ]
    return [_about(id, said, own) for id in chosen or [""] if said or own]


def _about(field: str, said: Sequence[Sentence], own: str) -> Returned:
    fitting = [one.text for one in said if not field or not one.fields or field in one.fields]
    joined = {
        language: "".join([*(getattr(text, language) for text in fitting), own]) for language in ("ja", "easy", "en")
    }
    return Returned(field, **joined)


def _wrong(field: str, text: str, *, is_needed: bool) -> tuple[Mistake, ...]:
    if is_needed and not text:
        return (Mistake(field, word("cases_refused", f"{field}_empty")),)
    if len(text) > LONGEST or "\x00" in text:
        return (Mistake(field, word("cases_refused", "long")),)
    if contains_individual_number(text):
        return (Mistake(field, text_of("refused", "note_number").ja),)
    return ()


HANDLERS = (before_opening, opened, opened_by_address, take_back, ask_back, note, decide, file_opened)
