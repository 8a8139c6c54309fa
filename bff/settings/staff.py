"""Settings of how officials are let in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bff.settings.reading import Get, SettingsRefused, seconds


@dataclass(frozen=True)
class StaffSettings:
    """`passkeys`: nobody goes on without a second factor; production always. `enrol`: so long after an official's very
    first login a passkey may be enrolled without an administrator's permission. `acts`: a table of which role may do
    what, instead of `bff/identity/acts.toml`. `realms`: which provider speaks for which ward
    (`bff/identity/staff_realms.py`); None: one for all. `tries_out`: who has no passkey at hand goes on, never in
    production.
    """

    passkeys: bool
    enrol: timedelta
    acts: Path | None
    realms: Path | None
    tries_out: bool


def read_staff(environ: Mapping[str, str], get: Get, *, production: bool) -> StaffSettings:
    """Raises `SettingsRefused`."""
    asked = get("STAFF_PASSKEYS", "on")
    if asked not in ("on", "off"):
        raise SettingsRefused("KURASHIMADO_STAFF_PASSKEYS must be on or off")
    if production and asked == "off":
        raise SettingsRefused("KURASHIMADO_STAFF_PASSKEYS must be on in production")
    minutes = seconds("STAFF_ENROL_MINUTES", get("STAFF_ENROL_MINUTES", "30" if production else "525600"))
    if minutes < 0:
        raise SettingsRefused("KURASHIMADO_STAFF_ENROL_MINUTES must not be negative")
    acts, realms = (environ.get(f"KURASHIMADO_STAFF_{name}", "") for name in ("ACTS", "REALMS"))
    return StaffSettings(
        passkeys=asked == "on",
        enrol=timedelta(minutes=minutes),
        acts=Path(acts).absolute() if acts else None,
        realms=Path(realms).absolute() if realms else None,
        tries_out=not production,
    )
