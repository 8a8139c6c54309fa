"""The one composition root: every room's needs are met here, and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import contacts
from bff import db as database
from bff.connectors import addresses
from bff.connectors.manifest import Manifest
from bff.connectors.street import Addressed, Street, manifests, opened, street
from bff.db import Database
from bff.exchange import incoming
from bff.exchange.address import ClientId
from bff.exchange.asking import Asking
from bff.exchange.board import Board
from bff.exchange.evidence.stamping import Authority
from bff.exchange.lean.pool import Pool
from bff.exchange.log_writing import LogWriter
from bff.exchange.transport import ExchangeTransport
from bff.exchange.under import MutualTls, mutual_tls
from bff.exchange.waiting import Waiting
from bff.exchange.ways.flow import Flow
from bff.exchange.wire import BARE, X_ROAD, Wire
from bff.facts.refresh import Refresher
from bff.handover.seal import Seal
from bff.home.flows import Begin, begin
from bff.identity import sessions
from bff.identity.keys import KeyRing
from bff.identity.oidc import RealmSettings, RelyingParty, public_jwks
from bff.identity.pairwise import Pairwise
from bff.identity.residents import Resident
from bff.identity.sessions import Lifetimes
from bff.settings import Settings, SettingsRefused
from life_events import Catalogue, Text, WrongData, load_catalogue
from notifications import address_book
from notifications.channels.push_policy import PushPolicy
from notifications.channels.senders import AiohttpSender
from notifications.channels.vapid import Vapid
from notifications.channels.web_push import WebPush
from notifications.jobs import Defer

TOKYO = ZoneInfo("Asia/Tokyo")
CITIZEN_SCOPE = "openid name address birthdate gender"


@dataclass(frozen=True)
class House:
    """Everything the doors are handed. Clock, ids and chance are given, so that a test can give its own."""

    settings: Settings
    db: Database
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    new_token: Callable[[], str]
    catalogue: Catalogue
    keys: KeyRing
    street: Street
    exchange: httpx.AsyncClient
    board: Board
    waiting: Waiting
    refresher: Refresher
    citizens: RelyingParty
    officials: RelyingParty
    public_jwks: Mapping[str, object]
    seal: Seal
    time_stamps: Authority | None
    push_policy: PushPolicy
    vapid: Vapid
    push: WebPush
    closers: Sequence[Callable[[], object]]
    lifetimes: Lifetimes
    staff_lifetimes: Lifetimes

    @property
    def origin(self) -> str:
        return self.settings.origin

    @property
    def assets(self) -> Path:
        return self.settings.assets

    @property
    def handover_jwks(self) -> Mapping[str, object]:
        """The keys by which a counter knows our hand-over sheets."""
        return self.seal.published

    @cached_property
    def wards(self) -> Sequence[tuple[str, str]]:
        """(code, Japanese name) of the 23."""
        return tuple((ward.code, ward.name.ja) for ward in self.catalogue.wards.values())

    @cached_property
    def sources(self) -> Sequence[str]:
        """What consent at login is given for: the home sources, and the reckoner of benefits when it is connected."""
        return (*self.street.sources, *([self.street.benefits.manifest.id] if self.street.benefits else []))

    @property
    def exchange_client(self) -> ClientId:
        """Our own subsystem in the exchange, as which we ask and are asked."""
        return ClientId.decode(self.settings.exchange_client)

    @property
    def defer(self) -> Defer:
        return database.defer

    @cached_property
    def services(self) -> Mapping[str, Manifest]:
        """Whom we ask, by id, as they are addressed here."""
        street = self.street
        told = [one.manifest for one in (*street.sources.values(), *street.records.values())]
        acts = [street.counter.manifest, *(one.manifest for one in street.others.values())]
        return {one.id: one for one in (*told, *acts, *([street.benefits.manifest] if street.benefits else []))}

    def incoming_name(self, service: str, caller: str) -> Text:
        """How something told to us is called on screen; `caller` as in the message log, of a ward or somebody else."""
        ward = next((self.catalogue.wards[part] for part in caller.split("/") if part in self.catalogue.wards), None)
        who = ward.name if ward else Text(ja=caller, easy=caller, en=caller)
        manifest = incoming.manifests().get(service)
        return incoming.named(manifest.name, who) if manifest else who

    async def begin_flow(self, conn: AsyncConnection, flow: Flow, wish: Begin) -> bool:
        """As `bff.home.flows.begin`."""
        return await begin(conn, flow, wish, catalogue=self.catalogue, keys=self.keys, now=self.clock())

    def today(self) -> date:
        """The day in Tokyo."""
        return self.clock().astimezone(TOKYO).date()

    async def who(self, token: str) -> Resident | None:
        """The resident whose session this token opens."""
        async with self.db.house() as conn:
            visitor = await sessions.look_up(conn, token, now=self.clock(), lifetimes=self.lifetimes, keys=self.keys)
        return visitor.resident if visitor else None

    async def resident_came(self, resident: Resident) -> None:
        """After a login: the mail room knows where she lives and her language, even before any fact is told."""
        async with self.db.house() as conn:
            await contacts.came(conn, resident, self.clock())

    async def no_longer_told_by_registry(self, resident: Resident) -> None:
        """After her no to it: the mail room forgets what it had from there."""
        async with self.db.house() as conn:
            await contacts.registry_stopped(conn, resident, self.clock())

    async def drop_devices(self, resident: UUID, session: bytes) -> None:
        """At logout: nothing more is pushed to the device she logged out on; her other phones go on."""
        async with self.db.house() as conn:
            await address_book.forget_devices_of_session(conn, resident=resident, session=session)

    async def close(self) -> None:
        """Let go of pools and connections; for the end of a process."""
        await self.refresher.aclose()
        for closer in self.closers:
            await closer()  # type: ignore[misc]
        await self.db.close()


def build(settings: Settings, clock: Callable[[], datetime] | None = None, catalogue: Catalogue | None = None) -> House:
    """The house of `settings`; connections are opened when first used. `catalogue`: when it is loaded already."""
    clock = clock or now
    catalogue = catalogue or catalogue_of(settings)
    db = database.connect(settings.database_url, settings.pool_size)
    log, board, waiting = LogWriter(db).keep, Board(db, clock), Waiting()
    ports = opened(settings.authorised_ports)

    def asking(base_url: str, wire: Wire, tls: MutualTls | None = None) -> httpx.AsyncClient:
        client = ClientId.decode(settings.exchange_client)
        transport = ExchangeTransport(
            Pool(tls),
            client=client,
            log=log,
            clock=clock,
            new_id=uuid4,
            closed=board.closed,
            wire=wire,
            ports=ports,
            waiting=waiting,
        )
        return Asking(transport, base_url)

    exchange_http = asking(settings.exchange_url, X_ROAD, mutual_tls(settings))
    own_http = asking(settings.benefits_url, BARE) if settings.benefits_url else None
    plain_http = httpx.AsyncClient(timeout=10)
    services = street(exchange_http, own_http, addresses_of(settings))
    key = ECKey.import_key(settings.oidc_key.read_bytes(), {"use": "sig"})
    policy = PushPolicy(extra_origins=settings.push_origins)
    sender = AiohttpSender()
    vapid = Vapid(settings.vapid_key.read_text(), settings.vapid_subject, clock)

    def party(issuer: str, callback: str, scope: str) -> RelyingParty:
        realm = RealmSettings(issuer, settings.oidc_client_id, f"{settings.origin}{callback}", scope)
        return RelyingParty(plain_http, realm, key, clock=clock, new_token=_token)

    return House(
        settings=settings,
        db=db,
        clock=clock,
        new_id=uuid4,
        new_token=_token,
        catalogue=catalogue,
        keys=KeyRing(dict(settings.master_keys), settings.master_keys[0][0], secrets.token_bytes),
        street=services,
        exchange=exchange_http,
        board=board,
        waiting=waiting,
        refresher=Refresher(
            db,
            services,
            Pairwise(settings.pairwise_secret),
            clock=clock,
            log=log,
            heard=contacts.hears(clock),
            closed=board.closed,
            rests=timedelta(seconds=settings.refresh_rests),
            within=settings.refresh_within,
        ),
        citizens=party(settings.oidc_issuer, "/login/callback", CITIZEN_SCOPE),
        officials=party(settings.oidc_staff_issuer, "/staff/login/callback", "openid name"),
        public_jwks=public_jwks(key),
        seal=seal_of(settings, clock),
        time_stamps=_authority(settings, plain_http),
        push_policy=policy,
        vapid=vapid,
        push=WebPush(vapid, policy, sender, settings.origin),
        lifetimes=Lifetimes(absolute=timedelta(hours=12), idle=timedelta(minutes=60)),
        staff_lifetimes=Lifetimes(absolute=timedelta(hours=10), idle=timedelta(minutes=30)),
        closers=(exchange_http.aclose, *([own_http.aclose] if own_http else []), plain_http.aclose, sender.close),
    )


def _authority(settings: Settings, http: httpx.AsyncClient) -> Authority | None:
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
            new_id=_short_token,
        )
    except (OSError, ValueError, JoseError) as wrong:
        raise SettingsRefused(f"KURASHIMADO_HANDOVER_KEYS: {wrong}") from wrong


def now() -> datetime:
    return datetime.now(UTC)


def _short_token() -> str:
    """96 bits: enough never to meet twice, and short in a QR code."""
    return secrets.token_urlsafe(12)


def _token() -> str:
    return secrets.token_urlsafe(32)
