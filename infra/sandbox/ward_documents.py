"""Documents a ward has issued: a certificate for families, and a decision for each application decided."""

import base64
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from infra.sandbox.applications import Application, Applications, State
from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.people import People, find
from infra.sandbox.services import Call, Key, Query, Service, no_match, read_query
from infra.sandbox.settings import TOKYO, Clock
from infra.sandbox.ward import WARDS
from infra.sandbox.ward_seals import WardSeals

GRANTED: Final = endpoints("POST /")
VALID: Final = timedelta(days=200)


def ward_documents_services(
    people: People, applications: Applications, clock: Clock, keys: Path | None
) -> dict[Key, Service]:
    seals = WardSeals(keys)

    async def answer(call: Call) -> Answer:
        query = read_query(call)
        if not isinstance(query, Query):
            return query
        person = find(people, query.subject.items, clock.today())
        if person is None:
            return no_match()
        mine = [one for one in applications.newest_first() if one.subject.id == query.subject.id]
        decided = [one for one in mine if one.ward == call.member and one.state is State.DECIDED]
        written = [_certificate(call.member, query.subject.name, clock.today())]
        written += [_decision(one) for one in decided]
        return json_answer(200, {"documents": [_sealed(seals, call.member, one) for one in written]})

    return {("GOV", "documents", "issued"): Service("ward_documents", frozenset(WARDS), GRANTED, answer)}


def _certificate(ward: str, name: str, today: date) -> dict[str, object]:
    issued = date(today.year, 1, 1)
    entries = [("保護者", name), ("公費負担者番号", "88130000"), ("自己負担", "なし")]
    return _document(
        ward, f"{ward}-C-{issued.year}", "certificate", "子ども医療証", name, issued, today + VALID, entries
    )


def _decision(one: Application) -> dict[str, object]:
    entries = [("受付番号", one.receipt_number), ("手続き", one.procedure), ("結果", "決定しました")]
    on = one.at.astimezone(TOKYO).date()
    return _document(one.ward, f"{one.number}-D", "decision", "決定通知書", one.subject.name, on, None, entries)


def _document(
    ward: str, number: str, kind: str, title: str, to: str, on: date, until: date | None, entries: list[tuple[str, str]]
) -> dict[str, object]:
    return {
        "number": number,
        "ward": ward,
        "kind": kind,
        "title": title,
        "to": to,
        "issued_on": on.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "entries": [{"label": label, "value": value} for label, value in entries],
    }


def _sealed(seals: WardSeals, ward: str, document: dict[str, object]) -> dict[str, object]:
    content = json.dumps(document, ensure_ascii=False).encode()
    seal = seals.over(ward, content)
    return {
        "number": document["number"],
        "content": base64.b64encode(content).decode(),
        "seal": base64.b64encode(seal).decode(),
    }
