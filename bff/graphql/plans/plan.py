"""The plan of a document: how each of its objects is told, as far as nothing below it has to be waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    parse,
    validate,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues
from strawberry import Schema

from bff.graphql.plans.values import Here, NotTold, Value, completed, leaf, plain, reader, texts

KEPT: Final = 256
"""Plans; every document in every language would be a thousand, and their trees some hundred megabytes."""
Nodes = list[FieldDetails]
Place = tuple[str, tuple[int, ...]]
"""A type, and the nodes of the document that ask for objects of it (their ids: a plan keeps its document)."""


@dataclass(frozen=True, eq=False)
class Plan:
    """`objects`: those told by plain functions. `waits`: the fields, as `Type.field`, that the generic executor reads,
    since they take arguments or wait; what lies below them is planned again."""

    tree: DocumentNode
    objects: Mapping[Place, Value]
    waits: frozenset[str]

    def object_at(self, type: str, nodes: Nodes) -> Value | None:
        return self.objects.get(_place(type, nodes))


class Plans:
    """The plans of the trusted documents, each drawn when it is first asked for; those asked for of late are kept."""

    def __init__(self, schema: Schema) -> None:
        self.of = lru_cache(maxsize=KEPT)(partial(_valid_plan, schema._schema))


def _valid_plan(schema: GraphQLSchema, document: str) -> Plan | None:
    tree = parse(document)
    return plan_of(schema, tree) if not validate(schema, tree) else None


def plan_of(schema: GraphQLSchema, tree: DocumentNode) -> Plan:
    """Of a valid document with one operation; fields that a directive may leave out are never asked by ours."""
    drawn = _Drawing(schema, tree)
    drawn.whole()
    return Plan(tree, {place: told for place, told in drawn.objects.items() if told}, frozenset(drawn.waits))


class _Drawing:
    """Fields are collected by the generic executor's own function: their order, their merging, their fragments."""

    def __init__(self, schema: GraphQLSchema, tree: DocumentNode) -> None:
        self._schema = schema
        (self._operation,) = (one for one in tree.definitions if isinstance(one, OperationDefinitionNode))
        self._fragments = {
            one.name.value: FragmentDetails(one, None)
            for one in tree.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self.objects: dict[Place, Value | None] = {}
        self.waits: set[str] = set()

    def whole(self) -> None:
        root = self._schema.get_root_type(self._operation.operation)
        assert root is not None
        found = collect_fields(self._schema, self._fragments, VariableValues({}, {}), root, self._operation)
        for nodes in found.grouped_field_set.values():
            self._inner(root, nodes)
            self.waits.add(f"{root.name}.{nodes[0].node.name.value}")

    def _object(self, type: GraphQLObjectType, nodes: Nodes) -> Value | None:
        """How objects of `type` are told that `nodes` ask for."""
        place = _place(type.name, nodes)
        if place not in self.objects:
            self.objects[place] = self._drawn(type, nodes)
        return self.objects[place]

    def _drawn(self, type: GraphQLObjectType, nodes: Nodes) -> Value | None:
        asked = collect_subfields(
            self._schema, self._fragments, VariableValues({}, {}), self._operation, type, nodes
        ).grouped_field_set
        fields = {name: self._field(type, each) for name, each in asked.items()}
        if any(one is None for one in fields.values()):
            return None
        told = _told(type, {name: one for name, one in fields.items() if one is not None})
        simple = {name: self._plain(type, each) for name, each in asked.items()}
        if type.is_type_of or len(simple) == 1 or not all(simple.values()):
            return told
        return texts({name: attribute for name, attribute in simple.items() if attribute}, told)

    def _plain(self, parent: GraphQLObjectType, nodes: Nodes) -> str | None:
        field = self._schema.get_field(parent, nodes[0].node.name.value)
        return plain(field) if field else None

    def _field(self, parent: GraphQLObjectType, nodes: Nodes) -> tuple[Value, Value] | None:
        name = nodes[0].node.name.value
        field = self._schema.get_field(parent, name)
        assert field is not None
        if name == "__typename":
            return (lambda source, here: parent.name), (lambda value, here: value)
        read, inner = reader(field), self._inner(parent, nodes)
        if read is None:
            self.waits.add(f"{parent.name}.{name}")
        return (read, completed(field.type, inner)) if read and inner else None

    def _inner(self, parent: GraphQLObjectType, nodes: Nodes) -> Value | None:
        """How one value of the field is told that is neither null nor a list."""
        field = self._schema.get_field(parent, nodes[0].node.name.value)
        assert field is not None
        type: Any = get_named_type(field.type)
        if is_leaf_type(type):
            return leaf(type)
        if not is_abstract_type(type):
            return self._object(type, nodes)
        for each in self._schema.get_possible_types(type):
            self._object(each, nodes)
        return None


def _place(type: str, nodes: Nodes) -> Place:
    return type, tuple(id(one.node) for one in nodes)


def _told(type: GraphQLObjectType, fields: Mapping[str, tuple[Value, Value]]) -> Value:
    of_type, each = type.is_type_of, tuple((name, read, value) for name, (read, value) in fields.items())

    def told(parent: Any, here: Here) -> Any:
        if parent is None or (of_type is not None and not of_type(parent, None)):  # type: ignore[arg-type]
            raise NotTold
        return {name: value(read(parent, here), here) for name, read, value in each}

    return told
