"""How a value is read and completed where nothing has to be waited for.

A function of either kind takes a value and `Here`. One that cannot tell the value as it is raises whatever it will: the
generic executor then answers in its place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from graphql import (
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
)
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from bff.graphql.context import Context

STRAWBERRY: Final = "strawberry-definition"
"""Where Strawberry keeps its own field beside GraphQL's."""


@dataclass(frozen=True, slots=True)
class Here:
    """All of `Info` that a lens may use in a plan; one that asks for more is answered by the generic executor."""

    context: Context


Value = Callable[[Any, Here], Any]
_CALLS: Final[Mapping[str, Callable[[Callable[..., Any]], Value]]] = {
    "p": lambda call: lambda parent, here: call(parent),
    "pp": lambda call: lambda parent, here: call(parent, parent),
    "ph": lambda call: call,
    "pph": lambda call: lambda parent, here: call(parent, parent, here),
}
"""By the resolver's parameters in order: p its parent (`self` is it too), h what it is told of the request."""


class NotTold(Exception):
    """The value is not one that a plan completes."""


def reader(field: GraphQLField) -> Value | None:
    """How the field's value is read of its parent; None: it takes arguments, waits, or does more than be read."""
    own = field.extensions.get(STRAWBERRY)
    if not isinstance(own, StrawberryField) or own.extensions or field.args:
        return None
    if own.base_resolver is None:
        return _attribute(own.python_name)
    return None if own.is_async else _call(own.base_resolver)


def _call(resolver: StrawberryResolver[Any]) -> Value | None:
    call: Any = resolver.wrapped_func
    parents = (resolver.self_parameter, resolver.parent_parameter, resolver.root_parameter)
    known = {one.name: "p" for one in parents if one} | {one.name: "h" for one in (resolver.info_parameter,) if one}
    kinds = "".join(known.get(name, "?") for name in inspect.signature(call).parameters)
    return _CALLS[kinds](call) if kinds in _CALLS else None


def completed(type: GraphQLOutputType, inner: Value) -> Value:
    """A value of `type`, with `inner` for what is neither null nor a list; it refuses null itself."""
    if isinstance(type, GraphQLNonNull):
        return _listed(type.of_type, inner)
    value = _listed(type, inner)
    return lambda one, here: None if one is None else value(one, here)


def leaf(type: GraphQLLeafType) -> Value:
    """A scalar or an enum. A text and a yes or no are told as they are, by far the most often."""
    coerced = type.coerce_output_value
    if _is_text(type):
        return lambda value, here: value if value.__class__ is str else coerced(value)
    if type.name == "Boolean":
        return lambda value, here: value if value is True or value is False else coerced(value)

    def told(value: Any, here: Here) -> Any:
        found = coerced(value)
        if found is None:
            raise NotTold
        return found

    return told


def plain(field: GraphQLField) -> str | None:
    """The attribute that is told as it is, since it is to be a text and is never null; None: it is not so simple."""
    own, type = field.extensions.get(STRAWBERRY), field.type
    is_text = isinstance(type, GraphQLNonNull) and _is_text(type.of_type)
    return own.python_name if is_text and isinstance(own, StrawberryField) and own.is_basic_field else None


def texts(attributes: Mapping[str, str], otherwise: Value) -> Value:
    """An object of nothing but plain attributes, by their names in the answer: most of what is answered is such.
    `otherwise`: as it is told when one of them is no text yet, say an id."""
    names, read = tuple(attributes), attrgetter(*attributes.values())

    def told(parent: Any, here: Here) -> Any:
        values = read(parent)
        for one in values:
            if one.__class__ is not str:
                return otherwise(parent, here)
        return dict(zip(names, values, strict=True))

    return told


def _is_text(type: GraphQLOutputType) -> bool:
    return isinstance(type, GraphQLScalarType) and type.name in ("String", "ID")


def _attribute(name: str) -> Value:
    return lambda parent, here: getattr(parent, name)


def _listed(type: GraphQLOutputType, inner: Value) -> Value:
    if not isinstance(type, GraphQLList):
        return inner
    each = completed(type.of_type, inner)

    def listed(values: Any, here: Here) -> Any:
        if not isinstance(values, list | tuple):
            raise NotTold
        return [each(one, here) for one in values]

    return listed
