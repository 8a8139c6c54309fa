"""`make run` goes on without OpenFisca-Japan, and says so in one sentence."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_SUCH_VERSION = "exit 1"
NO_VENV = 'case "$1" in -c) exit 0;; *) exit 1;; esac'
NO_NETWORK = r"""
case "$1" in
  -c) exit 0;;
  -m) mkdir -p "$3/bin"; printf '#!/bin/sh\nexit 1\n' > "$3/bin/python"; chmod +x "$3/bin/python";;
esac
"""


@pytest.mark.parametrize("python", [NO_SUCH_VERSION, NO_VENV, NO_NETWORK], ids=["version", "venv", "pip"])
def test_what_keeps_openfisca_from_being_installed_keeps_nothing_else(tmp_path: Path, python: str) -> None:
    other = tmp_path / "python"
    other.write_text(f"#!/bin/sh\n{python}\n")
    other.chmod(0o755)
    environment = tmp_path / "benefits"
    target = f"{environment}/.installed"
    made = subprocess.run(
        ["make", target, f"BENEFITS={environment}", f"BENEFITS_PYTHON={other}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert made.stdout.count("OpenFisca-Japan is not there") == 1
    assert not Path(target).exists()
