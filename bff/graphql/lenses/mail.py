"""Lenses over the mail room's inbox and its devices."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

import strawberry

from bff.graphql.lenses.common import PageInfo, TextLens
from notifications.address_book import Device
from notifications.inbox import Letter


@strawberry.enum(name="NoticeKind")
class NoticeKindName(enum.Enum):
    INFORMATION = "information"
    ACTION = "action"
    EMERGENCY = "emergency"
    STATUS = "status"


@strawberry.type(name="Notice")
class NoticeLens:
    id: strawberry.ID
    sender: TextLens
    title: TextLens
    body: TextLens
    sent_at: datetime
    opened_at: datetime | None = strawberry.field(description="null: not opened yet")
    act_by: date | None = strawberry.field(description="null: nothing to be done by a day")
    about: str | None = strawberry.field(description="the path in the app it speaks of; null: none")

    @strawberry.field
    def kind(self, letter: strawberry.Parent[Letter]) -> NoticeKindName:
        return NoticeKindName(letter.kind.value)

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Letter)


@strawberry.type(name="NoticeConnection")
class NoticeConnection:
    nodes: list[NoticeLens]
    page_info: PageInfo


@strawberry.type(name="PushDevice")
class PushDeviceLens:
    endpoint: str
    expires_at: datetime

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Device)


@strawberry.type(name="PushDeviceGone")
class PushDeviceGone:
    endpoint: str
