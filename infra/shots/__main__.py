"""`python -m infra.shots` pictures every screen of a running demo city; `accept`: they were looked through."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from infra.shots.album import Shot, write
from infra.shots.camera import NotThere, chromium, comes_in, opens, takes
from infra.shots.compare import changed
from infra.shots.content import ACTS
from infra.shots.screens import APP, OFFICIAL, RESIDENT, SCREENS, Screen, unpictured
from infra.shots.wear import LANGUAGES, Wear, wears

SEEN = 0.0005
"""The share of pixels from which a picture counts as changed; a minute in an “as of” is less."""


def main() -> int:
    asked = _asked()
    if asked.act == "accept":
        return _accept(asked.out)
    missing = unpictured(APP.read_text(encoding="utf-8"))
    for room in sorted(missing):
        print(f"not pictured: /{room} of {APP}; add it to infra/shots/screens.py", file=sys.stderr)
    run = Run(asked)
    with sync_playwright() as playwright, chromium(playwright, asked.browser) as browser:
        run.goes_through(browser)
    write(run.shots, run.absent, asked.out / "index.html")
    _tells(run, asked.out)
    return 1 if missing or run.unsettled else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.shots")
    parser.add_argument("act", nargs="?", choices=("take", "accept"), default="take")
    parser.add_argument("--origin", default="http://localhost:8000", help="where the demo city runs (make run)")
    parser.add_argument("--out", type=Path, default=Path("var/shots"))
    parser.add_argument("--only", default="", help="only screens whose name holds this")
    parser.add_argument("--quick", action="store_true", help="each theme, language and size once, not in all pairs")
    parser.add_argument("--persona", default="hana")
    parser.add_argument("--official", default="staff-minato-writer")
    parser.add_argument("--browser", default="/usr/bin/chromium-headless-shell")
    return parser.parse_args()


class Run:
    """One walk through all screens: what was taken, what was not there, what did not stand still."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.shots: list[Shot] = []
        self.absent: list[str] = []
        self.unsettled: list[str] = []
        self._asked = asked
        self._pages: dict[str, Page] = {}

    def goes_through(self, browser: Browser) -> None:
        screens = [screen for screen in SCREENS if self._asked.only in screen.name]
        for number, screen in enumerate(screens, 1):
            before = len(self.shots)
            for language in ("ja",) if screen.who == OFFICIAL else LANGUAGES:
                self._pictures(browser, screen, language)
            taken = self.shots[before:]
            news = sum(shot.verdict != "same" for shot in taken)
            print(f"{number}/{len(screens)} {screen.name}: {len(taken)} pictures, {news} new or changed", flush=True)

    def _pictures(self, browser: Browser, screen: Screen, language: str) -> None:
        page = self._page_of(browser, screen)
        try:
            if screen.first and language == LANGUAGES[0]:
                ACTS[screen.first](page)
            settled = opens(page, screen, language)
            for wear in wears(languages=LANGUAGES, quick=self._asked.quick):
                if wear.language == language:
                    self._takes(page, screen, wear, settled=settled)
        except NotThere:
            self.absent.append(f"{screen.name} ({language}): nothing on {screen.path} leads to {screen.link}…")
            return
        except BrowserError as broken:
            self.absent.append(f"{screen.name} ({language}): {str(broken).splitlines()[0]}")
            self.unsettled.append(f"{screen.name} ({language})")
            return
        if not settled:
            self.unsettled.append(f"{screen.name} ({language})")

    def _page_of(self, browser: Browser, screen: Screen) -> Page:
        if screen.who not in self._pages:
            persona = self._asked.official if screen.who == OFFICIAL else self._asked.persona
            self._pages[screen.who] = comes_in(browser, self._asked.origin, screen.who, persona)
            if screen.who == RESIDENT:
                print("the resident is in", flush=True)
        return self._pages[screen.who]

    def _takes(self, page: Page, screen: Screen, wear: Wear, *, settled: bool) -> None:
        out, name = self._asked.out, f"{screen.name}/{wear.name}.png"
        now, reviewed, marked = out / "now" / name, out / "reviewed" / name, out / "changed" / name
        marked.unlink(missing_ok=True)
        takes(page, wear, now)
        ratio = changed(now, reviewed, marked) if reviewed.exists() else 0.0
        verdict = "new" if not reviewed.exists() else "changed" if ratio > SEEN else "same"
        old, red = (f"reviewed/{name}" if reviewed.exists() else ""), (f"changed/{name}" if ratio else "")
        how = (screen.name, wear.language, wear.theme, wear.size)
        self.shots.append(Shot(*how, f"now/{name}", verdict, ratio, old, red, settled))


def _accept(out: Path) -> int:
    """What was taken last becomes what the next set is laid beside; a screen not taken keeps its old picture."""
    taken = sorted((out / "now").rglob("*.png"))
    for picture in taken:
        to = out / "reviewed" / picture.relative_to(out / "now")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, to)
    print(f"{len(taken)} pictures are the reviewed set now: {out / 'reviewed'}")
    return 0 if taken else 1


def _tells(run: Run, out: Path) -> None:
    for shot in sorted(run.shots, key=lambda one: -one.ratio):
        if shot.verdict == "changed":
            print(f"changed {shot.ratio:7.2%}  {shot.screen} {shot.language} {shot.theme} {shot.size} %")
    for why in run.absent:
        print(f"not there: {why}")
    for name in run.unsettled:
        print(f"did not settle: {name}")
    print(f"{len(run.shots)} pictures; look through them: {out / 'index.html'}")


if __name__ == "__main__":
    sys.exit(main())
