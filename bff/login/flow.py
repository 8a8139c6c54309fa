"""One login, from leaving for the identity provider to coming back; the same for both realms."""

from __future__ import annotations

from collections.abc import Mapping

from bff.identity import attempts
from bff.identity.attempts import Attempt, Realm
from bff.identity.oidc import LoginFailed, RelyingParty
from bff.identity.sessions import hashed
from bff.login.house import House

_SENT_BACK = {"access_denied": "cancelled", "temporarily_unavailable": "unavailable", "server_error": "unavailable"}


async def leave(house: House, party: RelyingParty, realm: Realm, *, browser: str, to: str) -> str:
    """The provider's address for a login that begins in `browser` and is to end at `to`."""
    start = party.start()
    attempt = Attempt(realm, start.verifier, start.nonce, hashed(browser), to, house.clock())
    async with house.db.house() as conn:
        await attempts.remember(conn, start.state, attempt)
    return start.url


async def come_back(
    house: House, party: RelyingParty, realm: Realm, *, query: Mapping[str, str], browser: str | None
) -> tuple[Mapping[str, object], str]:
    """Who has logged in (userinfo claims) and where she wanted to go; raises `LoginFailed`.

    The attempt is used up first, whatever comes of it, and nothing is held in the database while the provider is
    asked.
    """
    async with house.db.house() as conn:
        attempt = await attempts.take(conn, query.get("state", ""), realm)
    if attempt is None:
        raise LoginFailed("unknown", "state is unknown or used already")
    code = _code(attempt, query, party.issuer, browser, house)
    return await party.finish(code=code, nonce=attempt.nonce, verifier=attempt.verifier), attempt.to_path


async def refused(house: House, realm: Realm, failed: LoginFailed) -> None:
    """Every login that did not come to its end leaves a row."""
    async with house.db.house() as conn:
        await attempts.write_down(conn, realm=realm, outcome=failed.code, now=house.clock(), detail=failed.detail)


def _code(attempt: Attempt, query: Mapping[str, str], issuer: str, browser: str | None, house: House) -> str:
    if attempt.expired(house.clock()):
        raise LoginFailed("expired", "more than ten minutes")
    if not attempt.of_browser(browser):
        raise LoginFailed("other_browser", "came back in another browser")
    if query.get("iss", issuer) != issuer:
        raise LoginFailed("failed", "another issuer answered")
    if "error" in query:
        raise _sent_back(query["error"], query.get("error_description", ""))
    if not query.get("code"):
        raise LoginFailed("failed", "neither code nor error")
    return query["code"]


def _sent_back(error: str, description: str) -> LoginFailed:
    """A blocked card comes as `access_denied` too; only its description tells it from a cancelled login."""
    if error == "access_denied" and "locked" in description.lower():
        return LoginFailed("locked", error)
    return LoginFailed(_SENT_BACK.get(error, "failed"), error[:60])
