"""`python -m bff restore DIR [--keys DIR] [--replace] [--check]`: puts back what `backup` made, whole or not at all.

Both halves are read to their ends before the database is touched; everything is put back in one transaction, its rows
counted in it. With a half of keys that is newer than the data, who was erased meanwhile is erased again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bff import settings, wiring
from bff.identity.keys import KeyRing
from bff.keeping import again, files, putting, target
from bff.keeping.manifest import NotThat
from bff.keeping.trying import Tried, tried
from bff.settings import Settings
from infra.migrations import migrate


class PartlyBack(Exception):
    """After the database's COMMIT something else failed; its words say what is back."""


def main(arguments: list[str]) -> int:
    """The exit status: 0 it is put back (or, with --check, could be), 2 it is not, and the database is as it was,
    3 only a part is back, and it says which."""
    asked = _asked(arguments)
    chosen = settings.read(os.environ)
    try:
        both = _tried(chosen, asked)
        if asked.check:
            print(f"{asked.folder}: whole, of {both.data.made_at.isoformat()}, {both.data.migration}; nothing was done")
            return 0
        put_back(chosen, both, replace=asked.replace)
    except PartlyBack as wrong:
        print(f"kurashimado: {wrong}", file=sys.stderr)
        return 3
    except (NotThat, OSError) as wrong:
        print(f"kurashimado: nothing was put back: {wrong}", file=sys.stderr)
        return 2
    gone = asyncio.run(again.erased_again(chosen, wiring.now()))
    print(_told(both, gone))
    return 0


def put_back(chosen: Settings, both: Tried, *, replace: bool) -> None:
    """The database, then the files, brought up to this version. Raises `NotThat`, `OSError`; then all is as before; and
    `PartlyBack`."""
    url = chosen.database_url
    with target.ready(url, replace=replace), files.unpacked(chosen.files, both, replace=replace) as coming:
        putting.database(url, both)
        try:
            coming.take_their_place()
        except OSError as wrong:
            raise PartlyBack(f"the database is back, the files are not ({wrong}); again with --replace") from wrong
    try:
        migrate(url)
    except OSError as wrong:
        raise PartlyBack(f"database and files are back, but of another version ({wrong}); `migrate` next") from wrong


def _tried(chosen: Settings, asked: argparse.Namespace) -> Tried:
    ring = KeyRing(dict(chosen.master_keys), chosen.master_keys[0][0], os.urandom)
    return tried(chosen, asked.folder / "data", asked.keys or asked.folder / "keys", ring)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bff restore", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="as it was told to `backup`")
    parser.add_argument("--keys", type=Path, metavar="DIR", help="the half with the keys, when it lies elsewhere")
    parser.add_argument("--replace", action="store_true", help="onto a database that holds something: that is lost")
    parser.add_argument("--check", action="store_true", help="read both halves to their ends, and do nothing")
    return parser.parse_args(arguments)


def _told(both: Tried, gone: int) -> str:
    lines = [f"{sum(both.data.rows.values())} rows of {len(both.data.rows)} tables are back, as of {both.data.made_at}"]
    if gone:
        lines.append(f"{gone} accounts that were erased after that are erased again")
    lines.append("now start web and workers; what was promised then and not done yet is done, each thing once")
    return "\n".join(lines)
