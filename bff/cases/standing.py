"""How an application stands, in her words: whose turn it is, what is expected by when, what may be contested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from bff.applications.application import Application, Event
from bff.texts import say
from life_events import Appeal, Catalogue, Text, appeal_of, expected_by
from life_events import say as filled

TOKYO = ZoneInfo("Asia/Tokyo")
Turn = Literal["hers", "another", "house", "ward", "nobody"]
OF_STATE: dict[str, Turn] = {
    "waiting": "another",
    "queued": "house",
    "received": "ward",
    "checking": "ward",
    "sent_back": "hers",
}


@dataclass(frozen=True)
class ReturnedField:
    """What is sent back, under the label she knows it by; `field` is empty for what concerns the whole."""

    field: str
    label: Text
    why: Text


@dataclass(frozen=True)
class Standing:
    """`by`: when an answer is usual, None: the ward has published no standard time, or it is not its turn. `text` says
    what is expected of whom. `settled_on`: the day it was decided, refused or withdrawn."""

    turn: Turn
    text: Text
    by: date | None
    is_late: bool
    returned: tuple[ReturnedField, ...]
    settled_on: date | None
    appeal: Appeal | None


def standing_of(catalogue: Catalogue, sent: Application, today: date) -> Standing:
    turn = "nobody" if sent.corrected_by else OF_STATE.get(sent.state, "nobody")
    by = _usual(catalogue, sent) if turn in ("ward", "house") else None
    is_late = by is not None and by < today
    last = day_of(sent.history[-1].at) if sent.history else None
    settled = last if sent.settled else None
    return Standing(
        turn=turn,
        text=_expected(sent, turn, by, is_late=is_late),
        by=by,
        is_late=is_late,
        returned=tuple(_named(catalogue, sent)),
        settled_on=settled,
        appeal=_appeal(catalogue, sent, settled),
    )


def day_of(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def _expected(sent: Application, turn: Turn, by: date | None, *, is_late: bool) -> Text:
    if sent.corrected_by:
        return say("turn_corrected")
    if turn == "nobody":
        return say(f"turn_{sent.state}")
    if turn in ("hers", "another"):
        return say(f"turn_{turn}")
    if by is None:
        return say("turn_ward_unknown")
    return filled(say("turn_ward_late" if is_late else "turn_ward_by"), {"by": by})


def _usual(catalogue: Catalogue, sent: Application) -> date | None:
    arrived = next((event.at for event in sent.history if event.state == "received"), None)
    if arrived is None:
        return None
    return expected_by(
        catalogue,
        sent.procedure,
        arrived=sent.received_on or day_of(arrived),
        hers=spells(sent.history),
        days=sent.standard_days,
    )


def spells(history: Sequence[Event]) -> list[tuple[date, date]]:
    """From when to when it was with her; one that goes on is no spell yet."""
    return [(day_of(one.at), day_of(after.at)) for one, after in pairwise(history) if one.state == "sent_back"]


def _named(catalogue: Catalogue, sent: Application) -> list[ReturnedField]:
    form = catalogue.procedures[sent.procedure].form
    labels = {field.id: field.label for section in form.sections for field in section.fields} if form else {}
    whole = say("returned_whole")
    return [
        ReturnedField(one.field, labels.get(one.field, whole), Text(one.ja, one.easy, one.en)) for one in sent.returned
    ]


def _appeal(catalogue: Catalogue, sent: Application, settled: date | None) -> Appeal | None:
    """She learns of it at the latest when she is told here; a letter that comes later only gives her more days."""
    if settled is None or sent.state not in ("decided", "rejected"):
        return None
    return appeal_of(catalogue, sent.procedure, decided=settled, learnt=settled)
