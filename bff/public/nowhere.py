"""404 and 410 in words, for whoever has no script."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Request

from bff.public.book import Language, Service, language_of
from bff.public.head import Head
from bff.public.library import Library, Made
from bff.public.rendering import render
from bff.public.words import Voice


def missing(library: Library, language: Language, title: str = "missing_title") -> Made:
    voice = Voice(library.book, language)
    return _told(library, voice, voice.say(title), voice.say("missing_help"))


def ended(library: Library, language: Language, service: Service, last: date) -> Made:
    """`last`: the last day on which there was such a procedure."""
    voice = Voice(library.book, language)
    title = voice.say("ended_title", name=voice.pick(service["name"]))
    return _told(library, voice, title, voice.say("ended_help", day=voice.long_day(last)))


def nowhere(library: Library, request: Request[Any, Any, Any]) -> Made:
    """For an address that is nobody's."""
    return missing(library, language_of(request.query_params.get("lang")))


def _told(library: Library, voice: Voice, title: str, said: str) -> Made:
    head = Head(library.origin, voice, "/search", title, said, is_found=False)
    return render("missing.html", head, said=said)
