"""Each public page: what stands on it and in its head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bff.public import statement, structured
from bff.public.book import Event, Language, Service
from bff.public.head import Head, cut, told_of
from bff.public.library import Library, Made
from bff.public.rendering import render
from bff.public.search import said_of_elsewhere
from bff.public.search import search as searched
from bff.public.standing import Status
from bff.public.words import Voice
from life_events import Text, contains_individual_number

LONGEST_QUESTION: Final = 100
LEVELS: Final = ("A", "B", "C")


def procedure(library: Library, language: Language, service: Service) -> Made:
    """Any procedure of the catalogue, as it is for everybody."""
    voice = Voice(library.book, language)
    id = service["identifier"]
    above = library.book.events_of(service)[:1]
    head = _head(
        library,
        voice,
        f"/procedure/{id}",
        voice.pick(service["name"]),
        told_of(service, voice),
        card=id,
        above=[
            ("/events", voice.say("events.title")),
            *((f"/events/{one['identifier']}", voice.pick(one["name"])) for one in above),
        ],
    )
    about = structured.service_of(service, head)
    head = _with(head, structured.page_of(head, about["@id"]), about, structured.crumbs_of(head))
    sure = {level: [of for of, told in service["trust"].items() if told["level"] == level] for level in LEVELS}
    needed = [library.book.services[one] for one in service["requires"] if one in library.book.services]
    own = library.differences.told.get(id, ())
    return render("procedure.html", head, service=service, sure=sure, needed=needed, own=own)


def events(library: Library, language: Language) -> Made:
    """The whole catalogue by what happens in a life."""
    voice = Voice(library.book, language)
    head = _head(library, voice, "/events", voice.say("events.title"), voice.say("events_told"))
    entries = [(head.to(f"/events/{id}"), voice.pick(one["name"])) for id, one in library.book.events.items()]
    head = _with(
        head, structured.page_of(head), structured.list_of(head, head.title, entries), structured.crumbs_of(head)
    )
    return render("events.html", head, events=library.book.events.values())


def event(library: Library, language: Language, one: Event) -> Made:
    """One life event with its procedures, in the order in which they come."""
    voice = Voice(library.book, language)
    id, name = one["identifier"], voice.pick(one["name"])
    told = voice.say("event_told", name=name, what=voice.pick(one["description"]), n=len(one["hasRelatedService"]))
    above = [("/events", voice.say("events.title"))]
    head = _head(library, voice, f"/events/{id}", name, cut(told, 160), card=f"event-{id}", above=above)
    entries = structured.event_entries(one, head)
    head = _with(head, structured.page_of(head), structured.list_of(head, name, entries), structured.crumbs_of(head))
    services = [library.book.services[id] for id in one["hasRelatedService"] if id in library.book.services]
    return render("event.html", head, event=one, services=services)


def search(library: Library, language: Language, asked: str) -> Made:
    """Found as the phone finds it. What cannot be asked is said, and not repeated."""
    voice = Voice(library.book, language)
    fault = _fault_of(asked)
    question = "" if fault else asked
    found = searched(library.searcher, question) if question else []
    title = voice.say("search_for", q=question) if question else voice.say("search.title")
    query = {"q": question} if question else None
    head = _head(library, voice, "/search", title, voice.say("search_told"), query=query, is_found=not asked)
    if not asked:
        head = _with(head, structured.page_of(head), structured.site_of(head))
    services = [library.book.services[one["id"]] for one in found if one["id"] in library.book.services]
    elsewhere = said_of_elsewhere(library.searcher, question) if question else []
    if question and not services and len(question) == 1:
        fault = "search_short"
    return render(
        "search.html",
        head,
        question=question,
        services=services,
        elsewhere=elsewhere,
        fault=fault,
        most=LONGEST_QUESTION,
    )


def verify(
    library: Library, language: Language, found: Mapping[str, Any] | None = None, *, was_asked: bool = False
) -> Made:
    """For anyone who holds a receipt. `found`: as POST /verify tells programs."""
    voice = Voice(library.book, language)
    head = _head(library, voice, "/verify", voice.say("verify.title"), voice.say("verify.lead"), is_found=not was_asked)
    head = _with(head, structured.page_of(head), structured.crumbs_of(head))
    return render("verify.html", head, found=found, was_asked=was_asked)


def status(library: Library, language: Language, now: Status, wards: Mapping[str, Text]) -> Made:
    """How each function stands; `wards`: names by code."""
    voice = Voice(library.book, language)
    head = _head(library, voice, "/status", voice.say("status_title"), voice.say("status_told"))
    head = _with(head, structured.page_of(head), structured.crumbs_of(head))
    worst = "down" if any(one.degree == "down" for one in now.standings) else "partly"
    overall = "works" if all(one.degree == "works" for one in now.standings) else worst
    return render("status.html", head, now=now, overall=overall, wards=wards)


def accessibility(library: Library, language: Language) -> Made:
    """What was tested, and what is known to fail."""
    voice = Voice(library.book, language)
    head = _head(library, voice, "/accessibility", voice.say("access_title"), voice.say("access_told"))
    head = _with(head, structured.page_of(head), structured.crumbs_of(head))
    return render("accessibility.html", head, told=statement.statement(), languages=language)


def _fault_of(asked: str) -> str:
    if contains_individual_number(asked):
        return "search_number"
    return "search_long" if len(asked) > LONGEST_QUESTION else ""


def _head(
    library: Library,
    voice: Voice,
    path: str,
    title: str,
    description: str,
    *,
    card: str = "site",
    above: list[tuple[str, str]] | None = None,
    query: Mapping[str, str] | None = None,
    is_found: bool = True,
) -> Head:
    bare = Head(library.origin, voice, path, title, description, card, query, is_found=is_found)
    trail = [("/search", voice.say("search.title")), *(above or [])] if path != "/search" else []
    return Head(**{**vars(bare), "crumbs": [(bare.to(address), name) for address, name in trail]})


def _with(head: Head, *structured: Mapping[str, Any]) -> Head:
    return Head(**{**vars(head), "structured": structured})
