"""Lenses over the words between a guardian and a school, and the files that go with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from bff.school.line_files import LineFile
from bff.school.thread import Line


@strawberry.type(name="SchoolFile", description="With a line; its bytes are at /school-files/<id>.")
class FileLens:
    media_type: str
    size: int = strawberry.field(description="in bytes")
    kept_until: date = strawberry.field(description="its last day")
    is_over: bool = strawberry.field(description="that day is over, and its bytes are gone")

    @strawberry.field
    def id(self, one: strawberry.Parent[LineFile]) -> strawberry.ID:
        return strawberry.ID(str(one.id))


@strawberry.type(name="SchoolLine", description="A word between her and the school on one notice; of her thread alone.")
class LineLens:
    by_school: bool
    by_name: str
    text: str
    at: datetime
    files: list[FileLens]

    @strawberry.field
    def id(self, one: strawberry.Parent[Line]) -> strawberry.ID:
        return strawberry.ID(str(one.id))

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Line)
