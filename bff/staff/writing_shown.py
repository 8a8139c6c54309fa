"""What the form of a broadcast shows beside what is typed: the audience, the reading aid and the drawn phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.errors import TooManyTries
from bff.staff import audience_form
from bff.staff.audience_form import Choices
from bff.staff.audience_words import audience_in_words
from bff.staff.choices import choices_of, names_of
from bff.staff.draft_form import KINDS, PAUSES, TOPICS, audience_of, text_of
from bff.staff.mistakes import Mistake, Mistakes
from bff.staff.sized import sized
from bff.staff.typed import Typed
from bff.staff.visit import Visit
from bff.staff.words import word
from notifications.audience.singling import as_counted, is_sensitive, question_of
from notifications.broadcasts import saved
from notifications.broadcasts.placeholders import Misplaced
from notifications.broadcasts.plain import Remark, remarks
from notifications.broadcasts.terms import Draft
from notifications.broadcasts.told import told_on
from notifications.notice import Kind, Language, Text
from notifications.words import WRITTEN

LAST_ONES: Final = 8


@dataclass(frozen=True)
class Advice:
    field: str
    label: str
    text: str


async def shown(conn: AsyncConnection, visit: Visit, typed: Typed) -> dict[str, object]:
    """Ward door."""
    choices = await choices_of(conn, visit)
    return {
        "typed": typed,
        "kinds": KINDS,
        "topics": [(one, word("topic", one)) for one in TOPICS],
        "pauses": [(str(one), word("pause", str(one))) for one in PAUSES],
        "languages": tuple(Language),
        "groups": audience_form.groups_of(typed),
        "choices": choices,
        "row_kinds": _row_kinds(visit, choices),
        "saved": await saved.all_of(conn, visit.by),
        **await size_shown(conn, visit, typed, choices),
        **preview_shown(visit, typed),
    }


async def size_shown(conn: AsyncConnection, visit: Visit, typed: Typed, choices: Choices) -> dict[str, object]:
    """Ward door."""
    try:
        audience = audience_of(typed, visit.official.ward, choices, visit.official.school)
    except Mistakes as error:
        return {"sized": None, "audience": "", "unsized": error.mistakes}
    if is_sensitive(audience.rule):
        try:
            question = question_of(as_counted(audience, visit.today), visit.today)
            await visit.house.limits.take_for("close_question", question, account=visit.by.id)
        except TooManyTries:
            enough = Mistake("", word("audience_hint", "asked_enough"))
            return {"sized": None, "audience": "", "unsized": (enough,)}
    names = await names_of(conn, visit)
    told = audience_in_words(audience, visit.ward_name, names)
    return {"sized": await sized(conn, visit, audience, names), "audience": told, "unsized": ()}


def preview_shown(visit: Visit, typed: Typed) -> dict[str, object]:
    kind = next((kind for kind in KINDS if kind == typed.one("kind")), Kind.INFORMATION)
    title, body = _filled(visit, kind, text_of(typed, "title"), text_of(typed, "body"))
    texts = {part: {one: typed.one(f"{part}_{one}") for one in WRITTEN} for part in ("title", "body")}
    return {
        "kind": kind,
        "sender": visit.sender,
        "title": title,
        "body": body,
        "written": WRITTEN,
        "advice": [_advice(one) for one in remarks(kind, texts["title"], texts["body"])],
    }


def _filled(visit: Visit, kind: Kind, title: Text, body: Text) -> tuple[Text, Text]:
    """As it would read today; what cannot be read stays as it was typed, and is told when it is saved."""
    from notifications.audience import Audience

    try:
        told = told_on(Draft(kind, visit.sender, title, body, Audience(visit.official.ward)), visit.today)
    except Misplaced:
        return title, body
    return told.title, told.body


def _advice(one: Remark) -> Advice:
    return Advice(one.field, word("field", one.field), word("plain", one.code, **one.told))


def _row_kinds(visit: Visit, choices: Choices) -> list[tuple[str, str]]:
    """What a row can ask for; a kind of which the ward has nothing is not offered."""
    offered = audience_form.OF_SCHOOL if visit.official.school else audience_form.KINDS
    plain = set(audience_form.KINDS) - set(audience_form.MARKED)
    return [(kind, word("row", kind)) for kind in offered if kind in plain or choices.get(kind)]
