"""What the image would hold, put together without a container engine: the packages of its lock alone, the
folders the Dockerfile copies, read only, as somebody who is not root. What the base image brings is not tried."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import httpx

from infra import embedded_postgres
from infra.operations.free import free_port
from infra.operations.tools import INFRA, ROOT, Failed, NotTried, run

NOBODY: Final = 10001
STARTED: Final = 60
_COPIED: Final = re.compile(r"^COPY (?:--from=built /src/)?((?!--from)\S+(?: \S+)*) (\S+)$", re.MULTILINE)


def as_in_the_image() -> str:
    """Raises `Failed`; `NotTried` without root, who alone may become somebody else."""
    if os.geteuid() != 0:
        raise NotTried("only root may start a process as somebody else")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        _packages(folder / "house")
        size = _files(folder / "srv")
        python, here = str(folder / "house" / "bin" / "python"), {"cwd": folder / "srv"}
        run(python, "-m", "compileall", "-q", ".", **here)
        _read_only(folder / "srv")
        var = folder / "var"
        var.mkdir()
        os.chown(var, NOBODY, NOBODY)
        url = embedded_postgres.start(folder / "postgres")
        (folder / "postgres").chmod(0o755)  # its socket lies there, and somebody else is to reach it
        environ = _environ(url, folder, var)
        prepared = (
            "import os; from bff import demo_keys as k, settings as s, wiring; k.make(s.read(os.environ), wiring.now())"
        )
        as_nobody: dict[str, Any] = {**here, "env": environ, "user": NOBODY, "group": NOBODY, "extra_groups": []}
        run(python, "-c", prepared, **as_nobody)
        run(python, "-m", "bff", "migrate", **as_nobody)
        _answers(python, as_nobody, "web", int(environ["PORT"]), "/readyz")
        _answers(python, as_nobody, "worker", int(environ["WORKER_PORT"]), "/healthz")
    return f"{size} MB of packages and files; migrate, web and worker run from them, read only, as {NOBODY}"


def _packages(venv: Path) -> None:
    run(_python_of_all(), "-m", "venv", str(venv))
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    run(*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(INFRA / "image.lock"))
    run(str(venv / "bin" / "python"), "-m", "pip", "uninstall", "--quiet", "--yes", "pip", "setuptools")


def _python_of_all() -> str:
    """One that lies where everybody may read: a root's own does not."""
    found = shutil.which("python3.11", path="/usr/local/bin:/usr/bin")
    if found is None:
        raise NotTried("no Python 3.11 in /usr/bin, where somebody else than root may run it")
    return found


def _files(to: Path) -> int:
    """As the Dockerfile copies; megabytes of it and the packages beside."""
    final = (INFRA / "Dockerfile").read_text("utf-8").partition("AS house\n")[2].partition("\nFROM ")[0]
    to.mkdir()
    for sources, target in _COPIED.findall(final):
        for source in sources.split():
            place = to / (Path(source).name if target == "./" else target)
            place.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, place)
    whole = sum(file.stat().st_size for file in to.parent.rglob("*") if file.is_file() and not file.is_symlink())
    return round(whole / 1_000_000)


def _read_only(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def _environ(url: str, folder: Path, var: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "KURASHIMADO_VAR": str(var),
        "KURASHIMADO_ASSETS": str(folder / "srv" / "pwa" / "dist"),
        "PORT": str(free_port()),
        "WORKER_PORT": str(free_port()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(var),
    }


def _answers(python: str, how: dict[str, Any], command: str, port: int, path: str) -> None:
    process = subprocess.Popen([python, "-m", "bff", command], stderr=subprocess.PIPE, text=True, **how)  # noqa: S603
    until, answered = time.monotonic() + STARTED, False
    while not answered and time.monotonic() < until and process.poll() is None:
        with suppress(httpx.TransportError):
            answered = httpx.get(f"http://127.0.0.1:{port}{path}").is_success
        time.sleep(0.2)
    process.terminate()
    _, told = process.communicate(timeout=60)
    if not answered or process.returncode != 0:
        raise Failed(f"{command} ended with {process.returncode}: {told[-800:]}")
