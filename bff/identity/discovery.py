"""Where a provider's endpoints are: fixed by configuration, or as its discovery document says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import msgspec

from bff.identity.failures import LoginFailed
from bff.identity.fetching import Kept, answered
from bff.identity.providers import Endpoints, Provider
from bff.settings.reading import is_address

FRESH = timedelta(hours=1)
AT_WORST = timedelta(days=1)


class _Metadata(msgspec.Struct, frozen=True):
    """OpenID Provider Metadata (Discovery 1.0 §3), RFC 8414, RFC 9207; what is not told has its default there."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    response_types_supported: tuple[str, ...] = ("code",)
    code_challenge_methods_supported: tuple[str, ...] | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class Discovery:
    """The endpoints of one provider; `https_only` in production."""

    def __init__(
        self, http: httpx.AsyncClient, provider: Provider, clock: Callable[[], datetime], *, https_only: bool
    ) -> None:
        self._http = http
        self._provider = provider
        self._https_only = https_only
        self._kept = Kept(self._read, clock, fresh=FRESH, at_worst=AT_WORST)

    async def endpoints(self) -> Endpoints:
        """Raises `LoginFailed`."""
        return self._provider.fixed or await self._kept.value()

    async def _read(self) -> Endpoints:
        url = f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            body = await answered(self._http, "GET", url, "discovery", patience=self._provider.patience)
            told = msgspec.json.decode(body, type=_Metadata)
        except (msgspec.MsgspecError, RecursionError, ValueError) as wrong:
            raise LoginFailed("failed", "discovery: not such a document") from wrong
        self._check(told)
        return Endpoints(
            told.authorization_endpoint,
            told.token_endpoint,
            told.jwks_uri,
            told.userinfo_endpoint,
            told.authorization_response_iss_parameter_supported,
        )

    def _check(self, told: _Metadata) -> None:
        if told.issuer != self._provider.issuer:
            raise LoginFailed("untrusted", "discovery: another issuer")
        if "code" not in told.response_types_supported:
            raise LoginFailed("failed", "discovery: no authorization code")
        if "S256" not in (told.code_challenge_methods_supported or ("S256",)):
            raise LoginFailed("failed", "discovery: no PKCE with S256")
        if self._provider.client_auth not in told.token_endpoint_auth_methods_supported:
            raise LoginFailed("failed", f"discovery: no {self._provider.client_auth}")
        addresses = (told.authorization_endpoint, told.token_endpoint, told.jwks_uri, told.userinfo_endpoint)
        schemes = ("https",) if self._https_only else ("https", "http")
        for address in filter(None, addresses):
            if not any(is_address(address, scheme) for scheme in schemes):
                raise LoginFailed("untrusted", "discovery: an address that is not https")
