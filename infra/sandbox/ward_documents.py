"""Documents a ward has issued: a certificate for families, and what each decision ends in, wherever it was made."""

import base64
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from infra.sandbox.applications import Application, Applications, State
from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.decisions import Decisions, Taken, known, name_of
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.people import People, find
from infra.sandbox.services import Call, Key, Query, Service, no_match, read_query
from infra.sandbox.settings import TOKYO, Clock
from infra.sandbox.ward import WARDS
from infra.sandbox.ward_seals import WardSeals

GRANTED: Final = endpoints("POST /")
VALID: Final = timedelta(days=200)
WORDS: Final = {"decided": "申請のとおり決定しました", "rejected": "却下しました"}
TITLES: Final = {"decided": "決定通知書", "rejected": "却下通知書"}
OBJECTION: Final = (
    "この決定に不服があるときは、決定があったことを知った日の翌日から起算して3か月以内に、"
    "区長に対して審査請求をすることができます。"
)
SETTLED: Final = (State.DECIDED, State.REJECTED)


def ward_documents_services(
    people: People, applications: Applications, decisions: Decisions, clock: Clock, keys: Path | None
) -> dict[Key, Service]:
    seals = WardSeals(keys)

    async def answer(call: Call) -> Answer:
        query = read_query(call)
        if not isinstance(query, Query):
            return query
        if find(people, query.subject.items, clock.today()) is None:
            return no_match()
        ward, subject = call.member, query.subject
        mine = [one for one in applications.newest_first() if one.subject.id == subject.id and one.ward == ward]
        written = [_certificate(ward, subject.name, clock.today())]
        written += [_of_counter(one) for one in mine if one.state in SETTLED]
        written += [document for one in decisions.of(ward, subject.id) for document in _of_core(ward, one)]
        return json_answer(200, {"documents": [_sealed(seals, ward, one) for one in written]})

    return {("GOV", "documents", "issued"): Service("ward_documents", frozenset(WARDS), GRANTED, answer)}


def _certificate(ward: str, name: str, today: date) -> dict[str, object]:
    issued = date(today.year, 1, 1)
    entries = [("保護者", name), ("公費負担者番号", "88130000"), ("自己負担", "なし")]
    return _document(
        ward, f"{ward}-C-{issued.year}", "certificate", "子ども医療証", name, issued, today + VALID, entries
    )


def _of_counter(one: Application) -> dict[str, object]:
    on = one.at.astimezone(TOKYO).date()
    entries = _entries(one.receipt_number, one.procedure, one.state.value, on, one.note)
    title = TITLES[one.state.value]
    return _document(one.ward, f"{one.number}-D", "decision", title, one.subject.name, on, None, entries)


def _of_core(ward: str, taken: Taken) -> list[dict[str, object]]:
    """The notice, and the certificate that a decision for her ends in."""
    one = taken.decision
    on, to, number = one.decided_on, one.subject.name, f"{ward}-{taken.number}"
    entries = _entries(one.receipt_number, one.procedure, one.outcome, on, one.grounds)
    issued = [_document(ward, f"{number}-D", "decision", TITLES[one.outcome], to, on, None, entries)]
    certificate = known().certificates.get(one.procedure)
    if certificate is not None and one.outcome == "decided":
        until = on + timedelta(days=certificate.days) if certificate.days else None
        entries = [("交付番号", taken.number), ("手続き", name_of(one.procedure)), ("氏名", to)]
        issued.append(_document(ward, f"{number}-C", "certificate", certificate.title, to, on, until, entries))
    return issued


def _entries(receipt: str, procedure: str, outcome: str, on: date, grounds: str | None) -> list[tuple[str, str]]:
    return [
        ("受付番号", receipt),
        ("手続き", name_of(procedure)),
        ("結果", WORDS[outcome]),
        ("決定日", on.isoformat()),
        *([("理由", grounds)] if grounds else []),
        ("不服申立て", OBJECTION),
    ]


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
