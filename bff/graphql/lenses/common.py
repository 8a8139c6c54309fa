"""Lenses that the others share."""

from __future__ import annotations

import enum

import strawberry

from life_events import Channel, Operator

strawberry.enum(Operator, name="Operator")
strawberry.enum(Channel, name="Channel")


@strawberry.type(name="Text", description="A text for people in three languages; the phone picks, also offline.")
class TextLens:
    ja: str
    easy: str
    en: str


@strawberry.enum(name="Language")
class LanguageName(enum.Enum):
    JA = "ja"
    EASY = "easy"
    EN = "en"


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
