"""Templates into answers."""

from __future__ import annotations

from functools import cache

import jinja2
from litestar import Response
from litestar.enums import MediaType

from bff.guards.templates import Guarded
from bff.staff import words
from notifications.texts import text_of

# Not `no-store`: the browser's own "back" must still find what was typed.
KEPT_PRIVATE = {"Cache-Control": "private, no-cache"}
STOP_POLLING = 286
"""htmx shows such an answer and asks no more."""


class Pages:
    """The compiled templates; a name a template does not get is a defect, not an empty string."""

    def __init__(self) -> None:
        self._templates = _compiled()

    def show(self, template: str, status: int = 200, /, **values: object) -> Response[str]:
        """`official` is None on pages for anybody."""
        page = self._templates.get_template(template).render({"official": None, **values})
        return Response(page, status_code=status, media_type=MediaType.HTML, headers=KEPT_PRIVATE)


@cache
def _compiled() -> jinja2.Environment:
    """Each template is compiled once a process."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("bff.staff"),
        autoescape=True,
        extensions=[Guarded],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"word": words.word, "table": words.table, "push_text": text_of}
    templates.filters |= {
        "day": words.day,
        "moment": words.moment,
        "day_here": words.day_here,
        "hour": words.hour,
        "count": _count,
    }
    return templates


def _count(number: int) -> str:
    return f"{number:,}"
