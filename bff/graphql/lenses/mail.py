"""Lenses over the mail room's inbox and its devices, and over the access log."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

import strawberry

from bff.connectors.manifest import Manifest
from bff.connectors.street import manifests
from bff.exchange.message_log import LogRow
from bff.exchange.texts import basis_text, outcome_text, purpose_text, source_text
from bff.graphql.context import Info
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


@strawberry.type(
    name="Reading",
    description="One look at her data or word about her, refused ones too: who, what for, why.",
)
class ReadingLens:
    id: strawberry.ID
    at: datetime
    source: strawberry.ID
    incoming: bool

    @strawberry.field
    def source_name(self, row: strawberry.Parent[LogRow], info: Info) -> TextLens:
        house = info.context.house
        if row.caller is not None:
            return house.incoming_name(row.source, row.caller)  # type: ignore[return-value]
        asked = _asked(row)
        return asked.name if asked else source_text(row.source)  # type: ignore[return-value]

    @strawberry.field(description="who runs what was asked; null: it is not known any more, or told us by itself")
    def operator_name(self, row: strawberry.Parent[LogRow]) -> TextLens | None:
        asked = _asked(row)
        return asked.operator_name if asked else None  # type: ignore[return-value]

    @strawberry.field(description="the law under which it may answer; null: as above")
    def law(self, row: strawberry.Parent[LogRow]) -> str | None:
        asked = _asked(row)
        return asked.legal.law if asked else None

    @strawberry.field
    def purpose(self, row: strawberry.Parent[LogRow]) -> TextLens:
        return purpose_text(row.purpose)  # type: ignore[return-value]

    @strawberry.field
    def basis(self, row: strawberry.Parent[LogRow]) -> TextLens:
        return basis_text(row.basis)  # type: ignore[return-value]

    @strawberry.field
    def outcome(self, row: strawberry.Parent[LogRow]) -> TextLens:
        return outcome_text(row.outcome, incoming=row.incoming)  # type: ignore[return-value]


@strawberry.type(name="ReadingConnection")
class ReadingConnection:
    nodes: list[ReadingLens]
    page_info: PageInfo


def _asked(row: LogRow) -> Manifest | None:
    return manifests().get(row.source) if row.caller is None else None
