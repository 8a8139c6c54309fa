"""Lenses that the others share."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

import strawberry

from bff.furigana import annotated
from life_events import Channel, Operator

strawberry.enum(Operator, name="Operator")
strawberry.enum(Channel, name="Channel")


def _own(name: str) -> Callable[[Any], str | None]:
    def told(root: Any) -> str | None:
        return getattr(root, name, None)

    return told


@strawberry.type(
    name="Text",
    description="A text for people in three languages; the phone picks, also offline. Null in another: not told in it"
    " (bff/graphql/reader.py).",
)
class TextLens:
    ja: str
    easy: str
    en: str

    @strawberry.field(description="the easy text with how its kanji are read: [手続|てつづ]き")
    def easy_read(self) -> str:
        return annotated(self.easy)

    zh_hans: str | None = strawberry.field(resolver=_own("zh_hans"))
    zh_hant: str | None = strawberry.field(resolver=_own("zh_hant"))
    ko: str | None = strawberry.field(resolver=_own("ko"))
    vi: str | None = strawberry.field(resolver=_own("vi"))
    ne: str | None = strawberry.field(resolver=_own("ne"))
    tl: str | None = strawberry.field(resolver=_own("tl"))
    pt: str | None = strawberry.field(resolver=_own("pt"))


@strawberry.enum(name="Language")
class LanguageName(enum.Enum):
    JA = "ja"
    EASY = "easy"
    EN = "en"
    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    KO = "ko"
    VI = "vi"
    NE = "ne"
    TL = "tl"
    PT = "pt"


@strawberry.type(name="Person")
class PersonLens:
    id: strawberry.ID
    name: str


@strawberry.type(name="Ward")
class WardLens:
    code: strawberry.ID
    name: TextLens


@strawberry.type(name="PageInfo")
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.interface(name="Refusal", description="A refused person is told why.")
class RefusalLens:
    message: TextLens


@strawberry.type(name="SignInNeeded")
class SignInNeededLens(RefusalLens):
    pass


@strawberry.type(name="StepUpNeeded", description="She proves once more, and more surely, who she is; nothing is lost.")
class StepUpNeededLens(RefusalLens):
    act: strawberry.ID
    card_only: bool = strawberry.field(description="a passkey would not be enough")


@strawberry.type(name="Denied", description="She is known, but this is not hers to do.")
class DeniedLens(RefusalLens):
    pass


@strawberry.type(name="TooManyTries", description="Tried too often; nothing was done and nothing is lost.")
class TooManyTriesLens(RefusalLens):
    retry_after: int = strawberry.field(description="in so many seconds it may be tried again")


@strawberry.type(name="NotFound")
class NotFoundLens(RefusalLens):
    pass


@strawberry.type(name="FieldRefused")
class FieldRefusedLens:
    field: strawberry.ID
    code: str
    message: TextLens


@strawberry.type(name="FieldsRefused", description="Nothing was stored.")
class FieldsRefusedLens(RefusalLens):
    fields: list[FieldRefusedLens]


@strawberry.type(name="StepClosed")
class StepClosedLens(RefusalLens):
    pass


@strawberry.type(name="EndpointRefused")
class EndpointRefusedLens(RefusalLens):
    pass
