"""What is said of the house's safety is so: the ASVS table names tests that exist, and some lines are tried here."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy.engine import make_url

from bff.identity.sessions import hashed
from infra import audit
from infra.security import PAGES, asvs, sbom, scan
from tests.guards.test_headers import routes
from tests.town import Town

ROOT = Path(__file__).parents[2]
FIRST, SECOND, THIRD = 70, 183, 92
"""Lines of each level in OWASP ASVS 5.0.0."""
OUR_OWN = ("bff", "notifications", "life_events")


def test_every_line_of_the_standard_is_there_once_and_says_how_it_stands() -> None:
    lines, third = asvs.lines(), asvs.left_out()
    assert [sum(line.level == level for line in lines) for level in (1, 2)] == [FIRST, SECOND]
    assert len(third) == THIRD
    places = sorted([line.place for line in lines] + [tuple(map(int, id.split("."))) for id in third])
    for section, some in groupby(places, key=lambda place: place[:2]):
        numbers = [place[2] for place in some]
        assert numbers == list(range(1, len(numbers) + 1)), section
    assert [line.id for line in lines if bool(line.not_here) == bool(line.by or line.written or line.open)] == []


def test_every_test_and_document_the_table_names_exists() -> None:
    assert [(line.id, test) for line in asvs.lines() for test in line.by if not asvs.is_there(test)] == []
    assert [(line.id, path) for line in asvs.lines() for path in line.written if not (ROOT / path).is_file()] == []
    assert not asvs.is_there("shape/test_proof.py::test_every_test")
    assert asvs.is_there("shape/test_proof.py::test_nobody_may_trace")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_are_what_their_sources_make(name: str) -> None:
    assert (ROOT / "infra" / "security" / name).read_text("utf-8") == PAGES[name](), "make proof"


async def test_whatever_is_answered_says_what_it_is(town: Town) -> None:
    browser = (await town.resident("hana")).browser
    wrong = {}
    for method, path in routes(town):
        answer = await browser.request(method, path)
        kind = answer.headers.get("content-type", "")
        is_text = kind.startswith("text/") or kind.partition(";")[0].endswith("+xml")
        if answer.content and (not kind or (is_text and "charset=utf-8" not in kind.lower())):
            wrong[f"{method} {path}"] = kind
    assert wrong == {}


async def test_nobody_may_trace(town: Town) -> None:
    for path in ("/", "/graphql", "/staff"):
        answer = await town.browser().request("TRACE", path)
        assert answer.status_code in (404, 405), path


async def test_a_session_is_256_bits_of_chance_of_which_the_database_knows_a_hash(town: Town) -> None:
    tokens = [(await town.resident(who)).browser.cookies["__Host-session"] for who in ("hana", "ken", "lan")]
    assert len(set(tokens)) == len(tokens)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43,}", token) for token in tokens)  # 43 signs of 6 bits
    async with town.house.db.house() as conn:
        rows = (await conn.exec_driver_sql("SELECT token_hash, row_to_json(s)::text FROM sessions s")).all()
    assert {hashed(token) for token in tokens} <= {bytes(row[0]) for row in rows}
    assert not any(token in row[1] for token in tokens for row in rows)


def calls() -> Iterator[tuple[str, str]]:
    """(file, dotted name) of everything that is called in the house."""
    for path in (file for room in OUR_OWN for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield str(path.relative_to(ROOT)), ast.unparse(node.func)


def test_no_broken_hash_is_reckoned_anywhere() -> None:
    broken = re.compile(r"(^|\.)(md5|sha1|MD5|SHA1)$")
    assert [(file, name) for file, name in calls() if broken.search(name)] == []


def test_no_weak_chance_is_drawn_in_the_house() -> None:
    """But for pauses that are spread, and made-up people."""
    drawn = {file for file, name in calls() if name.startswith("random.")}
    assert drawn == {"bff/demo.py"}


def test_every_moment_is_kept_with_its_zone(database_url: str) -> None:
    address = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as conn:
        bare = conn.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'timestamp without time zone'"
        ).fetchall()
    assert bare == []


def test_the_lists_of_parts_have_every_part_of_the_locks() -> None:
    lock = "a==1 \\\n    --hash=sha256:00\nb-c==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    told = {"components": [{"name": "a", "version": "1"}]}
    assert sbom.left_out(told, lock) == {"b-c==2.0"}
    locks = {
        str(path.relative_to(ROOT)) for path in ROOT.glob("infra/**/*.lock") if "node_modules" not in path.parts
    } - {"infra/benefits/build.lock"}
    assert {*locks, "requirements.lock"} == set(sbom.PYTHON_LOCKS.values())


def test_what_has_a_known_fault_stops_the_check() -> None:
    said = [sys.executable, "-c", "print('Found 1 known vulnerability in 1 package'); raise SystemExit(1)"]
    assert audit._asked("parts", said, ROOT, 20) == 1
    silent = [sys.executable, "-c", "raise SystemExit('no network')"]
    assert audit._asked("parts", silent, ROOT, 20) == 0


def test_what_wapiti_finds_is_told_unless_it_is_explained() -> None:
    one = {"method": "GET", "path": "/a", "parameter": "q", "info": "xss"}
    report = {"vulnerabilities": {"Reflected": [one], "SQL Injection": []}, "anomalies": {"500": [one]}}
    assert scan.findings(report) == ["Reflected: GET /a q xss", "500: GET /a q xss"]
    assert scan.findings(report, [{"what": "Reflected", "where": "^/a$"}]) == ["500: GET /a q xss"]


async def test_a_finder_of_faults_is_told_whom_to_write_to(town: Town) -> None:
    """RFC 9116."""
    told = await town.browser().get("/.well-known/security.txt")
    assert told.status_code == httpx.codes.OK
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in told.text.splitlines())
    assert fields["Canonical"] == f"{Town.ORIGIN}/.well-known/security.txt"
    assert {"Contact", "Expires", "Preferred-Languages"} <= set(fields)
