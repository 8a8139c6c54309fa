"""The published shapes of what the catalogue rests upon: the numbers in law, and what each ward sets itself."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta

from infra.catalogue.shapes import Cost, Evidence, Published, Trusted, Words
from infra.catalogue.vaccines import Vaccine
from life_events.catalogue import Means
from life_events.law import Dated
from life_events.terms import Channel


class LegalNumber(Published, frozen=True, kw_only=True):
    """A number in law: days, yen, years of age or months, as its identifier and note say."""

    identifier: str
    has_legal_resource: str
    counts_from: Annotated[
        str, Meta(description="Of days: `event` counts the day of the event itself, `next_day` does not (民法140条).")
    ]
    rolls: Annotated[bool, Meta(description="Whether a closed last day gives way to the next open day.")]
    values: Annotated[tuple[Dated, ...], Meta(description="Each holds `from` its day until the next begins.")]
    trust: Trusted


class YearlyWindow(Published, frozen=True, kw_only=True):
    identifier: str
    has_legal_resource: str
    opens: Annotated[str, Meta(description="MM-DD")]
    closes: Annotated[str, Meta(description="MM-DD, perhaps of the following year")]
    since: date
    rolls: bool
    trust: Trusted


class LawNumbers(Published, frozen=True, kw_only=True):
    """law.json"""

    version: str
    date_of_state: date
    licence: str
    numbers: tuple[LegalNumber, ...]
    yearly: tuple[YearlyWindow, ...]
    vaccines: tuple[Vaccine, ...]
    closed_days: Annotated[
        tuple[date, ...], Meta(description="National holidays; offices also close at weekends and from 12-29 to 01-03.")
    ]


class Variant(Published, frozen=True, kw_only=True):
    """GIF 451-4 制度変更区分 1: what a ward does otherwise; what is left out stays as in catalogue.json."""

    name: Words | None = None
    filed_through: Channel | None = None
    has_channel: tuple[Means, ...] | None = None
    how_to_apply: Words | None = None
    consequence_of_delay: Words | None = None
    follow_up: Words | None = None
    application_period: Words | None = None
    description: Words | None = None
    addressee: Words | None = None
    available_at: Annotated[Words | None, Meta(description="Its offices that take it, with their hours.")] = None
    has_cost: Cost | None = None
    has_input: tuple[Evidence, ...] | None = None
    trust: Trusted


class OwnWindow(Published, frozen=True, kw_only=True):
    identifier: str
    opens: date
    closes: date
    trust: Trusted


class Ward(Published, frozen=True, kw_only=True):
    """A special ward; field names of GIF."""

    local_government_code: Annotated[str, Meta(pattern="^[0-9]{6}$", description="全国地方公共団体コード, six digits.")]
    name: Words
    name_kana: Annotated[str, Meta(description="In hiragana.")]
    population: Annotated[int, Meta(description="Census of 2020-10-01; 0: not given.")] = 0
    sources: Annotated[tuple[str, ...], Meta(description="References of code, names and population.")]
    variants: Annotated[Mapping[str, Variant], Meta(description="By identifier of the procedure.")]
    numbers: Annotated[Mapping[str, tuple[Dated, ...]], Meta(description="Its own, by identifier in law.json.")]
    windows: Annotated[tuple[OwnWindow, ...], Meta(description="Days on which it takes something in.")]
    yearly: Annotated[tuple[YearlyWindow, ...], Meta(description="Days on which it takes something in every year.")]
    opening: Annotated[Words | None, Meta(description="Opening days beyond the usual.")] = None


class Wards(Published, frozen=True, kw_only=True):
    """wards.json"""

    version: str
    date_of_state: date
    licence: str
    wards: tuple[Ward, ...]
