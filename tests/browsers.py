"""Adds the two browsers the journeys need, when they are missing: by apt as root, else says the exact command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NEEDED = {"chromium": "chromium", "firefox-esr": "firefox-esr"}
FONT = "fonts-noto-cjk"


def main() -> int:
    """0 when both browsers are there (perhaps now), 1 with the command to run when they cannot be added."""
    missing = [package for binary, package in NEEDED.items() if shutil.which(binary) is None]
    if not missing:
        return 0
    install = ["apt-get", "install", "-y", "-qq", "-o", "DPkg::Lock::Timeout=500", *missing, FONT]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"browsers missing: run `sudo apt-get update && sudo {' '.join(install)}`", file=sys.stderr)
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
