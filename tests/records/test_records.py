"""How one body stands for her, from what is kept alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.consent.grants import Grant
from bff.exchange.silence import Why
from bff.facts.store import Gap, Held, Told
from bff.records.records import Record
from tests.connectors.examples import part

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
YES = Grant("seal", "records", "2026-11", NOON, UUID(int=1))
SEAL = manifests()["seal"]
TOLD = Told(part("seal"), NOON, NOON + timedelta(days=30))


def record(manifest: Manifest = SEAL, **more: object) -> Record:
    return Record(**{"manifest": manifest, "names": {}, "can_be_asked": True, **more})  # type: ignore[arg-type]


def silent(why: Why, told: Told | None = None) -> Held:
    return Held("seal", told, Gap("seal", why, NOON))


def test_before_her_yes_it_is_not_asked_and_after_her_no_it_is_stopped() -> None:
    assert record().state == "not_yet"
    assert record(stopped_at=NOON).state == "stopped"
    assert record(stopped_at=NOON, grant=YES).state == "waiting"


def test_a_body_that_found_no_record_of_her_is_not_a_silent_one() -> None:
    assert record(grant=YES, held=silent(Why.NO_MATCH)).state == "no_record"
    assert record(grant=YES, held=silent(Why.TIMEOUT)).state == "gap"
    assert record(grant=YES, held=silent(Why.UNAVAILABLE, TOLD)).state == "gap"


def test_what_it_told_stands_with_its_time_while_it_is_silent() -> None:
    gone = record(grant=YES, held=silent(Why.TIMEOUT, TOLD))
    assert gone.as_of == NOON
    assert gone.content.lines
    assert gone.why is Why.TIMEOUT


def test_what_was_asked_nobody_for_is_why_it_is_not_asked() -> None:
    assert record(can_be_asked=False).state == "not_asked"
    assert record(can_be_asked=False).why is Why.NOT_ASKED
    assert record(grant=YES, held=silent(Why.NOT_ASKED)).state == "not_asked"


def test_a_silence_from_before_her_no_is_not_told_any_more() -> None:
    assert record(stopped_at=NOON, held=silent(Why.STOPPED)).why is None
