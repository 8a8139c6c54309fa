"""How the house is built of its settings."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import httpx

from bff import contacts
from bff import db as database
from bff.administration.shelf import Shelf
from bff.connectors.street import opened, street
from bff.exchange.address import ClientId
from bff.exchange.asking import Asking
from bff.exchange.board import Board
from bff.exchange.lean.pool import Pool
from bff.exchange.log_writing import LogWriter
from bff.exchange.transport import ExchangeTransport
from bff.exchange.under import MutualTls, mutual_tls
from bff.exchange.waiting import Waiting
from bff.exchange.wire import BARE, X_ROAD, Wire
from bff.facts.refresh import Refresher
from bff.family import people
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.identity.passkeys import Passkeys, Site
from bff.identity.sessions import Lifetimes
from bff.ledger import wishes
from bff.outgoing import Outgoing, resolver
from bff.paper.tesseract import reader
from bff.process import Lately, Process
from bff.school import hearing as schools
from bff.settings import Settings
from bff.wiring.house import House
from bff.wiring.identity import client_keys_of, outgoing_of, parties, staff_realms_of
from bff.wiring.parts import (
    acts_of,
    addresses_of,
    authority_of,
    card_of,
    catalogue_of,
    heard_by,
    limits_of,
    new_token,
    now,
    post_of,
    seal_of,
    texter_of,
)
from bff.wiring.signing import signing_of, signing_party
from life_events import Catalogue
from notifications.audience.bitmaps import Bitmaps
from notifications.channels.lines import Lines
from notifications.channels.push_policy import PushPolicy
from notifications.channels.vapid import Vapid
from notifications.channels.web_push import WebPush
from notifications.post.live import Live
from notifications.push import Counting, PushRoom


def build(settings: Settings, clock: Callable[[], datetime] | None = None, catalogue: Catalogue | None = None) -> House:
    """The house of `settings`; connections are opened when first used. `catalogue`: when it is loaded already."""
    clock = clock or now
    catalogue = catalogue or catalogue_of(settings)
    db = database.connect(settings.database_url, settings.pool_size)
    shelf = Shelf(catalogue, db, clock)
    log, board, waiting = LogWriter(db, wishes.written).keep, Board(db, clock), Waiting()
    ports = opened(settings.authorised_ports | settings.signing.ports)
    pairwise = Pairwise(dict(settings.pairwise_secrets), settings.pairwise_secrets[0][0])

    def asking(base_url: str, wire: Wire, tls: MutualTls | None = None) -> httpx.AsyncClient:
        client = ClientId.decode(settings.exchange_client)
        transport = ExchangeTransport(
            Pool(tls),
            client=client,
            log=log,
            clock=clock,
            new_id=uuid4,
            closed=board.closed,
            serves=shelf.serves,
            wire=wire,
            ports=ports,
            waiting=waiting,
        )
        return Asking(transport, base_url)

    exchange_http = asking(settings.exchange_url, X_ROAD, mutual_tls(settings))
    own_http = asking(settings.benefits_url, BARE) if settings.benefits_url else None
    outgoing = outgoing_of(settings)
    plain_http = Outgoing(outgoing)
    services = street(exchange_http, own_http, addresses_of(settings))
    client_keys, limits = client_keys_of(settings), limits_of(settings, db, clock)
    policy = PushPolicy(settings.pushing.hosts, settings.pushing.origins)
    sender = Lines(resolver(outgoing))
    vapid = Vapid(settings.vapid_key.read_text(), settings.vapid_subject, clock)
    pusher = WebPush(vapid, policy, sender, settings.origin)
    live = Live(clock)

    person_secret = settings.pairwise_secrets[-1][1]
    refresher = Refresher(
        db,
        services,
        pairwise,
        clock=clock,
        log=log,
        heard=heard_by(
            contacts.hears(clock, person_secret),
            people.hears(person_secret),
            schools.heard,
        ),
        closed=board.closed,
        rests=timedelta(seconds=settings.refresh_rests),
        within=settings.refresh_within,
    )
    signers = signing_party(settings, plain_http, client_keys, clock)
    return House(
        settings=settings,
        db=db,
        clock=clock,
        new_id=uuid4,
        new_token=new_token,
        shelf=shelf,
        pairwise=pairwise,
        keys=KeyRing(dict(settings.master_keys), settings.master_keys[0][0], secrets.token_bytes),
        street=services,
        exchange=exchange_http,
        board=board,
        waiting=waiting,
        process=Process(Lately(clock)),
        refresher=refresher,
        signing=signing_of(settings, plain_http, signers, services, refresher.subjects.of),
        providers=parties(settings, plain_http, client_keys, clock),
        client_keys=client_keys,
        passkeys=Passkeys(
            db,
            Site(settings.identity.passkey_site, settings.identity.passkey_origins),
            clock=clock,
            new_id=uuid4,
            new_token=new_token,
        ),
        seal=seal_of(settings, clock),
        limits=limits,
        time_stamps=authority_of(settings, plain_http),
        card=card_of(settings, plain_http, clock),
        reader=reader(settings.paper.tesseract, settings.paper.seconds),
        push_policy=policy,
        vapid=vapid,
        push=pusher,
        pushing=PushRoom(db.house, database.defer, clock, pusher, Counting(live), settings.pushing.hands),
        live=live,
        bitmaps=Bitmaps(),
        post=post_of(settings),
        texter=texter_of(settings, plain_http),
        lifetimes=Lifetimes(absolute=timedelta(hours=12), idle=timedelta(minutes=60)),
        staff_lifetimes=Lifetimes(absolute=timedelta(hours=10), idle=timedelta(minutes=30)),
        acts=acts_of(settings),
        staff_realms=staff_realms_of(settings, catalogue),
        closers=(
            shelf.close,
            exchange_http.aclose,
            *([own_http.aclose] if own_http else []),
            plain_http.aclose,
            sender.close,
            limits.close,
        ),
    )
