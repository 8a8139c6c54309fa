"""What of an event becomes a notice of hers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.residents import Resident
from bff.senders.event import CaseStep, Event, Lines, Paragraphs
from bff.senders.keys import Sender
from bff.senders.words import say
from bff.texts import handed_over
from life_events import Text
from notifications.delivery import tell_one
from notifications.jobs import Defer
from notifications.notice import Kind, Notice
from notifications.post import publish
from notifications.post.keeping import Asked, Texts
from notifications.words import Text as Words

TOKYO = "130001"
"""The place of a notice that no ward sends."""
ABOUT = "/partners"


async def tell(
    conn: AsyncConnection,
    defer: Defer,
    sender: Sender,
    who: Resident,
    event: Event,
    *,
    id: UUID,
    child: UUID | None,
    now: datetime,
) -> None:
    """Once. `child`: the key of whom it concerns; None: herself. A company's words come under its own name and lead
    nowhere outside of the app."""
    is_step = isinstance(event, CaseStep)
    if isinstance(event, CaseStep):
        kind = Kind.ACTION if event.state == "yours" else Kind.STATUS
        body = handed_over(say("step_body", label=_text(event.label)))
    else:
        kind, body = Kind(event.urgency), words(event.body)
    notice = Notice(
        id=id,
        ward=sender.ward or TOKYO,
        kind=kind,
        sender=handed_over(sender.name),
        title=words(event.title),
        body=body,
        sent_at=now,
        act_by=event.act_by,
        about=ABOUT if is_step else None,
    )
    await tell_one(conn, defer, who.id, notice, child=child, sender_key=sender.id, topic=event.topic)


async def say_anew(conn: AsyncConnection, defer: Defer, event: Event, *, id: UUID, now: datetime) -> None:
    """In the place of what it said, unread again; nobody is told twice."""
    body = handed_over(say("step_body", label=_text(event.label))) if isinstance(event, CaseStep) else words(event.body)
    texts = Texts(words(event.title), body, asked=Asked(None, event.act_by, anew=False))
    await publish.revise(conn, defer, id, texts, say("revised").ja, now=now)


async def take_back(conn: AsyncConnection, defer: Defer, id: UUID, *, now: datetime) -> None:
    await publish.recall(conn, defer, id, say("withdrawn").ja, now=now)


def words(told: Lines | Paragraphs) -> Words:
    return Words.of(told.ja, told.easy, told.en)


def _text(told: Lines) -> Text:
    plain = told.easy or told.ja
    return Text(ja=told.ja, easy=plain, en=told.en or plain)
