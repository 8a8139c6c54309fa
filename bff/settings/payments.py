"""Settings of payment by card."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bff.settings.reading import Get, SettingsRefused, is_address

SHORTEST: Final = 32
DEMO_SECRET: Final = base64.b64encode(b"only for the made-up card provider, never for a real one").decode()


@dataclass(frozen=True)
class PaymentSettings:
    """`card_url`: where the card provider's paths begin; empty: nobody pays by card here. `card_secret`: the key shared
    with it, base64 of at least 32 bytes; `card_merchant`: what we are called there."""

    card_url: str
    card_secret: bytes
    card_merchant: str


def read_payments(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> PaymentSettings:
    """`sandbox`: where the stand-ins are; empty in production. Raises `SettingsRefused`."""
    url = environ.get("KURASHIMADO_CARD_URL", sandbox and f"{sandbox}/_card").rstrip("/")
    if not url:
        return PaymentSettings("", b"", "")
    if not (is_address(url, "https") or (not production and is_address(url, "http"))):
        raise SettingsRefused("KURASHIMADO_CARD_URL must be an address, and https in production")
    said = get("CARD_SECRET", "" if production else DEMO_SECRET)
    try:
        secret = base64.b64decode(said, validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise SettingsRefused("KURASHIMADO_CARD_SECRET must be base64") from wrong
    if len(secret) < SHORTEST or (production and said == DEMO_SECRET):
        raise SettingsRefused("KURASHIMADO_CARD_SECRET must be a secret of your own of at least 32 bytes")
    return PaymentSettings(url, secret, get("CARD_MERCHANT", "" if production else "kurashimado"))
