"""Templates into pages. They hold no script and no form with a token: they are the same for everybody."""

from __future__ import annotations

from functools import cache

import jinja2

from bff.public.head import Head
from bff.public.library import Made
from bff.public.words import days_of


def render(template: str, head: Head, **values: object) -> Made:
    voice = head.voice
    given = {"head": head, "book": voice.book, "say": voice.say, "pick": voice.pick, "to": head.to, "voice": voice}
    return Made.of(_compiled().get_template(template).render({**given, **values}), voice.tag)


@cache
def _compiled() -> jinja2.Environment:
    """A name that a template is not given is a defect, not an empty string."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("bff.public"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["days_of"] = days_of
    templates.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return templates
