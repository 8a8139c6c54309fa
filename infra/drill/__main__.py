"""`python -m infra.drill [NAME …]`: a table of faults; the exit status is 1 when something was lost."""

from __future__ import annotations

import shutil
import sys
import tempfile
import textwrap
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from infra.drill.faults import DRILLS, Line, disk_full, small_disk
from infra.drill.life import Resident, comes
from infra.drill.town import Town

PERSONAS = ("hana", "ken", "fumi")
DISK_MB = 400
WIDE = 110


def main(names: Sequence[str]) -> int:
    wanted = [drill for drill in DRILLS if not names or drill.__name__ in names]
    if not wanted:
        print("there are: " + ", ".join(drill.__name__ for drill in DRILLS), file=sys.stderr)
        return 2
    var = Path(tempfile.mkdtemp(prefix="km-drill-"))
    var.chmod(0o755)
    with small_disk(var, DISK_MB) as is_small:
        town = Town.opened(var)
        try:
            doors = (town.city("web").origin, town.city("web_2").origin)
            people = [comes(town.city(), persona, doors) for persona in PERSONAS]
            lines = []
            for drill in wanted:
                if drill is disk_full and not is_small:
                    lines.append(Line("disk full", "not drilled: a small file system wants root", "—", ()))
                    continue
                lines.append(_drilled(drill, town, people))
                print(_told(lines[-1]), flush=True)
        finally:
            town.closes()
    shutil.rmtree(var, ignore_errors=True)
    if any(line.lost for line in lines):
        print(f"what the processes said: {town.logs}", file=sys.stderr)
        return 1
    shutil.rmtree(town.logs, ignore_errors=True)
    return 0


def _drilled(drill: Callable[[Town, list[Resident]], Line], town: Town, people: list[Resident]) -> Line:
    try:
        return drill(town, people)
    except Exception as broken:
        traceback.print_exc()
        return Line(drill.__name__, "broke off", "—", (f"not known: {broken!r}",))


def _told(line: Line) -> str:
    rows = {"done": line.done, "a resident saw": line.saw, "lost": "; ".join(line.lost) or "nothing"}
    told = [
        textwrap.fill(f"{name}: {text}", WIDE, initial_indent="  ", subsequent_indent="    ")
        for name, text in rows.items()
    ]
    return "\n".join([line.fault, *told])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
