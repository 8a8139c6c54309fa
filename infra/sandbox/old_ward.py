"""A ward's old system: it knows folders and CSV in Shift_JIS, and nothing of networks."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ENCODING = "cp932"
HEADER = "受付番号,状況,区の番号,連絡事項,補正項目"
WIDTH = HEADER.count(",") + 1


@dataclass(frozen=True)
class OldWard:
    """`root`: the ward's own folder in the drop."""

    root: Path

    def folder(self, point: str) -> Path:
        return self.root / point

    def collects(self) -> list[dict[str, str]]:
        """The applications of every whole file in `out/`, which are then taken away."""
        out, rows = self.folder("applications") / "out", []
        for mark in sorted(out.glob("*.csv.end")):
            path = mark.with_suffix("")
            with path.open(encoding=ENCODING, newline="") as file:
                rows += list(csv.DictReader(file))
            path.unlink()
            mark.unlink()
        return rows

    def drops(self, name: str, rows: Sequence[Sequence[str]], *, header: str = HEADER, end_mark: bool = True) -> None:
        """A file of states into `in/`, its end mark last; what a row does not say at its end is empty."""
        inside = self.folder("statuses") / "in"
        inside.mkdir(exist_ok=True)
        with (inside / name).open("w", encoding=ENCODING, newline="") as file:
            file.write(header + "\r\n")
            # The system writes JIS as Windows does: 0x8160 is a full-width tilde to it, not a wave dash.
            filled = [[*row, *[""] * (WIDTH - len(row))] for row in rows]
            csv.writer(file).writerows([[cell.replace("\u301c", "\uff5e") for cell in row] for row in filled])
        if end_mark:
            self.ends(name)

    def ends(self, name: str) -> None:
        (self.folder("statuses") / "in" / f"{name}.end").touch()

    def left(self) -> list[str]:
        """What lies in `in/` still, without end marks."""
        return sorted(path.name for path in (self.folder("statuses") / "in").iterdir() if path.suffix != ".end")

    def result(self, name: str, kind: str = "done") -> list[list[str]]:
        """The rows of the result beside the file."""
        (path,) = (self.folder("statuses") / kind).glob(f"*-{name}.result.csv")
        with path.open(encoding=ENCODING, newline="") as file:
            return list(csv.reader(file))
