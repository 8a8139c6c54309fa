"""The audience as a form: conditions in rows, rows in groups joined by "or", and rows of exceptions.

A row is a hidden `slot` such as 1.3.child_age (group, number, kind; group x: an exception) with fields s3_…; so rows
come and go by buttons alone, without a script. In a group everybody is meant whom all its rows hold; several ticks in
one row mean any of them; an empty row means nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bff.staff.mistakes import Mistake
from bff.staff.typed import Typed
from bff.staff.words import word
from notifications.audience import (
    EVERYONE,
    All,
    Any,
    Audience,
    ChildAge,
    ChildBorn,
    Marked,
    Not,
    Rule,
    Speaks,
    Unit,
)
from notifications.notice import Language

MARKED: Final = ("school", "year", "class", "club", "town", "care", "event", "list")
KINDS: Final = ("language", "child_age", "child_born", *MARKED)
OF_SCHOOL: Final = ("language", "child_age", "child_born", "year", "class", "club")
"""What a school may ask for: of its own children, and of nobody's home, care or case."""
GROUPS: Final = ("1", "2", "3", "4")
EXCEPT: Final = "x"
MOST_SLOTS: Final = 24
SLOT: Final = re.compile(r"([1-4x])\.([0-9]{1,3})\.([a-z_]+)")
FIELD: Final = re.compile(r"s[0-9]{1,3}_(languages|least|most|unit|born_since|born_until|marks)|new_[1-4x]")

Choices = Mapping[str, Sequence[tuple[str, str]]]
"""Per kind of mark: (mark, what it is called)."""


@dataclass(frozen=True)
class Slot:
    group: str
    number: int
    kind: str

    def name(self, field: str) -> str:
        return f"s{self.number}_{field}"

    @property
    def told(self) -> str:
        """As the hidden input has it."""
        return f"{self.group}.{self.number}.{self.kind}"


def slots_of(typed: Typed) -> tuple[Slot, ...]:
    """What cannot be read as a row is none."""
    found: dict[int, Slot] = {}
    for said in typed.every("slot")[:MOST_SLOTS]:
        parts = SLOT.fullmatch(said)
        if parts is not None and parts[3] in KINDS:
            found.setdefault(int(parts[2]), Slot(parts[1], int(parts[2]), parts[3]))
    return tuple(found.values())


def groups_of(typed: Typed) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
    """(group, its rows) in order, the exceptions last; the first group is there without rows too."""
    slots = slots_of(typed)
    shown = [group for group in GROUPS if group == "1" or any(slot.group == group for slot in slots)]
    shown += [EXCEPT] if any(slot.group == EXCEPT for slot in slots) else []
    return tuple((group, tuple(slot for slot in slots if slot.group == group)) for group in shown)


def blank() -> Typed:
    """The two rows most notices need."""
    return Typed({"slot": ("1.1.language", "1.2.child_age"), "s2_unit": (Unit.YEARS,)})


def pressed(typed: Typed) -> tuple[Typed, str] | None:
    """After a button that adds or takes away a row: the form as it is now, and the id of the input to go on with.
    None: it was another button."""
    what, _, which = typed.one("do").partition("-")
    slots = slots_of(typed)
    if what == "drop" and which.isdecimal():
        kept = tuple(slot for slot in slots if slot.number != int(which))
        rest = {name: said for name, said in typed.values.items() if not name.startswith(f"s{which}_")}
        return Typed({**rest, "slot": tuple(slot.told for slot in kept)}), "h-audience"
    if what != "add" or which not in (*GROUPS, EXCEPT):
        return None
    kind = typed.one(f"new_{which}")
    if kind not in KINDS or len(slots) >= MOST_SLOTS:
        return typed, f"new_{which}"
    new = Slot(which, max((slot.number for slot in slots), default=0) + 1, kind)
    more = {"slot": (*(slot.told for slot in slots), new.told)}
    if kind == "child_age":
        more[new.name("unit")] = (Unit.YEARS,)
    return Typed({**typed.values, **more}), new.name(FIRST[kind])


FIRST: Final = {"language": "languages", "child_age": "least", "child_born": "born_since"} | dict.fromkeys(
    MARKED, "marks"
)
"""The field of a row that comes first."""


def rule_of(typed: Typed, choices: Choices, found: list[Mistake]) -> Rule:
    """Mistakes are added to `found`, each with its input."""
    groups: list[tuple[Rule, ...]] = []
    excepted: list[Rule] = []
    for group, slots in groups_of(typed):
        told = [rule for slot in slots if (rule := _row(slot, typed, choices, found)) is not None]
        if group == EXCEPT:
            excepted = told
        elif told:
            groups.append(tuple(told))
    joined: tuple[Rule, ...] = groups[0] if groups else ()
    if len(groups) > 1:
        joined = (Any(tuple(_all(group) for group in groups)),)
    return _all((*joined, *([Not(_any(excepted))] if excepted else ())))


def audience_in(typed: Typed, ward: str, school: str | None, choices: Choices, found: list[Mistake]) -> Audience:
    """Of a school: of its own families alone, whatever else is asked for."""
    rule = rule_of(typed, choices, found)
    if school is not None:
        own = Marked(f"school:{school}")
        rule = All((own, *(rule.of if isinstance(rule, All) else (rule,))))
    try:
        return Audience(ward, rule)
    except ValueError:
        found.append(Mistake("h-audience", word("mistake", "audience_large")))
        return Audience(ward)


def typed_from(rule: Rule, school: str | None) -> Typed | None:
    """The form that says this rule; None: no form of ours does."""
    parts = [one for one in _parts(rule) if school is None or one != Marked(f"school:{school}")]
    excepted = [inner for one in parts if isinstance(one, Not) for inner in _alternatives(one.rule)]
    either: list[Any] = [one for one in parts if isinstance(one, Any) and not _is_choice(one)]
    rows: list[Rule] = [one for one in parts if one not in either and not isinstance(one, Not)]
    if len(either) > 1:
        return None
    groups: list[list[Rule]] = [[*_parts(one), *rows] for one in either[0].of] if either else [rows]
    placed = [(GROUPS[at], row) for at, group in enumerate(groups[: len(GROUPS)]) for row in group]
    placed += [(EXCEPT, row) for row in excepted]
    if len(groups) > len(GROUPS) or len(placed) > MOST_SLOTS:
        return None
    values: dict[str, tuple[str, ...]] = {"slot": ()}
    for number, (group, row) in enumerate(placed, 1):
        told = _said(row, number)
        if told is None:
            return None
        kind, fields = told
        values |= {"slot": (*values["slot"], f"{group}.{number}.{kind}"), **fields}
    return Typed(values) if placed else blank()


def _row(slot: Slot, typed: Typed, choices: Choices, found: list[Mistake]) -> Rule | None:
    """None: empty, or wrong and told."""
    match slot.kind:
        case "language":
            return _languages(slot, typed, found)
        case "child_age":
            return _child_age(slot, typed, found)
        case "child_born":
            return _child_born(slot, typed, found)
        case _:
            return _marks(slot, typed, choices, found)


def _languages(slot: Slot, typed: Typed, found: list[Mistake]) -> Rule | None:
    said = set(typed.every(slot.name("languages")))
    if said - set(Language):
        found.append(Mistake(slot.name("languages"), word("mistake", "languages")))
    return _any([Speaks(one) for one in Language if one in said]) if said & set(Language) else None


def _marks(slot: Slot, typed: Typed, choices: Choices, found: list[Mistake]) -> Rule | None:
    said = dict.fromkeys(typed.every(slot.name("marks")))
    known = [mark for mark, _ in choices.get(slot.kind, ()) if mark in said]
    if len(known) < len(said):
        found.append(Mistake(slot.name("marks"), word("mistake", "choose")))
    return _any([Marked(mark) for mark in known]) if known else None


def _child_age(slot: Slot, typed: Typed, found: list[Mistake]) -> Rule | None:
    said = {name: unicodedata.normalize("NFKC", typed.one(slot.name(name))).strip() for name in ("least", "most")}
    if not any(said.values()):
        return None
    wrong = [
        Mistake(slot.name(name), word("mistake", "number" if value else "both_ages"))
        for name, value in said.items()
        if not re.fullmatch(r"[0-9]{1,4}", value)
    ]
    unit = next((unit for unit in Unit if unit == typed.one(slot.name("unit"))), None)
    if unit is None:
        wrong.append(Mistake(slot.name("unit"), word("mistake", "unit")))
    if not wrong and unit is not None:
        try:
            return ChildAge(int(said["least"]), int(said["most"]), unit)
        except ValueError:
            wrong.append(Mistake(slot.name("most"), word("mistake", "age_order")))
    found += wrong
    return None


def _child_born(slot: Slot, typed: Typed, found: list[Mistake]) -> Rule | None:
    said = {name: typed.one(slot.name(name)).strip() for name in ("born_since", "born_until")}
    if not any(said.values()):
        return None
    days = {name: day_in(value) for name, value in said.items()}
    wrong = [Mistake(slot.name(name), word("mistake", "date")) for name, day in days.items() if day is None]
    since, until = days["born_since"], days["born_until"]
    if since is not None and until is not None:
        if since <= until:
            return ChildBorn(since, until)
        wrong.append(Mistake(slot.name("born_until"), word("mistake", "born_order")))
    found += wrong
    return None


def day_in(said: str) -> date | None:
    """As people type a day; None: none that there is."""
    parts = re.fullmatch(
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", unicodedata.normalize("NFKC", said).strip(), re.ASCII
    )
    try:
        return None if parts is None else date(*map(int, parts.groups()))
    except ValueError:
        return None


def _said(rule: Rule, number: int) -> tuple[str, dict[str, tuple[str, ...]]] | None:
    """(kind, fields) of the row that says it."""
    at = f"s{number}_"
    leaves = rule.of if isinstance(rule, Any) else (rule,)
    if all(isinstance(one, Speaks) for one in leaves):
        return "language", {f"{at}languages": tuple(str(one.language) for one in leaves if isinstance(one, Speaks))}
    if _is_choice(rule):
        marks = tuple(one.mark for one in leaves if isinstance(one, Marked))
        return marks[0].partition(":")[0], {f"{at}marks": marks}
    if isinstance(rule, ChildAge):
        fields = {"least": rule.least, "most": rule.most, "unit": rule.unit}
        return "child_age", {at + name: (str(value),) for name, value in fields.items()}
    if isinstance(rule, ChildBorn):
        days = {"born_since": rule.since, "born_until": rule.until}
        return "child_born", {at + name: (value.isoformat(),) for name, value in days.items()}
    return None


def _is_choice(rule: Rule) -> bool:
    """Several ticks in one row, or one."""
    leaves = rule.of if isinstance(rule, Any) else (rule,)
    if all(isinstance(one, Speaks) for one in leaves):
        return True
    kinds = {one.mark.partition(":")[0] if isinstance(one, Marked) else None for one in leaves}
    return len(kinds) == 1 and None not in kinds


def _alternatives(rule: Rule) -> tuple[Rule, ...]:
    return rule.of if isinstance(rule, Any) and not _is_choice(rule) else (rule,)


def _parts(rule: Rule) -> tuple[Rule, ...]:
    return rule.of if isinstance(rule, All) else (rule,)


def _all(rules: Iterable[Rule]) -> Rule:
    told = tuple(rules)
    return told[0] if len(told) == 1 else All(told) if told else EVERYONE


def _any(rules: Sequence[Rule]) -> Rule:
    return rules[0] if len(rules) == 1 else Any(tuple(rules))
