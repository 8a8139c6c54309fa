"""The promise made with every intake kept: it is read, or it is said why not."""

from __future__ import annotations

from uuid import UUID

import msgspec

from bff.applications.judging import check_answers
from bff.paper import store, values
from bff.paper.form import paper_form
from bff.paper.house import House
from bff.paper.reading import Result, read
from bff.paper.tesseract import NotRead
from life_events import Form


async def read_paper(house: House, intake: UUID) -> None:
    """No transaction is open while Tesseract reads; again makes the same."""
    async with house.db.house() as conn:
        kept = await store.by_id(conn, intake)
        if kept is None or kept.filed_at is not None or kept.reading != "waiting":
            return
        pages = [await store.page(conn, kept, number, house.keys) for number in range(1, kept.pages + 1)]
    form = paper_form(house.catalogue, kept.procedure, kept.ward, kept.received_on)
    try:
        if house.reader is None:
            raise NotRead("no_reader")
        result = fit(house, form, await read(house.reader, [page.body for page in pages if page is not None], form))
    except NotRead as wrong:
        async with house.db.house() as conn:
            await store.keep_not_read(conn, kept, wrong.why)
        return
    async with house.db.house() as conn:
        await store.keep_result(conn, kept, result, house.keys)


def fit(house: House, form: Form, result: Result) -> Result:
    """What the form's own check would refuse was not read plainly, however sure Tesseract is."""
    read = {id: values.answer(form.fields[id], one.typed) for id, one in result.fields.items()}
    answers = {id: one for id, one in read.items() if one is not None}
    wrong = {one.field for one in check_answers(house.catalogue, form, answers) if one.field in answers}
    doubted = {
        id: msgspec.structs.replace(one, sure="low") if id in wrong and one.sure == "high" else one
        for id, one in result.fields.items()
    }
    return msgspec.structs.replace(result, fields=doubted)
