"""The house as every door is handed it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncConnection

from bff import contacts, told, uploads
from bff import db as database
from bff.accounts.rules import Rules
from bff.administration.keys_here import KeysHere
from bff.administration.shelf import Shelf
from bff.connectors.manifest import Manifest
from bff.connectors.street import Street
from bff.db import Database
from bff.effect import Reading
from bff.exchange import incoming
from bff.exchange.address import ClientId
from bff.exchange.board import Board
from bff.exchange.evidence.stamping import Authority
from bff.exchange.waiting import Waiting
from bff.exchange.ways.flow import Flow
from bff.facilities.door import Packed
from bff.facts.refresh import Refresher
from bff.facts.subjects import Subjects
from bff.family import people
from bff.handover.seal import Seal
from bff.home.flows import Begin, begin
from bff.identity import residents, sessions
from bff.identity.acts import Acts
from bff.identity.client_keys import ClientKeys
from bff.identity.failures import LoginFailed
from bff.identity.keys import KeyRing
from bff.identity.oidc import Identified, RelyingParty
from bff.identity.pairwise import Pairwise
from bff.identity.passkeys import Passkeys
from bff.identity.residents import Resident
from bff.identity.sessions import Lifetimes, Visitor
from bff.identity.staff_realms import StaffRealms
from bff.limits import Limits
from bff.links import store as links
from bff.paper import people as paper_people
from bff.paper.tesseract import Reader
from bff.payments.card import CardGate
from bff.process import Process
from bff.public import Library
from bff.reach.known import KnownToTheHouse
from bff.reach.links import Links
from bff.school import hearing as schools
from bff.settings import Settings
from bff.signing.room import SigningRoom
from bff.uploads.scanner import Scan, scanner
from bff.wiring.identity import keys_of
from life_events import Catalogue, Text
from notifications import address_book
from notifications.audience.bitmaps import Bitmaps
from notifications.channels.email import Post
from notifications.channels.push_policy import PushPolicy
from notifications.channels.sms import Texter
from notifications.channels.vapid import Vapid
from notifications.channels.web_push import WebPush
from notifications.jobs import Defer, day_in_japan
from notifications.post.live import Live
from notifications.push import PushRoom
from notifications.reach.ports import Channels


@dataclass(frozen=True)
class House:
    """Everything the doors are handed. Clock, ids and chance are given, so that a test can give its own."""

    settings: Settings
    db: Database
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    new_token: Callable[[], str]
    shelf: Shelf
    keys: KeyRing
    pairwise: Pairwise
    street: Street
    exchange: httpx.AsyncClient
    board: Board
    waiting: Waiting
    process: Process
    refresher: Refresher
    providers: Mapping[str, RelyingParty]
    client_keys: ClientKeys
    passkeys: Passkeys
    seal: Seal
    signing: SigningRoom
    limits: Limits
    time_stamps: Authority | None
    card: CardGate | None
    reader: Reader | None
    push_policy: PushPolicy
    vapid: Vapid
    push: WebPush
    pushing: PushRoom
    live: Live
    bitmaps: Bitmaps
    post: Post | None
    texter: Texter | None
    closers: Sequence[Callable[[], object]]
    lifetimes: Lifetimes
    staff_lifetimes: Lifetimes
    acts: Acts
    staff_realms: StaffRealms

    @property
    def origin(self) -> str:
        return self.settings.origin

    @property
    def catalogue(self) -> Catalogue:
        return self.shelf.catalogue

    @property
    def asks_passkey(self) -> bool:
        return self.settings.identity.staff.passkeys

    @property
    def enrol_window(self) -> timedelta:
        return self.settings.identity.staff.enrol

    @property
    def tries_out(self) -> bool:
        return self.settings.identity.staff.tries_out

    @property
    def assets(self) -> Path:
        return self.settings.assets

    @property
    def public_jwks(self) -> Mapping[str, object]:
        """The keys by which identity providers know us."""
        return self.client_keys.published

    @property
    def account_rules(self) -> Rules:
        chosen = self.settings.identity
        grace, lives = timedelta(days=chosen.account_grace_days), timedelta(hours=chosen.desk_code_hours)
        return Rules(grace=grace, code_lives=lives, second_look=chosen.desk_second_look)

    @property
    def handover_jwks(self) -> Mapping[str, object]:
        """The keys by which a counter knows our hand-over sheets."""
        return self.seal.published

    @cached_property
    def wards(self) -> Sequence[tuple[str, str]]:
        """(code, Japanese name) of the 23."""
        return tuple((ward.code, ward.name.ja) for ward in self.catalogue.wards.values())

    @property
    def exchange_client(self) -> ClientId:
        """Our own subsystem in the exchange, as which we ask and are asked."""
        return ClientId.decode(self.settings.exchange_client)

    @property
    def defer(self) -> Defer:
        return database.defer

    @property
    def for_family(self) -> House:
        """As the family room asks for it; the next four as theirs do."""
        return self

    @property
    def keys_here(self) -> KeysHere:
        return keys_of(self.settings)

    for_cases = for_reach = for_paper = for_school = for_family

    @cached_property
    def scan(self) -> Scan | None:
        """Looks at what officials bring in, as at what residents add."""
        return scanner(self.settings.security.clamd_url)

    @property
    def subjects(self) -> Subjects:
        return self.refresher.subjects

    @property
    def person_secret(self) -> bytes:
        """Under which a person of a register is known again in another account: the oldest, which is always there."""
        return self.settings.pairwise_secrets[-1][1]

    @cached_property
    def reach_links(self) -> Links:
        """Of letters; keyed by the oldest secret, since a letter is opened when it is opened."""
        secret = hmac.digest(self.person_secret, b"links in letters", hashlib.sha256)
        return Links(secret, self.origin, self.settings.reach.mail_back)

    @cached_property
    def reach_channels(self) -> Channels:
        return Channels(KnownToTheHouse(self.keys, self.reach_links, self.clock), self.post, self.texter, self.origin)

    @cached_property
    def everywhere(self) -> Reading:
        return Reading(self)

    @cached_property
    def packed_places(self) -> Packed:
        return {}

    @cached_property
    def library(self) -> Library:
        return Library(self.settings.assets, self.origin, lambda: self.shelf.edition)

    @cached_property
    def painting(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(uploads.AT_ONCE)

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
        return day_in_japan(self.clock())

    async def who(self, token: str) -> Visitor | None:
        """Whose session this token opens, and what that session rests on."""
        found = await sessions.look_up(self.db, token, now=self.clock(), lifetimes=self.lifetimes, keys=self.keys)
        if found is not None:
            told.is_of(found.resident.id, self.person_secret)
        return found

    async def linked(self, resident: UUID, provider: str, who: Identified) -> None:
        """After a resident proved that an ID at `provider` is hers."""
        async with self.db.house() as conn:
            known = await residents.resident_of(conn, resident, self.keys)
            if known is None or (how := self.providers[provider].provider.link) is None:
                raise LoginFailed("failed", f"{provider}: nothing is linked here")
            await links.link(conn, known, provider, who, how, now=self.clock(), new_id=self.new_id)

    async def resident_came(self, resident: Resident) -> None:
        """After a login: the mail room knows where she lives and her language, even before any fact is told."""
        async with self.db.house() as conn:
            await contacts.came(conn, resident, self.clock())
            await paper_people.keep(conn, self.person_secret, resident)

    async def no_longer_told(self, resident: Resident, source: str) -> None:
        """After her no to `source`: the mail room forgets what it had from there."""
        async with self.db.house() as conn:
            await contacts.stopped(conn, resident, source, self.clock())
            if source == "registry":
                await people.forget(conn, resident.id)
            if source == "school":
                await schools.stopped(conn, resident, self)

    async def new_device(self, resident: Resident, kind: str) -> None:
        """A notice in her inbox, pushed to the devices she has, with the way to end what was not her."""
        async with self.db.house() as conn:
            await contacts.came_from_new_device(conn, self.defer, resident, kind, self.new_id(), self.clock())

    async def devices_follow(self, resident: UUID, old: bytes, new: bytes) -> None:
        """A session goes on under a new token: its device is forgotten with it, not before."""
        async with self.db.house() as conn:
            await address_book.follow_session(conn, resident=resident, old=old, new=new)

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
