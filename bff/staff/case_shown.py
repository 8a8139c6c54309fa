"""What of a case is shown under the names an official knows."""

from __future__ import annotations

from bff import uploads
from bff.cases import compare, store
from bff.cases.examining import Filed
from bff.staff.visit import Visit
from life_events import papers_to_photograph


def bare(visit: Visit, one: Filed) -> list[compare.Line]:
    """Where the registers know of no such form for her any more: her answers alone."""
    form = visit.house.for_cases.catalogue.procedures[one.sent.procedure].form
    labels = {field.id: field.label.ja for section in form.sections for field in section.fields} if form else {}
    return [
        compare.Line(id, labels.get(id, id), str(value), None, None, differs=False, is_free=False)
        for id, value in one.answers.items()
    ]


def with_names(visit: Visit, one: Filed) -> list[tuple[uploads.Bound, str]]:
    """Her photographs, each under the ward's own name of the paper."""
    sent, catalogue = one.sent, visit.house.for_cases.catalogue
    names = {paper.id: paper.name.ja for paper in papers_to_photograph(catalogue, sent.ward, sent.procedure)}
    papers = [names.get(paper.paper, "") for paper in sent.papers]
    return [(file, papers[place] if place < len(papers) else "") for place, file in enumerate(one.files)]


def said(one: Filed, line: store.Line) -> str:
    return one.resident.key.open(store.NOTE, line.body).decode() if line.body is not None else ""
