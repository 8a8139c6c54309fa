"""`make fuzz`: each parser by atheris for some seconds, in a process of its own; 1 when one of them is a defect.

What made it stumble lies in var/fuzz/<name>; put it into tests/fuzz/found, where the suite tries it for ever.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from infra.fuzz.all import targets

ROOT = Path(__file__).parents[2]
ATHERIS = ROOT / ".venv-proof" / "bin" / "python"
KEPT = ROOT / "var" / "fuzz"
LARGEST = 64 * 1024
HANGS_S = 20


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", help="targets; all of them when none is named")
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args(arguments)
    known = targets()
    if unknown := set(asked.names) - set(known):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    told = {name: _tried(name, known[name].seeds, asked.seconds) for name in asked.names or sorted(known)}
    return 1 if any(told.values()) else 0


def _tried(name: str, seeds: Iterable[bytes], seconds: int) -> bool:
    """Whether a defect was found."""
    folder = KEPT / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    limits: Mapping[str, int] = {
        "max_total_time": seconds,
        "max_len": LARGEST,
        "timeout": HANGS_S,
        "rss_limit_mb": 2048,
    }
    command = [str(ATHERIS), "-m", "infra.fuzz.one", name, *(f"-{key}={value}" for key, value in limits.items())]
    command += [f"-artifact_prefix={folder}/", "-print_final_stats=1", str(corpus)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    runs = [line.split()[-1] for line in ended.stderr.splitlines() if "number_of_executed_units" in line]
    print(f"fuzz: {name}: {'DEFECT' if ended.returncode else 'fine'} ({runs[0] if runs else '?'} tries)", flush=True)
    if ended.returncode:
        print(ended.stdout[-6000:] + ended.stderr[-4000:])
    return ended.returncode != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
