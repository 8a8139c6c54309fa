"""/staff/incidents: who runs the services says what went wrong, in words for everybody."""

from __future__ import annotations

from bff import incidents
from tests.staff.desk import MINATO, Desk


async def test_what_an_official_writes_is_read_by_everybody_until_it_is_over(desk: Desk) -> None:
    mori = await desk.official("森", MINATO, "operator")
    empty = await mori.sends("/staff/incidents", {})
    assert empty.status == 422
    assert "影響のある機能を1つ以上選んでください" in empty.text
    texts = {"text_ja": "ログインできません", "text_easy": "ログインできません", "text_en": "No login"}
    told = {"functions": ["login", "home"], "degree": "down", "began": "2020-01-01T09:00", **texts}
    assert (await mori.sends("/staff/incidents", told)).goes_to == "/staff/incidents?done=begun"
    page = await mori.opens("/staff/incidents")
    assert "ログインできません" in page.text
    async with desk.house.db.house() as conn:
        (one,) = await incidents.of_late(conn, desk.house.clock())
    assert (one.functions, one.ended) == (("login", "home"), None)
    assert (await mori.sends(f"/staff/incidents/{one.id}/end", {})).status == 303
    assert (await mori.sends("/staff/incidents/4711/end", {})).status == 404
    async with desk.house.db.house() as conn:
        (over,) = await incidents.of_late(conn, desk.house.clock())
    assert over.ended is not None
    writer = await desk.official("渡辺", MINATO, "editor")
    assert (await writer.sends("/staff/incidents", told)).status == 403
