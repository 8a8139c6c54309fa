"""Parts of the house that settings or files may spoil: each is read here, and refused by name."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
from joserfc.errors import JoseError
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors import addresses
from bff.connectors.street import Addressed, manifests
from bff.db import Database
from bff.exchange.evidence.stamping import Authority
from bff.facts.refresh import Heard
from bff.facts.store import Part
from bff.handover.seal import Seal
from bff.identity import acts
from bff.identity.acts import Acts
from bff.identity.residents import Resident
from bff.limits import Crowd, Limits, Room, Shared
from bff.payments import RETURN
from bff.payments.card import CardGate
from bff.payments.signed import SharedKey
from bff.settings import Settings, SettingsRefused
from life_events import Catalogue, WrongData, load_catalogue
from notifications.channels.email import Post, Smtp
from notifications.channels.sms import HttpTexter, Texter


def acts_of(settings: Settings) -> Acts:
    """Raises SettingsRefused naming what is wrong with the table."""
    try:
        return acts.read(settings.identity.staff.acts)
    except acts.WrongActs as wrong:
        raise SettingsRefused(f"KURASHIMADO_STAFF_ACTS: {wrong}") from wrong


def authority_of(settings: Settings, http: httpx.AsyncClient) -> Authority | None:
    url = settings.time_stamp_url
    return Authority(http, url, settings.time_stamp_roots) if url else None


def catalogue_of(settings: Settings) -> Catalogue:
    """With the disasters an operator has declared; raises SettingsRefused naming the file that is wrong."""
    try:
        return load_catalogue(disasters=settings.disasters)
    except WrongData as wrong:
        raise SettingsRefused(f"the catalogue or KURASHIMADO_DISASTERS cannot be read: {wrong}") from wrong


def addresses_of(settings: Settings) -> Addressed:
    """Where the services are on this exchange; raises SettingsRefused naming what is wrong with the table."""
    try:
        file = settings.exchange_services
        return addresses.addressed(settings.exchange_instance, addresses.read(file, manifests()) if file else {})
    except addresses.WrongAddress as wrong:
        raise SettingsRefused(f"KURASHIMADO_EXCHANGE_SERVICES: {wrong}") from wrong


def seal_of(settings: Settings, clock: Callable[[], datetime]) -> Seal:
    """Raises SettingsRefused naming what is wrong with the keys under hand-over sheets."""
    try:
        return Seal(
            [path.read_bytes() for path in settings.handover_keys],
            issuer=settings.origin,
            lives=timedelta(minutes=settings.handover_minutes),
            clock=clock,
            new_id=short_token,
        )
    except (OSError, ValueError, JoseError) as wrong:
        raise SettingsRefused(f"KURASHIMADO_HANDOVER_KEYS: {wrong}") from wrong


def limits_of(settings: Settings, db: Database, clock: Callable[[], datetime]) -> Limits:
    security = settings.security
    return Limits(
        db,
        clock=clock,
        secret=settings.pairwise_secrets[0][1],
        trusted=security.trusted_proxies,
        factor=security.limits_factor,
        shared=Shared(settings.running.valkey) if settings.running.valkey else None,
        crowd=Crowd(Room(security.answers_at_once, security.streams_at_once, security.late_by), random.random),
    )


def heard_by(*rooms: Heard) -> Heard:
    """What is told is heard by each room, in the transaction that keeps it."""

    async def heard(conn: AsyncConnection, resident: Resident, part: Part) -> None:
        for room in rooms:
            await room(conn, resident, part)

    return heard


def now() -> datetime:
    return datetime.now(UTC)


def short_token() -> str:
    """96 bits: enough never to meet twice, and short in a QR code."""
    return secrets.token_urlsafe(12)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def card_of(settings: Settings, http: httpx.AsyncClient, clock: Callable[[], datetime]) -> CardGate | None:
    """None: nobody pays by card here."""
    chosen = settings.payments
    if not chosen.card_url:
        return None
    key, back = SharedKey(chosen.card_secret), f"{settings.origin}{RETURN}"
    return CardGate(http, chosen.card_url, chosen.card_merchant, key, back, clock)


def post_of(settings: Settings) -> Post | None:
    """None: nobody is written to from here."""
    chosen = settings.reach
    return Smtp(chosen.mail, chosen.mail_from, "くらしまど") if chosen.mail else None


def texter_of(settings: Settings, http: httpx.AsyncClient) -> Texter | None:
    chosen = settings.reach
    return HttpTexter(http, chosen.sms_url, chosen.sms_key) if chosen.sms_url else None
