"""`make docs`: the site, strictly (a link that leads nowhere is a failure), with nothing fetched from elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infra.docs.assemble import ROOT, assembled

CONFIGURATION = Path(__file__).with_name("mkdocs.yml")
MKDOCS = ROOT / ".venv-proof" / "bin" / "python"
FETCHED = re.compile(
    r"<script[^>]+src=[\"']?https?:|<link[^>]+rel=[\"']?(?:stylesheet|preload|icon)[^>]+href=[\"']?https?:|<img[^>]+src=[\"']?https?:"
    r"|@import\s+(?:url\()?[\"']?https?:"
)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ROOT / "var" / "docs").absolute()
    with tempfile.TemporaryDirectory(prefix="km-docs-") as made:
        shutil.copy(CONFIGURATION, made)
        assembled(Path(made, "docs"))
        command = [str(MKDOCS), "-m", "mkdocs", "build", "--strict", "--quiet", "--clean", "--site-dir", str(folder)]
        built = subprocess.run(command, cwd=made, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False)
    if built.returncode:
        return built.returncode
    fetched = sorted(fetching(folder))
    for page in fetched:
        print(f"docs: {page} fetches something from elsewhere", file=sys.stderr)
    print(f"docs: {folder / 'index.html'}")
    return 1 if fetched else 0


def fetching(folder: Path) -> Iterator[str]:
    """Pages and styles that would ask another host."""
    for path in (*folder.rglob("*.html"), *folder.rglob("*.css")):
        if FETCHED.search(path.read_text("utf-8")):
            yield str(path.relative_to(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
