"""The schema, asked for all that it has: every field that needs no argument, of everything that may come back."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from bff.graphql.schema import build

SCHEMA = build_schema(build(introspection=True).as_str())
SHORT = {"Text": "{ ja }"}
LARGE = {"Viewer": "{ id name }", "Home": "{ answeredAt answers { value } }"}
"""What a mutation gives back of things that `questions_about` goes through."""
MOST = 1_200
"""Of signs in one question about a person; beyond that each field is asked alone."""


def taking() -> set[str]:
    """Type.field of every field that is told something: what may be another's."""
    return {
        f"{kind.name}.{name}"
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
        if field.args
    }


def whole(field: GraphQLField, over: tuple[str, ...] = ()) -> str:
    """The selection of all that `field` brings."""
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    if kind.name in SHORT:
        return SHORT[kind.name]
    if isinstance(kind, GraphQLUnionType):
        brought = next(one for one in kind.types if "Refusal" not in {each.name for each in one.interfaces})
        told = " ... on Refusal { message { ja } }"
        if any(one.name == "FieldsRefused" for one in kind.types):
            told += " ... on FieldsRefused { fields { field code } }"
        inner = LARGE.get(brought.name) or _fields(brought, over)
        return f"{{ __typename{told} ... on {brought.name} {inner} }}"
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    return _fields(kind, over)


def _fields(kind: GraphQLObjectType | GraphQLInterfaceType, over: tuple[str, ...]) -> str:
    """Nothing is gone through twice on one way."""
    told = [
        f"{name} {whole(field, (*over, kind.name))}".strip()
        for name, field in kind.fields.items()
        if not _needs(field) and not _leads_back(field, (*over, kind.name))
    ]
    return f"{{ {' '.join(told) or '__typename'} }}"


def _needs(field: GraphQLField) -> bool:
    return any(is_required_argument(arg) for arg in field.args.values())


def _leads_back(field: GraphQLField, over: tuple[str, ...]) -> bool:
    kind = get_named_type(field.type)
    if isinstance(kind, GraphQLUnionType):
        return any(one.name in over for one in kind.types)
    return kind.name in over or (len(over) > 1 and kind.name in ("Viewer", "Home"))


def questions_about(kind: GraphQLObjectType, path: str = "viewer") -> Iterator[str]:
    """Documents that together ask for all of a viewer; the field of a large one is asked in parts."""
    for name, field in kind.fields.items():
        if _needs(field):
            continue
        asked, inner = whole(field, (kind.name,)), get_named_type(field.type)
        if len(asked) <= MOST or not isinstance(inner, GraphQLObjectType):
            yield f"{{ {path} {{ {name} {asked} }} }}"
            continue
        for part, within in inner.fields.items():
            if not _needs(within):
                yield f"{{ {path} {{ {name} {{ {part} {whole(within, (kind.name, inner.name))} }} }} }}"
