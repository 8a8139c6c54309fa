"""The bytes that are signed: RFC 8785, the same on the phone and in the house."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from bff.applications.canonical import canonical, digest
from tests.graphql.test_applications import newborn
from tests.town import Town

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "shape" / "canonical.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", TABLE["vectors"], ids=lambda vector: vector["name"])
def test_the_vectors_of_the_rfc(vector: dict[str, Any]) -> None:
    assert rfc8785.dumps(vector["value"]).decode() == vector["canonical"]


@pytest.mark.parametrize("case", TABLE["applications"], ids=lambda case: case["name"])
def test_an_application_is_the_row_of_bytes_that_the_table_writes_out(case: dict[str, Any]) -> None:
    given = case["application"]
    row = canonical(
        procedure=given["procedure"],
        version=given["version"],
        subject=given["subject"],
        ward=given["ward"],
        answers=given["answers"],
        completed_at=datetime.fromisoformat(given["completedAt"]),
    )
    assert row.decode() == case["canonical"]
    assert digest(row) == sha256(case["canonical"].encode()).digest()


def test_the_moment_is_the_same_wherever_the_clock_stands() -> None:
    rest = {"procedure": "p", "version": "1", "subject": None, "ward": "131032", "answers": {}}
    tokyo = datetime(2026, 11, 23, 18, 5, 0, 999_000, tzinfo=timezone(timedelta(hours=9)))
    assert canonical(**rest, completed_at=tokyo) == canonical(
        **rest, completed_at=datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    )


async def test_the_digest_hana_saw_is_kept_with_what_she_corrected(town: Town) -> None:
    hana = await town.resident("hana")
    step, answers = await newborn(hana)
    answers |= {"claimant_name": "佐藤 華"}
    row = canonical(
        procedure=step["procedure"],
        version=step["form"]["version"],
        subject=step["subject"]["id"],
        ward="131032",
        answers=answers,
        completed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    seen = sha256(row).hexdigest()
    other = await hana.sends(step, answers, digest="0" * 64)
    assert (other["__typename"], other["fields"][0]["code"]) == ("FieldsRefused", "digest_differs")
    assert other["fields"][0]["message"]["ja"].startswith("お手元の内容と届いた内容の照合が一致しませんでした。")
    sent = await hana.sends(step, answers, digest=seen, corrected=["claimant_name", "no_such_field"])
    assert sent["__typename"] == "Application", sent
    kept = await hana.asks("{ viewer { applications { nodes { digest corrected } } } }")
    assert kept["viewer"]["applications"]["nodes"] == [{"digest": seen, "corrected": ["claimant_name"]}]
