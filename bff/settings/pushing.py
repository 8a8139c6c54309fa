"""Settings of pushes to phones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bff.settings.reading import Get, SettingsRefused

MOST_HANDS: Final = 64
KNOWN: Final = "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com"
_HOST: Final = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


@dataclass(frozen=True)
class PushSettings:
    """`hands`: how many jobs may push at once, in all workers together. `hosts`: the push services that are followed,
    by exact name or `*.name`; `origins`: whole origins trusted besides."""

    hands: int
    hosts: frozenset[str]
    origins: frozenset[str]


def read_pushing(environ: Mapping[str, str], get: Get, *, sandbox: str) -> PushSettings:
    """Raises `SettingsRefused`."""
    hosts = frozenset(filter(None, (each.strip() for each in get("PUSH_HOSTS", KNOWN).split(","))))
    if not all(map(_HOST.fullmatch, hosts)):
        raise SettingsRefused("KURASHIMADO_PUSH_HOSTS must be names of hosts, or *.name, comma separated")
    hands = get("PUSH_HANDS", "2")
    if not hands.isdecimal() or not 1 <= int(hands) <= MOST_HANDS:
        raise SettingsRefused(f"KURASHIMADO_PUSH_HANDS is 1 to {MOST_HANDS}")
    origins = frozenset(filter(None, environ.get("KURASHIMADO_PUSH_ORIGINS", sandbox).split(",")))
    return PushSettings(int(hands), hosts, origins)
