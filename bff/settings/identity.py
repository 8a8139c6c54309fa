"""Settings of who is let in, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bff.settings.reading import Get, SettingsRefused, is_address, seconds
from bff.settings.staff import StaffSettings, read_staff

MOST_GRACE_DAYS = 90
MOST_CODE_HOURS = 72
MOST_DAYS = 366


@dataclass(frozen=True)
class IdentitySettings:
    """What an operator may choose of who is let in, and how surely.

    `passkey_site`: the host that passkeys belong to; another one makes all that are bound worthless.
    `passkey_origins`: the pages that may ask for them, each of that host or below it.
    `providers`: a TOML file of identity providers beside the two that `OIDC_ISSUER` and `OIDC_STAFF_ISSUER` name, or,
    under their ids `card` and `staff`, in their place (bff/identity/providers.py); None: there are none.
    `account_grace_days`: after a resident's wish to be erased, in which a login calls it off.
    `desk_code_hours`: how long a code from a ward's desk lives. `desk_second_look`: another official agrees first.
    `question_days`: until a ward is to have answered a question about who looked; `questions_open`: how many of one
    resident may stand unanswered at once.
    """

    passkey_site: str
    passkey_origins: tuple[str, ...]
    providers: Path | None
    staff: StaffSettings
    account_grace_days: float
    desk_code_hours: float
    desk_second_look: bool
    question_days: int
    questions_open: int


def read_identity(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> IdentitySettings:
    """`sandbox`: where the stand-ins are; empty in production. Raises `SettingsRefused`."""
    here = get("ORIGIN", "" if production else "http://localhost:8000").rstrip("/")
    site = environ.get("KURASHIMADO_PASSKEY_SITE", "") or urlsplit(here).hostname or ""
    origins = tuple(environ.get("KURASHIMADO_PASSKEY_ORIGINS", here).replace(" ", "").split(","))
    for origin in origins:
        if not _of_site(origin, site, production):
            raise SettingsRefused("KURASHIMADO_PASSKEY_ORIGINS must be https, on KURASHIMADO_PASSKEY_SITE or below it")
    file = environ.get("KURASHIMADO_PROVIDERS", "")
    providers = Path(file).absolute() if file else None
    staff = read_staff(environ, get, production=production)
    grace, hours = (
        seconds(name, get(name, default)) for name, default in (("ACCOUNT_GRACE_DAYS", "14"), ("DESK_CODE_HOURS", "24"))
    )
    if not 0 <= grace <= MOST_GRACE_DAYS or not 0 < hours <= MOST_CODE_HOURS:
        raise SettingsRefused(
            f"KURASHIMADO_ACCOUNT_GRACE_DAYS must be at most {MOST_GRACE_DAYS}, DESK_CODE_HOURS {MOST_CODE_HOURS}"
        )
    return IdentitySettings(
        passkey_site=site,
        passkey_origins=origins,
        providers=providers,
        staff=staff,
        account_grace_days=grace,
        desk_code_hours=hours,
        desk_second_look=environ.get("KURASHIMADO_DESK_SECOND_LOOK", "") == "1",
        question_days=_count(get, "QUESTION_DAYS", "14"),
        questions_open=_count(get, "QUESTIONS_OPEN", "5"),
    )


def _count(get: Get, name: str, default: str) -> int:
    """One to a year's days."""
    said = get(name, default)
    if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= MOST_DAYS):
        raise SettingsRefused(f"KURASHIMADO_{name} must be a whole number from 1 to {MOST_DAYS}")
    return int(said)


def _of_site(origin: str, site: str, production: bool) -> bool:
    """Browsers take `http` for as safe on this machine alone."""
    parts = urlsplit(origin)
    near = parts.hostname == site or (parts.hostname or "").endswith(f".{site}")
    here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1") and not production
    return bool(site) and near and (is_address(origin, "https") or here)
