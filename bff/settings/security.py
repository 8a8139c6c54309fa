"""Settings of how the doors are guarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bff.settings.reading import Get, Networks, SettingsRefused, networks, seconds

DEMO_FACTOR = "20"
"""In the demo city everybody comes from one machine."""


@dataclass(frozen=True)
class SecuritySettings:
    """What an operator may choose of how the doors are guarded.

    `trusted_proxies`: networks of the proxies before us; of these alone `X-Forwarded-For` is believed.
    `limits_factor` multiplies every limit on tries (bff/limits/kinds.toml).
    """

    trusted_proxies: Networks
    limits_factor: float


def read_security(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> SecuritySettings:
    """`sandbox`: where the stand-ins are; empty in production. Raises `SettingsRefused`."""
    factor = seconds("LIMITS_FACTOR", get("LIMITS_FACTOR", "1" if production else DEMO_FACTOR))
    if factor <= 0:
        raise SettingsRefused("KURASHIMADO_LIMITS_FACTOR must be above 0")
    return SecuritySettings(
        trusted_proxies=networks("TRUSTED_PROXIES", environ.get("KURASHIMADO_TRUSTED_PROXIES", "")),
        limits_factor=factor,
    )
