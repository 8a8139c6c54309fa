"""`make proof`: the pages that are made of sources, written anew."""

from __future__ import annotations

from pathlib import Path

from infra.security import PAGES

HERE = Path(__file__).parent


def main() -> None:
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), "utf-8")
        print(f"proof: {HERE / name}")


if __name__ == "__main__":
    main()
