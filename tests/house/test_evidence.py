"""Every minute the house seals what was exchanged, and an operator tries it and hands it out by one command."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import psycopg
import pytest
from structlog.testing import CapturingLogger

from bff.journeys import evidence
from tests.operators import commanded
from tests.town import Outside, Town

HEAD = "the head of the evidence"


def commands(
    town: Town, *arguments: str, roots: Path | None = None, alone: bool = False
) -> subprocess.CompletedProcess[str]:
    """The command as an operator gives it; `alone`: in a process of its own, which takes seconds to read the house."""
    chosen = town.settings
    environment = {
        "DATABASE_URL": chosen.database_url,
        "KURASHIMADO_VAR": str(chosen.var),
        "KURASHIMADO_EVIDENCE_KEY": str(chosen.evidence_key),
        "KURASHIMADO_EVIDENCE_CERTIFICATE": str(chosen.evidence_certificate),
        "KURASHIMADO_TIME_STAMP_ROOTS": str(roots or chosen.time_stamp_roots),
    }
    return commanded(environment, "evidence", *arguments, alone=alone)


async def test_hanas_readings_are_sealed_tried_and_handed_out(town: Town, tmp_path: Path) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    await evidence.seal(town.house)
    tried = commands(town, "verify", alone=True)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert tried.stdout.rstrip().endswith("; whole")
    mine = (await hana.asks("{ viewer { id } }"))["viewer"]["id"]
    handed_out = commands(town, "export", "--resident", mine, str(tmp_path / "hana.asice"))
    assert handed_out.returncode == 0, handed_out.stderr
    assert "META-INF/signatures.xml" in zipfile.ZipFile(tmp_path / "hana.asice").namelist()
    assert (tmp_path / "hana.asice").stat().st_mode & 0o777 == 0o600


async def test_a_row_somebody_changed_is_named(town: Town) -> None:
    await (await town.resident("hana")).fills_home()
    await evidence.seal(town.house)
    with psycopg.connect(town.settings.database_url, user="postgres") as conn:  # past every policy
        assert conn.execute("UPDATE exchange_log SET purpose = 'curiosity' WHERE id = 3").rowcount == 1
    tried = commands(town, "verify")
    assert (tried.returncode, "entry 3\n" in tried.stdout) == (1, True), tried.stdout


async def test_the_head_is_told_and_stands_in_the_log_and_what_was_cut_off_is_missed(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert commands(town, "head").returncode == 3
    await (await town.resident("hana")).fills_home()
    logged = CapturingLogger()
    monkeypatch.setattr(evidence, "log", logged)
    await evidence.seal(town.house)
    head = commands(town, "head").stdout.strip()
    assert [(call.args, "{place}:{link}".format(**call.kwargs)) for call in logged.calls] == [((HEAD,), head)]
    noted = tmp_path / "noted"
    noted.write_text(f"{head}\n\n", "utf-8")
    tried = commands(town, "verify", "--known", f"@{noted}", "--known", head)
    assert (tried.returncode, "1 known links are there as they were" in tried.stdout) == (0, True), tried.stdout
    place, _, link = head.partition(":")
    tried = commands(town, "verify", "--known", f"{int(place) + 1}:{link}")
    assert (tried.returncode, tried.stdout.splitlines()[0]) == (
        1,
        f"a known link is gone: place {int(place) + 1}, entry 0",
    )
    assert commands(town, "verify", "--known", "7").returncode == 3


async def test_while_no_time_can_be_had_the_records_are_linked_all_the_same(town: Town, outside: Outside) -> None:
    await (await town.resident("hana")).fills_home()
    await outside.mode("time_stamps", "error")
    await evidence.seal(town.house)
    tried = commands(town, "verify")
    assert (tried.returncode, " 0 time stamps hold" in tried.stdout) == (0, True), tried.stdout


async def test_the_counters_tell_how_many_records_no_stamp_covers(town: Town) -> None:
    await (await town.resident("hana")).fills_home()

    async def uncovered() -> float:
        told = (await town.browser().get("/metrics")).text
        return float(re.findall(r"^kurashimado_evidence_unstamped (\S+)$", told, re.MULTILINE)[0])

    assert await uncovered() >= 6
    await evidence.seal(town.house)
    assert await uncovered() == 0


async def test_without_roots_no_stamp_holds_and_a_chain_without_stamps_is_tried(
    town: Town, outside: Outside, tmp_path: Path
) -> None:
    await (await town.resident("hana")).fills_home()
    await outside.mode("time_stamps", "error")
    await evidence.seal(town.house)
    assert commands(town, "verify", roots=tmp_path / "none.pem").returncode == 0
    await outside.mode("time_stamps", "ok")
    await evidence.seal(town.house)
    tried = commands(town, "verify", roots=tmp_path / "none.pem")
    assert (tried.returncode, "time stamp wrong" in tried.stdout) == (1, True)


async def test_what_there_is_not_is_not_handed_out(town: Town, tmp_path: Path) -> None:
    nothing = commands(town, "export", "--message", "00000000-0000-4000-8000-000000000000", str(tmp_path / "x"))
    assert (nothing.returncode, (tmp_path / "x").exists()) == (3, False)
