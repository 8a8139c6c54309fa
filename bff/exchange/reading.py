"""Why a foreign service is asked: without a `Reading` nothing leaves the house."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bff.exchange.address import PartyId, ServerId
from bff.exchange.patience import Patience

_TWELVE_DIGITS = re.compile(r"[\s-]*(?:\d[\s-]*){12}")


@dataclass(frozen=True)
class Subject:
    """Whose data is asked for, as the asked service may know her; raises `ValueError` for a 個人番号 as her id.

    `id` is pairwise: another ward or service is given another one. `ward` is the 6-digit 全国地方公共団体コード of
    the ward whose system is asked; None when the service is not a ward's or her ward is not known.
    """

    id: str
    name: str
    birth_date: date | None
    address: str
    ward: str | None

    def __post_init__(self) -> None:
        if _TWELVE_DIGITS.fullmatch(self.id):
            raise ValueError("twelve digits are never a pairwise id")


@dataclass(frozen=True)
class Reading:
    """One reason to read: whose data, what for, on which grant or legal basis.

    `purpose` and `basis` are ASCII codes (their texts: `texts.toml`); `resident` is None when the subject is not
    one of our residents; `granted` is the grant that `consent` means. `represented`: the organisation for which the
    house asks, where it is not for itself. `unasked`: not begun by herself, but by the house or an official.
    """

    subject: Subject
    purpose: str
    basis: str
    resident: UUID | None
    granted: UUID | None = None
    represented: PartyId | None = None
    unasked: bool = False


@dataclass(frozen=True)
class Call:
    """How one call is made; `repeatable` means that the same request twice does no more than once.

    `bases`: the only legal bases on which this service may be called at all; empty: any. A service with bases is a
    port that only authorised bodies use: it stays shut unless an operator has opened it.
    `server`: the security server that is meant, where the owner has several; None: whichever.
    """

    source: str
    patience: Patience
    repeatable: bool
    bases: frozenset[str] = frozenset()
    server: ServerId | None = None

    def may_rest_on(self, reading: Reading, ports: Collection[str]) -> bool:
        """Whether the reading's basis is one that the law names, and an operator has opened this of the `ports`."""
        return not self.bases or (reading.basis in self.bases and self.source in ports)
