"""The whole demo city in processes of its own, as `make run` starts it, and the desks of the outside world."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from playwright.sync_api import Page

from tests.conftest import free_port, wait_for

T = TypeVar("T")
ASSETS = Path(os.environ.get("KURASHIMADO_ASSETS", "pwa/dist"))


@dataclass(frozen=True)
class City:
    """`origin`: the residents' app. `sandbox`: the stand-ins. `shots`: where pictures are left. `log`: what it said."""

    origin: str
    sandbox: str
    shots: Path
    log: Path
    documents: dict[str, str]
    http: httpx.Client

    def document(self, name: str) -> str:
        """The id of the trusted document with this operation name."""
        return next(id for id, text in self.documents.items() if f" {name}" in text.split("{", 1)[0].split("(", 1)[0])

    def picture(self, page: Page, name: str) -> None:
        """What the page shows, for people to look at: only when `KURASHIMADO_SHOTS` names a folder (`make shots`)."""
        if os.environ.get("KURASHIMADO_SHOTS"):
            page.screenshot(path=self.shots / f"{name}.png", full_page=True)

    @property
    def last_words(self) -> str:
        return self.log.read_text("utf-8", "replace")[-4_000:]

    def falls(self, service: str, mode: str) -> None:
        """`service` is from now on silent, slow, in error, or ok again."""
        self.http.post(f"/_faults/{service}", json={"mode": mode}).raise_for_status()

    def received(self, person: str, procedure: str) -> list[dict[str, Any]]:
        """What the wards' desks have of this person, by name."""
        rows = self.http.get("/_ward", headers={"Accept": "application/json"}).json()
        return [row for row in rows if row["subject"]["name"] == person and row["procedure"] == procedure]

    def ward_moves(self, number: str, state: str, note: str | None = None) -> None:
        body = {"state": state, "note": note}
        self.http.post(f"/_ward/applications/{number}", json=body).raise_for_status()

    def push(self, desk: str, **query: str) -> Any:
        """What a desk of the push service tells: counts, messages or log."""
        return self.http.get(f"/push/_{desk}", params=query).json()

    def makes_up_subscription(self, sender_key: str) -> dict[str, Any]:
        order = {"count": 1, "applicationServerKey": sender_key}
        made: list[dict[str, Any]] = self.http.post("/push/_subscriptions", json=order).json()
        return made[0]


@contextmanager
def open_city() -> Iterator[City]:
    """`python -m bff run` on free ports with a database of its own; all of it gone when the block ends."""
    var = Path(tempfile.mkdtemp(prefix="km-city-"))
    port, sandbox_port = free_port(), free_port()
    origin, sandbox = f"http://localhost:{port}", f"http://localhost:{sandbox_port}"
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "SANDBOX_ORIGIN", "KURASHIMADO_EXCHANGE_URL"}
        },
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox_port),
        "BENEFITS_PORT": str(free_port()),
        "EXCHANGE_PORT": str(free_port()),
        "INLET_PORT": str(free_port()),
        "MAIL_PORT": str(free_port()),
        "SANDBOX_PACE": "0",
        "DEMO_WARDS": "131032",
        "KURASHIMADO_REFRESH_RESTS": "0",
        "KURASHIMADO_VAR": str(var),
        "KURASHIMADO_ORIGIN": origin,
        "KURASHIMADO_STATUS_EVERY": "1",
        "KURASHIMADO_UNSIGNED": "1",
        "KURASHIMADO_LATE_BY": "60",  # a machine busy with other tests is no crowd
    }
    log, command = var / "city.log", [sys.executable, "-m", "bff", "run"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        for address in (f"{sandbox}/healthz", f"{origin}/readyz"):
            wait_for(address, process, 90)
        documents = json.loads((ASSETS / "documents.json").read_text("utf-8"))
        with httpx.Client(base_url=sandbox, timeout=20) as http, _album() as shots:
            yield City(origin, sandbox, shots, log, documents, http)
    except BaseException:
        print(log.read_text("utf-8", "replace"))
        raise
    finally:
        _ends(process)
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def _album() -> Iterator[Path]:
    """A folder for screenshots: KURASHIMADO_SHOTS, or one that stays only when it holds a failure's."""
    if wanted := os.environ.get("KURASHIMADO_SHOTS"):
        Path(wanted).mkdir(parents=True, exist_ok=True)
        yield Path(wanted)
        return
    shots = Path(tempfile.mkdtemp(prefix="km-shots-"))
    yield shots
    if not any(shots.glob("failed-*")):
        shutil.rmtree(shots)


def _ends(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def eventually(look: Callable[[], T], seconds: float = 15) -> T:
    """The first true value of `look`; the last one when the time is over."""
    until = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < until:
        time.sleep(0.1)
    return seen
