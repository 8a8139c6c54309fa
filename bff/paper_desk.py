"""`python -m bff paper blank | sample`: a procedure's form as pages, to be printed or filled in by somebody made up.

The form is drawn as the catalogue has it; what a ward's own paper looks like may differ, and is read as well.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import date, datetime
from pathlib import Path

from bff.cases.standing import TOKYO
from bff.paper import sample
from bff.paper.drawing import NoFont, drawn
from bff.paper.form import paper_form
from life_events import Catalogue, NoForm, load_catalogue


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 1 nothing can be drawn here, 2 there is no such form or ward."""
    asked = _asked(arguments)
    catalogue, today = load_catalogue(), datetime.now(TOKYO).date()
    try:
        pages = _pages(catalogue, asked, today)
    except NoFont:
        print("no Japanese font is installed (Debian: fonts-noto-cjk)", file=sys.stderr)
        return 1
    except (NoForm, KeyError) as wrong:
        print(f"no such form or ward: {wrong}", file=sys.stderr)
        return 2
    asked.folder.mkdir(parents=True, exist_ok=True)
    for number, body in enumerate(pages, 1):
        file = asked.folder / f"{asked.procedure}-{asked.act}-{number}.png"
        file.write_bytes(body)
        print(file)
    return 0


def _pages(catalogue: Catalogue, asked: argparse.Namespace, today: date) -> list[bytes]:
    if asked.act == "sample":
        return sample.pages(catalogue, asked.procedure, asked.ward, today)
    form = paper_form(catalogue, asked.procedure, asked.ward, today)
    found = []
    for picture in drawn(form, {}, received=None, ward=catalogue.wards[asked.ward].name.ja):
        written = io.BytesIO()
        picture.save(written, "PNG")
        found.append(written.getvalue())
    return found


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bff paper", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    for name, told in (("blank", "to be printed"), ("sample", "filled in, to try the intake with")):
        act = acts.add_parser(name, help=told)
        act.add_argument("folder", type=Path)
        act.add_argument("--procedure", default=sample.PREFERRED)
        act.add_argument("--ward", default="131121", help="6-digit code")
    return parser.parse_args(arguments)
