"""All routes of this door."""

from __future__ import annotations

from litestar.handlers import HTTPRouteHandler

from bff.login.codes import code_route
from bff.login.elsewhere import elsewhere_routes
from bff.login.house import House
from bff.login.officials import official_routes
from bff.login.passkeys import passkey_routes
from bff.login.residents import resident_routes
from bff.login.signing import signing_routes


def routes(house: House) -> list[HTTPRouteHandler]:
    """For residents under /login, for officials under /staff/login."""
    return [
        *resident_routes(house),
        *elsewhere_routes(house),
        *passkey_routes(house),
        code_route(house),
        *signing_routes(house),
        *official_routes(house),
    ]
