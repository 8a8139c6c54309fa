"""Adds the browsers the journeys need, and Tesseract with Japanese, when they are missing: by apt as root, else
says the exact command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NEEDED = ("chromium", "chromium-headless-shell", "firefox-esr")
"""Programs, and the packages of the same names."""
FONT = "fonts-noto-cjk"
READER, JAPANESE = "tesseract-ocr", "tesseract-ocr-jpn"


def main() -> int:
    """0 when the browsers are there (perhaps now), 1 with the command to run when they cannot be added. Where
    Tesseract cannot be had the tests that read paper fail by themselves, and say so."""
    browsers = [one for one in NEEDED if shutil.which(one) is None]
    missing = [*browsers, *([FONT] if browsers else []), *([] if reads_japanese() else [READER, JAPANESE, FONT])]
    if not missing:
        return 0
    install = ["apt-get", "install", "-y", "-qq", "-o", "DPkg::Lock::Timeout=500", *dict.fromkeys(missing)]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"missing: run `sudo apt-get update && sudo {' '.join(install)}`", file=sys.stderr)
        return 1 if browsers else 0
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    return 0


def reads_japanese() -> bool:
    if shutil.which("tesseract") is None:
        return False
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "jpn" in told.stdout.split()


if __name__ == "__main__":
    sys.exit(main())
