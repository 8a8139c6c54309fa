"""Payment slips: eLTAX (POST /slips, /scanned, /pay-easy beside /query) and Pay-easy (/query, /banks, /hand-overs).

A Pay-easy number that eLTAX makes can be looked up at Pay-easy for a day. An eL-QR of a stand-in reads `eL:` and the
four numbers between colons, which only its owner knows.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Final

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.nation.data import Nation, Numbers, Slip
from infra.sandbox.people import resolve
from infra.sandbox.services import Call, Key, Service, no_match, refused_body
from infra.sandbox.settings import TOKYO, Clock

NETWORK: Final = frozenset({"900300"})
LIVES: Final = timedelta(days=1)
LINK_LIVES: Final = timedelta(minutes=15)


class Numbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    numbers: Numbers


class Scanned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: bytes


class Making(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: uuid.UUID
    numbers: Numbers


class Handing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: uuid.UUID
    numbers: Numbers
    bank: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}$")]


class Refusal(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Desk:
    """The slips, those made here until their time, and what was answered under which key."""

    nation: Nation
    clock: Clock
    made: dict[Numbers, tuple[Slip, datetime]] = field(default_factory=dict)
    answered: dict[uuid.UUID, tuple[object, dict[str, object]]] = field(default_factory=dict)

    def find(self, over: str, numbers: Numbers) -> Slip | None:
        if over == "payeasy" and numbers in self.made:
            slip, until = self.made[numbers]
            return slip if self.clock.now() < until else None
        return next((one for one in self.nation.slips if one.over == over and one.numbers == numbers), None)

    def state(self, slip: Slip) -> str:
        if slip.paid_on is not None:
            return "paid"
        due = resolve(slip.due_on, self.clock.today())
        return "expired" if isinstance(due, str) and due < self.clock.today().isoformat() else "unpaid"

    def payable(self, over: str, numbers: Numbers) -> Slip:
        """Raises LookupError for a slip nobody issued, Refusal for one that cannot be paid any more."""
        slip = self.find(over, numbers)
        if slip is None:
            raise LookupError
        state = self.state(slip)
        if state != "unpaid":
            raise Refusal("already_paid" if state == "paid" else "expired")
        return slip

    def kept(self, key: uuid.UUID, asked: object) -> dict[str, object] | None:
        """What was answered to the same under this key; raises Refusal for something else."""
        known = self.answered.get(key)
        if known is not None and known[0] != asked:
            raise Refusal("key_taken")
        return known[1] if known else None

    def keep(self, key: uuid.UUID, asked: object, told: dict[str, object]) -> dict[str, object]:
        self.answered[key] = (asked, told)
        return told


def slip_services(taxes: Service, nation: Nation, clock: Clock) -> dict[Key, Service]:
    """`taxes` answers what is known of a person's local taxes."""
    desk = Desk(nation, clock)

    async def local_tax(call: Call) -> Answer:
        if call.path == "/query":
            return await taxes.answer(call)
        return _answered(desk, call, {"/slips": _slip, "/scanned": _scanned, "/pay-easy": _made}[call.path])

    async def pay_easy(call: Call) -> Answer:
        return _answered(desk, call, {"/query": _looked_up, "/banks": _banks, "/hand-overs": _handed_over}[call.path])

    paths = endpoints("POST /query", "POST /slips", "POST /scanned", "POST /pay-easy")
    return {
        ("GOV", "local-tax", "payments"): Service(taxes.fault, taxes.members, paths, local_tax),
        ("COM", "payeasy", "slips"): Service(
            "payeasy", NETWORK, endpoints("POST /query", "POST /banks", "POST /hand-overs"), pay_easy
        ),
    }


def _answered(desk: Desk, call: Call, act: Callable[[Desk, bytes], dict[str, object]]) -> Answer:
    try:
        return json_answer(200, act(desk, call.body))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return refused_body(error)
    except LookupError:
        return no_match()
    except Refusal as refusal:
        return json_answer(409, {"code": refusal.code})


def _slip(desk: Desk, body: bytes) -> dict[str, object]:
    return _tax(desk, msgspec.json.decode(body, type=Numbered).numbers)


def _scanned(desk: Desk, body: bytes) -> dict[str, object]:
    parts = msgspec.json.decode(body, type=Scanned).content.decode("utf-8", "replace").split(":")
    if parts[0] != "eL" or len(parts) != 5:
        raise Refusal("unreadable")
    return _tax(desk, Numbers(*parts[1:]))


def _tax(desk: Desk, numbers: Numbers) -> dict[str, object]:
    told = _told(desk, "eltax", numbers)
    return {**told, "tax": told.pop("content")}


def _looked_up(desk: Desk, body: bytes) -> dict[str, object]:
    told = _told(desk, "payeasy", msgspec.json.decode(body, type=Numbered).numbers)
    return {name: value for name, value in told.items() if name != "fiscal_year"}


def _told(desk: Desk, over: str, numbers: Numbers) -> dict[str, object]:
    slip, today = desk.find(over, numbers), desk.clock.today()
    if slip is None:
        raise LookupError
    days = {"due_on": resolve(slip.due_on, today), "paid_on": resolve(slip.paid_on, today)}
    named = {"payee": slip.payee, "content": slip.content, "fiscal_year": slip.fiscal_year}
    return {"numbers": numbers, **named, "amount_yen": slip.amount_yen, **days, "state": desk.state(slip)}


def _made(desk: Desk, body: bytes) -> dict[str, object]:
    asked = msgspec.json.decode(body, type=Making)
    if known := desk.kept(asked.key, asked):
        return known
    slip, now = desk.payable("eltax", asked.numbers), desk.clock.now().astimezone(TOKYO)
    drawn = [str(secrets.randbelow(10**digits)).zfill(digits) for digits in (14, 6, 10)]
    numbers = Numbers("13800", *drawn)
    desk.made[numbers] = (msgspec.structs.replace(slip, numbers=numbers, over="payeasy"), now + LIVES)
    told: dict[str, object] = {"numbers": numbers, "issued_at": now, "expires_at": now + LIVES}
    return desk.keep(asked.key, asked, told)


def _banks(desk: Desk, body: bytes) -> dict[str, object]:
    desk.payable("payeasy", msgspec.json.decode(body, type=Numbered).numbers)
    return {"banks": desk.nation.banks}


def _handed_over(desk: Desk, body: bytes) -> dict[str, object]:
    asked = msgspec.json.decode(body, type=Handing)
    if known := desk.kept(asked.key, asked):
        return known
    desk.payable("payeasy", asked.numbers)
    if asked.bank not in {one.code for one in desk.nation.banks}:
        raise Refusal("bank_not_taken")
    now, link = desk.clock.now().astimezone(TOKYO), f"https://bank.example.jp/pay/{secrets.token_urlsafe(16)}"
    told: dict[str, object] = {"bank": asked.bank, "link": link, "issued_at": now, "expires_at": now + LINK_LIVES}
    return desk.keep(asked.key, asked, told)
