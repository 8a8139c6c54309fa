"""The published shapes of the catalogue. Names are those of CPSV-AP 3.2 where it has one, else of GIF, else our own.

Each description below is the documentation of its column: the JSON Schema and the page at /open/ are made from it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from life_events.catalogue import Category, Login, Means, Signature
from life_events.law import Confidence
from life_events.terms import Channel, Operator


class Published(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """What is left out is not known or does not apply."""


class Words(Published, frozen=True, kw_only=True):
    """One text: formal Japanese, やさしい日本語 (easy Japanese), English."""

    ja: str
    easy: str
    en: str


class Authority(Published, frozen=True, kw_only=True):
    type: Annotated[Operator, Meta(description="Who runs it: ward, nation, metropolis (Tokyo) or private.")]
    name: Annotated[Words | None, Meta(description="The office or company; left out: the ward of residence.")] = None


class Evidence(Published, frozen=True, kw_only=True):
    identifier: Annotated[str, Meta(description="Unique within its procedure.")]
    name: Annotated[Words, Meta(description="CPSV-AP Evidence.name: what to bring or attach.")]
    needed_when: Annotated[Words | None, Meta(description="Left out: always.")] = None
    omitted_when: Annotated[Words | None, Meta(description="When it falls away (情報連携, 公金受取口座).")] = None
    original: Annotated[bool, Meta(description="Whether the original itself has to be handed in.")] = False
    shown_only: Annotated[bool, Meta(description="Shown or used by her, never handed in after filing online.")] = False


class Cost(Published, frozen=True, kw_only=True):
    currency: str = "JPY"
    has_value: Annotated[int | None, Meta(description="Yen; left out: the office sets it.")] = None
    description: Words | None = None


class Output(Published, frozen=True, kw_only=True):
    name: Words
    description: Words | None = None


class Trusted(Published, frozen=True, kw_only=True):
    level: Annotated[
        Confidence, Meta(description="A: official page. B: a third party or one town. C: not confirmed by anybody.")
    ]
    sources: Annotated[tuple[str, ...], Meta(description="Identifiers among `references`.")] = ()
    note: str = ""


class PublicService(Published, frozen=True, kw_only=True):
    """CPSV-AP PublicService: one procedure as the 23 special wards of Tokyo have it in common."""

    identifier: Annotated[str, Meta(description="Stays the same; words joined by underscores.")]
    name: Annotated[Words, Meta(description="CPSV-AP name: the plain name (GIF サブタイトル（通称）).")]
    official_name: Annotated[Words, Meta(description="GIF タイトル（制度名）.")]
    name_kana: Annotated[str, Meta(description="GIF nameKana: reading of the official name, in hiragana.")]
    description: Annotated[Words | None, Meta(description="GIF 概要.")] = None
    type: Annotated[Category, Meta(description="GIF 491-1 サービス種別.")]
    keyword: Annotated[
        Mapping[str, tuple[str, ...]], Meta(description="CPSV-AP keyword: everyday words by language, ja and en.")
    ]
    has_competent_authority: Annotated[Authority, Meta(description="CPSV-AP hasCompetentAuthority.")]
    addressee: Annotated[Words | None, Meta(description="CPSV-AP addressee, GIF 対象者: who may or must apply.")] = None
    application_period: Annotated[Words | None, Meta(description="GIF 募集時期: when it is taken.")] = None
    consequence_of_delay: Annotated[Words | None, Meta(description="What happens when it is late.")] = None
    has_channel: Annotated[tuple[Means, ...], Meta(description="CPSV-AP Channel.type, the best one first.")]
    filed_through: Annotated[
        Channel, Meta(description="here: through this app; online_elsewhere; counter; automatic: nothing to file.")
    ]
    how_to_apply: Annotated[Words, Meta(description="GIF 申請届出方法.")]
    follow_up: Annotated[Words | None, Meta(description="What is left to do when it does not end online.")] = None
    signature: Annotated[Signature, Meta(description="Electronic signature: required, as the ward decides, none.")]
    login: Annotated[Login, Meta(description="The least login: none, account, card, signature.")]
    has_input: Annotated[tuple[Evidence, ...], Meta(description="CPSV-AP hasInput: what to bring or attach.")]
    has_form: Annotated[bool, Meta(description="Whether forms.json holds its form.")]
    has_cost: Annotated[Cost, Meta(description="CPSV-AP hasCost.")]
    produces: Annotated[Output | None, Meta(description="CPSV-AP produces: what comes of it.")] = None
    processing_time: Annotated[
        str | None, Meta(description="CPSV-AP processingTime: 標準処理期間 as an ISO 8601 duration.")
    ] = None
    has_legal_resource: Annotated[str | None, Meta(description="CPSV-AP hasLegalResource: law and article.")] = None
    requires: Annotated[tuple[str, ...], Meta(description="CPSV-AP requires: identifiers of what comes first.")]
    is_grouped_by: Annotated[tuple[str, ...], Meta(description="CPSV-AP isGroupedBy: identifiers in bundles.json.")]
    on_demand: Annotated[bool, Meta(description="Open to many at any time.")] = False
    valid_from: Annotated[date | None, Meta(description="First day on which there is such a procedure.")] = None
    valid_until: Annotated[date | None, Meta(description="Last day on which there is such a procedure.")] = None
    trust: Annotated[
        Mapping[str, Trusted], Meta(description="How sure each statement is: name, law, who, deadline, how, fee, …")
    ]


class Reference(Published, frozen=True, kw_only=True):
    publisher: str
    address: Annotated[str | None, Meta(description="The page; left out: only a stored copy was seen.")] = None


class Catalogue(Published, frozen=True, kw_only=True):
    """catalogue.json"""

    version: Annotated[str, Meta(description="Hash of the content; another content has another version.")]
    date_of_state: Annotated[date, Meta(description="The day until which the facts were looked up.")]
    licence: str
    public_services: tuple[PublicService, ...]
    references: Annotated[Mapping[str, Reference], Meta(description="Where the facts were read, by identifier.")]


class LifeEvent(Published, frozen=True, kw_only=True):
    """CPSV-AP LifeEvent."""

    identifier: str
    name: Words
    description: Words
    has_related_service: Annotated[tuple[str, ...], Meta(description="Identifiers, in the order to show them.")]
    start_question: Annotated[str | None, Meta(description="The question that opens it; left out: none.")] = None


class Bundles(Published, frozen=True, kw_only=True):
    """bundles.json"""

    version: str
    date_of_state: date
    licence: str
    life_events: tuple[LifeEvent, ...]
