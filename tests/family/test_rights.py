"""Every kind of mandate against everything there is: what it may see and do, and every refusal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bff.errors import Denied
from bff.family import acting, represented
from bff.family.kinds import hidden_from, kinds, sensitive, told_hidden, within
from bff.family.mandate import Mandate
from bff.family.represented import is_within
from life_events import load_catalogue

CATALOGUE = load_catalogue()
NOW = datetime(2026, 11, 27, tzinfo=UTC)
MAY: dict[str, set[str]] = {
    "parent": {"steps", "applications", "notices"},
    "legal_guardian": {"steps", "applications", "notices", "form", "submit"},
    "grandparent": {"steps", "notices"},
    "care_manager": {"steps", "applications", "notices", "form", "submit"},
    "employer": {"task", "do_task"},
    "relative_abroad": {"steps", "applications"},
}
EVERYTHING = {"steps", "applications", "notices", "form", "submit", "task", "do_task"}
REACHES = {
    "parent": {"child_allowance_change", "school_entry_notice"},
    "legal_guardian": {"care_certification", "facility_cost_limit"},
    "grandparent": {"child_allowance_change", "school_entry_notice"},
    "care_manager": {"care_certification", "care_renewal"},
    "employer": set[str](),
    "relative_abroad": {"care_certification"},
}
NEVER = {
    "parent": {"care_certification", "move_out_notice", "school_transfer", "school_expense_aid", "childcare_help"},
    "legal_guardian": {"move_out_notice", "care_consultation", "school_transfer"},
    "grandparent": {"care_certification", "school_expense_aid", "child_medical_certificate", "move_in_notice"},
    "care_manager": {"child_allowance_change", "facility_cost_limit", "high_care_cost_refund", "care_consultation"},
    "employer": {"nursery_use", "nursery_certification", "care_certification"},
    "relative_abroad": {"child_allowance_change", "facility_cost_limit", "care_consultation"},
}


def mandate(kind: str, **changes: Any) -> Mandate:
    fields: dict[str, Any] = dict.fromkeys(Mandate.__dataclass_fields__)
    whole = fields | {
        "id": uuid4(), "kind": kind, "state": "accepted", "represented": uuid4(), "representative": uuid4(),
        "person": "m-1", "bundles": kinds()[kind].bundles, "purpose": kinds()[kind].purposes[0], "made_at": NOW,
        "ends_on": date(2027, 1, 1),
    }  # fmt: skip
    return Mandate(**whole | changes)


def test_every_kind_is_in_the_table() -> None:
    assert set(kinds()) == set(MAY) == set(REACHES) == set(NEVER)


@pytest.mark.parametrize("kind", MAY)
@pytest.mark.parametrize("item", sorted(EVERYTHING))
def test_a_kind_may_this_and_no_more(kind: str, item: str) -> None:
    rules = kinds()[kind]
    assert (item in (*rules.items, *rules.acts)) is (item in MAY[kind])


@pytest.mark.parametrize("kind", MAY)
def test_a_kind_reaches_these_procedures_and_never_those(kind: str) -> None:
    reached = within(CATALOGUE, kind, kinds()[kind].bundles)
    assert REACHES[kind] <= reached
    assert not NEVER[kind] & reached
    every_bundle = [one.id for one in CATALOGUE.bundles]
    assert within(CATALOGUE, kind, every_bundle) == reached, "a wider row than the kind allows gives no more"
    assert not hidden_from(kind) & reached


@pytest.mark.parametrize("kind", MAY)
def test_a_mandate_reaches_its_own_person_alone(kind: str) -> None:
    for procedure in REACHES[kind]:
        assert is_within(mandate(kind), CATALOGUE, procedure, "m-1")
        assert not is_within(mandate(kind), CATALOGUE, procedure, "m-2")
        assert not is_within(mandate(kind), CATALOGUE, procedure, None)


def test_what_is_hidden_names_real_procedures_and_is_told_only_where_that_is_safe() -> None:
    for one in sensitive().values():
        assert set(one.procedures) <= set(CATALOGUE.procedures)
        assert one.told is (one.name is not None)
    for kind in kinds():
        told = " ".join(text.ja for text in told_hidden(kind))
        assert "支援措置" not in told
        assert "相談" not in told


def test_every_text_of_the_rules_is_there() -> None:
    from bff.exchange.texts import basis_text
    from bff.family.kinds import item_name, purpose_name

    for rules in kinds().values():
        assert all(item_name(item) for item in rules.items)
        assert all(purpose_name(purpose) for purpose in rules.purposes)
        assert basis_text(rules.basis) != basis_text("unknown")


def test_a_mandate_holds_to_its_last_day_and_not_without_either_of_the_two() -> None:
    kept = mandate("care_manager")
    assert kept.holds(date(2027, 1, 1))
    assert not kept.holds(date(2027, 1, 2))
    assert not mandate("care_manager", representative=None).holds(date(2026, 12, 1))
    for state in ("asked", "offered", "refused", "revoked", "ended"):
        assert not mandate("care_manager", state=state).holds(date(2026, 12, 1))


def test_what_a_representative_sees_is_written_out_and_has_no_place_for_an_address() -> None:
    shown = {
        one: set(getattr(represented, one).__dataclass_fields__)
        for one in ("Represented", "SeenStep", "SeenApplication", "SeenEvent", "SeenNotice")
    }
    assert shown == {
        "Represented": {"mandate", "name", "giver", "steps", "applications", "notices", "hidden"},
        "SeenStep": {"id", "procedure", "name", "state", "due", "days_left", "can_send"},
        "SeenApplication": {"id", "title", "state", "accepted_at", "history", "by_representative"},
        "SeenEvent": {"at", "state"},
        "SeenNotice": {"id", "title", "sent_at"},
    }


@pytest.mark.parametrize(
    ("procedure", "why"),
    [("care_plan_notice", "電子署名"), ("school_expense_aid", "本人だけ")],
)
def test_what_only_she_can_sign_or_write_is_not_opened(procedure: str, why: str) -> None:
    class Whole:
        catalogue = CATALOGUE

        def form(self, step: Any) -> Any:
            from life_events.form import Form, Section
            from life_events.forms import bare

            spec = CATALOGUE.procedures[procedure].form
            assert spec is not None
            sections = tuple(Section(one.id, one.title, tuple(map(bare, one.fields))) for one in spec.sections)  # type: ignore[arg-type]
            return Form(
                procedure=procedure, version="1", subject=None, title=step.name, intro=spec.intro,
                submit_to=spec.submit_to, sections=sections,
            )  # fmt: skip

    class Step:
        def __init__(self) -> None:
            self.procedure, self.name = procedure, CATALOGUE.procedures[procedure].name

    with pytest.raises(Denied) as refused:
        acting.open_form(Whole(), Step())  # type: ignore[arg-type]
    assert why in refused.value.message.ja


def test_an_end_is_within_what_its_kind_allows() -> None:
    assert all(rules.longest_days <= 6600 for rules in kinds().values())
    assert {one: rules.given_by for one, rules in kinds().items() if rules.given_by == "official"} == {
        "parent": "official", "legal_guardian": "official",
    }  # fmt: skip
    assert "represented" not in kinds()["parent"].ended_by
    assert timedelta(days=kinds()["employer"].longest_days) <= timedelta(days=60)
    assert isinstance(mandate("parent").id, UUID)
