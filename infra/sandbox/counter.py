"""The ward's counter: POST / hands an application in, POST /withdrawals takes it back, GET /{number} tells how far."""

import hashlib
import uuid
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec

from infra.sandbox.applications import Application, Applications, Filing, KeyTaken
from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.services import Call, Key, Service, Subject, header_faults, refused_body
from infra.sandbox.ward import WARDS

DIGITS: Final = {"sha256": 64, "sha384": 96}
GRANTED: Final = endpoints("POST /", "POST /withdrawals", "GET /*")


class OnBehalf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who sent it for the applicant, and as what."""

    name: str
    kind: str


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That the applicant signed, and by what it is proved. There is no place for a certificate."""

    algorithm: str
    digest_algorithm: Literal["sha256", "sha384"]
    digest: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]+$")]
    value: bytes
    verification: str
    result: Literal["valid"]
    checked_at: datetime
    stamped_at: datetime | None
    folder: str | None = None


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A copy of a paper; `content` is base64, `digest` the SHA-256 of it in hex."""

    paper: str
    name: str
    media_type: Literal["image/jpeg", "image/png", "application/pdf"]
    digest: str
    content: bytes


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    value: str


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody else wrote for it."""

    part: str
    title: str
    by: str
    at: datetime
    entries: tuple[Entry, ...]


class Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /. `key` makes a repeated POST harmless; `completed_at` carries its offset."""

    key: uuid.UUID
    procedure: str
    version: str
    subject: Subject
    answers: dict[str, object]
    completed_at: datetime
    receipt_number: str
    digest: str | None = None
    corrected: tuple[str, ...] = ()
    on_behalf: OnBehalf | None = None
    signature: Signature | None = None
    attachments: tuple[Attachment, ...] = ()
    parts: tuple[Part, ...] = ()


class TakenBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of POST /withdrawals: the applicant does not want it any more, since `at`."""

    key: uuid.UUID
    subject: Subject
    receipt_number: str
    at: datetime


def counter_services(applications: Applications) -> dict[Key, Service]:
    async def answer(call: Call) -> Answer:
        if call.method == "POST":
            return (_take_back if call.path == "/withdrawals" else _receive)(applications, call)
        return _tell(applications, call)

    return {("GOV", "counter", "applications"): Service("counter", frozenset(WARDS), GRANTED, answer)}


def _receive(applications: Applications, call: Call) -> Answer:
    try:
        handed = msgspec.json.decode(call.body, type=Handed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return refused_body(error)
    if wrong := _wrong(handed) + header_faults(call.headers, handed.subject.id):
        return json_answer(422, {"code": "invalid", "fields": wrong})
    by = msgspec.structs.asdict(handed.on_behalf) if handed.on_behalf else None
    proof = msgspec.structs.asdict(handed.signature) if handed.signature else None
    papers = tuple(_kept(one) for one in handed.attachments)
    told = {**msgspec.structs.asdict(handed), "key": str(handed.key), "on_behalf": by, "signature": proof}
    told["attachments"] = papers
    told["parts"] = tuple(msgspec.to_builtins(one) for one in handed.parts)
    filing = Filing(**told)
    try:
        application, new = applications.receive(call.member, filing)
    except KeyTaken:
        return json_answer(409, {"code": "key_taken"})
    if new:
        return json_answer(201, _receipt(application))
    return json_answer(200, _receipt(application))


def _take_back(applications: Applications, call: Call) -> Answer:
    try:
        wish = msgspec.json.decode(call.body, type=TakenBack)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return refused_body(error)
    if wrong := header_faults(call.headers, wish.subject.id):
        return json_answer(422, {"code": "invalid", "fields": wrong})
    note = f"{wish.at.isoformat(timespec='seconds')} 本人が取下げ"
    outcome, number = applications.take_back(call.member, str(wish.key), wish.subject.id, note)
    return json_answer(200, {"outcome": outcome, "number": number})


def _kept(one: Attachment) -> dict[str, object]:
    """What the desk shows of it; the content itself goes into the ward's own store of documents."""
    shown = {name: getattr(one, name) for name in ("paper", "name", "media_type", "digest")}
    return {**shown, "size": len(one.content)}


def _tell(applications: Applications, call: Call) -> Answer:
    """Only the applicant hears of an application; for everybody else there is none."""
    try:
        application = applications.look(call.path[1:])
    except KeyError:
        return json_answer(404, {"code": "unknown_number"})
    asks = call.headers.get("x-road-userid")
    if application.ward != call.member or asks != f"JP-{application.subject.id}":
        return json_answer(404, {"code": "unknown_number"})
    return json_answer(200, _receipt(application) | {"note": application.note, "fields": application.fields})


def _receipt(application: Application) -> dict[str, object]:
    return {"number": application.number, "state": application.state, "at": application.at}


def _wrong(handed: Handed) -> list[dict[str, str]]:
    """What the types alone do not catch."""
    texts = {name: getattr(handed, name) for name in ("procedure", "version", "receipt_number")}
    wrong = [{"field": name, "message": "is empty"} for name, text in texts.items() if not text.strip()]
    if handed.completed_at.tzinfo is None:
        wrong.append({"field": "completed_at", "message": "has no offset from UTC"})
    if any(hashlib.sha256(one.content).hexdigest() != one.digest for one in handed.attachments):
        wrong.append({"field": "attachments", "message": "is not what its digest says"})
    if handed.signature and len(handed.signature.digest) != DIGITS[handed.signature.digest_algorithm]:
        wrong.append({"field": "signature.digest", "message": "has not the length of its algorithm"})
    if handed.signature and handed.signature.folder is not None and not _is_listed(handed, handed.signature):
        wrong.append({"field": "signature.folder", "message": "is not what was signed, or does not list this one"})
    return wrong


def _is_listed(handed: Handed, signature: Signature) -> bool:
    """Several signed at once: the signature is over the folder, and the folder lists this one's digest."""
    document = (signature.folder or "").encode()
    over = hashlib.new(signature.digest_algorithm, document).hexdigest()
    return over == signature.digest and f'"{handed.digest}"'.encode() in document
