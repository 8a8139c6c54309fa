"""Letters over SMTP (RFC 5321): discreet, with a way to stop them in one click (RFC 8058).

An address came from a person's keyboard and becomes a header and a command of a protocol of lines, so it is judged
before it is kept and again by the library that writes the header: nothing with a line break passes either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from http import HTTPStatus
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

from notifications.parcel import Fate

LONGEST: Final = 254
"""RFC 5321 4.5.3.1.3, without the angle brackets."""
LONGEST_LOCAL: Final = 64
PATIENCE_S: Final = 15.0
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_DOMAIN: Final = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
_NOBODY: Final = frozenset({550, 551, 553})
"""Answers to RCPT TO that say there is no such mailbox (RFC 5321 4.2.3)."""
_FOR_GOOD: Final = HTTPStatus.INTERNAL_SERVER_ERROR.value


def is_address(text: str) -> bool:
    """One mailbox as it is written by hand: no name beside it, no quotes, no comment, no line break, ASCII alone.

    Dots may stand twice or last before the @: mobile carriers in Japan gave such addresses out for years.
    """
    local, at, domain = text.rpartition("@")
    short = len(text) <= LONGEST and 0 < len(local) <= LONGEST_LOCAL
    return bool(at) and short and bool(_LOCAL.fullmatch(local)) and bool(_DOMAIN.fullmatch(domain))


@dataclass(frozen=True, slots=True)
class Mail:
    """`id`: the same for the same letter, so that one sent twice can be known. `stop`: the address that ends all
    letters; None for what she asked for herself. `back`: where a mail server sends what cannot be delivered."""

    id: UUID
    to: str
    subject: str
    text: str
    sent_at: datetime
    back: str
    stop: str | None = None


class Post(Protocol):
    """A fate for every letter, by its id; never raises for a mail server's fault."""

    async def send(self, mails: Sequence[Mail]) -> Mapping[UUID, Fate]: ...


@dataclass(frozen=True, slots=True)
class Server:
    """`smtp://`: TLS is asked for after the greeting where `tls`; `smtps://`: from the first byte."""

    host: str
    port: int
    tls: str
    """none, start or direct"""
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, url: str) -> Server:
        """`smtps://user:password@host:port`, `smtp://…` (STARTTLS) or `smtp+plain://…`. Raises ValueError."""
        parts = urlsplit(url)
        tls = {"smtps": "direct", "smtp": "start", "smtp+plain": "none"}.get(parts.scheme)
        if tls is None or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("a mail server is smtps://, smtp:// or smtp+plain://, with a host")
        port = parts.port or {"direct": 465, "start": 587, "none": 25}[tls]
        return cls(parts.hostname, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


@dataclass(frozen=True)
class Smtp:
    """One connection for a batch; whatever a broken one leaves over is for later."""

    server: Server
    sender: str
    """As residents see it: a name and an address."""
    name: str

    async def send(self, mails: Sequence[Mail]) -> Mapping[UUID, Fate]:
        fates = {mail.id: Fate.LATER for mail in mails}
        server = self.server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "direct",
            start_tls=server.tls == "start",
            username=server.user or None,
            password=server.password or None,
            timeout=PATIENCE_S,
        )
        try:
            async with client:
                for mail in mails:
                    fates[mail.id] = await self._one(client, mail)
        except (aiosmtplib.SMTPException, OSError):
            return fates
        return fates

    async def _one(self, client: aiosmtplib.SMTP, mail: Mail) -> Fate:
        """Raises what a broken connection raises: the rest of the batch waits with it."""
        try:
            await client.send_message(written(mail, self.name, self.sender), sender=mail.back, recipients=[mail.to])
        except aiosmtplib.SMTPRecipientsRefused as refused:
            code = refused.recipients[0].code
            if code in _NOBODY:
                return Fate.GONE
            return Fate.FAILED if code >= _FOR_GOOD else Fate.LATER
        except aiosmtplib.SMTPServerDisconnected:
            raise
        except aiosmtplib.SMTPResponseException as refused:
            return Fate.FAILED if refused.code >= _FOR_GOOD else Fate.LATER
        return Fate.ACCEPTED


def written(mail: Mail, name: str, sender: str) -> EmailMessage:
    """As it goes over the wire. Raises ValueError for a header with a line break, which `is_address` lets none have."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(name, addr_spec=sender)
    made["To"] = mail.to
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.sent_at)
    made["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if mail.stop is not None:
        made["List-Unsubscribe"] = f"<{mail.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text)
    return made
