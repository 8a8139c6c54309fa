"""Identity providers by configuration: the card's, the wards' for officials, and any that a TOML file names.

[line-like]
issuer = "https://id.example"
client_id = "…"
client_auth = "client_secret_basic"
client_secret_file = "/run/secrets/line-like"
scope = "openid profile"
name = { ja = "…", easy = "…", en = "…" }
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from life_events import Text

CARD = "card"
STAFF = "staff"
CALLBACKS = {CARD: "/login/callback", STAFF: "/staff/login/callback"}
_Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
_Filled = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class Endpoints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a provider is asked. `iss_in_callback`: it always says in the callback who it is (RFC 9207).
    `userinfo` is empty where the ID token tells all."""

    authorization: str
    token: str
    jwks: str
    userinfo: str = ""
    iss_in_callback: bool = False


def realm_endpoints(issuer: str) -> Endpoints:
    """The endpoints of a realm of デジタル認証アプリ, which publishes no discovery document that we know of."""
    base = f"{issuer}/protocol/openid-connect"
    return Endpoints(f"{base}/auth", f"{base}/token", f"{base}/certs", f"{base}/userinfo")


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that an ID tells of its holder, and what it is called on screen."""

    claim: _Filled
    name: Text


class Linkable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a resident may link an ID of hers there. `ward`: the 6-digit code, for a ward's own. `gives`: all that is
    kept of what it tells. `page`: where she looks after that ID herself. `version`: of the wording she agrees to."""

    kind: Literal["ward", "supply", "nursery", "message", "other"]
    gives: tuple[Given, ...]
    version: _Filled
    ward: Annotated[str, msgspec.Meta(pattern=r"^(13[0-9]{4})?$")] = ""
    page: Annotated[str, msgspec.Meta(pattern=r"^(https?://[^\s]{1,250})?$")] = ""

    def __post_init__(self) -> None:
        if (self.kind == "ward") != bool(self.ward):
            raise ValueError("ward goes with the kind ward, and with nothing else")


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One client at one provider. `issuer` is compared exactly, a slash at its end too. `endpoints`: `discovery` (read
    from its /.well-known/openid-configuration), `realm` (those of デジタル認証アプリ) or each by name.
    `proves_anew`: every login there is a new proof (a card is held to the phone); otherwise a step-up asks for one
    (`prompt=login`, `max_age=0`) and wants to see it in `auth_time`. `link`: None where no ID may be linked."""

    issuer: _Filled
    client_id: _Filled
    scope: _Filled
    name: Text
    client_auth: Literal["private_key_jwt", "client_secret_basic"] = "private_key_jwt"
    client_secret_file: str = ""
    assertion_audience: Literal["token_endpoint", "issuer"] = "token_endpoint"
    acr_values: str = ""
    endpoints: Literal["discovery", "realm"] | Endpoints = "discovery"
    algorithms: tuple[Literal["ES256", "RS256", "PS256"], ...] = ("ES256", "RS256")
    at_hash_required: bool = False
    proves_anew: bool = False
    patience: Annotated[float, msgspec.Meta(gt=0, le=30)] = 10.0
    link: Linkable | None = None

    def __post_init__(self) -> None:
        if "openid" not in self.scope.split():
            raise ValueError("scope is without openid")
        if (self.client_auth == "client_secret_basic") != bool(self.client_secret_file):
            raise ValueError("client_secret_file goes with client_secret_basic, and with nothing else")

    @property
    def fixed(self) -> Endpoints | None:
        """None: to be discovered."""
        if isinstance(self.endpoints, Endpoints):
            return self.endpoints
        return realm_endpoints(self.issuer) if self.endpoints == "realm" else None

    @property
    def secret(self) -> str:
        return Path(self.client_secret_file).read_text("utf-8").strip() if self.client_secret_file else ""


def callback_of(provider: str) -> str:
    """The path at which this provider sends the browser back: one of its own each, so that an answer of one is never
    taken for another's (mix-up)."""
    door = "/staff/login" if is_of_officials(provider) else "/login"
    return CALLBACKS.get(provider, f"{door}/callback/{provider}")


def is_of_officials(provider: str) -> bool:
    """Never one of residents: `staff`, or `staff-…` of a single ward."""
    return provider == STAFF or provider.startswith(f"{STAFF}-")


def read(file: Path) -> Mapping[str, Provider]:
    """By id; raises `OSError`, `ValueError` or `msgspec.ValidationError` with what is wrong."""
    return dict(_told(file.read_text("utf-8")))


@lru_cache(1)
def _told(table: str) -> Mapping[str, Provider]:
    """Kept, since every part of the house that knows providers reads the table for itself."""
    return msgspec.convert(tomllib.loads(table), dict[_Id, Provider])


def addresses(provider: Provider) -> list[str]:
    """All that must be https in production, as far as it is known before discovery."""
    fixed = provider.fixed
    return [provider.issuer, *([fixed.authorization, fixed.token, fixed.jwks] if fixed else [])] + (
        [fixed.userinfo] if fixed and fixed.userinfo else []
    )
