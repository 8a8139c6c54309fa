"""東京共同電子申請・届出サービス: how far an application is, for whoever has its number and password."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from infra.sandbox.acts.desk import Asked, Desk, No, Tells
from infra.sandbox.services import Key, Service
from infra.sandbox.settings import TOKYO, Clock

FILE: Final = Path(__file__).parents[1] / "data" / "shared_applications.toml"


class Status(Asked, frozen=True, kw_only=True):
    number: str
    password: str


def shared_services(clock: Clock) -> dict[Key, Service]:
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def answer(status: Status) -> object:
        """A wrong password is told as an unknown number."""
        one = held.get(status.number)
        if one is None or one["password"] != status.password:
            raise No("unknown_number")
        at = datetime.combine(clock.today() + timedelta(days=one["days"]), time(13, 5), TOKYO)
        told = {name: one[name] for name in ("procedure", "office", "state")}
        return {"number": status.number, **told, "at": at, "note": one["note"] or None}

    desk = Desk("T", clock, 0, {}, {"/status": Tells(Status, answer)})
    return {("GOV", "shared-applications", "status"): desk.service("shared_applications", "130001")}
