"""Bounds on a document that is not trusted, checked before validation.

Validation rules themselves take exponential time on fragments that spread each other twice (a 1.2 kB document of 30
levels was seen to hold a process for minutes), so each fragment is measured once here and multiplied, never walked
twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    parse,
)

MAX_TOKENS = 2_000
MAX_FIELDS = 1_500
MAX_DEPTH = 14
MAX_ALIASES = 20
MAX_FIRST = 100
MAX_COST = 20_000
"""Fields answered, each as often as the lists around it are long: `first` times `first` where they are nested."""
USUAL_FIRST = 30
MAX_VARIABLE_DEPTH = 12
MAX_VARIABLE_VALUES = 5_000


class TooMuch(ValueError):
    """The document asks for more than a person's screen would."""


@dataclass(frozen=True)
class _Size:
    fields: int
    depth: int
    aliases: int
    cost: int


def check(document: str, variables: Mapping[str, object] | None = None) -> None:
    """Raise `TooMuch` when `document` is beyond the bounds; a syntax error is left to the executor."""
    try:
        tree = parse(document, max_tokens=MAX_TOKENS, no_location=True)
    except GraphQLSyntaxError as error:
        if f"more than {MAX_TOKENS} tokens" in error.message:
            raise TooMuch(f"more than {MAX_TOKENS} tokens") from error
        return
    for operation in tree.definitions:
        if isinstance(operation, OperationDefinitionNode):
            given = {one.variable.name.value: one.default_value for one in operation.variable_definitions or ()}
            _check_size(_Measure(tree, {**given, **(variables or {})}).of(operation.selection_set))


def check_variables(variables: object) -> None:
    """Raise `TooMuch` for values nested deeper, or more of them, than any form of ours has."""
    level, values = [variables], 0
    for _ in range(MAX_VARIABLE_DEPTH + 1):
        level = [inner for value in level for inner in _inner(value)]
        values += len(level)
        if values > MAX_VARIABLE_VALUES:
            raise TooMuch(f"more than {MAX_VARIABLE_VALUES} values")
        if not level:
            return
    raise TooMuch(f"variables deeper than {MAX_VARIABLE_DEPTH}")


def _inner(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _check_size(size: _Size) -> None:
    if size.fields > MAX_FIELDS:
        raise TooMuch(f"more than {MAX_FIELDS} fields")
    if size.depth > MAX_DEPTH:
        raise TooMuch(f"deeper than {MAX_DEPTH}")
    if size.aliases > MAX_ALIASES:
        raise TooMuch(f"more than {MAX_ALIASES} aliases")
    if size.cost > MAX_COST:
        raise TooMuch(f"lists within lists: more than {MAX_COST} fields in all; ask for fewer at once (`first`)")


class _Measure:
    """Sizes of selection sets with each fragment measured once."""

    def __init__(self, tree: DocumentNode, given: Mapping[str, object]) -> None:
        self._given = given
        self._fragments = {
            node.name.value: node for node in tree.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, _Size] = {}
        self._open: set[str] = set()

    def of(self, selections: SelectionSetNode | None) -> _Size:
        fields = depth = aliases = cost = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                inner = self.of(node.selection_set)
                aliased, times = inner.aliases + (node.alias is not None), self._times(node)
                size = _Size(inner.fields + 1, inner.depth + 1, aliased, inner.cost * times + 1)
            elif isinstance(node, FragmentSpreadNode):
                size = self._fragment(node.name.value)
            else:
                size = self.of(node.selection_set)  # type: ignore[attr-defined]
            fields, depth, aliases = fields + size.fields, max(depth, size.depth), aliases + size.aliases
            cost += size.cost
        return _Size(min(fields, MAX_FIELDS + 1), depth, min(aliases, MAX_ALIASES + 1), min(cost, MAX_COST + 1))

    def _times(self, node: FieldNode) -> int:
        """How often what is in it is answered; a list that is asked for without `first` is as long as usual."""
        for argument in node.arguments or ():
            if argument.name.value == "first":
                return _first(argument.value, self._given)
        return USUAL_FIRST if self._shows_nodes(node.selection_set, set()) else 1

    def _shows_nodes(self, selections: SelectionSetNode | None, seen: set[str]) -> bool:
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                if node.name.value == "nodes":
                    return True
                continue
            inner = getattr(node, "selection_set", None)
            if isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                inner = getattr(self._fragments.get(node.name.value), "selection_set", None)
            if self._shows_nodes(inner, seen):
                return True
        return False

    def _fragment(self, name: str) -> _Size:
        if name in self._open:
            raise TooMuch("a fragment spreads itself")
        if name not in self._known and name in self._fragments:
            self._open.add(name)
            self._known[name] = self.of(self._fragments[name].selection_set)
            self._open.remove(name)
        return self._known.get(name, _Size(0, 0, 0, 0))


def _first(value: object, given: Mapping[str, object]) -> int:
    """As it is written or given; raises `TooMuch`. What is no number is refused behind, by its type."""
    if isinstance(value, VariableNode):
        value = given.get(value.name.value)
    written = value.value if isinstance(value, IntValueNode) else str(value) if isinstance(value, int) else ""
    if len(written) > len(str(MAX_FIRST)) or (written and int(written) > MAX_FIRST):
        raise TooMuch(f"first must be between 1 and {MAX_FIRST}")
    return max(1, int(written)) if written else USUAL_FIRST
