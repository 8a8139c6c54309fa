"""One login, from leaving for a provider to coming back: the same for every provider and purpose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from bff import told as log
from bff.identity import attempts
from bff.identity.attempts import Attempt, Purpose
from bff.identity.failures import LoginFailed, SentBack
from bff.identity.fetching import error_name
from bff.identity.oidc import Identified
from bff.identity.providers import is_of_officials
from bff.identity.sessions import hashed
from bff.login.house import House

LONGEST_PARAMETER = 4096
_CARDS = {"locked": "locked", "certificate expired": "card_ended"}
_SENT_BACK = {"access_denied": "cancelled", "temporarily_unavailable": "unavailable", "server_error": "unavailable"}


@dataclass(frozen=True)
class Leaving:
    """`browser`: the secret of the browser it begins in. `session`: the id of her session, when what is to come holds
    for that one alone. `to`: where she wants to be afterwards. `began_on`: the kind of device."""

    provider: str
    purpose: Purpose
    browser: str
    to: str
    session: UUID | None = None
    began_on: str = ""


async def leave(house: House, leaving: Leaving) -> str:
    """The provider's address for what begins now; raises `LoginFailed`."""
    start = await house.providers[leaving.provider].start(anew=leaving.purpose == "step_up")
    attempt = Attempt(
        provider=leaving.provider,
        purpose=leaving.purpose,
        verifier=start.verifier,
        nonce=start.nonce,
        browser_hash=hashed(leaving.browser),
        session=leaving.session,
        to_path=leaving.to,
        began_on=leaving.began_on,
        made_at=house.clock(),
    )
    async with house.db.house() as conn:
        await attempts.remember(conn, start.state, attempt)
    return start.url


async def taken(house: House, provider: str, query: Mapping[str, str]) -> Attempt:
    """The attempt that this return belongs to: used up by it, whatever comes of it. Raises `LoginFailed`."""
    async with house.db.house() as conn:
        attempt = await attempts.take(conn, query.get("state", ""), provider)
    if attempt is None:
        raise LoginFailed("unknown", "state is unknown or used already")
    return attempt


async def finished(house: House, attempt: Attempt, query: Mapping[str, str]) -> Identified:
    """Whom the provider vouches for; raises `LoginFailed`. Nothing is held in the database while it is asked."""
    if attempt.expired(house.clock()):
        raise LoginFailed("expired", "more than ten minutes")
    party = house.providers[attempt.provider]
    await party.check_answerer(query.get("iss"))
    if "error" in query:
        raise _sent_back(query["error"], query.get("error_description", ""))
    if not query.get("code"):
        raise LoginFailed("failed", "neither code nor error")
    anew = attempt.made_at if attempt.purpose == "step_up" else None
    return await party.finish(code=query["code"], nonce=attempt.nonce, verifier=attempt.verifier, proved_after=anew)


class Begun(Protocol):
    """An attempt, or one that waited for its code."""

    @property
    def purpose(self) -> Purpose: ...


async def refused(house: House, provider: str | None, failed: LoginFailed, begun: Begun | None = None) -> None:
    """Every login that did not come to its end leaves a row; one for which nobody but a provider is to blame counts as
    failed, when the house found so itself."""
    if failed.code == "unavailable" and not isinstance(failed, SentBack):
        log.has_failed()
    async with house.db.house() as conn:
        await attempts.write_down(
            conn,
            realm="staff" if provider and is_of_officials(provider) else "resident",
            outcome=failed.code,
            now=house.clock(),
            detail=failed.detail,
            provider=provider,
            purpose=begun.purpose if begun else None,
        )


def where_told(failed: LoginFailed, attempt: Attempt | None, door: str) -> str:
    """Where the person is told: at the door of a login, or on the page she left for something else."""
    there = door if attempt is None or attempt.purpose in ("login", "staff") else attempt.to_path
    return f"{there}{'&' if urlsplit(there).query else '?'}login={failed.code}"


def single(told: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The parameters of a return; one that comes twice or without end spoils them all but the state (RFC 6749 §3.1),
    which is used up."""
    pairs = list(told)
    names = [name for name, _ in pairs]
    odd = any(names.count(name) > 1 for name in names) or any(len(value) > LONGEST_PARAMETER for _, value in pairs)
    if not odd:
        return dict(pairs)
    return {name: value for name, value in pairs if name == "state" and names.count("state") == 1}


def _sent_back(error: str, description: str) -> SentBack:
    """A blocked card and one whose certificate has ended come as `access_denied` too; only the description tells
    them from a cancelled login, and its words are no promise of the provider's."""
    for mark, code in _CARDS.items():
        if error == "access_denied" and mark in description.lower():
            return SentBack(code, error)
    return SentBack(_SENT_BACK.get(error, "failed"), f"callback: {error_name(error)}")
