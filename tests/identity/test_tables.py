"""The tables in code are the tables the migrations made."""

from __future__ import annotations

import pytest
from sqlalchemy import MetaData, create_engine, inspect
from sqlalchemy.engine import make_url

from bff.consent import tables as consent
from bff.exchange import tables as exchange
from bff.facts import tables as facts
from bff.identity import tables as identity


@pytest.mark.parametrize("metadata", [identity.metadata, consent.metadata, facts.metadata, exchange.metadata])
def test_code_and_migration_agree(database_url: str, metadata: MetaData) -> None:
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    with engine.connect() as conn:
        for table in metadata.tables.values():
            made = {
                column["name"]: (column["nullable"], column["type"].compile(engine.dialect))
                for column in inspect(conn).get_columns(table.name)
            }
            assert made == {
                column.name: (column.nullable, column.type.compile(engine.dialect)) for column in table.columns
            }
            keys = inspect(conn).get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key]
    engine.dispose()
