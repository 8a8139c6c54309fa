"""A verifier of JPKI certificates, and the insurers' system: both say how something stands and nothing more.

A signature is opened and tried by the operator (`infra.sandbox.signing.operator`). For what is none of the made-up
city's cards, a JWE may say in its header what is to be found in it: `says` is `valid`, or a state and a reason as
`revoked moved`. The second look at a check may find it changed: `later`.
"""

import base64
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.nation.data import Nation, named
from infra.sandbox.people import People, resolve
from infra.sandbox.services import Call, Key, Service, no_match, only_query, refused_body
from infra.sandbox.settings import TOKYO, Clock
from infra.sandbox.signing.operator import NotTaken, Operator

VERIFIER: Final = frozenset({"900002"})
INSURERS: Final = frozenset({"900007"})
JWE_PARTS: Final = 5


class Over(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The digest that was given to be signed; `value` is base64."""

    algorithm: Literal["sha256", "sha384"]
    value: str


class Checking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: uuid.UUID
    use: Literal["signature", "authentication"]
    medium: Literal["card", "phone"]
    sealed: str
    over: Over | None = None


class Again(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verification: str


class Signed(msgspec.Struct, frozen=True):
    """The signature value, base64, and how it was made."""

    algorithm: str
    value: str


class Inside(msgspec.Struct, frozen=True):
    """What the stand-in finds in a JWE's header."""

    says: str = "valid"
    later: str = ""
    signed: Signed | None = None


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    birth_date: date


class Insured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    subject: Person
    on: date


@dataclass(frozen=True)
class Checked:
    number: str
    asked: Checking
    inside: Inside


def verifier_services(people: People, nation: Nation, clock: Clock, operator: Operator) -> dict[Key, Service]:
    checks: dict[str, Checked] = {}

    async def verify(call: Call) -> Answer:
        try:
            if call.path == "/again":
                known = checks.get(msgspec.json.decode(call.body, type=Again).verification)
                return _told(known, known.inside.later or known.inside.says, clock) if known else no_match()
            return _check(checks, msgspec.json.decode(call.body, type=Checking), clock, operator)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)

    async def coverage(call: Call) -> Answer:
        try:
            asked = msgspec.json.decode(call.body, type=Insured)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused_body(error)
        found = named(people, asked.subject.name)
        if found is None or resolve(found[1].born, clock.today()) != asked.subject.birth_date.isoformat():
            return no_match()
        return json_answer(200, {"on": asked.on, "covered": nation.coverage.get(found[0], "unknown")})

    checking = endpoints("POST /", "POST /again")
    return {
        ("GOV", "certificates", "checks"): Service("certificate_verifier", VERIFIER, checking, verify),
        ("GOV", "insurance", "coverage"): Service("insurance_coverage", INSURERS, only_query, coverage),
    }


def _check(checks: dict[str, Checked], asked: Checking, clock: Clock, operator: Operator) -> Answer:
    known = next((one for one in checks.values() if one.asked.key == asked.key), None)
    if known is not None:
        return (
            _told(known, known.inside.says, clock) if known.asked == asked else json_answer(409, {"code": "key_taken"})
        )
    try:
        inside = _tried(asked, asked.over, operator) if asked.over else _opened(asked.sealed)
    except NotTaken as not_taken:
        return json_answer(422, {"code": str(not_taken)})
    if inside is None:
        return json_answer(422, {"code": "unreadable"})
    one = Checked(f"V-{uuid.uuid4().hex[:8]}x", asked, inside)
    checks[one.number] = one
    return _told(one, inside.says, clock)


def _tried(asked: Checking, over: Over, operator: Operator) -> Inside:
    """Raises NotTaken."""
    opened = operator.check(asked.sealed, over.algorithm, base64.b64decode(over.value))
    says = f"{opened.state} {opened.reason}" if opened.reason else opened.state
    return Inside(says, signed=Signed(opened.algorithm, opened.signature))


def _opened(sealed: str) -> Inside | None:
    parts = sealed.split(".")
    if len(parts) != JWE_PARTS:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)), type=Inside)
    except (ValueError, msgspec.MsgspecError):
        return None


def _told(one: Checked, says: str, clock: Clock) -> Answer:
    """With a serial and the certificate beside, as some verifiers answer: whoever asks has to leave them lying."""
    state, _, reason = says.partition(" ")
    told = {
        "verification": one.number,
        "use": one.asked.use,
        "medium": one.asked.medium,
        "state": state,
        "reason": reason or None,
        "checked_at": clock.now().astimezone(TOKYO),
        "signed": one.inside.signed,
        "newest_serial": "5f00b2",
        "certificate": "MIIF",
    }
    return json_answer(200, told)
