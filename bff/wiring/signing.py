"""How applications are signed here: by the API and the verifier that an operator names, under the house's own seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import httpx
from msgspec.structs import replace

from bff.connectors.certificate_verifier.client import CertificateVerifier
from bff.connectors.street import Street
from bff.exchange.reading import Subject
from bff.identity.client_keys import ClientKeys
from bff.identity.oidc import RelyingParty
from bff.identity.providers import CARD
from bff.identity.residents import Resident
from bff.settings import Settings, SettingsRefused
from bff.signing.api import SignatureApi
from bff.signing.checking import ExchangedChecker
from bff.signing.room import SigningRoom
from bff.signing.seal import HouseSeal
from bff.wiring.identity import providers_of
from bff.wiring.parts import new_token

SCOPE = "openid sign"
CALLBACK = "/login/sign/callback"


def signing_party(
    settings: Settings, http: httpx.AsyncClient, keys: ClientKeys, clock: Callable[[], datetime]
) -> RelyingParty:
    """The same client at the card's provider as for logins, with another scope and a callback of its own."""
    return RelyingParty(
        http,
        replace(providers_of(settings)[CARD], scope=SCOPE),
        keys,
        redirect_uri=f"{settings.origin}{CALLBACK}",
        clock=clock,
        new_token=new_token,
        https_only=settings.production,
    )


def signing_of(
    settings: Settings,
    http: httpx.AsyncClient,
    party: RelyingParty,
    street: Street,
    subject: Callable[[Resident, str], Subject],
) -> SigningRoom:
    """Raises SettingsRefused when the seal cannot be read."""
    chosen, verifier = settings.signing, street.the(CertificateVerifier)
    return SigningRoom(
        signer=SignatureApi(http, party, chosen.api) if chosen.api else None,
        checker=ExchangedChecker(verifier, lambda resident: subject(resident, verifier.manifest.id))
        if chosen.api
        else None,
        digest=chosen.digest,
        unsigned_taken=chosen.unsigned_taken,
        seal=_seal(settings),
        seal_roots=chosen.seal_roots,
        stamp_roots=settings.time_stamp_roots,
        stamp_again_before=chosen.stamp_again_before,
    )


def _seal(settings: Settings) -> HouseSeal:
    chosen = settings.signing
    try:
        return HouseSeal.of(chosen.seal_key.read_bytes(), chosen.seal_certificate.read_bytes())
    except (OSError, ValueError) as wrong:
        raise SettingsRefused(f"KURASHIMADO_SEAL_KEY, KURASHIMADO_SEAL_CERTIFICATE: {wrong}") from wrong
