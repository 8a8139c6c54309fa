"""The identity providers of the house: read from settings and files, and refused by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import httpx
import msgspec
from joserfc.errors import JoseError

from bff.administration.keys_here import KeysHere
from bff.identity import providers, staff_realms
from bff.identity.client_keys import ClientKeys
from bff.identity.oidc import RelyingParty
from bff.identity.providers import CARD, STAFF, Provider, callback_of
from bff.identity.staff_realms import StaffRealms
from bff.outgoing import Places, places
from bff.settings import Settings, SettingsRefused
from bff.settings.reading import is_address
from bff.texts import say
from bff.wiring.parts import new_token
from life_events import Catalogue

CITIZEN_SCOPE = "openid name address birthdate gender"


def client_keys_of(settings: Settings) -> ClientKeys:
    """Raises SettingsRefused naming what is wrong with our keys towards identity providers."""
    try:
        return ClientKeys(settings.oidc_keys)
    except (OSError, ValueError, JoseError) as wrong:
        raise SettingsRefused(f"KURASHIMADO_OIDC_KEYS: {wrong}") from wrong


def providers_of(settings: Settings) -> Mapping[str, Provider]:
    """By id: the card's, the wards' for officials, and those of the file; raises SettingsRefused."""
    file = settings.identity.providers
    try:
        more = providers.read(file) if file else {}
        for provider in more.values():
            provider.secret  # noqa: B018 - a secret that is not there is told at the start
    except (OSError, ValueError, msgspec.ValidationError) as wrong:
        raise SettingsRefused(f"KURASHIMADO_PROVIDERS: {wrong}") from wrong
    for name, provider in more.items():
        if settings.production and not all(is_address(one, "https") for one in providers.addresses(provider)):
            raise SettingsRefused(f"KURASHIMADO_PROVIDERS: {name} must be https in production")
    return {**_own(settings), **more}


def outgoing_of(settings: Settings) -> Places:
    """Whom the settings name: providers, time stamps, signatures, cards, push services, and what an operator adds."""
    asked = [address for provider in providers_of(settings).values() for address in providers.addresses(provider)]
    ours = (settings.time_stamp_url, settings.signing.api, settings.payments.card_url, settings.reach.sms_url)
    more = (*ours, *settings.pushing.origins, *settings.security.outgoing)
    return places([*asked, *more], settings.security.inside_hosts)


def parties(
    settings: Settings, http: httpx.AsyncClient, keys: ClientKeys, clock: Callable[[], datetime]
) -> Mapping[str, RelyingParty]:
    """Us at each provider."""
    return {
        name: RelyingParty(
            http,
            provider,
            keys,
            redirect_uri=f"{settings.origin}{callback_of(name)}",
            clock=clock,
            new_token=new_token,
            https_only=settings.production,
        )
        for name, provider in providers_of(settings).items()
    }


def keys_of(settings: Settings) -> KeysHere:
    """By name and place; for who changes them."""
    return KeysHere(
        masters=[id for id, _ in settings.master_keys],
        pairwise=[id for id, _ in settings.pairwise_secrets],
        files={
            "HANDOVER_KEYS": settings.handover_keys,
            "VAPID_KEY": [settings.vapid_key],
            "EVIDENCE_KEY": [settings.evidence_key],
            "EXCHANGE_KEY": [settings.exchange_key],
        },
        certificates={
            "EXCHANGE_CERTIFICATE": settings.exchange_certificate,
            "EVIDENCE_CERTIFICATE": settings.evidence_certificate,
        },
        towards_providers=settings.oidc_keys,
    )


def staff_realms_of(settings: Settings, catalogue: Catalogue) -> StaffRealms:
    """Raises SettingsRefused naming what is wrong with the table."""
    try:
        return staff_realms.read(
            settings.identity.staff.realms, wards=catalogue.wards, providers=providers_of(settings)
        )
    except staff_realms.WrongRealms as wrong:
        raise SettingsRefused(f"KURASHIMADO_STAFF_REALMS: {wrong}") from wrong


def _own(settings: Settings) -> dict[str, Provider]:
    """デジタル認証アプリ, and the wards' realm, both with endpoints that are known beforehand."""

    def realm(issuer: str, scope: str, name: str, acr_values: str) -> Provider:
        return Provider(
            issuer=issuer,
            client_id=settings.oidc_client_id,
            scope=scope,
            name=say(name),
            acr_values=acr_values,
            endpoints="realm",
            at_hash_required=True,
            proves_anew=True,
        )

    return {
        CARD: realm(settings.oidc_issuer, CITIZEN_SCOPE, "provider_card", "aal3 crl"),
        STAFF: realm(settings.oidc_staff_issuer, "openid name", "provider_staff", "aal3 crl"),
    }
