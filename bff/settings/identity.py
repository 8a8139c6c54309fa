"""Settings of who is let in, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bff.settings.reading import Get, SettingsRefused, is_address


@dataclass(frozen=True)
class IdentitySettings:
    """What an operator may choose of who is let in, and how surely.

    `passkey_site`: the host that passkeys belong to; another one makes all that are bound worthless.
    `passkey_origins`: the pages that may ask for them, each of that host or below it.
    """

    passkey_site: str
    passkey_origins: tuple[str, ...]


def read_identity(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> IdentitySettings:
    """`sandbox`: where the stand-ins are; empty in production. Raises `SettingsRefused`."""
    here = get("ORIGIN", "" if production else "http://localhost:8000").rstrip("/")
    site = environ.get("KURASHIMADO_PASSKEY_SITE", "") or urlsplit(here).hostname or ""
    origins = tuple(environ.get("KURASHIMADO_PASSKEY_ORIGINS", here).replace(" ", "").split(","))
    for origin in origins:
        if not _of_site(origin, site, production):
            raise SettingsRefused("KURASHIMADO_PASSKEY_ORIGINS must be https, on KURASHIMADO_PASSKEY_SITE or below it")
    return IdentitySettings(passkey_site=site, passkey_origins=origins)


def _of_site(origin: str, site: str, production: bool) -> bool:
    """Browsers take `http` for as safe on this machine alone."""
    parts = urlsplit(origin)
    near = parts.hostname == site or (parts.hostname or "").endswith(f".{site}")
    here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1") and not production
    return bool(site) and near and (is_address(origin, "https") or here)
