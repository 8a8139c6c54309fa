"""A trusted document is answered by its plan byte for byte as the generic executor answers it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
import pytest_asyncio
from graphql import NonNullTypeNode
from sqlalchemy import text

from bff.administration.shelf import Shelf
from bff.exchange.board import Read
from bff.exchange.silence import Why
from bff.exchange.switches import Outage
from bff.facts import store as facts
from bff.facts.store import Gap, Told
from bff.graphql.reader import WITH_READINGS
from bff.identity import sessions
from bff.identity.assurance import Assurance
from bff.identity.residents import Resident, resident_of
from bff.wiring import House
from life_events import UNKNOWN, Facts
from life_events.standing import JAPAN
from life_events.terms import OTHERS
from tests.graphql.plans import Asked, asked
from tests.life_events.situation import Situation, every_situation
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
LANGUAGES = (None, *OTHERS, WITH_READINGS, None)
EVERY = 14
"""Each fourteenth of the made-up households of the study."""
CARD, CODE = ("card", 3, 3), ("desk_code", 1, 1)


@dataclass(frozen=True)
class Hana:
    town: Town
    resident: Resident
    documents: Asked

    async def logs_in(self, house: House, method: str = "card", identity: int = 3, authentication: int = 3) -> str:
        """A session that begins now, by the clock of `house`; its token."""
        now = house.clock()
        async with house.db.house() as conn:
            return await sessions.begin(
                conn,
                self.resident.id,
                now=now,
                lifetimes=house.lifetimes,
                new_token=house.new_token,
                ended=None,
                assurance=Assurance(identity, authentication, now, method),
                new_id=house.new_id,
            )

    async def same(self, house: House, name: str, token: str | None, language: str | None = None, **given: Any) -> Any:
        """The answer, when both answer it alike."""
        planned = await self.documents.planned(house, name, token, language, **given)
        assert planned == await self.documents.generic(house, name, token, language, **given), (name, language, given)
        return json.loads(planned)

    async def is_told(self, known: Facts, now: datetime) -> None:
        """What is kept of her is this, and no more; sources that tell nothing have fallen silent."""
        whose = self.resident
        async with self.town.house.db.resident(whose.id) as conn:
            await facts.forget(conn, whose.id, tuple(facts.SHAPES))
            for source in facts.STUDIED:
                part: Any = getattr(known, source)
                if part is UNKNOWN:
                    await facts.settle_silent(conn, whose.id, Gap(source, Why.TIMEOUT, now))
                else:
                    await facts.settle_told(conn, whose, source, Told(part, now - timedelta(hours=3), None))
            await facts.settle_told(conn, whose, facts.SELF, Told(known.answers, now, None))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hana(one_town: Town) -> AsyncIterator[Hana]:
    person = await one_town.resident("hana")
    await person.fills_home()
    id = UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])
    async with one_town.house.db.house() as conn:
        resident = await resident_of(conn, id, one_town.house.keys)
    assert resident is not None
    yield Hana(one_town, resident, asked(one_town.settings.assets))


def at(house: House, now: datetime, **more: Any) -> House:
    """The same house at a moment that does not pass."""
    return replace(house, clock=lambda: now, **more)


def on(house: House, situation: Situation) -> House:
    noon = datetime.combine(situation.today, time(12), JAPAN)
    return at(house, noon, shelf=Shelf(situation.under(house.catalogue), house.db, lambda: noon))


async def test_home_session_and_inbox_are_planned_whole_but_for_what_is_read_from_the_database(hana: Hana) -> None:
    documents = hana.documents
    assert documents.plan("ShowHome").waits == {"Query.viewer", "Viewer.home", "Home.changes"}
    assert documents.plan("RefreshHome").waits == {"Subscription.refreshHome", "Home.changes"}
    assert documents.plan("AnswerQuestion").waits == {"Mutation.answerQuestion", "Home.changes"}
    assert documents.plan("ShowInbox").waits == {"Query.viewer", "Viewer.unread", "Viewer.inbox"}
    session = {"Viewer.unread", "Viewer.consentsDecidedAt", "Viewer.sessionEndsAt"}
    assert documents.plan("WhoIsHere").waits == {"Query.viewer", "Query.service", *session}
    planned = {name for name in documents.texts if documents.plan(name).objects}
    assert len(planned) > len(documents.texts) * 0.9, sorted(set(documents.texts) - planned)


async def test_made_up_households_of_every_situation_have_the_same_home(hana: Hana) -> None:
    for number, situation in enumerate(list(every_situation())[::EVERY]):
        house = on(hana.town.house, situation)
        await hana.is_told(situation.facts, house.clock())
        token = await hana.logs_in(house, *(CARD, CODE)[number % 2])
        answer = await hana.same(house, "ShowHome", token, LANGUAGES[number % len(LANGUAGES)])
        assert "errors" not in answer, situation.who
        steps = [step for bundle in answer["data"]["viewer"]["home"]["bundles"] for step in bundle["steps"]]
        assert steps
        if number % 4 == 0:
            marks = [{"step": step["id"], "state": "NOT_YET", "due": None} for step in steps[:9]]
            await hana.same(house, "ShowHome", token, since=marks)


async def test_every_document_that_only_asks_is_answered_alike_in_every_language(hana: Hana) -> None:
    house = at(hana.town.house, hana.town.house.clock())
    token, told = await hana.logs_in(house), 0
    for number, name in enumerate(sorted(hana.documents.texts)):
        operation = hana.documents.operation(name)
        if operation.operation.value != "query":
            continue
        given = {
            one.variable.name.value: {} if "Input" in str(one.type.type.to_dict()) else "moving"
            for one in operation.variable_definitions or ()
            if isinstance(one.type, NonNullTypeNode) and one.default_value is None
        }
        answer = await hana.same(house, name, token, LANGUAGES[number % len(LANGUAGES)], **given)
        told += bool(answer.get("data"))
    assert told > 30


async def test_who_is_not_signed_in_or_has_locked_the_app_is_told_nothing_by_a_plan_either(hana: Hana) -> None:
    house = at(hana.town.house, hana.town.house.clock())
    token = await hana.logs_in(house)
    assert (await hana.same(house, "ShowHome", token))["data"]["viewer"]["id"] == str(hana.resident.id)
    async with house.db.house() as conn:
        await sessions.lock(conn, token, house.clock())
    for nobody in (None, "made up", token):
        assert (await hana.same(house, "ShowHome", nobody))["data"] == {"viewer": None}
        assert (await hana.same(house, "WhoIsHere", nobody))["data"]["viewer"] is None


class BrokenBoard(Read):
    """Cannot say of schools and electricity whether they are closed."""

    async def now(self) -> Read:
        return self

    def announced(self, source: str, ward: str | None, now: datetime) -> Outage | None:
        if source in ("school", "electricity"):
            raise RuntimeError("the board is broken")
        return super().announced(source, ward, now)


class BrokenPen:
    """Where a form's way of signing cannot be told, there is no form."""

    def way(self, wanted: str, *, has_card: bool) -> str:
        raise RuntimeError("the pen is broken")


async def test_a_defect_below_a_plan_leaves_the_same_nulls_and_the_same_errors(hana: Hana) -> None:
    now = hana.town.house.clock()
    house = at(hana.town.house, now, board=BrokenBoard())
    token = await hana.logs_in(house)
    told = await hana.same(house, "ShowHome", token)
    paths = [error["path"][:3] + error["path"][4:] for error in told["errors"]]
    assert paths == [["viewer", "home", "sources", "outage"]] * 2
    assert all(error["message"] == "内部でエラーが起きました" for error in told["errors"])
    assert all(source["id"] for source in told["data"]["viewer"]["home"]["sources"])

    unsigned = at(hana.town.house, now, signing=BrokenPen())
    told = await hana.same(unsigned, "ShowHome", token)
    bundles = told["data"]["viewer"]["home"]["bundles"]
    assert told["errors"]
    assert not any(step["form"] for bundle in bundles for step in (*bundle["steps"], *bundle["more"]))


async def test_an_answer_of_hers_and_a_refused_one_come_back_alike(hana: Hana) -> None:
    house = at(hana.town.house, hana.town.house.clock())
    token = await hana.logs_in(house)
    home = await hana.same(house, "AnswerQuestion", token, fact="care_worry", value=True)
    assert home["data"]["answerQuestion"]["__typename"] == "Home"
    refused = await hana.same(house, "AnswerQuestion", token, "ko", fact="care_worry", value="perhaps")
    assert refused["data"]["answerQuestion"]["__typename"] == "FieldsRefused"
    nobody = await hana.same(house, "AnswerQuestion", None, "vi", fact="care_worry", value=True)
    assert nobody["data"]["answerQuestion"]["__typename"] == "SignInNeeded"
    wrong = await hana.same(house, "AnswerQuestion", token)
    assert "data" not in wrong or wrong["data"] is None


async def test_a_no_to_a_body_is_heard_by_the_very_next_home(hana: Hana) -> None:
    person = await hana.town.resident("hana")
    await person.fills_home()
    (trusted,) = (id for id, name in _ids(hana) if name == "ShowHome")

    async def schools() -> set[str]:
        answer = (await person.browser.post("/graphql", json={"id": trusted})).json()
        return {one["state"] for one in answer["data"]["viewer"]["home"]["sources"] if one["id"] == "school"}

    assert await schools() == {"KNOWN"}
    await person.asks('mutation { decideConsents(yes: [], no: ["school"]) { __typename } }')
    assert await schools() == {"NOT_ASKED"}
    async with hana.town.house.db.house() as conn:
        await conn.execute(text("UPDATE sessions SET expires_at = now()"))
    answer = (await person.browser.post("/graphql", json={"id": trusted})).json()
    assert answer == {"data": {"viewer": None}}


def _ids(hana: Hana) -> list[tuple[str, str]]:
    path = hana.town.settings.assets / "documents.json"
    built = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    names = {text: name for name, text in hana.documents.texts.items()}
    return [(id, names[text]) for id, text in built.items()]
