"""/staff/templates: texts that are written again and again, each version kept."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from bff.staff.draft_form import KINDS, LIMITS, TOPICS, text_of, texts_typed
from bff.staff.mistakes import Mistake
from bff.staff.template_use import GAP, template_of
from bff.staff.typed import Sent, Typed
from bff.staff.visit import NotHere, Visit, Visiting, identified
from bff.staff.words import knows, word
from life_events import contains_individual_number
from notifications.broadcasts import templates
from notifications.broadcasts.placeholders import ALWAYS, Misplaced, names_in
from notifications.broadcasts.templates import LONGEST_NAME, NameTaken, Overtaken, Template, Words
from notifications.notice import Kind
from notifications.words import WRITTEN

ACT: Final = "templates_write"


@get("/templates", act="broadcasts_write")
async def listed(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    async with visit.door() as conn:
        rows = await templates.all_of(conn, visit.by)
    told = word("template_done", done) if knows("template_done", done) else ""
    return visit.show("templates.html", rows=rows, told=told)


@get("/templates/new", act=ACT)
async def blank(visit: Visiting) -> Response[str]:
    return _form(visit, Typed().but(kind=str(Kind.INFORMATION), topic="other"), None)


@post("/templates/new", act=ACT)
async def make(visit: Visiting, typed: Sent) -> Response[Any]:
    mistakes = _wrong(typed)
    if not mistakes:
        try:
            async with visit.door() as conn:
                name, id = typed.one("name").strip(), visit.house.new_id()
                await templates.make(conn, id=id, by=visit.by, name=name, words=_words(typed), now=visit.now)
            return Redirect("/staff/templates?done=saved", status_code=303)
        except NameTaken:
            mistakes = [Mistake("name", word("mistake", "name_taken"))]
    return _form(visit, typed, None, mistakes)


@get("/templates/{template:str}", act="broadcasts_write")
async def use(visit: Visiting, template: FromPath[str]) -> Response[str]:
    """Its text, its gaps to fill, and what it said before."""
    found = await template_of(visit, template)
    async with visit.door() as conn:
        before = await templates.history(conn, visit.by, found.id)
    return visit.show("template.html", template=found, gap=GAP, always=ALWAYS, history=before)


@get("/templates/{template:str}/edit", act=ACT)
async def reopen(visit: Visiting, template: FromPath[str]) -> Response[str]:
    found = await template_of(visit, template)
    return _form(visit, _typed(found), found)


@post("/templates/{template:str}/edit", act=ACT)
async def rewrite(visit: Visiting, template: FromPath[str], typed: Sent) -> Response[Any]:
    """Only over the version it was opened with; what was typed stays, whoever was faster."""
    found = await template_of(visit, template)
    typed = typed.but(name=found.name)
    if mistakes := _wrong(typed):
        return _form(visit, typed, found, mistakes)
    opened = int(typed.one("version")) if typed.one("version").isdecimal() else 0
    try:
        async with visit.door() as conn:
            words, now = _words(typed), visit.now
            await templates.rewrite(conn, id=found.id, by=visit.by, version=opened, words=words, now=now)
    except Overtaken:
        return _form(visit, typed.but(version=str(found.version)), found, conflict=True)
    return Redirect("/staff/templates?done=saved", status_code=303)


@post("/templates/{template:str}/retire", act=ACT)
async def retire(visit: Visiting, template: FromPath[str], typed: Sent) -> Response[Any]:
    async with visit.door() as conn:
        if not await templates.retire(conn, id=identified(template), by=visit.by, now=visit.now):
            raise NotHere
    return Redirect("/staff/templates?done=retired", status_code=303)


def _form(
    visit: Visit, typed: Typed, kept: Template | None, mistakes: list[Mistake] | None = None, conflict: bool = False
) -> Response[str]:
    return visit.show(
        "template_form.html",
        409 if conflict else 422 if mistakes else 200,
        typed=typed,
        kept=kept,
        kinds=KINDS,
        topics=[(one, word("topic", one)) for one in TOPICS],
        always=ALWAYS,
        conflict=conflict,
        mistakes=tuple(mistakes or ()),
        wrong={one.field: one.text for one in mistakes or ()},
    )


def _typed(found: Template) -> Typed:
    single = {"kind": str(found.kind), "topic": found.topic, "name": found.name, "version": str(found.version)}
    return Typed().but(**single, **texts_typed(found.title, found.body))


def _words(typed: Typed) -> Words:
    return Words(Kind(typed.one("kind")), typed.one("topic"), text_of(typed, "title"), text_of(typed, "body"))


def _wrong(typed: Typed) -> list[Mistake]:
    found = []
    if not 0 < len(typed.one("name").strip()) <= LONGEST_NAME:
        found.append(Mistake("name", word("mistake", "name", limit=LONGEST_NAME)))
    if typed.one("kind") not in KINDS:
        found.append(Mistake("kind", word("mistake", "kind")))
    if typed.one("topic") not in TOPICS:
        found.append(Mistake("topic", word("mistake", "choose")))
    for part, limit in LIMITS.items():
        for language in WRITTEN:
            text, field = typed.one(f"{part}_{language}").strip(), f"{part}_{language}"
            found += [Mistake(field, said) for said in _wrong_text(text, limit)]
        if not typed.one(f"{part}_ja").strip():
            found.append(Mistake(f"{part}_ja", word("mistake", f"empty_{part}")))
    return found


def _wrong_text(text: str, limit: int) -> list[str]:
    try:
        names_in(text)
    except Misplaced as wrong:
        return [word("mistake", "braces", said=wrong.said)]
    if len(text) > limit:
        return [word("mistake", "too_long", limit=limit, count=len(text))]
    if "\x00" in text or contains_individual_number(text):
        return [word("mistake", "number_in_name")]
    return []


HANDLERS = (listed, blank, make, use, reopen, rewrite, retire)
