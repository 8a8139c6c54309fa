"""What Hana is told to have changed since she last looked."""

from datetime import date, timedelta

from msgspec.structs import replace

from life_events import UNKNOWN, Catalogue, Change, ChangeKind, Facts, Mark, Member, StepState, changes, marks, plan
from tests.life_events.people import HANA, ICHIRO, NAO, TODAY, YOSHI, YUI, hana, household, told

BABY = replace(NAO, person="m-6", name="佐藤 あお", birth_date=TODAY)


def news(catalogue: Catalogue, before: Facts, now: Facts, later: timedelta = timedelta(0)) -> list[Change]:
    seen = marks(plan(before, catalogue, TODAY))
    return list(changes(seen, plan(now, catalogue, TODAY + later), catalogue, now))


def kinds(found: list[Change]) -> dict[str, ChangeKind]:
    return {change.step: change.kind for change in found}


def family(*more: Member) -> Facts:
    return hana(registry=household(HANA, ICHIRO, YUI, NAO, YOSHI, *more))


def test_nothing_is_news_to_her_when_nothing_has_changed_or_she_looks_for_the_first_time(catalogue: Catalogue) -> None:
    assert news(catalogue, hana(), hana()) == []
    assert list(changes((), plan(hana(), catalogue, TODAY), catalogue, hana())) == []


def test_a_second_baby_brings_steps_of_its_own_with_their_last_days(catalogue: Catalogue) -> None:
    found = {change.step: change for change in news(catalogue, family(), family(BABY))}
    certificate = found["child_medical_certificate:m-6"]
    assert (certificate.kind, certificate.subject and certificate.subject.name) == (ChangeKind.NEW, "佐藤 あお")
    # 15 days from the day after 23 November
    assert "2026年12月8日" in certificate.text.ja
    assert not any(step.endswith(":m-3") for step in found)


def test_a_move_put_off_by_a_week_moves_the_last_day_of_the_notice_back(catalogue: Catalogue) -> None:
    told_first = hana(answers=told(moving=True, move_date="2026-12-01", move_to="131121"))
    told_then = hana(answers=told(moving=True, move_date="2026-12-08", move_to="131121"))
    notice = next(one for one in news(catalogue, told_first, told_then) if one.step == "move_out_notice")
    assert notice.kind is ChangeKind.LATER
    assert "2026年12月11日" in notice.text.ja  # 1 December and ten days
    assert "2026年12月18日" in notice.text.ja
    assert kinds(news(catalogue, told_then, told_first))["move_out_notice"] is ChangeKind.SOONER


def test_a_move_called_off_takes_its_steps_away(catalogue: Catalogue) -> None:
    moving = hana(answers=told(moving=True, move_date="2026-12-01", move_to="131121"))
    found = kinds(news(catalogue, moving, hana(answers=told(moving=False))))
    assert found["move_out_notice"] is ChangeKind.GONE
    assert found["move_in_notice"] is ChangeKind.GONE


def test_on_the_day_of_the_move_the_new_wards_notice_becomes_possible(catalogue: Catalogue) -> None:
    moving = hana(answers=told(moving=True, move_date="2026-12-01", move_to="131121"))
    found = kinds(news(catalogue, moving, moving, later=timedelta(days=8)))
    assert found["move_in_notice"] is ChangeKind.NOW_POSSIBLE


def test_a_source_that_falls_silent_is_no_news_and_neither_is_its_return(catalogue: Catalogue) -> None:
    silent = hana(childcare=UNKNOWN)
    assert "child_medical_certificate:m-4" not in kinds(news(catalogue, hana(), silent))
    nobody = Facts()
    assert news(catalogue, hana(), nobody) == []


def test_what_is_done_since_is_said_once(catalogue: Catalogue) -> None:
    done = (Mark("move_in_notice", StepState.DUE, date(2026, 12, 15)),)
    arrived = hana(
        registry=household(ward="131121", since=date(2026, 12, 1)),
        answers=told(moving=True, move_date="2026-12-01", move_to="131121", moved_from="131032"),
    )
    now = plan(arrived, catalogue, date(2026, 12, 5))
    assert kinds(list(changes(done, now, catalogue, arrived)))["move_in_notice"] is ChangeKind.DONE
    after = (Mark("move_in_notice", StepState.DONE),)
    assert "move_in_notice" not in kinds(list(changes(after, now, catalogue, arrived)))


def test_a_mark_of_a_procedure_that_no_longer_exists_or_of_somebody_who_left_is_passed_over(
    catalogue: Catalogue,
) -> None:
    odd = (Mark("abolished", StepState.DUE, TODAY), Mark("child_medical_certificate:m-99", StepState.DUE, TODAY))
    found = changes(odd, plan(hana(), catalogue, TODAY), catalogue, hana())
    assert not {change.step for change in found} & {"abolished", "child_medical_certificate:m-99"}
