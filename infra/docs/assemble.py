"""Every page of the site as Markdown, in one folder, with examples filled in from their files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from infra.docs import reference

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).with_name("pages")
COPIED: Mapping[str, str] = {
    "README.md": "tour.md",
    "CONTRIBUTING.md": "contributing.md",
    "CODE_OF_CONDUCT.md": "conduct.md",
    "SECURITY.md": "security-policy.md",
    "CHANGELOG.md": "changelog.md",
    "bff/connectors/README.md": "connectors.md",
    "bff/exchange/README.md": "exchange.md",
    "infra/drop/README.md": "drop.md",
    "infra/disasters/README.md": "disasters.md",
    "pwa/text/README.md": "texts.md",
}
"""Files of the repository that are pages too."""
FOLDERS = {"infra/decisions": "decisions", "infra/security": "security"}
FROM = re.compile(r'^```(\w+) title="([^"]+)" from="([^"]+)"\n```$', re.MULTILINE)
_PICTURE = re.compile(r"infra/pictures/(\w+\.png)")
_ADDRESS = re.compile(r"(?<![<(\[`\"'=])\bhttp://localhost[^\s,;)、]*[^\s,;.)、]")


def assembled(folder: Path) -> None:
    """Writes all pages into `folder`, which is empty."""
    shutil.copytree(OWN, folder, dirs_exist_ok=True)
    for source, page in COPIED.items():
        (folder / page).write_text(_shown((ROOT / source).read_text("utf-8")), "utf-8")
    for source, there in FOLDERS.items():
        for path in sorted((ROOT / source).rglob("*.md")):
            to = folder / there / path.relative_to(ROOT / source)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(path.read_text("utf-8"), "utf-8")
    shutil.copytree(ROOT / "infra" / "pictures", folder / "pictures", ignore=shutil.ignore_patterns("*.py", "__*"))
    (folder / "decisions" / "index.md").write_text(_decisions(folder / "decisions"), "utf-8")
    for path in folder.rglob("*.md"):
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
    reference.write(folder / "reference")


def filled(page: str) -> str:
    """With the lines of each file from where a block says until the next empty one."""
    return FROM.sub(lambda block: f'```{block[1]} title="{block[2]}"\n{excerpt(block[2], block[3])}\n```', page)


def excerpt(path: str, begin: str) -> str:
    """Raises `ValueError` where no line of the file begins so."""
    lines = (ROOT / path).read_text("utf-8").splitlines()
    first = next((place for place, line in enumerate(lines) if line.startswith(begin)), None)
    if first is None:
        raise ValueError(f"{path} has no line that begins with {begin}")
    last = next((place for place in range(first, len(lines)) if not lines[place].strip()), len(lines))
    return "\n".join(lines[first:last])


def _shown(page: str) -> str:
    """Pictures lie beside the pages; addresses of a running city are told, not linked."""
    return _ADDRESS.sub(lambda found: f"`{found[0]}`", _PICTURE.sub(r"pictures/\1", page))


def _decisions(folder: Path) -> str:
    rows = []
    for path in sorted(folder.glob("0*.md")):
        title = path.read_text("utf-8").splitlines()[0].lstrip("# ")
        rows.append(f"- [{title}]({path.name})")
    return "# Decisions\n\nEach on one screen: context, decision, consequences.\n\n" + "\n".join(rows) + "\n"
