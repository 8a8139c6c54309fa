"""The demo city's own keys; in production they come from the operator."""

from __future__ import annotations

import json
from datetime import datetime

from bff.exchange.evidence.seal import made_up_certificate
from bff.exchange.incoming import keys as inlet_keys
from bff.identity import client_keys
from bff.identity.client_keys import ClientKeys
from bff.settings import Settings
from notifications.channels.vapid import new_private_key_pem


def make(settings: Settings, now: datetime) -> None:
    """For the demo city: our own keys, made once, and the public half that the stand-in asks for."""
    own = (settings.vapid_key, settings.evidence_key, settings.exchange_key)
    for path in (*own, *settings.handover_keys):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(new_private_key_pem())
    if not settings.inlet_certificate.exists():
        inlet_keys.make_up(settings.inlet_certificate.parent, now)
    for key_file, certificate in (
        (settings.evidence_key, settings.evidence_certificate),
        (settings.exchange_key, settings.exchange_certificate),
    ):
        if not certificate.exists():
            certificate.write_bytes(made_up_certificate(key_file.read_bytes(), now))
    if not client_keys.files_of(settings.oidc_keys):
        client_keys.rotate(settings.oidc_keys, now)
    register(settings)


def register(settings: Settings) -> None:
    """What an operator does by the provider's form: the stand-in is told our public keys."""
    (settings.var / "client_jwks.json").write_text(json.dumps(ClientKeys(settings.oidc_keys).published))
