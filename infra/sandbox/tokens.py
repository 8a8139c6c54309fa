"""The token endpoint's rules: client assertion, single-use codes, PKCE, and what is issued."""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from joserfc import jws
from joserfc.errors import JoseError

from infra.sandbox.authorization import Request
from infra.sandbox.keys import ClientKeys, KeyRing, half_hash, pairwise, s256

ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CODE_SECONDS: Final = 60.0
ACCESS_SECONDS: Final = 300
ASSERTION_SECONDS: Final = 300.0
SKEW_SECONDS: Final = 30.0
VERIFIER: Final = re.compile(r"[0-9a-zA-Z._~-]{43,128}")


class TokenError(Exception):
    """An OAuth error answer (RFC 6749 §5.2)."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description

    @property
    def status(self) -> int:
        return 401 if self.error in {"invalid_client", "invalid_token"} else 400


@dataclass(frozen=True)
class Grant:
    """That this persona said yes to this request; `until` is in epoch seconds."""

    request: Request
    persona: str
    until: float


class Tokens:
    """Codes and access tokens in memory. Times are epoch seconds, given by the caller."""

    def __init__(self, origin: str, client_id: str, ring: KeyRing, client_keys: ClientKeys) -> None:
        self._origin = origin
        self._client_id = client_id
        self._ring = ring
        self._client_keys = client_keys
        self._codes: dict[str, Grant] = {}
        self._access: dict[str, Grant] = {}
        self._seen: dict[str, float] = {}
        self._clients: dict[str, float] = {}

    def code_for(self, request: Request, persona: str, now: float) -> str:
        self._forget(now)
        code = secrets.token_urlsafe(32)
        self._codes[code] = Grant(request, persona, now + CODE_SECONDS)
        return code

    def exchange(self, realm: str, form: Mapping[str, str], now: float, *, wrongly: bool) -> dict[str, object]:
        """The token answer for a form body. Raises TokenError. A code is used up by the first client that shows it."""
        if "grant_type" not in form:
            raise TokenError("invalid_request", "Missing form parameter: grant_type")
        if form["grant_type"] == "client_credentials":
            return self._for_client(realm, form, now)
        if form["grant_type"] != "authorization_code":
            raise TokenError("unsupported_grant_type", "Unsupported grant_type")
        self._authenticate(realm, form, now)
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or grant.until < now or grant.request.realm != realm:
            raise TokenError("invalid_grant", "Code not valid")
        if form.get("redirect_uri") != grant.request.redirect_uri:
            raise TokenError("invalid_grant", "Incorrect redirect_uri")
        verifier = form.get("code_verifier", "")
        if not VERIFIER.fullmatch(verifier) or not hmac.compare_digest(s256(verifier), grant.request.challenge):
            raise TokenError("invalid_grant", "PKCE verification failed")
        return self._issue(grant, now, wrongly=wrongly)

    def bearer(self, realm: str, authorization: str, now: float) -> Grant:
        """Whose access token this is. Raises TokenError."""
        scheme, _, token = authorization.partition(" ")
        grant = self._access.get(token)
        if scheme.lower() != "bearer" or grant is None or grant.until < now or grant.request.realm != realm:
            raise TokenError("invalid_token", "Token verification failed")
        return grant

    def client(self, authorization: str, now: float) -> None:
        """That this is a token of the client's own, for the signature API. Raises TokenError."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or self._clients.get(token, 0) < now:
            raise TokenError("invalid_token", "Token verification failed")

    def _for_client(self, realm: str, form: Mapping[str, str], now: float) -> dict[str, object]:
        self._authenticate(realm, form, now)
        self._forget(now)
        token = secrets.token_urlsafe(32)
        self._clients[token] = now + ACCESS_SECONDS
        return {"access_token": token, "token_type": "Bearer", "expires_in": ACCESS_SECONDS}

    def subject(self, grant: Grant) -> str:
        return pairwise(grant.request.realm, grant.request.client_id, grant.persona)

    def _authenticate(self, realm: str, form: Mapping[str, str], now: float) -> None:
        """private_key_jwt, RFC 7523 §3 with the limits of this provider."""
        assertion = form.get("client_assertion", "")
        if form.get("client_assertion_type") != ASSERTION_TYPE or not assertion:
            raise TokenError("invalid_client", "Parameter client_assertion_type is missing or invalid")
        try:
            kid = jws.extract_compact(assertion.encode("ascii")).headers().get("kid")
            claims = self._client_keys.verify(assertion, kid if isinstance(kid, str) else None)
        except (JoseError, ValueError) as error:
            raise TokenError("invalid_client", "Client assertion cannot be verified") from error
        if claims.get("iss") != self._client_id or claims.get("sub") != self._client_id:
            raise TokenError("invalid_client", "Issuer and subject must be the client")
        if form.get("client_id", self._client_id) != self._client_id:
            raise TokenError("invalid_client", "client_id does not match the assertion")
        if not self._for_us(realm, claims.get("aud")):
            raise TokenError("invalid_client", "Wrong audience")
        self._once(claims, now)

    def _for_us(self, realm: str, audience: object) -> bool:
        issuer = issuer_of(self._origin, realm)
        meant = {issuer, f"{issuer}/protocol/openid-connect/token"}
        named = [audience] if isinstance(audience, str) else audience
        return isinstance(named, list) and bool(named) and all(one in meant for one in named)

    def _once(self, claims: Mapping[str, object], now: float) -> None:
        expires, jti = claims.get("exp"), claims.get("jti")
        if not isinstance(expires, int | float) or isinstance(expires, bool) or expires + SKEW_SECONDS < now:
            raise TokenError("invalid_client", "Assertion is expired")
        if expires > now + ASSERTION_SECONDS + SKEW_SECONDS:
            raise TokenError("invalid_client", "Assertion lives longer than five minutes")
        if not isinstance(jti, str) or not jti or jti in self._seen:
            raise TokenError("invalid_client", "Assertion was used before or has no jti")
        self._seen[jti] = expires + SKEW_SECONDS

    def _issue(self, grant: Grant, now: float, *, wrongly: bool) -> dict[str, object]:
        issuer, subject = issuer_of(self._origin, grant.request.realm), self.subject(grant)
        told = int(now + self._ring.skew)
        times: dict[str, object] = {"iat": told, "exp": told + ACCESS_SECONDS}
        access = self._ring.sign_access_token({"iss": issuer, "sub": subject, "jti": secrets.token_hex(16), **times})
        self._access[access] = Grant(grant.request, grant.persona, now + ACCESS_SECONDS)
        claims: dict[str, object] = {
            "iss": issuer,
            "sub": subject,
            "aud": self._client_id,
            "azp": self._client_id,
            "nonce": grant.request.nonce,
            "at_hash": half_hash(access),
            "auth_time": told,
            "acr": "aal3",
            **times,
        }
        return {
            "access_token": access,
            "id_token": self._ring.sign_id_token(claims, now, wrongly=wrongly),
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
            "scope": " ".join(sorted(grant.request.scope)),
        }

    def _forget(self, now: float) -> None:
        self._codes = {code: grant for code, grant in self._codes.items() if grant.until >= now}
        self._access = {token: grant for token, grant in self._access.items() if grant.until >= now}
        self._clients = {token: until for token, until in self._clients.items() if until >= now}
        self._seen = {jti: until for jti, until in self._seen.items() if until >= now}


def issuer_of(origin: str, realm: str) -> str:
    return f"{origin}/api/realms/{realm}"
