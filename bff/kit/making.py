"""Writes a connector that keeps the contract at once: folder, examples, stand-in, its line, and a test for an act."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Final

from bff.connectors.manifest import Manifest
from bff.kit import joining
from bff.kit.wanted import NotMade, Wanted, judged

TEMPLATES: Final = Path(__file__).parent / "templates"
SUFFIX: Final = ".template"
PATIENCE: Final = "\n[patience]  # seconds\nconnect = 2.0\nread = 4.0\nwhole = 8.0\n"


def make(root: Path, wanted: Wanted, taken: Mapping[str, Manifest], after: str) -> list[Path]:
    """The files that were written or changed below `root`; raises `NotMade`, and has then written none.

    `after`: the class in the list behind which its own line is put.
    """
    files = rendered(root, judged(wanted, taken, _bases(root)))
    if there := [path for path in files if path.exists()]:
        raise NotMade(f"{there[0].relative_to(root)} is there already")
    if (folder := root / "bff" / "connectors" / wanted.name).exists():
        raise NotMade(f"{folder.relative_to(root)} is there already")
    changed = _changed(root, wanted, after)
    for path, text in {**files, **changed}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [*files, *changed]


def rendered(root: Path, wanted: Wanted) -> dict[Path, str]:
    """Every new file and what the kit writes into it."""
    shape = "records" if wanted.exposure == "authorised" else wanted.exposure
    folder = root / "bff" / "connectors" / wanted.name
    files = {folder / "manifest.toml": _manifest(wanted)}
    for path in _below(TEMPLATES / shape):
        place = _place(root, wanted, path.relative_to(TEMPLATES / shape))
        if place is not None:
            files[place] = _filled(path, wanted)
    return files


def _bases(root: Path) -> Collection[str]:
    texts: dict[str, dict[str, object]] = tomllib.loads((root / "bff/exchange/texts.toml").read_text("utf-8"))
    return texts["basis"].keys()


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _place(root: Path, wanted: Wanted, relative: Path) -> Path | None:
    """Where a template's text belongs; None: it is a part of another file."""
    sandbox = root / "infra" / "sandbox"
    match name := str(relative).removesuffix(SUFFIX):
        case "shown.toml" | "refusals.toml":
            return None
        case "stand_in.toml":
            return sandbox / "data" / "records" / f"{wanted.name}.toml"
        case "stand_in.py":
            return sandbox / f"{wanted.name}.py"
        case "test.py":
            return root / "tests" / "connectors" / f"test_{wanted.name}.py"
        case _:
            return root / "bff" / "connectors" / wanted.name / name


def _manifest(wanted: Wanted) -> str:
    more = {"records": "records/shown.toml.template", "act": "act/refusals.toml.template"}.get(wanted.exposure)
    patience = "" if wanted.exposure == "link" else PATIENCE
    return (
        _filled(TEMPLATES / "head.toml.template", wanted)
        + (_filled(TEMPLATES / more, wanted) if more else "")
        + patience
    )


def _filled(path: Path, wanted: Wanted) -> str:
    text = path.read_text("utf-8")
    if path.suffix != SUFFIX:
        return text
    toml = ".toml" in path.suffixes
    words = {**wanted.words(), **_members(wanted, toml=toml)}
    filled = Template(text).substitute(words)
    return filled if toml else joining.sorted_imports(filled)


def _members(wanted: Wanted, *, toml: bool) -> dict[str, str]:
    """Who offers the stand-in, as its file says it."""
    if wanted.of_wards:
        return {
            "members": '"wards"' if toml else "frozenset(WARDS)",
            "wards_import": "from infra.sandbox.ward import WARDS\n",
        }
    code = f'"{wanted.words()["member"]}"'
    return {"members": f"[{code}]" if toml else f"frozenset({{{code}}})", "wards_import": ""}


def _changed(root: Path, wanted: Wanted, after: str) -> dict[Path, str]:
    listed = root / "bff" / "connectors" / "listed.py"
    changed = {listed: joining.listed(listed.read_text("utf-8"), wanted.name, wanted.kind, after)}
    if wanted.exposure == "act":
        city = root / "infra" / "sandbox" / "app.py"
        changed[city] = joining.mounted(city.read_text("utf-8"), wanted.name)
    return changed
