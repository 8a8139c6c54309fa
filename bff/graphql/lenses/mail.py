"""Lenses over the mail room's inbox, its devices, and how she wishes to be told."""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from typing import Any

import strawberry
from strawberry.scalars import JSON

from bff.graphql.context import Info
from bff.graphql.lenses.common import PageInfo, TextLens
from notifications import inbox
from notifications.address_book import Device
from notifications.inbox import Letter
from notifications.wishes.wish import Wishes


@strawberry.enum(name="NoticeKind")
class NoticeKindName(enum.Enum):
    INFORMATION = "information"
    ACTION = "action"
    EMERGENCY = "emergency"
    STATUS = "status"


@strawberry.type(name="NoticeRevision", description="What a notice said before it was corrected or taken back.")
class NoticeRevisionLens:
    revision: int
    title: TextLens
    body: TextLens
    at: datetime
    why: str = strawberry.field(description="why it was changed, in the sender's words; empty: not said")


@strawberry.type(name="NoticeAttachment", description="A file that goes along; its bytes are at /mail/files/<id>.")
class NoticeAttachmentLens:
    id: strawberry.ID
    name: str
    media_type: str
    size: int
    pages: int = strawberry.field(description="pages of a PDF, each as a picture at /mail/files/<id>/<n>; 0: a picture")
    kept_until: date = strawberry.field(description="the last day on which it is handed out")


@strawberry.type(name="Notice", description="The current revision; the same id again takes the place of the one before")
class NoticeLens:
    sender: TextLens
    sender_key: strawberry.ID = strawberry.field(
        description="who sends: `ward:131032`, `school:…`, `nation:…`, `house`"
    )
    topic: strawberry.ID
    title: TextLens
    body: TextLens
    sent_at: datetime
    opened_at: datetime | None = strawberry.field(description="null: not opened yet")
    confirmed_at: datetime | None = strawberry.field(description="null: she has not said that she knows or has done it")
    answered_at: datetime | None = strawberry.field(description="null: not answered yet, or nothing is asked")
    archived_at: datetime | None = strawberry.field(description="null: in the inbox")
    unread_at: datetime | None = strawberry.field(
        description="since when she has it marked as unread; null: she has not"
    )
    act_by: date | None = strawberry.field(description="null: nothing to be done by a day")
    about: str | None = strawberry.field(description="the path in the app it speaks of; null: none")
    revision: int = strawberry.field(description="1: as it was first sent")
    recalled_at: datetime | None = strawberry.field(description="null: it stands")
    lapses_at: datetime | None = strawberry.field(description="when it is of no use any more; null: not said")
    attachments: list[NoticeAttachmentLens]
    asks: JSON | None = strawberry.field(description="what is to be answered: kind, until, questions; null: nothing")

    @strawberry.field
    def id(self, letter: strawberry.Parent[Letter]) -> strawberry.ID:
        return strawberry.ID(str(letter.id))

    @strawberry.field
    def kind(self, letter: strawberry.Parent[Letter]) -> NoticeKindName:
        return NoticeKindName(letter.kind.value)

    @strawberry.field(
        description="the keys of the children it concerns (`Home.children`); empty: herself, or everybody"
    )
    def children(self, letter: strawberry.Parent[Letter]) -> list[strawberry.ID]:
        return [strawberry.ID(str(child)) for child in sorted(letter.children)]

    @strawberry.field(description="what former revisions said, the newest first")
    async def earlier(self, letter: strawberry.Parent[Letter], info: Info) -> list[NoticeRevisionLens]:
        if letter.revision == 1:
            return []
        async with info.context.house.db.house() as conn:
            return await inbox.earlier(conn, letter)  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Letter)


@strawberry.type(name="NoticeConnection")
class NoticeConnection:
    nodes: list[NoticeLens]
    page_info: PageInfo


@strawberry.enum(name="SortAct", description="READ leaves what must be opened; CONFIRM: she knows, or has done it.")
class SortActName(enum.Enum):
    READ = "read"
    UNREAD = "unread"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    CONFIRM = "confirm"


@strawberry.enum(name="NoticeShow", description="TO_DO: what still wants something of her.")
class NoticeShowName(enum.Enum):
    ALL = "all"
    TO_DO = "todo"
    UNREAD = "unread"
    ARCHIVED = "archived"


@strawberry.type(name="NoticesSorted", description="Those of hers among the ids; the others are nobody's business.")
class NoticesSorted:
    ids: list[strawberry.ID]
    owed: list[strawberry.ID] = strawberry.field(
        description="not put away, because somebody still waits for her answer; of ARCHIVE alone"
    )


@strawberry.type(name="MailWishes", description="Hours of a clock in Japan. An emergency passes all of it.")
class MailWishesLens:
    quiet_from: time | None = strawberry.field(description="null: no quiet hours")
    quiet_until: time | None = strawberry.field(description="null: no quiet hours")
    digest_at: time | None = strawberry.field(description="null: each notice is told at once")
    mutes: list[strawberry.ID] = strawberry.field(description="`sender:<senderKey>` and `topic:<topic>`")
    by_event: bool = strawberry.field(description="her ward may choose her by a life event that is open for her")

    @classmethod
    def shown(cls, wishes: Wishes) -> MailWishesLens:
        quiet = wishes.quiet
        return cls(
            quiet_from=quiet.start if quiet else None,
            quiet_until=quiet.end if quiet else None,
            digest_at=wishes.digest_at,
            mutes=[strawberry.ID(one) for one in sorted(wishes.mutes)],
            by_event=wishes.by_event,
        )


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
