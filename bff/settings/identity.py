"""Settings of who is let in, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bff.settings.reading import Get, SettingsRefused, is_address
from bff.settings.staff import StaffSettings, read_staff


@dataclass(frozen=True)
class IdentitySettings:
    """What an operator may choose of who is let in, and how surely.

    `passkey_site`: the host that passkeys belong to; another one makes all that are bound worthless.
    `passkey_origins`: the pages that may ask for them, each of that host or below it.
    `providers`: a TOML file of identity providers beside the two that `OIDC_ISSUER` and `OIDC_STAFF_ISSUER` name, or,
    under their ids `card` and `staff`, in their place (bff/identity/providers.py); None: there are none.
    """

    passkey_site: str
    passkey_origins: tuple[str, ...]
    providers: Path | None
    staff: StaffSettings


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
    return IdentitySettings(passkey_site=site, passkey_origins=origins, providers=providers, staff=staff)


def _of_site(origin: str, site: str, production: bool) -> bool:
    """Browsers take `http` for as safe on this machine alone."""
    parts = urlsplit(origin)
    near = parts.hostname == site or (parts.hostname or "").endswith(f".{site}")
    here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1") and not production
    return bool(site) and near and (is_address(origin, "https") or here)
