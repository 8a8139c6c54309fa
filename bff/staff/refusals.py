"""Where a page goes after an act: on to the broadcast, or to a page that says why not and keeps what was typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from bff.staff.typed import Typed
from bff.staff.visit import Visit
from bff.staff.words import knows, word
from notifications.broadcasts import (
    Broadcast,
    Changed,
    Denied,
    DraftRefused,
    NoteMissing,
    NoteRefused,
    NotThere,
    Refused,
    WrongState,
)

TABLE: tuple[tuple[type[Refused], int, str], ...] = (
    (NotThere, 404, "not_there_title"),
    (Denied, 403, "denied_title"),
    (WrongState, 409, "state_title"),
    (Changed, 409, "changed_title"),
    (DraftRefused, 422, "draft_title"),
    (NoteMissing, 422, "note_title"),
    (NoteRefused, 422, "note_number_title"),
)
NOT_WORTH_KEEPING = frozenset({"key", "version", "do", "kind", "unit"})


def done(broadcast: UUID, what: str) -> Response[Any]:
    """`what`: a key under [done]."""
    return Redirect(f"/staff/broadcasts/{broadcast}?done={what}", status_code=303)


async def refusal(
    visit: Visit, error: Refused, *, broadcast: Broadcast | None = None, typed: Typed | None = None
) -> Response[str]:
    """The mail room's refusal as a page; anything not in the table is a defect."""
    status, title = next((status, title) for kind, status, title in TABLE if isinstance(error, kind))
    return visit.show(
        "refused.html",
        status,
        title=word("refused", title),
        text=error.text.ja,
        faults=[fault.text.ja for fault in error.faults] if isinstance(error, DraftRefused) else [],
        broadcast=broadcast,
        kept=worth_keeping(typed) if typed else (),
    )


def worth_keeping(typed: Typed) -> tuple[tuple[str, str], ...]:
    """(label, what was typed) of every field that took somebody work."""
    labelled = ((name, "、".join(values)) for name, values in typed.values.items() if name not in NOT_WORTH_KEEPING)
    return tuple((word("field", name), value) for name, value in labelled if value.strip() and knows("field", name))
