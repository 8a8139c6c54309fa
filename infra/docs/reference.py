"""References made of what the programs themselves say: the GraphQL schema, the senders' OpenAPI document, `--help`."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, build_schema

from bff import graphql
from bff.__main__ import DESKS
from bff.senders.print_openapi import document

SDL = Path(graphql.__file__).with_name("schema.graphql")
SHOWN = {"Query": "Anybody asks", "Viewer": "A resident asks of herself", "Mutation": "What changes something",
         "Subscription": "News as they come (server-sent events)"}  # fmt: skip


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "schema.graphql").write_text(SDL.read_text("utf-8"), "utf-8")
    (folder / "openapi.json").write_text(json.dumps(document(), indent=2, ensure_ascii=False), "utf-8")
    for name, page in (("graphql", graphql_page()), ("senders", senders_page()), ("commands", commands_page())):
        (folder / f"{name}.md").write_text(page, "utf-8")


def graphql_page() -> str:
    schema = build_schema(SDL.read_text("utf-8"))
    parts = [_GRAPHQL, *(_fields(schema, name, told) for name, told in SHOWN.items())]
    return "\n".join(parts)


def _fields(schema: GraphQLSchema, name: str, told: str) -> str:
    kind = schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    rows = [f"| `{one}` | {_arguments(field)} | `{field.type}` | {_line(field.description)} |"
            for one, field in sorted(kind.fields.items())]  # fmt: skip
    return f"## {name}: {told}\n\n| field | arguments | answers | |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _arguments(field: GraphQLField) -> str:
    return "<br>".join(f"`{name}: {argument.type}`" for name, argument in field.args.items())


def _line(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def senders_page() -> str:
    told = document()
    rows = [
        f"| `{method.upper()}` | `{path}` | {_line(act.get('summary') or act.get('description'))} |"
        for path, acts in told["paths"].items()
        for method, act in acts.items()
        if isinstance(act, Mapping) and "responses" in act
    ]
    shapes = "\n".join(_shapes(told.get("components", {}).get("schemas", {})))
    table = "| | path | |\n|---|---|---|\n" + "\n".join(rows)
    return f"{_SENDERS}\n{table}\n\n{shapes}\n"


def _shapes(schemas: Mapping[str, Any]) -> Iterator[str]:
    for name, shape in sorted(schemas.items()):
        rows = [
            f"| `{field}` | {'yes' if field in shape.get('required', ()) else ''} | `{_kind(one)}` |"
            for field, one in shape.get("properties", {}).items()
        ]
        if rows:
            yield f"## {name}\n\n{_line(shape.get('description'))}\n\n| field | must be there | |\n|---|---|---|"
            yield "\n".join(rows) + "\n"


def _kind(shape: Mapping[str, Any]) -> str:
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "anyOf" in shape:
        return " or ".join(_kind(one) for one in shape["anyOf"])
    return " ".join(map(str, shape["enum"])) if "enum" in shape else str(shape.get("type", shape.get("const", "")))


def commands_page() -> str:
    parts = [_COMMANDS]
    for name, module in sorted(DESKS.items()):
        parts.append(f"## python -m bff {name}\n\n```text\n{_help(module)}```\n")
    return "\n".join(parts)


def _help(module: str) -> str:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.suppress(SystemExit):
        importlib.import_module(module).main(["--help"])
    return told.getvalue()


_GRAPHQL = """\
# GraphQL

`POST /graphql` with a session's cookie and its token; in production only the app's own documents are answered, by hash.
The whole schema: [schema.graphql](schema.graphql). Every mutation answers a union of its result and
its expected refusals.
"""
_SENDERS = """\
# Senders' API

For wards' systems, schools and companies that tell residents something. The whole document:
[openapi.json](openapi.json), also at `/senders/v1/openapi.json` of an installation. How to begin
stands in [the tour](../tour.md).
"""
_COMMANDS = """\
# Commands

`python -m bff run | web | inlet | worker | migrate | demo` are the processes; the rest are desks for whoever runs the
house. What `make` does: `make help`.
"""
