"""Time stamps (RFC 3161, 認定タイムスタンプ in production) on the newest link, so that nobody can rewrite the past.

One stamp covers every record before it. When the authority is silent the next stamp covers more; nothing is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from cryptography import x509
from rfc3161_client import TimestampRequestBuilder, TimeStampResponse, VerifierBuilder, decode_timestamp_response
from rfc3161_client.errors import VerificationError
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.exchange.evidence.chain import last_link
from bff.exchange.evidence.tables import links, stamps
from bff.exchange.tables import exchange_log

_LARGEST_TOKEN = 65_536


class NotStamped(Exception):
    """The authority gave no token, or one that does not hold."""


@dataclass(frozen=True)
class Authority:
    """`url` takes an `application/timestamp-query`; a token must lead to a certificate of the file `roots`."""

    http: httpx.AsyncClient
    url: str
    roots: Path

    async def stamp(self, message: bytes) -> bytes:
        """The DER of a TimeStampResp over SHA-512 of `message`, verified; raises `NotStamped`."""
        request = TimestampRequestBuilder().data(message).build()
        headers = {"content-type": "application/timestamp-query", "accept": "application/timestamp-reply"}
        try:
            answer = await self.http.post(self.url, content=request.as_bytes(), headers=headers)
        except httpx.HTTPError as silent:
            raise NotStamped(f"the time-stamp authority is silent: {silent!r}") from silent
        if not answer.is_success or len(answer.content) > _LARGEST_TOKEN:
            raise NotStamped(f"the time-stamp authority answered {answer.status_code}")
        _check(answer.content, message, roots_of(self.roots), nonce=request.nonce)
        return answer.content


def roots_of(file: Path) -> Sequence[x509.Certificate]:
    """The certificates of a PEM file; raises `NotStamped` when there are none."""
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError) as wrong:
        raise NotStamped(f"no root of a time-stamp authority can be read: {wrong}") from wrong


def digest_of(token: bytes) -> bytes:
    """SHA-512, kept beside a token: not every bit of one is under its signature."""
    return hashlib.sha512(token).digest()


def verified(token: bytes, message: bytes, roots: Sequence[x509.Certificate]) -> datetime:
    """When `message` was stamped; raises `NotStamped` when `token` is not over it or leads to no root."""
    return _check(token, message, roots, nonce=None).tst_info.gen_time


async def newest_unstamped(conn: AsyncConnection) -> tuple[int, bytes] | None:
    """The newest link, when it has no stamp yet."""
    place, link = await last_link(conn)
    stamped = await conn.scalar(select(func.coalesce(func.max(stamps.c.place), 0)))
    return (place, link) if place > (stamped or 0) else None


async def keep_stamp(conn: AsyncConnection, place: int, token: bytes, now: datetime) -> None:
    """Kept at most once a place, whoever asked for it."""
    have = await conn.scalar(select(stamps.c.place).where(stamps.c.place == place))
    if have is None:
        await conn.execute(insert(stamps).values(place=place, at=now, token=token, digest=digest_of(token)))


async def unstamped(conn: AsyncConnection) -> int:
    """About how many records no stamp covers yet, linked or not; by their ids, so that nothing has to be counted."""
    stamped = select(func.coalesce(func.max(stamps.c.place), 0)).scalar_subquery()
    covered = select(func.coalesce(func.max(links.c.entry), 0)).where(links.c.place <= stamped).scalar_subquery()
    return await conn.scalar(select(func.coalesce(func.max(exchange_log.c.id), 0) - covered)) or 0


def _check(token: bytes, message: bytes, roots: Sequence[x509.Certificate], *, nonce: int | None) -> TimeStampResponse:
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        response = decode_timestamp_response(token)
        builder.build().verify_message(response, message)
    except (VerificationError, ValueError) as wrong:
        raise NotStamped(f"the time stamp does not hold: {wrong}") from wrong
    return response
