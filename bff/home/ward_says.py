"""What a ward says of an application, however it came: asked for, told through the exchange, or dropped as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db as database
from bff.applications import store
from bff.applications.application import Application, Returned, State
from bff.identity.residents import has_account
from bff.texts import handed_over, say
from life_events import Catalogue, contains_individual_number
from notifications.delivery import tell_one
from notifications.notice import Kind, Notice
from notifications.notice import Text as NoticeText


async def hear(
    conn: AsyncConnection,
    catalogue: Catalogue,
    sent: Application,
    state: State,
    *,
    number: str,
    note: str | None,
    now: datetime,
    fields: Sequence[Returned] = (),
) -> bool:
    """Into its history and her inbox; False: the same state with the same words is no news, nor is what was settled.

    `sent` may be as old as the question was: what is kept now decides. `fields`: what is to be corrected, and why.
    """
    words = _fit_to_show(note)
    kept = await store.held(conn, sent.id)
    if kept is None or kept.settled:
        return False
    last = kept.history[-1] if kept.history else None
    if (state, words, tuple(fields)) == (kept.state, last and last.note, last.fields if last else ()):
        return False
    await _into(conn, catalogue, kept, state, number=number, note=words, now=now, fields=fields)
    return True


async def overrule(
    conn: AsyncConnection,
    catalogue: Catalogue,
    sent: Application,
    state: State,
    *,
    number: str,
    note: str | None,
    now: datetime,
) -> bool:
    """The ward had decided before it heard that she has taken it back; False: she has not, or it had not."""
    kept = await store.held(conn, sent.id)
    if kept is None or kept.state != "withdrawn" or state not in ("decided", "rejected"):
        return False
    await _into(conn, catalogue, kept, state, number=number, note=_fit_to_show(note), now=now)
    return True


async def _into(
    conn: AsyncConnection,
    catalogue: Catalogue,
    kept: Application,
    state: State,
    *,
    number: str,
    note: str | None,
    now: datetime,
    fields: Sequence[Returned] = (),
) -> None:
    await store.move(conn, kept, state, now, number=number or kept.ward_number or "", note=note, fields=fields)
    if kept.channel == "paper" and not await has_account(conn, kept.resident):
        return
    await tell_one(conn, database.defer, kept.resident, _notice(catalogue, kept, state, note, now))


class Took(StrEnum):
    """How a ward's unasked word was taken."""

    NEWS = "news"
    NO_NEWS = "no_news"
    UNKNOWN = "unknown"
    SETTLED = "settled"


@dataclass(frozen=True)
class Word:
    """What a ward says of the application with our `receipt`; `number` is its own, '' when it tells none.

    `fields`: what is to be corrected, by a field's id or its Japanese label, and why.
    """

    ward: str
    receipt: str
    state: State
    number: str = ""
    note: str | None = None
    fields: Sequence[tuple[str, str]] = ()


async def take(
    conn: AsyncConnection, catalogue: Catalogue, word: Word, now: datetime
) -> tuple[Took, Application | None]:
    """How it was taken, and the application meant: also when it is another ward's, which is told to no one but her.

    What was decided stays decided; the same word again is no fault, since messages are repeated.
    """
    meant = await store.by_receipt(conn, word.receipt)
    kept = await store.held(conn, meant.id) if meant else None
    if kept is None or kept.ward != word.ward:
        return Took.UNKNOWN, kept
    if kept.settled and word.state != kept.state:
        return Took.SETTLED, kept
    fields = returned_by_ward(catalogue, kept, word.fields) if word.state == "sent_back" else ()
    news = await hear(conn, catalogue, kept, word.state, number=word.number, note=word.note, now=now, fields=fields)
    return (Took.NEWS if news else Took.NO_NEWS), kept


def returned_by_ward(catalogue: Catalogue, sent: Application, told: Sequence[tuple[str, str]]) -> tuple[Returned, ...]:
    """Fields as the ward names them, each as her form marks it; what the form does not know concerns the whole."""
    form = catalogue.procedures[sent.procedure].form
    fields = [field for section in form.sections for field in section.fields] if form else []
    ids = {field.label.ja: field.id for field in fields} | {field.id: field.id for field in fields}
    return tuple(_returned(ids.get(field, ""), field, message) for field, message in told)


def _returned(id: str, field: str, message: str) -> Returned:
    if not message:
        unsaid = say("returned_unsaid")
        return Returned(id, unsaid.ja, unsaid.easy, unsaid.en)
    words = _fit_to_show(message if id else f"「{field}」{message}") or ""
    return Returned(id, words, _quoted(words, "easy"), _quoted(words, "en"))


def _fit_to_show(note: str | None) -> str | None:
    """The ward's words, unless a 個人番号 is in them, which exists nowhere in this house (番号法19条, 20条)."""
    if note is None or not contains_individual_number(note):
        return note
    return say("note_withheld").ja


def _quoted(note: str | None, language: str) -> str:
    """The ward writes Japanese; who reads another language is told so."""
    return getattr(say("ward_wrote", note=note), language) if note else ""


def _notice(catalogue: Catalogue, sent: Application, state: State, note: str | None, now: datetime) -> Notice:
    """The same change makes the same notice, so that a repeated job tells nothing twice."""
    title = catalogue.procedures[sent.procedure].name
    ward = catalogue.wards[sent.ward].name
    word = say(f"state_{state}")
    said = {
        language: (
            getattr(say("status_title", title=getattr(title, language), state=getattr(word, language)), language),
            getattr(say("status_body", receipt=sent.receipt_number, note=_quoted(note, language)), language),
        )
        for language in ("ja", "easy", "en")
    }
    return Notice(
        id=uuid5(NAMESPACE_URL, f"application:{sent.id}:{state}:{len(sent.history)}"),
        ward=sent.ward,
        kind=Kind.STATUS,
        sender=handed_over(ward),
        title=NoticeText(**{language: titled for language, (titled, _) in said.items()}),
        body=NoticeText(**{language: body for language, (_, body) in said.items()}),
        sent_at=now,
        about=f"/applications/{sent.id}",
    )
