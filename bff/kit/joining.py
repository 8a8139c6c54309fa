"""The lines by which a new connector joins the others: in the list of connectors, and in the made-up city."""

from __future__ import annotations

from itertools import groupby

from bff.kit.wanted import NotMade


def listed(text: str, name: str, kind: str, after: str) -> str:
    """`listed.py` with one line more, behind that of the class `after`; raises `NotMade` when there is no such line."""
    lines = text.splitlines()
    if f"    {after}," not in lines:
        raise NotMade(f"bff/connectors/listed.py: no line of {after} alone to put {kind} behind")
    lines.insert(lines.index(f"    {after},") + 1, f"    {kind},")
    return _with_import(lines, f"from bff.connectors.{name}.client import {kind}")


def mounted(text: str, name: str) -> str:
    """The city with the services of `infra/sandbox/NAME.py`; raises `NotMade` when it has another form than known."""
    lines = text.splitlines()
    places = [number for number, line in enumerate(lines) if line.strip() == "**records,"]
    if len(places) != 1:
        raise NotMade("infra/sandbox/app.py: no one line `**records,` to put the stand-in before")
    lines.insert(places[0], f"        **{name}_services(people, clock),")
    return _with_import(lines, f"from infra.sandbox.{name} import {name}_services")


def sorted_imports(text: str) -> str:
    """`text` with each run of lines that import from this project in the order the linter wants."""
    runs = groupby(text.splitlines(), key=_imports)
    return "\n".join(line for own, run in runs for line in (sorted(run, key=_module) if own else run)) + "\n"


def _with_import(lines: list[str], line: str) -> str:
    start = line.split(".", 1)[0] + "."
    place = next(number for number, one in enumerate(lines) if one.startswith(start))
    return sorted_imports("\n".join([*lines[:place], line, *lines[place:]]))


def _module(line: str) -> str:
    return line.split()[1]


def _imports(line: str) -> bool:
    """In one line: one that goes on over several stays where it is."""
    return line.startswith(("from bff.", "from infra.")) and not line.endswith("(")
