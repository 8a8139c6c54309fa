"""The push service as Firefox meets it: autopush over a WebSocket, on the served process."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from py_vapid import Vapid02
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.conftest import free_port

PORTS = range(8_721, 8_740)


@pytest.fixture
def origin() -> Iterator[str]:
    """`python -m infra.sandbox` on a free port."""
    port = next(port for port in PORTS if is_free(port))
    ports = {"SANDBOX_PORT": str(port), "EXCHANGE_PORT": str(free_port()), "MAIL_PORT": "0"}
    process = subprocess.Popen([sys.executable, "-m", "infra.sandbox"], env={**os.environ, **ports})
    begun, origin = time.monotonic(), f"http://localhost:{port}"
    while time.monotonic() - begun < 20:
        try:
            httpx.get(f"{origin}/healthz").raise_for_status()
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield origin
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Phone:
    """A browser's end of the connection."""

    def __init__(self, origin: str) -> None:
        self.url = origin.replace("http", "ws") + "/push/"
        self.uaid = ""
        self.awake = ExitStack()
        self.line: ClientConnection

    def wakes(self) -> None:
        call = connect(self.url, subprotocols=[Subprotocol("push-notification")])
        self.line = self.awake.enter_context(call)
        assert self.line.subprotocol == "push-notification"
        self.uaid = self.says({"messageType": "hello", "uaid": self.uaid, "use_webpush": True})["uaid"]

    def sleeps(self) -> None:
        self.awake.close()

    def says(self, message: dict[str, Any]) -> dict[str, Any]:
        self.line.send(json.dumps(message))
        return self.hears()

    def acknowledges(self, note: dict[str, Any]) -> None:
        update = {"channelID": note["channelID"], "version": note["version"], "code": 100}
        self.line.send(json.dumps({"messageType": "ack", "updates": [update]}))

    def hears(self) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(self.line.recv(timeout=5))
        return heard


def post(origin: str, endpoint: str, *, ttl: str = "60", topic: str | None = None) -> int:
    """An empty message, which RFC 8030 allows and which needs no encryption."""
    vapid = Vapid02()
    vapid.generate_keys()
    headers = vapid.sign({"aud": origin, "sub": "mailto:a@example.jp", "exp": int(time.time()) + 600})
    more = {"TTL": ttl} | ({"Topic": topic} if topic else {})
    return httpx.post(endpoint, headers=headers | more).status_code


def test_a_browser_subscribes_hears_sleeps_and_catches_up(origin: str) -> None:
    phone = Phone(origin)
    phone.wakes()
    endpoint = phone.says({"messageType": "register", "channelID": "c-1"})["pushEndpoint"]
    assert endpoint.startswith(f"{origin}/push/v2/")

    assert post(origin, endpoint, ttl="0") == 201
    note = phone.hears()
    assert (note["messageType"], note["channelID"]) == ("notification", "c-1")
    phone.acknowledges(note)
    assert phone.says({}) == {}
    assert httpx.get(f"{origin}/push/_counts").json()["outstanding"] == 0

    phone.sleeps()
    time.sleep(0.2)
    assert post(origin, endpoint, topic="t") == 201
    assert post(origin, endpoint, topic="t") == 201
    before = phone.uaid
    phone.wakes()
    assert phone.uaid == before
    waited = phone.hears()
    assert waited["messageType"] == "notification"
    assert phone.says({}) == {}, "the replaced message is not delivered as well"

    assert phone.says({"messageType": "unregister", "channelID": "c-1"})["status"] == 200
    assert post(origin, endpoint) == 410
    phone.sleeps()


def test_a_browser_with_a_bad_key_or_bad_manners_is_refused(origin: str) -> None:
    phone = Phone(origin)
    phone.wakes()
    bad = base64.urlsafe_b64encode(b"\x04" + b"\x01" * 64).decode()
    assert phone.says({"messageType": "register", "channelID": "c-1", "key": bad})["status"] == 400
    phone.line.send("[1, 2]")
    with pytest.raises(Exception, match="1002"):
        phone.line.recv(timeout=5)
