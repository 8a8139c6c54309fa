"""The seam between the phone and the house: every document of the front end fits the schema as it is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, build_schema, parse, validate

from bff.graphql.documents import UnknownDocument, trusted
from bff.graphql.schema import build

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "bff" / "graphql" / "schema.graphql"
BUILT = ROOT / "pwa" / "dist" / "documents.json"


@cache
def printed() -> GraphQLSchema:
    return build_schema(PRINTED.read_text("utf-8"))


@cache
def documents() -> dict[str, str]:
    return trusted(BUILT)


def test_the_printed_schema_is_the_schema() -> None:
    assert PRINTED.read_text("utf-8").strip() == build(introspection=True).as_str().strip(), "run `make schema`"


@pytest.mark.parametrize("name", documents())
def test_every_document_of_the_app_fits_the_schema(name: str) -> None:
    assert validate(printed(), parse(documents()[name])) == []


def test_the_app_has_documents_for_everything_it_does() -> None:
    operations = [
        definition.operation.value
        for document in documents().values()
        for definition in parse(document).definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    assert {"query", "mutation", "subscription"} == set(operations)


def test_a_document_that_is_not_its_hash_is_not_trusted(tmp_path: Path) -> None:
    name, document = next(iter(documents().items()))
    (tmp_path / "documents.json").write_text(json.dumps({name: document + " "}))
    with pytest.raises(UnknownDocument, match="is not the hash"):
        trusted(tmp_path / "documents.json")
