"""`python -m infra.places FOLDER`: writes the made-up open data of the 23 wards, one file for each ward and dataset."""

from __future__ import annotations

import sys
from pathlib import Path

from infra.places.files import write

if __name__ == "__main__":
    for file in write(Path(sys.argv[1] if len(sys.argv) > 1 else "var/open-data")):
        print(file)
