"""A template on its way into the form: its gaps asked for, and filled."""

from __future__ import annotations

from typing import Final

from bff.staff import audience_form
from bff.staff.draft_form import texts_typed
from bff.staff.typed import Typed
from bff.staff.visit import NotHere, Visit, identified
from notifications.broadcasts import templates
from notifications.broadcasts.placeholders import LONGEST_NAME
from notifications.broadcasts.templates import Template

GAP: Final = "gap_"
LONGEST: Final = 400


async def template_of(visit: Visit, said: str) -> Template:
    """Raises `NotHere`."""
    id = identified(said)
    async with visit.door() as conn:
        found = await templates.one(conn, visit.by, id)
    if found is None:
        raise NotHere
    return found


async def typed_from_template(visit: Visit, typed: Typed) -> Typed:
    """Raises `NotHere`. A gap nobody has filled stays in the text, and is told when the draft is saved."""
    found = await template_of(visit, typed.one("template"))
    values = {name: typed.one(f"{GAP}{name}").strip()[:LONGEST] for name in found.gaps if len(name) <= LONGEST_NAME}
    title, body = found.with_gaps(values)
    begun = {"kind": str(found.kind), "topic": found.topic, "when": "at_once", "stages": "all"}
    return audience_form.blank().but(**begun, **texts_typed(title, body))
