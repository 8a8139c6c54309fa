"""`python -m bff.graphql.print_schema`: the schema as it is, for `schema.graphql` in review."""

from bff.graphql.schema import build

if __name__ == "__main__":
    print(build(introspection=True).as_str())  # noqa: T201
