"""Who asks: found once per request, by the session's cookie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from strawberry.types import Info as StrawberryInfo

from bff.errors import SignInNeeded, StepUpNeeded
from bff.exchange.board import Read
from bff.family.hands import hands
from bff.home.home import Home
from bff.identity import attempts
from bff.identity.assurance import Need, levels, meet, needs
from bff.identity.residents import Resident
from bff.identity.sessions import Visitor, hashed
from bff.tasks import hands as asked
from bff.texts import say
from bff.wiring import House
from life_events.terms import Text

if TYPE_CHECKING:
    from bff.graphql.plans import Plan

SESSION_COOKIE = "__Host-session"


class Context:
    """One request's context; the resident is looked up at the first question and then kept."""

    def __init__(
        self,
        house: House,
        cookies: Mapping[str, str],
        address: str | None = None,
        language: str | None = None,
        plan: Plan | None = None,
    ) -> None:
        """`language`: what the app says it is read in; None: an app that knows three languages. `plan`: of a trusted
        document."""
        self.house = house
        self.address = address
        self.language = language
        self.plan = plan
        self._token = cookies.get(SESSION_COOKIE)
        self._asked = False
        self._visitor: Visitor | None = None
        self._home: Home | None = None
        self._board: Read | None = None
        self._hands: Mapping[str, Text] | None = None

    @property
    def home(self) -> Home:
        """The home being shown: lenses below it read times and gaps from it."""
        if self._home is None:
            raise LookupError("no home is being shown")
        return self._home

    async def show(self, home: Home) -> Home:
        """From now on `home` is the one being shown, with the services that are closed now."""
        self._home, self._board = home, await self.house.board.now()
        return home

    @property
    def board(self) -> Read:
        """Which services are closed, as the home being shown was found."""
        if self._board is None:
            raise LookupError("no home is being shown")
        return self._board

    async def hands(self) -> Mapping[str, Text]:
        """Who acts for her, as her list of who looked names them; asked once per request."""
        if self._hands is None:
            me = await self.someone()
            self._hands = {**await hands(self.house.db, me), **await asked.hands(self.house.db, me)}
        return self._hands

    @property
    def session(self) -> bytes | None:
        """Which session asks: the hash of its token."""
        return hashed(self._token) if self._token else None

    async def visitor(self) -> Visitor | None:
        """The resident signed in, with her session, or None."""
        if not self._asked and self._token:
            self._visitor = await self._who(self._token)
        self._asked = True
        return self._visitor

    @property
    def found(self) -> Visitor | None:
        """The resident signed in, for lenses: whoever shows them has asked for her before."""
        if not self._asked:
            raise LookupError("nobody has asked yet who is there")
        return self._visitor

    async def _who(self, token: str) -> Visitor | None:
        """A session whose app is locked tells nothing: it is as if nobody were there."""
        visitor = await self.house.who(token)
        return None if visitor and visitor.is_locked else visitor

    async def resident(self) -> Resident | None:
        """The resident signed in, or None."""
        visitor = await self.visitor()
        return visitor.resident if visitor else None

    async def someone(self, act: str = "see_own") -> Resident:
        """The resident signed in, as surely as `act` needs (bff/identity/levels.toml); raises `SignInNeeded` and
        `StepUpNeeded`."""
        return await self.holds(needs()[act], act)

    async def may_submit(self, procedure: str) -> Resident:
        """As `someone`, for sending what this procedure is about."""
        me = await self.someone()
        return await self.holds(self.need_to_submit(procedure, me.ward), f"submit:{procedure}")

    def need_to_submit(self, procedure: str, ward: str | None) -> Need:
        """What sending it needs of a session."""
        known = self.house.catalogue.procedures.get(procedure)
        return levels().to_submit(procedure, known.login if known else "", ward)

    async def holds(self, need: Need, act: str) -> Resident:
        """The resident signed in, when her session reaches `need`; a refusal leaves a row in the login log."""
        visitor, now = await self.visitor(), self.house.clock()
        if visitor is None:
            raise SignInNeeded(say("sign_in_needed"))
        try:
            meet(need, visitor.assurance, act, now)
        except StepUpNeeded as no:
            async with self.house.db.house() as conn:
                await attempts.write_down(
                    conn, realm="resident", outcome="step_up_needed", now=now, detail=no.act, who=visitor.resident.id
                )
            raise
        return visitor.resident

    def is_masked(self, path: str) -> bool:
        """Whether this fact (life_events/paths.py), or field of a source, waits for her to prove who she is."""
        known = levels()
        if path not in known.sensitive.facts and path not in known.sensitive.records:
            return False
        visitor = self.found
        return visitor is None or not known.acts["see_sensitive"].is_met(visitor.assurance, self.house.clock())

    async def take(self, kind: str) -> None:
        """One try of `kind` (bff/limits/kinds.toml) by whoever asks; raises `TooManyTries`."""
        visitor = await self.visitor()
        await self.house.limits.take(kind, account=visitor.resident.id if visitor else None, address=self.address)


Info = StrawberryInfo[Context, None]
