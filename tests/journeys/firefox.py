"""Debian's Firefox, headless, driven over WebDriver BiDi (W3C) by its own websocket: no driver in between.

Chromium cannot take a real push without its maker's servers; Firefox takes any push service that a preference names.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

STARTS_WITHIN = 60.0
ANSWERS_WITHIN = 30.0
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
QUIET: Mapping[str, bool | int | str] = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#off",
    "toolkit.telemetry.enabled": False,
    "alerts.useSystemBackend": False,
    "intl.accept_languages": "ja-JP, ja",
    "permissions.default.desktop-notification": 1,
    "remote.active-protocols": 1,
}


def push_service_at(address: str) -> dict[str, bool | int | str]:
    """The preferences that make a push service without TLS the browser's own."""
    return {
        "dom.push.connection.enabled": True,
        "dom.push.serverURL": address,
        "dom.push.testing.allowInsecureServerURL": True,
    }


class BrowserSays(Exception):
    """An error of the protocol, or an exception in the page."""


@contextmanager
def open_firefox(preferences: Mapping[str, bool | int | str]) -> Iterator[Firefox]:
    """A fresh profile; browser and profile are gone when the block ends."""
    profile = Path(tempfile.mkdtemp(prefix="km-firefox-"))
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in {**QUIET, **preferences}.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    log = profile / "browser.log"
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    environment = {**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1", "TZ": "Asia/Tokyo"}
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        with connect(_address(log, process) + "/session", max_size=None) as line:
            yield Firefox(line)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
        shutil.rmtree(profile, ignore_errors=True)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if found := LISTENING.search(log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.1)
    raise BrowserSays(f"firefox did not start: {log.read_text('utf-8', 'replace')[-2_000:]}")


class Firefox:
    """One window with one tab."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.told("session.new", capabilities={})
        self._tab = self.told("browsingContext.getTree")["contexts"][0]["context"]

    def told(self, method: str, **parameters: Any) -> Any:
        """Send one command and wait for its answer; events in between are passed over."""
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        until = time.monotonic() + ANSWERS_WITHIN
        while True:
            answer = json.loads(self._line.recv(timeout=max(0.1, until - time.monotonic())))
            if answer.get("id") != number:
                continue
            if answer["type"] == "error":
                raise BrowserSays(f"{method}: {answer['error']}: {answer['message']}")
            return answer["result"]

    def goes_to(self, url: str) -> None:
        self.told("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluates(self, expression: str) -> Any:
        """The value of an expression in the page, awaited, as JSON."""
        code = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        told = self.told("script.evaluate", expression=code, target={"context": self._tab}, awaitPromise=True)
        if told["type"] == "exception":
            raise BrowserSays(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def shows(self, role: str, name: str) -> bool:
        return bool(self._find(role, name))

    def presses(self, role: str, name: str) -> None:
        """A real click in the middle of the first element of this role and accessible name, once it is there."""
        node = self.waits_for(role, name)
        self.told(
            "script.callFunction",
            functionDeclaration="one => one.scrollIntoView({block: 'center'})",
            arguments=[{"sharedId": node}],
            target={"context": self._tab},
            awaitPromise=False,
        )
        at = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": {"sharedId": node}}}
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        finger = {"type": "pointer", "id": "finger", "actions": [at, down, up]}
        self.told("input.performActions", context=self._tab, actions=[finger])

    def waits_for(self, role: str, name: str, seconds: float = 20) -> str:
        """The shared id of the element; it may come late."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self._find(role, name):
                return found
            time.sleep(0.1)
        text = self.evaluates("document.body.innerText")
        raise BrowserSays(f"no {role} {name!r} at {self.evaluates('location.href')}: {text}")

    def _find(self, role: str, name: str) -> str | None:
        locator = {"type": "accessibility", "value": {"role": role, "name": name}}
        try:
            nodes = self.told("browsingContext.locateNodes", context=self._tab, locator=locator, maxNodeCount=1)[
                "nodes"
            ]
        except BrowserSays:
            return None
        return nodes[0]["sharedId"] if nodes else None
