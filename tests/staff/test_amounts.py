"""What officials see of the two hands that reckon benefits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from bff.connectors.benefits.client import BenefitCalculator
from bff.db import Database
from bff.exchange.lean.pool import Pool
from bff.exchange.transport import LARGEST_ANSWER
from bff.facts import comparison
from bff.facts.comparison import Compared
from life_events import load_catalogue
from tests.connectors.test_benefits import Wired
from tests.exchange.provider import Provider
from tests.staff.desk import Desk, Official, Page

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
LAW = load_catalogue().law


async def compare(db: Database, calculator: BenefitCalculator, now: datetime = NOW, today: date = TODAY) -> None:
    for typical in comparison.typical_households():
        found = await comparison.reckoned(calculator, typical, LAW, now, today)
        async with db.house() as conn:
            await comparison.keep(conn, found)


async def kept(db: Database) -> dict[tuple[str, str], Compared]:
    async with db.house() as conn:
        return {(one.household, one.benefit): one for one in await comparison.compared(conn)}


def gone() -> BenefitCalculator:
    return Wired(Provider([lambda _: httpx.Response(503)])).calculator


@pytest.fixture
async def compared(db: Database, openfisca: str) -> dict[tuple[str, str], Compared]:
    """Both hands over every made-up household, with the true OpenFisca-Japan."""
    wired = Wired(Pool(), openfisca, LARGEST_ANSWER)
    await compare(db, wired.calculator)
    await wired.http.aclose()
    assert {row.outcome for row in wired.log} == {"answered"}
    assert {(row.resident, row.purpose, row.basis) for row in wired.log} == {(None, "check", "made_up")}
    return await kept(db)


@pytest.mark.parametrize(
    ("household", "benefit", "ours", "theirs"),
    [
        ("first_baby", "jido_teate", 15_000, 15_000),
        ("pupil_and_baby", "jido_teate", 25_000, 25_000),
        ("three_minors", "jido_teate", 10_000 + 10_000 + 30_000, 50_000),
        ("student_counts", "jido_teate", 10_000 + 30_000, 40_000),
        ("eldest_past_22", "jido_teate", 10_000 + 15_000, 40_000),
        ("third_birthday", "jido_teate", 15_000, 10_000),
        ("single_parent", "jido_fuyo_teate", 46_690 + 11_030, 57_720),
        ("single_parent", "jido_ikusei_teate", 27_000, 27_000),
        ("single_parent_2024", "jido_fuyo_teate", 45_500 + 10_750, 57_720),
        ("first_baby", "jido_fuyo_teate", None, 0),
    ],
)
async def test_both_hands_are_kept_side_by_side(
    compared: dict[tuple[str, str], Compared], household: str, benefit: str, ours: int | None, theirs: int
) -> None:
    one = compared[household, benefit]
    assert (one.ours, one.theirs) == (ours, theirs)
    assert one.disagree is ((ours or 0) != theirs)


async def test_watanabe_sees_what_disagrees_and_on_which_day(
    compared: dict[tuple[str, str], Compared], watanabe: Official
) -> None:
    page = await watanabe.opens("/staff/amounts")
    assert page.status == 200
    assert "2026年11月25日 10:00" in page.at("heard")
    assert "openfisca-japan 2.2.0" in page.at("heard")
    assert page.at("differing") == "一致しないものが 3 件あります。"
    assert page.at("amount-eldest_past_22-jido_teate").endswith("25,000円 A 40,000円 一致しません")
    assert page.at("amount-third_birthday-jido_teate").endswith("15,000円 A 10,000円 一致しません")
    assert page.at("amount-first_baby-jido_teate").endswith("15,000円 A 15,000円 一致")
    assert all(column in page.at("columns") for column in ("くらしまど", "確度", "OpenFisca-Japan", "結果"))
    assert page.at("amount-single_parent_2024-jido_fuyo_teate").endswith(
        "児童扶養手当 2024年12月2日（月） 56,250円 B 57,720円 一致しません"
    )


async def test_when_the_process_is_gone_the_page_says_when_it_was_last_heard(
    db: Database, compared: dict[tuple[str, str], Compared], watanabe: Official
) -> None:
    await compare(db, gone(), NOW + timedelta(days=1), TODAY + timedelta(days=1))
    page = await watanabe.opens("/staff/amounts")
    assert "2026年11月25日 10:00" in page.at("heard")
    old = page.at("amount-first_baby-jido_teate")
    assert "2026年11月25日" in old
    assert "15,000円 A 15,000円 以前の回答" in old
    assert "一致しません" in page.at("amount-third_birthday-jido_teate")


async def test_a_process_that_was_never_there_is_said_so(db: Database, watanabe: Official) -> None:
    before = await watanabe.opens("/staff/amounts")
    assert "まだ一度も回答を受けていません" in before.at("heard")
    await compare(db, gone())
    page = await watanabe.opens("/staff/amounts")
    assert "まだ一度も回答を受けていません" in page.at("heard")
    assert "照合できません" in page.at("amount-first_baby-jido_teate")


async def test_somebody_who_is_not_signed_in_sees_no_comparison(desk: Desk) -> None:
    page = Page(await desk.browser().get("/staff/amounts"))
    assert page.status == 303


async def test_it_is_compared_once_a_day_and_after_a_silence_again_in_ten_minutes(db: Database, openfisca: str) -> None:
    wired = Wired(Pool(), openfisca, LARGEST_ANSWER)

    async def due(now: datetime, today: date = TODAY) -> bool:
        async with db.house() as conn:
            return comparison.is_due(await comparison.compared(conn), now, today)

    assert await due(NOW)
    await compare(db, gone())
    assert not await due(NOW + timedelta(minutes=9))
    assert await due(NOW + timedelta(minutes=10))
    await compare(db, wired.calculator, NOW + timedelta(minutes=10))
    assert not await due(NOW + timedelta(hours=5))
    assert await due(NOW + timedelta(days=1), TODAY + timedelta(days=1))
    await wired.http.aclose()
