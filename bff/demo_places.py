"""The demo city's facilities: the made-up files of `infra/places`, brought in and published as a ward's staff would."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from bff.facilities import importing, store
from bff.facilities.columns import datasets
from bff.facilities.importing import File
from bff.wiring import House
from infra.places.files import write

BY = "見本データ"
SOURCE = "https://www.example.jp/opendata/"


def chosen(house: House) -> Collection[str]:
    """All, or those of DEMO_WARDS, for a city that is to be there sooner."""
    return os.environ.get("DEMO_WARDS", "").split() or list(house.catalogue.wards)


async def fill(house: House) -> None:
    """Idempotent: a file that is published already is left."""
    wards = chosen(house)
    with tempfile.TemporaryDirectory(prefix="km-places-") as folder:
        for path in write(Path(folder)):
            ward, _, dataset = path.stem.partition("_")
            if ward not in wards:
                continue
            async with house.db.ward(ward) as conn:
                digest = importing.digest_of(path)
                kept = await store.published(conn, ward)
                if any(one.dataset == dataset and one.digest == digest for one in kept):
                    continue
                file = File(
                    path=path,
                    name=path.name,
                    dataset=datasets()[dataset],
                    ward=ward,
                    ward_name=house.catalogue.wards[ward].name.ja,
                    as_of=house.today() - timedelta(days=20),
                    source_url=SOURCE,
                    by=BY,
                )
                version = await importing.bring_in(conn, file, id=house.new_id(), now=house.clock())
                await store.publish(conn, version, by=BY, now=house.clock())
    await house.close()
