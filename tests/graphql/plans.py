"""The same question put twice: to the plan of a trusted document, and to the generic executor."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from graphql import OperationDefinitionNode
from strawberry import Schema
from strawberry.http import process_result

from bff.graphql import documents, reader
from bff.graphql.context import SESSION_COOKIE, Context
from bff.graphql.plans import Plan, Plans
from bff.graphql.schema import build
from bff.wiring import House


class Asked:
    """The trusted documents of the built app, by their operations' names."""

    def __init__(self, assets: Path) -> None:
        self.schema: Schema = build(introspection=False)
        self.plans = Plans(self.schema)
        self.texts = {self._name(text): text for text in documents.trusted(assets / "documents.json").values()}

    async def planned(
        self, house: House, name: str, token: str | None, language: str | None = None, **given: Any
    ) -> bytes:
        return await self._answer(house, name, token, language, given, self.plan(name, language))

    async def generic(
        self, house: House, name: str, token: str | None, language: str | None = None, **given: Any
    ) -> bytes:
        return await self._answer(house, name, token, language, given, None)

    def plan(self, name: str, language: str | None = None) -> Plan:
        plan = self.plans.of(reader.as_read_in(self.texts[name], language))
        assert plan is not None
        return plan

    def operation(self, name: str) -> OperationDefinitionNode:
        return next(one for one in self.plan(name).tree.definitions if isinstance(one, OperationDefinitionNode))

    def _name(self, text: str) -> str:
        plan = self.plans.of(text)
        assert plan is not None, text
        (operation,) = (one for one in plan.tree.definitions if isinstance(one, OperationDefinitionNode))
        assert operation.name is not None
        return operation.name.value

    async def _answer(
        self,
        house: House,
        name: str,
        token: str | None,
        language: str | None,
        given: Mapping[str, Any],
        plan: Plan | None,
    ) -> bytes:
        cookies = {SESSION_COOKIE: token} if token else {}
        context = Context(house, cookies, "127.0.0.1", language, plan)
        document = reader.as_read_in(self.texts[name], language)
        result = await self.schema.execute(document, variable_values=dict(given), context_value=context)
        return msgspec.json.encode(process_result(result))


@cache
def asked(assets: Path) -> Asked:
    return Asked(assets)
