"""Settings of how the doors are guarded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bff.settings.reading import Get, Networks, SettingsRefused, names, networks, seconds

NEAR = "localhost,127.0.0.1,::1"
DEMO_FACTOR = "20"
"""In the demo city everybody comes from one machine."""
DEMO_CONTACT = "mailto:security@kurashimado.example"
_CONTACT = re.compile(r"mailto:[!-~]+@[!-~]+|https://[!-~]+")


@dataclass(frozen=True)
class SecuritySettings:
    """What an operator may choose of how the doors are guarded.

    `trusted_proxies`: networks of the proxies before us; of these alone `X-Forwarded-For` is believed.
    `outgoing`: origins we may ask besides those that other settings name, such as endpoints that a provider's discovery
    document puts elsewhere. `inside_hosts`: of all of them, hosts that may stand on a private network (LGWAN).
    `clamd_url`: ClamAV's daemon that looks at uploads (CLAMD_URL, `tcp://host:3310` or `unix:///path`); empty: none.
    `contact`: whom a finder of faults writes to (security.txt, RFC 9116), `mailto:` or `https:`; empty: none is named.
    `limits_factor` multiplies every limit on tries (bff/limits/kinds.toml).
    `answers_at_once`: how many answers a web process may owe for a whole second (four times as many at any moment),
    `streams_at_once` how many streams it may hold open, `late_by` how many seconds its loop may run late, before what
    can wait is put off (bff/limits/waits.toml).
    """

    trusted_proxies: Networks
    limits_factor: float
    outgoing: frozenset[str]
    inside_hosts: frozenset[str]
    clamd_url: str
    answers_at_once: float
    streams_at_once: float
    late_by: float
    contact: str


def read_security(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> SecuritySettings:
    """`sandbox`: where the stand-ins are; empty in production. Raises `SettingsRefused`."""
    contact = environ.get("KURASHIMADO_SECURITY_CONTACT", "" if production else DEMO_CONTACT)
    if contact and not _CONTACT.fullmatch(contact):
        raise SettingsRefused("KURASHIMADO_SECURITY_CONTACT must be a mailto: or https: address")
    return SecuritySettings(
        trusted_proxies=networks("TRUSTED_PROXIES", environ.get("KURASHIMADO_TRUSTED_PROXIES", "")),
        limits_factor=_above_nothing("LIMITS_FACTOR", get("LIMITS_FACTOR", "1" if production else DEMO_FACTOR)),
        clamd_url=environ.get("CLAMD_URL", ""),
        contact=contact,
        outgoing=names(environ.get("KURASHIMADO_OUTGOING", "")),
        inside_hosts=names(environ.get("KURASHIMADO_INSIDE_HOSTS", "" if production else NEAR)),
        answers_at_once=_above_nothing("ANSWERS_AT_ONCE", get("ANSWERS_AT_ONCE", "20")),
        streams_at_once=_above_nothing("STREAMS_AT_ONCE", get("STREAMS_AT_ONCE", "200")),
        late_by=_above_nothing("LATE_BY", get("LATE_BY", "1")),
    )


def _above_nothing(name: str, value: str) -> float:
    number = seconds(name, value)
    if number <= 0:
        raise SettingsRefused(f"KURASHIMADO_{name} must be above 0")
    return number
