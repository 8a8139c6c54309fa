"""A school writes to the families of its own children, and sees nothing else of its ward."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from notifications import address_book
from notifications.notice import Language
from tests.staff.desk import MINATO, Desk, Official, letter

CHILD = UUID(int=7)
SHIBAHAMA, OTHER = "芝浜小学校", "お台場学園"


async def families(desk: Desk, school: str, how_many: int) -> None:
    ids = await desk.residents(MINATO, *[(Language.JA, None)] * how_many)
    async with desk.house.db.house() as conn:
        for resident in ids:
            await address_book.keep_marks(
                conn, resident=resident, ward=MINATO, prefix="school:", marks={(f"school:{school}", CHILD)}
            )


async def hara(desk: Desk, school: str = SHIBAHAMA) -> Official:
    return await desk.official(f"副校長 {school}", MINATO, "school", school=school)


async def test_a_schools_notice_goes_to_its_own_families_in_its_own_name(desk: Desk, kobayashi: Official) -> None:
    await families(desk, SHIBAHAMA, 10)
    await families(desk, OTHER, 20)
    official = await hara(desk)
    path = await official.writes(title_ja="学芸発表会")
    page = await official.opens(path)
    assert "対象 約10人" in page.at("audience-size")
    assert "芝浜小学校に通う子どもがいる人" in page.text
    assert "港区 芝浜小学校" in (await official.opens(f"{path}/edit")).text
    await official.asks_for_approval(path)
    assert (await official.sends(f"{path}/approve", {"version": "1"})).status == 403
    assert (await kobayashi.sends(f"{path}/approve", {"version": "1"})).status == 303


async def test_a_school_sees_neither_its_ward_s_nor_another_school_s_notices(desk: Desk, watanabe: Official) -> None:
    of_ward = await watanabe.writes(title_ja="区のお知らせ")
    other = await hara(desk, OTHER)
    of_other = await other.writes(title_ja="お台場の運動会")
    official = await hara(desk)
    listed = (await official.opens("/staff")).text
    assert "区のお知らせ" not in listed
    assert "お台場の運動会" not in listed
    for path in (of_ward, of_other):
        for page in ("", "/edit", "/counts", "/stop"):
            assert (await official.opens(path + page)).status == 404, path + page
        assert (await official.sends(f"{path}/edit", letter(version="1"))).status == 404
        assert (await official.sends(f"{path}/ask", {})).status == 404
    assert "お台場の運動会" in (await watanabe.opens("/staff")).text, "its ward sees all of them"
    assert (await watanabe.sends(f"{of_other}/edit", letter(version="1"))).status == 403, (
        "and rewrites none of a school's"
    )


async def test_the_door_of_a_school_shows_its_families_alone(desk: Desk) -> None:
    await families(desk, SHIBAHAMA, 2)
    await families(desk, OTHER, 3)
    await desk.residents(MINATO, (Language.EN, None))
    for school, seen in ((SHIBAHAMA, 2), (OTHER, 3), (None, 6), ("どこにもない学校", 0)):
        async with desk.house.db.ward(MINATO, school) as conn:
            assert (await conn.execute(text("SELECT count(*) FROM contacts"))).scalar_one() == seen
