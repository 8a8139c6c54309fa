"""Keys: seen by age and use, never what they are; wrapped anew as a job that tells how far it is."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bff.administration import rewraps
from bff.identity import client_keys
from bff.journeys.rewrapping import rewrapped
from tests.accounts.people import sends
from tests.town import Town

PAGE = "/staff/admin/keys"


async def test_a_new_master_key_is_put_under_every_data_key_by_a_job(town: Town) -> None:
    await town.resident("hana")
    newer = replace(town.settings, master_keys=(("newer", secrets.token_bytes(32)), *town.settings.master_keys))
    restarted = Town(newer)
    operator = await restarted.official("staff-minato-operator")
    page = (await operator.get(PAGE)).text
    assert "掛け替えを始める" in page
    assert not any(key.hex() in page for _, key in newer.master_keys)
    assert (await sends(operator, f"{PAGE}/rewrap")).headers["location"].endswith("done=begun")
    assert (await sends(operator, f"{PAGE}/rewrap")).headers["location"].endswith("done=under_way")
    assert "<progress" in (await operator.get(PAGE)).text
    await restarted.promises_are_kept()
    done = (await operator.get(PAGE)).text
    assert re.search(r"済み（\d+件", done), done
    assert "掛け替えを始める" not in done
    assert (await sends(operator, f"{PAGE}/rewrap")).headers["location"].endswith("done=nothing")
    await restarted.close()


async def test_a_key_that_is_no_longer_in_the_settings_ends_the_job_with_its_fault(town: Town) -> None:
    operator = await town.official("staff-minato-operator")
    await town.resident("hana")
    lost = replace(town.settings, master_keys=(("other", secrets.token_bytes(32)),))
    async with town.house.db.house() as conn:
        id = town.house.new_id()
        await rewraps.begin(conn, id, "131032", "other", 1, by_name="森", now=town.house.clock())
    alone = Town(lost)
    await rewrapped(alone.house, id)
    await alone.close()
    assert "止まりました" in (await operator.get(PAGE)).text


async def test_keys_towards_providers_are_announced_used_and_retired(town: Town) -> None:
    operator, admin = await town.official("staff-minato-operator"), await town.official("staff-minato-admin")
    folder = town.settings.oidc_keys
    before = client_keys.files_of(folder)
    assert "署名に使っている" in (await admin.get(PAGE)).text
    assert (await sends(admin, f"{PAGE}/providers/announce")).status_code == 403
    try:
        assert (await sends(operator, f"{PAGE}/providers/announce")).status_code == 303
        assert "予告（まだ署名に使わない）" in (await operator.get(PAGE)).text
        assert (await sends(operator, f"{PAGE}/providers/nothing")).status_code == 404
        for file in set(client_keys.files_of(folder)) - set(before):
            file.unlink()
        early = await sends(operator, f"{PAGE}/providers/rotate")
        assert (early.status_code, "先に新しい鍵を予告し" in early.text) == (409, True)
        none = await sends(operator, f"{PAGE}/providers/retire")
        assert (none.status_code, "消す鍵はありません" in none.text) == (409, True)
        assert client_keys.files_of(folder) == before
    finally:
        for file in set(client_keys.files_of(folder)) - set(before):
            file.unlink()


def test_nothing_is_retired_where_nothing_signs(tmp_path: Path) -> None:
    client_keys.announce(tmp_path, datetime(2026, 4, 1, tzinfo=UTC))
    assert client_keys.retire(tmp_path) == []
