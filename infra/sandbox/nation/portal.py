"""Mynaportal's two sides of an application: the citizen's (POST /, GET /{number}, POST /withdrawals) and the
municipality's mailbox (POST /waiting, /packages, /states)."""

import uuid
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.nation.filings import Filed, Filings, Impossible, State
from infra.sandbox.people import People, find
from infra.sandbox.services import Call, Key, Service, Subject, header_faults, no_match, refused_body
from infra.sandbox.settings import Clock
from infra.sandbox.ward import WARDS

PORTAL: Final = frozenset({"900001"})
PAGE: Final = 20
SIGNED: Final = "-S"
"""A 手続ID that ends so needs a signature."""
Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Text
    media_type: Text
    size: int
    sha256: Hex


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verification: Text
    checked_at: Annotated[datetime, msgspec.Meta(tz=True)]


class Submitted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: uuid.UUID
    procedure: Text
    municipality: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")]
    form_version: Text
    applicant: Subject
    form: dict[str, object]
    attachments: list[Attachment]
    signature: Signature | None


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    subject: Subject
    receipt_number: str


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ward: str
    after: str | None = None


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ward: str
    receipt_number: str


class Moving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: uuid.UUID
    ward: str
    receipt_number: str
    state: Literal["under_review", "correction_needed", "completed", "rejected"]
    note: Annotated[str, msgspec.Meta(max_length=2000)] | None


def portal_services(people: People, clock: Clock) -> dict[Key, Service]:
    filings = Filings(clock)

    async def citizen(call: Call) -> Answer:
        try:
            if call.method == "GET":
                return _status(filings, call)
            if call.path == "/withdrawals":
                return _withdraw(filings, call, msgspec.json.decode(call.body, type=Withdrawal))
            return _submit(filings, people, clock, call)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        except Impossible as impossible:
            return json_answer(409, {"code": impossible.code})

    async def municipality(call: Call) -> Answer:
        if not call.headers.get("x-road-userid", "").startswith("JP-") or not call.headers.get("x-road-issue"):
            return json_answer(422, {"code": "invalid", "fields": [{"field": "X-Road-UserId", "message": "missing"}]})
        try:
            return _mailbox(filings, call)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        except Impossible as impossible:
            return json_answer(409, {"code": impossible.code})

    applications = endpoints("POST /", "GET /*", "POST /withdrawals")
    mailbox = endpoints("POST /waiting", "POST /packages", "POST /states")
    return {
        ("GOV", "mynaportal", "applications"): Service("mynaportal_application", PORTAL, applications, citizen),
        ("GOV", "mynaportal", "mailbox"): Service("mailbox", PORTAL, mailbox, municipality),
    }


def _submit(filings: Filings, people: People, clock: Clock, call: Call) -> Answer:
    asked = msgspec.json.decode(call.body, type=Submitted)
    if wrong := header_faults(call.headers, asked.applicant.id):
        return json_answer(422, {"code": "invalid", "fields": wrong})
    if find(people, asked.applicant.items, clock.today()) is None:
        return no_match()
    if asked.municipality not in WARDS or not asked.procedure.startswith(f"P{asked.municipality}-"):
        return json_answer(422, {"code": "not_taken_online"})
    if asked.procedure.endswith(SIGNED) and asked.signature is None:
        return json_answer(422, {"code": "signature_needed"})
    who = asked.applicant
    born = who.birth_date.isoformat() if who.birth_date else None
    package = {
        "procedure": asked.procedure,
        "ward": asked.municipality,
        "form_version": asked.form_version,
        "applicant": {"name": who.name, "kana": None, "birth_date": born, "address": who.address, "phone": None},
        "form": asked.form,
        "attachments": msgspec.to_builtins(asked.attachments),
        "signature": msgspec.to_builtins(asked.signature),
    }
    filed, new = filings.take(str(asked.key), who.id, package)
    return json_answer(201 if new else 200, _progress(filed))


def _status(filings: Filings, call: Call) -> Answer:
    """Only the applicant hears of it."""
    filed = filings.find(call.path[1:])
    if filed is None or call.headers.get("x-road-userid") != f"JP-{filed.applicant}":
        return no_match()
    return json_answer(200, _progress(filed))


def _withdraw(filings: Filings, call: Call, asked: Withdrawal) -> Answer:
    filed = filings.find(asked.receipt_number)
    if filed is None or filed.applicant != asked.subject.id or header_faults(call.headers, asked.subject.id):
        return no_match()
    if filed.now.state in ("completed", "rejected"):
        return json_answer(409, {"code": "too_late"})
    if filed.now.state != "withdrawn":
        filings.move(filed, "withdrawn", None)
    return json_answer(200, _progress(filed))


def _mailbox(filings: Filings, call: Call) -> Answer:
    if call.path == "/waiting":
        return _waiting(filings, msgspec.json.decode(call.body, type=Asking))
    if call.path == "/packages":
        return _opened(filings, msgspec.json.decode(call.body, type=Opening))
    asked = msgspec.json.decode(call.body, type=Moving)
    filed = _in_mailbox(filings, asked.ward, asked.receipt_number)
    step = filings.move(filed, asked.state, asked.note, str(asked.key))
    return json_answer(200, {"receipt_number": filed.number, "state": step.state, "at": step.at})


def _waiting(filings: Filings, asked: Asking) -> Answer:
    mine = filings.of_ward(asked.ward)
    numbers = [one.number for one in mine]
    first = numbers.index(asked.after) + 1 if asked.after in numbers else 0
    page = mine[first : first + PAGE]
    rows = [{**_head(one), "procedure": one.package["procedure"]} for one in page]
    return json_answer(200, {"ward": asked.ward, "packages": rows, "more": len(mine) > first + PAGE})


def _opened(filings: Filings, asked: Opening) -> Answer:
    filed = _in_mailbox(filings, asked.ward, asked.receipt_number)
    history = [{"state": step.state, "at": step.at, "note": step.note} for step in filed.history]
    return json_answer(200, {"package": filed.package, "sha256": filed.sha256, "history": history})


def _in_mailbox(filings: Filings, ward: str, number: str) -> Filed:
    filed = filings.find(number)
    if filed is None or filed.ward != ward:
        raise Impossible("unknown_number")
    return filed


def _head(filed: Filed) -> dict[str, object]:
    state: State = filed.now.state
    return {"receipt_number": filed.number, "submitted_at": filed.package["submitted_at"], "state": state}


def _progress(filed: Filed) -> dict[str, object]:
    now = filed.now
    history = [{"state": step.state, "at": step.at} for step in filed.history]
    return {"receipt_number": filed.number, "state": now.state, "at": now.at, "note": now.note, "history": history}
