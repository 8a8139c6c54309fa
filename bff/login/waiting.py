"""429 at an address that a browser opens: a plain page that says from when on it may be tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import jinja2
from litestar import Response
from litestar.enums import MediaType

from bff.errors import TooManyTries
from bff.texts import say
from notifications.jobs import JAPAN


def wait_page(refusal: TooManyTries, now: datetime) -> Response[str]:
    """In Japanese and English at once: whose language it is has not been heard here. Times in Tokyo, to the minute
    after."""
    then = (now + timedelta(seconds=refusal.retry_after + 59)).astimezone(JAPAN)
    page = _template().render(
        title=say("wait_title"),
        said=refusal.message,
        from_then=say("wait_from", time=f"{then.hour}:{then:%M}"),
        back=say("wait_back"),
    )
    return Response(page, status_code=429, media_type=MediaType.HTML, headers={"Cache-Control": "no-store"})


@cache
def _template() -> jinja2.Template:
    rooms = jinja2.PackageLoader("bff.login")
    return jinja2.Environment(loader=rooms, autoescape=True, undefined=jinja2.StrictUndefined).get_template("wait.html")
