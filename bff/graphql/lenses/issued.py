"""Lenses over documents a ward has issued to her."""

from __future__ import annotations

import base64
import enum
from datetime import date, datetime
from typing import Any

import strawberry

from bff.documents.copies import Code, Seen, code_of, digest_of
from bff.documents.document import Document
from bff.documents.words import say
from bff.graphql.context import Info
from bff.graphql.lenses.common import TextLens
from bff.graphql.lenses.tasks import LinkSquareLens
from bff.handover.square import square


@strawberry.enum(name="DocumentVerdict")
class DocumentVerdictName(enum.Enum):
    VALID = "valid"
    BROKEN = "broken"
    UNKNOWN_SEAL = "unknown_seal"
    OTHER_WARD = "other_ward"
    SEAL_EXPIRED = "seal_expired"
    UNREADABLE = "unreadable"


@strawberry.type(name="DocumentEntry", description="As the ward wrote it.")
class DocumentEntryLens:
    label: str
    value: str


@strawberry.type(name="CopyCode", description="Under which whoever holds the copy sees what the ward sealed.")
class CopyCodeLens:
    until: date = strawberry.field(description="its last day")

    @strawberry.field
    def address(self, one: strawberry.Parent[Code], info: Info) -> str:
        return f"{info.context.house.settings.origin}/copy#{one.text}"

    @strawberry.field(description="the address as a square for a camera")
    def square(self, one: strawberry.Parent[Code], info: Info) -> LinkSquareLens:
        return square(f"{info.context.house.settings.origin}/copy#{one.text}")  # type: ignore[return-value]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Code)


@strawberry.type(name="Copy", description="What the ward sealed, for whoever holds a copy to compare.")
class CopyLens:
    digest: str = strawberry.field(description="SHA-256, hex, as on the paper")
    is_over: bool = strawberry.field(description="its last day has passed")

    @strawberry.field
    def ward(self, one: strawberry.Parent[Seen], info: Info) -> TextLens:
        return info.context.house.catalogue.wards[one.ward].name  # type: ignore[return-value]

    @strawberry.field
    def number(self, one: strawberry.Parent[Seen]) -> str:
        return one.written.number

    @strawberry.field
    def title(self, one: strawberry.Parent[Seen]) -> str:
        return one.written.title

    @strawberry.field
    def to(self, one: strawberry.Parent[Seen]) -> str:
        return one.written.to

    @strawberry.field
    def issued_on(self, one: strawberry.Parent[Seen]) -> date:
        return one.written.issued_on

    @strawberry.field(description="null: it has no last day")
    def valid_until(self, one: strawberry.Parent[Seen]) -> date | None:
        return one.written.valid_until

    @strawberry.field(description="tried again at this moment")
    def verdict(self, one: strawberry.Parent[Seen]) -> DocumentVerdictName:
        return DocumentVerdictName(one.verdict)

    @strawberry.field
    def verdict_text(self, one: strawberry.Parent[Seen]) -> TextLens:
        return say(f"verdict_{one.verdict}")  # type: ignore[return-value]

    @strawberry.field
    def entries(self, one: strawberry.Parent[Seen]) -> list[DocumentEntryLens]:
        return [DocumentEntryLens(label=it.label, value=it.value) for it in one.written.entries]

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Seen)


@strawberry.type(
    name="Document",
    description="A decision or certificate under the ward's seal, of which this is a copy; or a receipt.",
)
class DocumentLens:
    @strawberry.field
    def id(self, one: strawberry.Parent[Document]) -> strawberry.ID:
        return strawberry.ID(str(one.kept.id))

    @strawberry.field
    def number(self, one: strawberry.Parent[Document]) -> str:
        return one.kept.number

    @strawberry.field
    def ward(self, one: strawberry.Parent[Document], info: Info) -> TextLens:
        return info.context.house.catalogue.wards[one.kept.ward].name  # type: ignore[return-value]

    @strawberry.field(description="empty: it cannot be read")
    def title(self, one: strawberry.Parent[Document]) -> str:
        return one.written.title if one.written else ""

    @strawberry.field(description="whether it may be shown as a copy")
    def is_certificate(self, one: strawberry.Parent[Document]) -> bool:
        return one.written is not None and one.written.kind == "certificate"

    @strawberry.field(description="of a payment, or a part given back; sealed by Kurashimado itself")
    def is_receipt(self, one: strawberry.Parent[Document]) -> bool:
        return one.written is not None and one.written.kind == "receipt"

    @strawberry.field(description="to whom it was issued")
    def to(self, one: strawberry.Parent[Document]) -> str:
        return one.written.to if one.written else ""

    @strawberry.field(description="null: it cannot be read")
    def issued_on(self, one: strawberry.Parent[Document]) -> date | None:
        return one.written.issued_on if one.written else None

    @strawberry.field(description="its last day; null: it has none")
    def valid_until(self, one: strawberry.Parent[Document]) -> date | None:
        return one.kept.valid_until

    @strawberry.field
    def fetched_at(self, one: strawberry.Parent[Document]) -> datetime:
        return one.kept.fetched_at

    @strawberry.field
    def verdict(self, one: strawberry.Parent[Document]) -> DocumentVerdictName:
        return DocumentVerdictName(one.kept.verdict)

    @strawberry.field
    def verdict_text(self, one: strawberry.Parent[Document]) -> TextLens:
        own = one.kept.verdict == "valid" and one.written is not None and one.written.kind == "receipt"
        return say("verdict_valid_receipt" if own else f"verdict_{one.kept.verdict}")  # type: ignore[return-value]

    @strawberry.field
    def entries(self, one: strawberry.Parent[Document]) -> list[DocumentEntryLens]:
        found = one.written.entries if one.written else ()
        return [DocumentEntryLens(label=it.label, value=it.value) for it in found]

    @strawberry.field(description="SHA-256 of `content`, hex")
    def digest(self, one: strawberry.Parent[Document]) -> str:
        return digest_of(one)

    @strawberry.field(description="for a copy to print, anew each time; null: no ward's seal holds")
    def copy(self, one: strawberry.Parent[Document], info: Info) -> CopyCodeLens | None:
        return code_of(one, info.context.house.today())  # type: ignore[return-value]

    @strawberry.field(description="the very bytes that were sealed, base64")
    def content(self, one: strawberry.Parent[Document]) -> str:
        return base64.b64encode(one.content).decode()

    @strawberry.field(description="detached CMS SignedData over `content`, DER in base64")
    def seal(self, one: strawberry.Parent[Document]) -> str:
        return base64.b64encode(one.seal).decode()

    @classmethod
    def is_type_of(cls, value: Any, _: Any) -> bool:
        return isinstance(value, Document)


@strawberry.type(name="Documents")
class DocumentsLens:
    documents: list[DocumentLens]
