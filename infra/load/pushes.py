"""A broadcast pushed by the real worker to the stand-in push service, against encryption alone in the same run."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from infra.load import cpu
from infra.load.city import City

PEOPLE = 4_000
WARD = "131016"
PATIENCE_S = 45
LOOK_EVERY_S = 0.25
CEILING_SECONDS = 1.0
PAYLOAD = bytes(380)
"""About as long as what the mail room sends."""

MOVE_IN = """
    WITH person AS (SELECT gen_random_uuid() AS resident, * FROM
            unnest(%(endpoints)s::text[], %(points)s::text[], %(secrets)s::text[]) AS given (endpoint, p256dh, auth)),
        contact AS (INSERT INTO contacts (resident, ward, language, kept_at)
            SELECT resident, %(ward)s, 'ja', %(now)s FROM person)
    INSERT INTO devices (id, resident, endpoint, p256dh, auth, made_at, expires_at)
    SELECT gen_random_uuid(), resident, endpoint, p256dh, auth, %(now)s, %(later)s FROM person
"""
APPROVED = """
    INSERT INTO broadcasts (id, ward, key, state, version, kind, sender, title, body, audience, author, author_name,
        approver, approver_name, written_at)
    VALUES (%(id)s, %(ward)s, %(id)s, 'approved', 1, %(kind)s, %(text)s, %(text)s, %(text)s, %(audience)s,
        'load-1', '渡辺', 'load-2', '小林', %(now)s)
"""
PROMISE = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('house', 'expand_broadcast', 0, NULL, NULL, %(args)s::jsonb,
        NULL)::procrastinate_job_to_defer_v1])
"""


@dataclass(frozen=True)
class Pushes:
    """Messages a second: by the clock; by processor second of the worker; `ceiling`: encrypted by processor second."""

    by_clock: float
    by_core: float
    ceiling: float
    messages: int
    memory: tuple[float, float]
    """Of the worker in MB: before, and at its highest."""


def measure(city: City) -> Pushes:
    """Raises `TimeoutError` when the broadcast does not end in PATIENCE_S."""
    ceiling = encrypted_a_second()
    with httpx.Client(base_url=city.sandbox, timeout=60) as push_service:
        push_service.post("/push/_forget")
        phones = push_service.post("/push/_subscriptions", json={"count": PEOPLE}).json()
        worker = city.worker
        broadcast(city.database_url, phones)
        before = cpu.memory(worker)
        used, began = cpu.seconds(worker), time.monotonic()
        all_accepted(push_service, PEOPLE)
        took, used = time.monotonic() - began, cpu.seconds(worker) - used
    return Pushes(PEOPLE / took, PEOPLE / used, ceiling, PEOPLE, (before, cpu.memory(worker, highest=True)))


def broadcast(url: str, phones: Sequence[dict[str, Any]], kind: str = "information") -> None:
    """Whose phones they are moves into the ward, and what is approved for all of it is to be sent."""
    with _house(url) as conn:
        _people_move_in(conn, phones)
        _promise_broadcast(conn, kind)


def encrypted_a_second() -> float:
    """RFC 8291 by the bare primitives alone, a processor second."""
    done, began = 0, time.process_time()
    while (used := time.process_time() - began) < CEILING_SECONDS:
        by_primitives()
        done += 1
    return done / used


_PHONE = ec.generate_private_key(ec.SECP256R1())
_UNCOMPRESSED = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
_POINT, _SECRET = _PHONE.public_key().public_bytes(*_UNCOMPRESSED), os.urandom(16)


def by_primitives() -> bytes:
    """What a message must cost with pyca's cryptography: a key, its point, theirs, the secret between them, three
    derivations and the encryption."""
    key = ec.generate_private_key(ec.SECP256R1())
    ours = key.public_key().public_bytes(*_UNCOMPRESSED)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _POINT)
    shared = key.exchange(ec.ECDH(), theirs)
    material = HKDF(SHA256(), 32, _SECRET, _POINT + ours).derive(shared)
    secret = HKDF(SHA256(), 16, _SECRET, b"key").derive(material)
    nonce = HKDF(SHA256(), 12, _SECRET, b"nonce").derive(material)
    return AESGCM(secret).encrypt(nonce, PAYLOAD, None)


@contextmanager
def _house(url: str) -> Iterator[psycopg.Connection]:
    """One transaction that sees the whole house."""
    with psycopg.connect(url) as conn:
        conn.execute("SELECT set_config('app.door', 'house', true)")
        yield conn


def _people_move_in(conn: psycopg.Connection, phones: Sequence[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    given = {
        "endpoints": [phone["endpoint"] for phone in phones],
        "points": [phone["keys"]["p256dh"] for phone in phones],
        "secrets": [phone["keys"]["auth"] for phone in phones],
    }
    conn.execute(MOVE_IN, {**given, "ward": WARD, "now": now, "later": now + timedelta(days=30)})


def _promise_broadcast(conn: psycopg.Connection, kind: str) -> UUID:
    id = uuid4()
    text = json.dumps(dict.fromkeys(("ja", "easy", "en"), "千代田区からのお知らせ"))
    audience = json.dumps({"ward": WARD, "languages": [], "child_age": None})
    conn.execute(
        APPROVED, {"id": id, "ward": WARD, "kind": kind, "text": text, "audience": audience, "now": datetime.now(UTC)}
    )
    conn.execute(PROMISE, {"args": json.dumps({"broadcast": str(id)})})
    return id


def all_accepted(push_service: httpx.Client, people: int, patience: float = PATIENCE_S) -> None:
    until = time.monotonic() + patience
    while (posts := push_service.get("/push/_counts").json()["posts"]) < people:
        if time.monotonic() > until:
            raise TimeoutError(f"{posts} of {people} pushes in {patience:.0f} s")
        time.sleep(LOOK_EVERY_S)
