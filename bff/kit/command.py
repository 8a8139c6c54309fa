"""`python -m bff connector new | list | check`: the kit for whoever connects a service."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bff.connectors.listed import CONNECTORS
from bff.connectors.manifest import Manifest, manifest_of
from bff.connectors.street import manifests
from bff.kit import checking, listing
from bff.kit.making import make
from bff.kit.remaining import remaining
from bff.kit.wanted import EXPOSURES, OPERATORS, NotMade, Wanted

ROOT: Final = Path(__file__).parents[2]
MADE: Final = """
{name} keeps the contract as it is; it is not yet true of any owner. Next:
  1. fill in what `python -m bff connector check {name}` still names, first the law and the interface
  2. unless it is only linked to, write down as examples what the owner really answers: good, odd, broken
  3. `make check`, then `python -m pytest tests/connectors`
How a ward is connected in a day: bff/connectors/README.md"""


def main(arguments: list[str]) -> int:
    """The exit status: 0 made, listed or kept, 1 a rule is broken, 2 nothing was made. Wrong words end the process."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.act == "list":
        return _list(write=asked.write)
    if asked.act == "check":
        if strangers := sorted(set(asked.ids) - manifests().keys()):
            parser.error(f"no connector is called {', '.join(strangers)}")
        return _check(asked.ids)
    wanted = Wanted(asked.name, asked.operator, asked.exposure, asked.title, asked.service, asked.basis, asked.link)
    return _new(wanted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bff connector", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    new = acts.add_parser("new", help="write the folder, examples, stand-in and tests of a connector")
    new.add_argument("name", help="its id and folder: lower-case words joined by _")
    new.add_argument("--operator", choices=OPERATORS, default="ward")
    new.add_argument("--exposure", choices=EXPOSURES, default="records")
    new.add_argument("--title", default="", help="how it is called in Japanese")
    new.add_argument("--service", default="", help="X-Road service id, {ward} for a ward's code")
    new.add_argument("--basis", default="", help="for `authorised`: the code of the law that names who may call")
    new.add_argument("--link", default="", help="for `link`: the https address of the page she is led to")
    listed = acts.add_parser("list", help="all connectors as a table")
    listed.add_argument("--write", action="store_true", help="into bff/connectors/README.md")
    check = acts.add_parser("check", help="run the contract over some connectors, or over all")
    check.add_argument("ids", nargs="*", metavar="ID")
    return parser


def _new(wanted: Wanted) -> int:
    taken = manifests()
    alike = [at for at, kind in enumerate(CONNECTORS) if kind.manifest.exposure == wanted.exposure]
    place = alike[-1] + 1 if alike else len(CONNECTORS)
    try:
        written = make(ROOT, wanted, taken, CONNECTORS[place - 1].__name__)
    except NotMade as why:
        print(f"nothing was made: {why}", file=sys.stderr)
        return 2
    made = manifest_of(str(ROOT / "bff" / "connectors" / wanted.name / "client.py"))
    everyone = list(taken.values())
    _write_table([*everyone[:place], made, *everyone[place:]])
    for path in written:
        print(path.relative_to(ROOT))
    print(MADE.format(name=wanted.name))
    return 0


def _list(*, write: bool) -> int:
    everyone = manifests().values()
    if write:
        _write_table(everyone)
    else:
        print(listing.table(everyone, aligned=True))
    return 0


def _write_table(everyone: Iterable[Manifest]) -> None:
    readme = listing.readme(ROOT)
    readme.write_text(listing.renewed(readme.read_text("utf-8"), everyone), "utf-8")


def _check(ids: list[str]) -> int:
    folders = {kind.manifest.id: kind.__module__.split(".")[2] for kind in CONNECTORS}
    own = [f"tests/connectors/test_{folders[id]}.py" for id in ids]
    judged = checking.judge(ROOT, ids, [*checking.CONTRACT, *(file for file in own if (ROOT / file).is_file())])
    if judged.trouble:
        print(judged.trouble, file=sys.stderr)
        return 1
    for line in judged.broken:
        print(f"broken: {line}")
    told = ", ".join(ids) or "all connectors"
    print(f"{told}: {judged.kept} times a rule is kept, {len(judged.broken)} times broken")
    for id in ids or folders:
        for line in remaining(ROOT, folders[id], manifests()[id]):
            print(f"still to say of {id}: {line}")
    return 1 if judged.broken else 0
