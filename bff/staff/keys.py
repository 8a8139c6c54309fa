"""/staff/admin/keys: which keys there are, how old they are and what hangs on them; and changing them as a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.administration import rewraps
from bff.administration.keys_here import aged
from bff.identity import client_keys, rewrapping
from bff.paper import store as papers
from bff.school import store as schools
from bff.staff.typed import Sent
from bff.staff.visit import NotHere, Visit, Visiting
from bff.staff.words import knows, word

ROTATE: Final = "keys_rotate"
STEPS: Final = ("announce", "rotate", "retire")


@get("/admin/keys", act="keys_read")
async def keys(visit: Visiting, done: FromQuery[str] = "") -> Response[str]:
    return await _page(visit, told=word("keys_done", done) if knows("keys_done", done) else "")


@post("/admin/keys/rewrap", act=ROTATE)
async def rewrap(visit: Visiting, typed: Sent) -> Response[Any]:
    """Begun here, done by the workers; the newest master key is put into the settings by who runs the machines."""
    house, current = visit.house, visit.house.keys_here.masters[0]
    async with house.db.house() as conn:
        left = sum(many for id, many in (await _around(conn)).items() if id != current)
        rewrap = house.new_id()
        is_new = left > 0 and await rewraps.begin(
            conn, rewrap, visit.official.ward, current, left, by_name=visit.official.name, now=visit.now
        )
        if is_new:
            await house.defer(conn, rewraps.REWRAP, args={"rewrap": str(rewrap)})
            await visit.note(conn, ROTATE, about=word("keys", "master"), reason=current)
    return _done("begun" if is_new else "under_way" if left else "nothing")


@post("/admin/keys/providers/{step:str}", act=ROTATE)
async def towards_providers(visit: Visiting, step: FromPath[str], typed: Sent) -> Response[Any]:
    """Announced first, so that every provider has read the new key before it signs; the former go last."""
    folder = visit.house.keys_here.towards_providers
    if step not in STEPS:
        raise NotHere
    if folder.is_file():
        return await _page(visit, wrong=word("keys", "one_file"), status=409)
    try:
        done = _does(step, folder, visit.now)
    except OSError:
        return await _page(visit, wrong=word("keys", "no_writing"), status=409)
    if not done:  # pressed twice, or out of turn
        return await _page(
            visit, wrong=word("keys", "none_announced" if step == "rotate" else "none_former"), status=409
        )
    async with visit.door() as conn:
        await visit.note(conn, ROTATE, about=f"{word('keys_setting', 'OIDC_KEYS')}（{word('keys_step', step)}）")
    return _done(step)


def _does(step: str, folder: Path, now: datetime) -> bool:
    """False: there was nothing to do it to."""
    if step == "announce":
        client_keys.announce(folder, now)
        return True
    if step == "rotate":
        return client_keys.rotate_announced(folder, now) is not None
    return bool(client_keys.retire(folder))


async def _page(visit: Visit, *, told: str = "", wrong: str = "", status: int = 200) -> Response[str]:
    here = visit.house.keys_here
    async with visit.house.db.house() as conn:
        around, runs = await _around(conn), await rewraps.newest(conn)
    known = [(id, around.get(id, 0), id == here.masters[0]) for id in here.masters]
    missing = [(id, many) for id, many in around.items() if id not in here.masters]
    files = client_keys.files_of(here.towards_providers)
    signing = next((file for file in files if not file.name.endswith(client_keys.NEXT)), None)
    providers = [(file.name, _state(file.name, file == signing)) for file in files]
    return visit.show(
        "keys.html",
        status,
        masters=known,
        missing=missing,
        pairwise=here.pairwise,
        files=aged(here, visit.now),
        providers=providers,
        is_folder=not here.towards_providers.is_file(),
        runs=runs,
        is_under_way=any(one.ended_at is None for one in runs),
        left=sum(many for id, many in around.items() if id != here.masters[0]),
        may=visit.may(ROTATE),
        told=told,
        wrong=wrong,
    )


def _state(name: str, signs: bool) -> str:
    return "announced" if name.endswith(client_keys.NEXT) else "signs" if signs else "published"


async def _around(conn: AsyncConnection) -> Mapping[str, int]:
    counts = (await rewrapping.counted(conn), await papers.around(conn), await schools.around(conn))
    return sum((Counter(one) for one in counts), Counter[str]())


def _done(what: str) -> Response[Any]:
    return Redirect(f"/staff/admin/keys?done={what}", status_code=303)


HANDLERS = (keys, rewrap, towards_providers)
