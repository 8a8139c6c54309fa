"""`make wapiti`: Wapiti against a demo city of its own, as nobody, as a resident and as officials; 1 when it finds
anything that `scan.toml` does not explain."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from infra.load.city import City, demo_city, free_port
from infra.security import visitors

ROOT = Path(__file__).parents[2]
TOOL = ROOT / ".venv-wapiti" / "bin" / "wapiti"
PLAN = Path(__file__).with_name("scan.toml")
ENDS_A_SESSION = ("/login/out", "/staff/login/out", "/staff/me/sessions")
OF_INTEREST = ("vulnerabilities", "anomalies")


def main(arguments: list[str]) -> int:
    """`--only NAME`: one visitor alone."""
    plan = tomllib.loads(PLAN.read_text("utf-8"))
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    os.environ.update(
        BENEFITS_PORT=str(free_port()), INLET_PORT=str(free_port()), KURASHIMADO_STAFF_PASSKEYS="off", TZ="UTC"
    )
    found = 0
    with demo_city() as city:
        for visitor in plan["visitors"]:
            if only in ("", visitor["name"]):
                found += _report(visitor, _asked(city, plan, visitor), plan.get("known", ()))
    return 1 if found else 0


def _report(visitor: Mapping[str, Any], report: Mapping[str, Any], known: Sequence[Mapping[str, str]]) -> int:
    """How many things are wrong; to have looked at too few pages is one."""
    told, pages = findings(report, known), report["infos"]["crawled_pages_nbr"]
    if pages < visitor["pages"]:
        told.append(f"only {pages} pages were looked at, not {visitor['pages']}")
    print(f"wapiti: {visitor['name']}: {pages} pages, {len(told) or 'no'} finding{'s' * (len(told) != 1)}", flush=True)
    for one in told:
        print(f"  {one}")
    return len(told)


def _asked(city: City, plan: Mapping[str, Any], visitor: Mapping[str, Any]) -> Mapping[str, Any]:
    """Wapiti's report."""
    headers = _who(city, visitor)
    with tempfile.TemporaryDirectory(prefix="km-wapiti-") as folder:
        report = Path(folder, "report.json")
        command = [
            *(
                str(TOOL),
                "--url",
                f"{city.origin}{visitor.get('below', '/')}",
                "--scope",
                "folder",
                "--flush-session",
                "--no-bugreport",
            ),
            *("--store-session", folder, "--store-config", folder, "--drop-set-cookie", "-v", "0"),
            *("--module", ",".join(plan["modules"]), "--format", "json", "--output", str(report), "-dr", "2"),
            *("--max-scan-time", str(plan["seconds"]), "--max-attack-time", str(plan["attack_seconds"])),
            *("--depth", "6", "--max-links-per-page", "60", "--max-files-per-dir", "40", "--tasks", "4"),
            *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
            *(part for start in visitor["starts"] for part in ("--start", f"{city.origin}{start}")),
            *(part for end in ENDS_A_SESSION for part in ("--exclude", f"{city.origin}{end}")),
        ]
        subprocess.run(command, check=True, stdout=sys.stderr, cwd=folder)
        told: Mapping[str, Any] = json.loads(report.read_text("utf-8"))
        return told


def _who(city: City, visitor: Mapping[str, Any]) -> Mapping[str, str]:
    persona = visitor.get("persona", "")
    if not persona:
        return visitors.nobody(city)
    return visitors.official(city, persona) if persona.startswith("staff-") else visitors.resident(city, persona)


def findings(report: Mapping[str, Any], known: Sequence[Mapping[str, str]] = ()) -> list[str]:
    """Each of the report's that is not known, in one line."""
    return [
        f"{kind}: {one['method']} {one['path']} {one.get('parameter') or ''} {one['info']}".strip()
        for group in OF_INTEREST
        for kind, found in report[group].items()
        for one in found
        if not any(each["what"] == kind and re.search(each["where"], one["path"]) for each in known)
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
