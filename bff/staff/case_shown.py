"""How a case is shown at /staff/cases/{id}: the look is noted, the registers are asked, all of it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import uploads
from bff.applications.application import Event
from bff.cases import compare, store
from bff.cases.case import Case
from bff.cases.examining import Filed, filed, see
from bff.connectors.core_cases.client import CoreCases
from bff.exchange.texts import outcome_text, source_text
from bff.identity import residents
from bff.staff.cases import case_of, row_of
from bff.staff.looking import look
from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.visit import NotHere, Visit
from bff.staff.words import knows, word
from bff.tasks import joining
from bff.texts import say
from life_events import Sentence, papers_to_photograph


@dataclass(frozen=True)
class Opened:
    """`was`: by field, what she had answered before it was sent back; empty when this is no correction. `has_account`:
    whether she hears here what is decided."""

    was: Mapping[str, str]
    sections: Sequence[tuple[str, Sequence[compare.Line]]]
    silent: Sequence[str]
    step: str
    files: Sequence[tuple[uploads.Bound, str]]
    added: Sequence[joining.Added]
    history: Sequence[tuple[Event, str]]
    log: Sequence[tuple[store.Line, str]]
    sentences: Sequence[Sentence]
    typed: Typed
    has_account: bool


async def open_case(
    visit: Visit, found: Case, reason: str, mistakes: tuple[Mistake, ...] = (), typed: Typed | None = None
) -> Response[str]:
    """The look is noted before anything is shown; the registers are asked with no transaction open."""
    async with visit.house.db.house() as conn:
        await look_at(conn, visit, found, reason)
    one = await filed_of(visit, found)
    house = visit.house.for_cases
    seen = await see(house, one)
    form = seen.form
    before = await filed(house, one.sent.corrects) if one.sent.corrects else None
    async with visit.door() as conn:
        log = await store.log_of(conn, found)
    async with visit.house.db.house() as conn:
        added = await joining.added(conn, one.resident, found.application)
        has_account = found.channel != "paper" or await residents.has_account(conn, one.resident.id)
    opened = Opened(
        sections=compare.lines(form, one.answers) if form else [("", _bare(visit, one))],
        was={line.field: line.answer for _, found in compare.lines(form, before.answers) for line in found}
        if form and before
        else {},
        silent=[_source(visit, source) for source in seen.silent],
        step=word("case_rule", seen.step) if knows("case_rule", seen.step) else "",
        files=_with_names(visit, one),
        added=added,
        history=[(event, say(f"state_{event.state}").ja) for event in (*one.sent.before, *one.sent.history)],
        log=[(line, _said(one, line)) for line in log],
        sentences=(*house.catalogue.desk_of(found.procedure).sentences, *house.catalogue.sentences),
        typed=typed or Typed(),
        has_account=has_account,
    )
    return page(visit, found, mistakes=mistakes, reason=reason, opened=opened)


def page(visit: Visit, found: Case, **values: Any) -> Response[str]:
    mistakes = values.get("mistakes", ())
    wrong = {mistake.field: mistake.text for mistake in mistakes}
    told = compare.explained(found.checked.against if found.checked else ())
    against = [(word("case_against", code), _about(visit, found, code, rest)) for code, rest in told]
    shown = {"mistakes": (), "reason": "", "opened": None, "told": ""} | values
    second = visit.house.for_cases.catalogue.desk_of(found.procedure).second
    return visit.show(
        "case.html",
        422 if mistakes else 200,
        row=row_of(visit, found),
        wrong=wrong,
        against=against,
        second=second,
        trouble=_fault(visit, found.handover_fault) if found.handover_fault else "",
        may_open=_may_open(visit, found),
        is_anothers=found.claimed_by not in (None, visit.official.id),
        **shown,
    )


async def told(visit: Visit, found: Case, done: str) -> str:
    """Which of the officials' words says what was done: to somebody without an account the ward has to write."""
    if found.channel != "paper":
        return done
    async with visit.house.db.house() as conn:
        hears = await residents.has_account(conn, found.resident)
    return done if hears or not knows("cases_done", f"{done}_by_letter") else f"{done}_by_letter"


async def readable(visit: Visit, said: str) -> Case:
    """One that the visitor may read whole; raises `NotHere`."""
    found = await case_of(visit, said)
    if not _may_open(visit, found):
        raise NotHere
    return found


def _may_open(visit: Visit, found: Case) -> bool:
    """Who works cases; whoever is to agree, while it waits for that."""
    return visit.may("cases_open") and (visit.may("cases_work") or found.state == "second")


async def look_at(conn: AsyncConnection, visit: Visit, found: Case, reason: str) -> None:
    resident = found.resident
    await look(conn, visit, resident, what="application", purpose="examination", basis="application", reason=reason)


async def filed_of(visit: Visit, found: Case) -> Filed:
    one = await filed(visit.house.for_cases, found.application)
    if one is None:
        raise NotHere
    return one


def _bare(visit: Visit, one: Filed) -> list[compare.Line]:
    """Where the registers know of no such form for her any more: her answers alone."""
    form = visit.house.for_cases.catalogue.procedures[one.sent.procedure].form
    fields = {field.id: field for section in form.sections for field in section.fields} if form else {}
    told = [(field, compare.shown(field, one.answers[id])) for id, field in fields.items() if id in one.answers]
    return [
        compare.Line(field.id, field.label.ja, said, None, None, differs=False, is_free=False) for field, said in told
    ]


def _with_names(visit: Visit, one: Filed) -> list[tuple[uploads.Bound, str]]:
    """Her photographs, each under the ward's own name of the paper."""
    sent, catalogue = one.sent, visit.house.for_cases.catalogue
    names = {paper.id: paper.name.ja for paper in papers_to_photograph(catalogue, sent.ward, sent.procedure)}
    papers = [names.get(paper.paper, "") for paper in sent.papers]
    return [(file, papers[place] if place < len(papers) else "") for place, file in enumerate(one.files)]


def _said(one: Filed, line: store.Line) -> str:
    return one.resident.key.open(store.NOTE, line.body).decode() if line.body is not None else ""


def _source(visit: Visit, source: str) -> str:
    manifest = visit.house.services.get(source)
    return manifest.name.ja if manifest else source_text(source).ja


def _about(visit: Visit, found: Case, code: str, rest: str) -> str:
    """Which field or record, as people call it."""
    if code == "silent":
        return _source(visit, rest)
    form = visit.house.for_cases.catalogue.procedures[found.procedure].form
    labels = {field.id: field.label.ja for section in form.sections for field in section.fields} if form else {}
    return labels.get(rest, rest)


def _fault(visit: Visit, code: str) -> str:
    """Why the core system has it not: it did not answer, or it refused in one of its own words."""
    kind, _, why = code.partition(":")
    if kind == "silent":
        return outcome_text(why).ja
    refusals = visit.house.services[CoreCases.manifest.id].refusals
    return refusals[why].ja if why in refusals else word("cases_refused", "by_core")
