"""`python -m infra.catalogue`: how whole the catalogue is; `python -m infra.catalogue write FOLDER`: the open data."""

import argparse
import sys
from pathlib import Path

from infra.catalogue import open_data
from infra.catalogue.coverage import Coverage, coverage, read_situations
from infra.catalogue.references import load_references
from life_events import WrongData, load_catalogue

SITUATIONS = Path("tests/life_events/situations")


def main(arguments: list[str]) -> int:
    """The exit status: 0 when all is whole, 1 with holes, 2 when a data file is wrong."""
    parser = argparse.ArgumentParser(prog="python -m infra.catalogue", description=__doc__)
    parser.add_argument("act", nargs="?", choices=["write"], help="write the open data instead of counting")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("pwa/open"))
    wanted = parser.parse_args(arguments)
    try:
        catalogue, references = load_catalogue(), load_references()
    except WrongData as wrong:
        print(f"catalogue: {wrong}", file=sys.stderr)
        return 2
    if wanted.act == "write":
        open_data.write(open_data.files(catalogue, references), wanted.folder)
        return 0
    found = coverage(catalogue, references, read_situations(SITUATIONS))
    print(told(found))
    return 1 if found.holes else 0


def told(found: Coverage) -> str:
    """As it is printed: a line a count, then a line a hole."""
    lines = [f"{one.found:6}{'' if one.of is None else f' of {one.of}':9}  {one.what}" for one in found.counts]
    holes = [f"  {hole}" for hole in found.holes]
    return "\n".join([*lines, "", *(["whole: no holes"] if not holes else [f"{len(holes)} holes:", *holes])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
