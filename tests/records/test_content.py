"""What a source told, in lines: by its manifest alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from bff.connectors.listed import CONNECTORS
from bff.connectors.manifest import Manifest, Shown
from bff.connectors.street import manifests
from bff.records.content import Entry, Kind, content
from life_events import Text
from tests.connectors.examples import Recorded, part, recorded

TOLD = [
    one
    for one in recorded("good", "odd")
    if one.kind.manifest.exposure in ("home", "records")
    and one.example.operation == "tell"
    and one.example.becomes is not msgspec.UNSET
    and one.example.becomes is not None
]


def words(entry: Entry) -> Any:
    """The Japanese of an entry: label to values, and lists by their label."""
    told = {line.label.ja: [one.word.ja if one.word else one.text for one in line.values] for line in entry.lines}
    return told | {
        group.label.ja if group.label else "": [words(each) for each in group.entries] for group in entry.groups
    }


def text(ja: str) -> Text:
    return Text(ja, ja, ja)


def manifest(**shown: Shown) -> Manifest:
    return msgspec.structs.replace(manifests()["seal"], shown=shown, hidden=())


def test_a_seal_that_is_not_registered_says_so_and_has_no_day() -> None:
    assert words(content(part("seal"), manifests()["seal"], {})) == {
        "状態": ["登録済み"],
        "登録年月日": [part("seal").registered_on.isoformat()],
        "印鑑登録証の番号": [part("seal").card_number],
    }
    none = msgspec.structs.replace(part("seal"), status="none", registered_on=None, card_number=None)
    assert words(content(none, manifests()["seal"], {})) == {
        "状態": ["登録なし"],
        "登録年月日": [],
        "印鑑登録証の番号": [],
    }


def test_whose_a_record_is_is_told_by_name_where_the_registry_knows_it() -> None:
    childcare = part("childcare")
    person = childcare.allowance[0].person
    told = words(content(childcare, manifests()["childcare"], {person: "佐藤 そら"}))
    assert told["児童手当"][0]["対象者"] == ["佐藤 そら"]
    assert words(content(childcare, manifests()["childcare"], {}))["児童手当"][0]["対象者"] == [person]


def test_a_list_without_entries_is_told_as_empty_and_not_left_out() -> None:
    childcare = msgspec.structs.replace(part("childcare"), nursery=())
    assert words(content(childcare, manifests()["childcare"], {}))["保育の認定と利用"] == []


class Inner(msgspec.Struct, frozen=True):
    on: date
    paid_yen: int


class Told(msgspec.Struct, frozen=True):
    state: str
    month: str
    at: datetime
    yes: bool
    share: int
    languages: tuple[str, ...]
    secret: str
    one: Inner | None
    many: tuple[Inner, ...]
    empty: str = ""


def test_each_value_is_told_as_what_it_is_and_what_is_not_named_is_not_told() -> None:
    inner = Inner(date(2026, 4, 1), 12_000)
    told = Told(
        "a", "2026-04", datetime(2026, 4, 1, 9, 10, tzinfo=UTC), True, 3, ("ja", "en"), "geheim", inner, (inner,)
    )
    shown = {
        "state": Shown(text("状態"), codes={"a": text("甲")}),
        "month": Shown(text("月")),
        "at": Shown(text("時")),
        "yes": Shown(text("可否")),
        "share": Shown(text("割合"), unit=text("割")),
        "languages": Shown(text("言語")),
        "one.on": Shown(text("日")),
        "one.paid_yen": Shown(text("額")),
        "many": Shown(text("支払")),
        "many.on": Shown(text("日")),
        "many.paid_yen": Shown(text("額")),
        "empty": Shown(text("空")),
    }
    entry = content(told, manifest(**shown), {})
    assert [(line.label.ja, *((one.kind, one.text) for one in line.values)) for line in entry.lines] == [
        ("状態", (Kind.WORD, "a")),
        ("月", (Kind.MONTH, "2026-04")),
        ("時", (Kind.MOMENT, "2026-04-01T09:10:00+00:00")),
        ("可否", (Kind.YES_NO, "true")),
        ("割合", (Kind.NUMBER, "3")),
        ("言語", (Kind.TEXT, "ja"), (Kind.TEXT, "en")),
        ("日", (Kind.DAY, "2026-04-01")),
        ("額", (Kind.YEN, "12000")),
        ("空",),
    ]
    assert [line.values[0].unit for line in entry.lines if line.label.ja == "割合"] == [text("割")]
    (many,) = entry.groups
    assert words(many.entries[0]) == {"日": ["2026-04-01"], "額": ["12000"]}
    assert "geheim" not in str(entry)


@pytest.mark.parametrize("one", TOLD, ids=str)
def test_every_recorded_answer_can_be_shown_whole(one: Recorded) -> None:
    """At most a list in a list, which is as deep as the phone looks."""
    kind: Any = next(kind for kind in CONNECTORS if kind is one.kind)
    entry = content(msgspec.convert(one.example.becomes, kind.shape), one.kind.manifest, {})
    assert entry.lines or entry.groups
    assert _depth(entry) <= 2


def _depth(entry: Entry) -> int:
    return max((1 + max((_depth(each) for each in group.entries), default=0) for group in entry.groups), default=0)
