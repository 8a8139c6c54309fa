"""`python -m infra.words write TEXTS INTO`: TEXTS is what `pwa/build/tell-texts.ts` tells, {"easy": {key: text}, "ja":
…}; INTO gets `readings.json` (by key, and by sentence for the catalogue) and `phrases.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from infra.words.making import catalogue_readings, phrases, readings


def main() -> None:
    _, command, texts, into = sys.argv
    if command != "write":
        raise SystemExit(__doc__)
    told, folder = json.loads(Path(texts).read_text("utf-8")), Path(into)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "readings.json", {"own": readings(told["easy"]), "catalogue": catalogue_readings()})
    _write(folder / "phrases.json", phrases(told["ja"]))


def _write(file: Path, what: object) -> None:
    file.write_text(json.dumps(what, ensure_ascii=False, separators=(",", ":")), "utf-8")


main()
