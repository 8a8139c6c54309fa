"""A mail server and a provider of short messages that hand nothing on: what they are given stands at /_mail and /_sms.

Some addresses misbehave on purpose: `nobody@…` does not exist, `full@…` has no room for now, `+819000000000` is gone.
"""

import asyncio
import email
import email.policy
from collections import deque
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from infra.sandbox.faults import SILENT_SECONDS, SLOW_SECONDS, Faults, Mode
from infra.sandbox.forms import told
from infra.sandbox.pages import Asked, Pages, wants_json
from infra.sandbox.settings import Clock

MAIL: Final = "mail"
SMS: Final = "sms"
KEPT: Final = 500
LARGEST: Final = 256 * 1024
GONE: Final = "+819000000000"


class Letter(msgspec.Struct, frozen=True):
    """`back`: the envelope's sender; `headers` as they came."""

    to: str
    back: str
    subject: str
    text: str
    headers: dict[str, str]
    at: str


class Short(msgspec.Struct, frozen=True):
    """The body of POST /_sms."""

    to: str
    text: str
    reference: str


@dataclass
class PostOffice:
    """Remembers the newest letters and messages; a message under a key it knows is not taken twice."""

    clock: Clock
    faults: Faults
    letters: deque[Letter] = field(default_factory=lambda: deque(maxlen=KEPT))
    shorts: dict[str, Short] = field(default_factory=dict)

    async def open(self, host: str, port: int) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._protocol, host, port)

    def _protocol(self) -> SMTP:
        return SMTP(self, hostname="mail.sandbox.example", data_size_limit=LARGEST, ident="sandbox")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        wrong = await self._misbehaves()
        local = address.partition("@")[0].partition("+")[0]
        if wrong or local in ("nobody", "full"):
            return wrong or ("550 5.1.1 no such mailbox" if local == "nobody" else "452 4.2.2 the mailbox is full")
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 taken"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        read = email.message_from_bytes(content, _class=EmailMessage, policy=email.policy.default)
        body = read.get_body(("plain",))
        for to in envelope.rcpt_tos:
            self.letters.append(
                Letter(
                    to=to,
                    back=envelope.mail_from or "",
                    subject=str(read["subject"]),
                    text=body.get_content() if isinstance(body, EmailMessage) else "",
                    headers={name: str(value) for name, value in read.items()},
                    at=self.clock.now().isoformat(),
                )
            )
        return "250 2.0.0 kept"

    async def _misbehaves(self) -> str:
        match self.faults.mode(MAIL):
            case Mode.SILENT:
                await self.clock.sleep(SILENT_SECONDS)
                return "421 4.3.2 too late"
            case Mode.SLOW:
                await self.clock.sleep(SLOW_SECONDS)
            case Mode.ERROR:
                return "451 4.3.0 try again"
            case Mode.GARBAGE:
                return "999 this is no answer of a mail server"
            case Mode.OK:
                pass
        return ""


def mail_desk(office: PostOffice, faults: Faults, pages: Pages) -> list[HTTPRouteHandler]:
    @get("/_mail")
    async def letters(request: Asked) -> Response[object]:
        newest = list(reversed(office.letters))
        if wants_json(request):
            return Response(newest)
        return pages.show("mail.html", {"letters": newest, "shorts": list(reversed(office.shorts.values()))})

    @get("/_sms")
    async def shorts() -> Response[object]:
        return Response(list(reversed(office.shorts.values())))

    @post("/_sms", status_code=202)
    async def take(request: Asked) -> Response[object]:
        instead = await faults.before(SMS)
        if instead is not None:
            return Response(instead.body, status_code=instead.status)
        try:
            short = await told(request, Short)
        except msgspec.ValidationError as error:
            return Response({"code": "invalid", "message": str(error)}, status_code=422)
        if short.to == GONE:
            return Response({"code": "gone"}, status_code=410)
        office.shorts.setdefault(request.headers.get("idempotency-key", short.reference), short)
        return Response({"reference": short.reference}, status_code=202)

    return [letters, shorts, take]
