"""What the stand-ins need to know, read once from the environment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`pace` is in seconds between automatic moves of an application; 0 means by hand only.

    `client_jwks` is the JWKS file with the relying party's public keys (RFC 7517 §5).
    `exchange_keys` is the folder of the exchange's root and of its TLS server, made when missing; None: in memory.
    `exchange_client` is the PEM certificate that is registered for the house's information system.
    `time_stamp_keys` is the folder of the time-stamp authority's key and root, made when missing; None: in memory.
    `ward_seal_keys` is the folder of the root of the wards' seals, made when missing; None: in memory.
    `inlet`: where the house listens for other bodies, '' if nowhere; `inlet_keys`: the folder of the keys that open it.
    `mail_port`: where letters are taken; 0: nowhere.
    `fixed_today` freezes the calendar date the personas' lives are counted from, not the clock.
    """

    host: str = "127.0.0.1"
    port: int = 8001
    origin: str = "http://localhost:8001"
    client_id: str = "KURASHIMADO01"
    client_jwks: Path | None = None
    exchange_port: int = 8003
    mail_port: int = 0
    exchange_keys: Path | None = None
    exchange_client: Path | None = None
    time_stamp_keys: Path | None = None
    ward_seal_keys: Path | None = None
    client_origin: str = "http://localhost:8000"
    inlet: str = ""
    inlet_keys: Path | None = None
    pace: float = 15.0
    fixed_today: date | None = None


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Raises ValueError when a number or date in the environment cannot be read."""
    port = int(environ.get("SANDBOX_PORT") or 8001)
    jwks, today = environ.get("SANDBOX_CLIENT_JWKS"), environ.get("SANDBOX_TODAY")
    stamps, exchange = environ.get("SANDBOX_TIME_STAMP_KEYS"), environ.get("SANDBOX_EXCHANGE_KEYS")
    exchange_client = environ.get("SANDBOX_EXCHANGE_CLIENT")
    inlet_keys, seals = environ.get("SANDBOX_INLET_KEYS"), environ.get("SANDBOX_WARD_SEAL_KEYS")
    return Settings(
        host=environ.get("SANDBOX_HOST") or "127.0.0.1",
        port=port,
        origin=(environ.get("SANDBOX_ORIGIN") or f"http://localhost:{port}").rstrip("/"),
        client_jwks=Path(jwks) if jwks else None,
        exchange_port=int(environ.get("EXCHANGE_PORT") or 8003),
        mail_port=int(environ.get("MAIL_PORT") or 0),
        exchange_keys=Path(exchange) if exchange else None,
        exchange_client=Path(exchange_client) if exchange_client else None,
        time_stamp_keys=Path(stamps) if stamps else None,
        ward_seal_keys=Path(seals) if seals else None,
        client_origin=(environ.get("SANDBOX_CLIENT_ORIGIN") or "http://localhost:8000").rstrip("/"),
        inlet=(environ.get("SANDBOX_INLET") or "").rstrip("/"),
        inlet_keys=Path(inlet_keys) if inlet_keys else None,
        pace=float(environ.get("SANDBOX_PACE") or 15),
        fixed_today=date.fromisoformat(today) if today else None,
    )


@dataclass(frozen=True)
class Clock:
    """The only place where time comes from; `sleep` takes seconds."""

    now: Callable[[], datetime]
    fixed_today: date | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def today(self) -> date:
        """The calendar day in Tokyo."""
        return self.fixed_today or self.now().astimezone(TOKYO).date()

    def epoch(self) -> float:
        """Seconds since 1970, as JWT and WebPush count."""
        return self.now().timestamp()


def wall_clock(settings: Settings) -> Clock:
    return Clock(now=lambda: datetime.now(UTC), fixed_today=settings.fixed_today)
