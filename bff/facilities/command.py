"""`python -m bff facilities import | publish | list`: a ward's open data, as on the staff page."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from bff.db import Database
from bff.facilities import importing, store
from bff.facilities.columns import datasets
from bff.facilities.importing import File
from bff.facilities.reading import NotReadable
from bff.facilities.store import Version
from bff.facilities.words import word
from life_events import Catalogue

BY = "コマンド"
LIVES = 20


class House(Protocol):
    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def new_id(self) -> Callable[[], UUID]: ...
    @property
    def catalogue(self) -> Catalogue: ...


def main(arguments: list[str], house: Callable[[], House]) -> int:
    """The exit status: 0 done, 1 too much is wrong to publish, 2 the file or what was said cannot be read."""
    asked = _parser().parse_args(arguments)
    built = house()
    if asked.ward not in built.catalogue.wards:
        print(f"kurashimado: {asked.ward} is no ward's code", file=sys.stderr)
        return 2
    try:
        return asyncio.run(_done(built, asked))
    except NotReadable as wrong:
        print(f"{asked.file}: {word('file', wrong.why)}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bff facilities", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    bring = acts.add_parser("import", help="read a file into a draft version, and tell what is wrong with it")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dataset", choices=sorted(datasets()), required=True)
    bring.add_argument("--as-of", type=date.fromisoformat, help="the day the data are of, YYYY-MM-DD")
    bring.add_argument("--source", default="", help="the page the file was taken from")
    bring.add_argument("--publish", action="store_true", help="at once, when not too much is wrong")
    put = acts.add_parser("publish", help="publish a draft, or a past version again")
    put.add_argument("version", type=UUID)
    show = acts.add_parser("list", help="the versions of a ward")
    for act in (bring, put, show):
        act.add_argument("--ward", required=True, help="the six digits of its 全国地方公共団体コード")
    return parser


async def _done(house: House, asked: argparse.Namespace) -> int:
    async with house.db.ward(asked.ward) as conn:
        if asked.act == "list":
            for version in await store.all_of(conn, asked.ward):
                print(line(version))
            return 0
        if asked.act == "import":
            version = await importing.bring_in(conn, _file(house, asked), id=house.new_id(), now=house.clock())
            _tell(version)
        else:
            found = await store.one(conn, asked.ward, asked.version)
            if found is None:
                print(f"kurashimado: {asked.ward} has no version {asked.version}", file=sys.stderr)
                return 2
            version = found
        current = {one.dataset: one for one in await store.published(conn, asked.ward)}
        why = importing.blocks(version, current.get(version.dataset))
        for text in why:
            print(text, file=sys.stderr)
        if why:
            return 1
        if asked.act == "publish" or asked.publish:
            await store.publish(conn, version, by=BY, now=house.clock())
            print(f"{version.id} published")
    return 0


def _file(house: House, asked: argparse.Namespace) -> File:
    if not asked.file.is_file():
        raise NotReadable("nothing")
    ward = house.catalogue.wards[asked.ward].name.ja
    return File(asked.file, asked.file.name, datasets()[asked.dataset], asked.ward, ward, asked.as_of, asked.source, BY)


def _tell(version: Version) -> None:
    print(line(version))
    if version.missing:
        print(f"ない列: {'、'.join(version.missing)}")
    for flaw in version.flaws[:LIVES]:
        print(f"{flaw.row}行目 {flaw.column}: {flaw.text}")
    if len(version.flaws) > LIVES:
        print("…")


def line(version: Version) -> str:
    name = datasets()[version.dataset].name
    counts = f"{version.rows}行のうち{version.good}件（除外{version.bad}、注意{version.warned}）"
    return f"{version.id}  {version.state:9}  {name}  {version.file_name}  {version.encoding}  {counts}"
