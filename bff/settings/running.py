"""Settings of how processes run: how they end, where they are watched, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from bff.settings.reading import Get, SettingsRefused, is_address, seconds

Side = Literal["both", "residents", "staff"]
SIDES: Final = frozenset({"both", "residents", "staff"})
LONGEST: Final = 600
HIGHEST_PORT: Final = 65_535
VALKEY: Final = ("valkey://", "valkeys://", "redis://", "rediss://", "unix://")


@dataclass(frozen=True)
class RunningSettings:
    """What an operator may choose of how processes run.

    `drain`: seconds for which a web process that is to end says so at `/readyz` before it takes nothing new.
    `stop_within`: seconds a worker that is to end gives what is in hand; what is not done by then is handed back.
    `traces`: where traces are told by OTLP over HTTP; empty: nowhere, and nothing is measured for it.
    `traces_share`: of how many requests, 0 to 1. `log_requests`: a line in the log for every request.
    `worker_port`: where a worker answers `/healthz` and `/metrics` on `worker_host`; None: nowhere.
    `side`: whose doors a web process has: both, residents, staff.
    `valkey`: a Valkey that counts tries for all processes (VALKEY_URL); empty: the database does.
    """

    drain: float
    stop_within: float
    traces: str
    traces_share: float
    log_requests: bool
    worker_host: str
    worker_port: int | None
    valkey: str
    side: Side


def read_running(environ: Mapping[str, str], get: Get, *, production: bool) -> RunningSettings:
    """Raises `SettingsRefused`."""
    drain = _within("DRAIN_SECONDS", get("DRAIN_SECONDS", "10" if production else "0"), LONGEST)
    stop = _within("STOP_SECONDS", get("STOP_SECONDS", "30"), LONGEST)
    share = _within("TRACES_SHARE", get("TRACES_SHARE", "0.1" if production else "1"), 1)
    traces = environ.get("KURASHIMADO_TRACES_URL", "")
    if traces and not (is_address(traces, "https") or is_address(traces, "http")):
        raise SettingsRefused("KURASHIMADO_TRACES_URL must be an address")
    logged = get("LOG_REQUESTS", "1" if production else "0")
    if logged not in ("0", "1"):
        raise SettingsRefused("KURASHIMADO_LOG_REQUESTS must be 1 (a line for every request) or 0")
    side = get("SIDE", "both")
    if side not in SIDES:
        raise SettingsRefused("KURASHIMADO_SIDE must be both, residents or staff")
    valkey = environ.get("VALKEY_URL", "")
    if valkey and not valkey.startswith(VALKEY):
        raise SettingsRefused("VALKEY_URL must begin with valkey:// or valkeys:// (TLS)")
    return RunningSettings(
        drain=drain,
        stop_within=stop,
        traces=traces,
        traces_share=share,
        log_requests=logged == "1",
        worker_host=environ.get("WORKER_HOST", "") or "127.0.0.1",
        worker_port=_port(environ.get("WORKER_PORT", "")),
        valkey=valkey,
        side=cast(Side, side),
    )


def _within(name: str, text: str, most: float) -> float:
    value = seconds(name, text)
    if not 0 <= value <= most:
        raise SettingsRefused(f"KURASHIMADO_{name} is 0 to {most:g}")
    return value


def _port(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise SettingsRefused("WORKER_PORT must be a port")
    return int(text)
