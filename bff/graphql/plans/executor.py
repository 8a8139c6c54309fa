"""Where plans meet the generic executor: it asks the plan for an object, and tells it itself when the plan cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLObjectType
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from bff.graphql.plans.plan import Nodes
from bff.graphql.plans.values import Here


class PlannedExecutor(StrawberryGraphQLCoreExecutionContext):
    """Nothing is lost by asking twice: what a plan reads lies there already, and reading changes nothing."""

    def complete_object_value(
        self, return_type: GraphQLObjectType, field_details_list: Nodes, info: Any, path: Any, result: Any, *rest: Any
    ) -> Any:
        plan = self.context_value.plan
        told = plan.object_at(return_type.name, field_details_list) if plan is not None else None
        if told is not None:
            try:
                return told(result, Here(self.context_value))
            except Exception:  # noqa: S110 - whatever it is, the generic executor meets and locates it below
                pass
        return super().complete_object_value(return_type, field_details_list, info, path, result, *rest)


class PlannedParsing(ParserCache):
    """A planned document has been parsed."""

    def on_parse(self) -> Iterator[None]:
        plan = self.execution_context.context.plan
        if plan is None:
            yield from super().on_parse()
        else:
            self.execution_context.graphql_document = plan.tree
            yield


class PlannedValidation(ValidationCache):
    """A planned document has been found valid."""

    def on_validate(self) -> Iterator[None]:
        if self.execution_context.context.plan is None:
            yield from super().on_validate()
        else:
            self.execution_context.pre_execution_errors = []
            yield
