"""A page of HTML as a strict reader sees it: every tag closed in order, no id twice, headings without a gap."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Markup(HTMLParser):
    """`faults` are what is wrong with it; `texts` what a person reads, piece by piece."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.data: list[Any] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        ids = [id for _, given in self.tags if (id := given.get("id"))]
        self.faults += [f"id {id} twice" for id in set(ids) if ids.count(id) > 1]
        levels = [int(tag[1]) for tag, _ in self.tags if tag in ("h1", "h2", "h3", "h4")]
        self.faults += ["not one h1"] if levels.count(1) != 1 or levels[0] != 1 else []
        self.faults += ["a heading is left out" for one, two in pairwise(levels) if two > one + 1]
        named = {for_ for tag, given in self.tags if tag == "label" and (for_ := given.get("for"))}
        fields = [given for tag, given in self.tags if tag == "input" and given.get("type") != "hidden"]
        self.faults += [f"no label for {given}" for given in fields if given.get("id") not in named]
        pointed = {given[at] for _, given in self.tags for at in ("aria-labelledby", "aria-describedby") if at in given}
        self.faults += [f"{id} is pointed at and not there" for id in pointed - set(ids)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"an attribute twice in <{tag}>")
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> where another is open")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.data.append(json.loads(data))
        elif data.strip():
            self.texts.append(data.strip())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [given for one, given in self.tags if one == tag and wanted.items() <= given.items()]

    def meta(self, name: str) -> str:
        """The content of the one `meta` of this name or property."""
        (found,) = [
            given["content"] for given in self.all("meta") if name in (given.get("name"), given.get("property"))
        ]
        return found
