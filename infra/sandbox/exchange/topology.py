"""Who is a member of the made-up exchange, and which security server serves whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from infra.sandbox.exchange.protocol import Identifier
from infra.sandbox.ward import WARDS

INSTANCE: Final = "TOKYO23"
OPERATOR: Final = (INSTANCE, "COM", "900100")
HOUSE: Final = (*OPERATOR, "kurashimado")
NOT_GRANTED: Final = (*OPERATOR, "kurashimado-test")
"""Registered with the house's certificate, and no provider has granted it anything."""
OWN_SERVER: Final = (*OPERATOR, "ss-kurashimado")
NAMES: Final[Mapping[tuple[str, str], str]] = {
    ("COM", "900100"): "くらしまど運営(架空)",
    ("COM", "900000"): "民間サービス共同(架空)",
    ("COM", "100001"): "あかり電力(架空)",
    ("COM", "100002"): "みやこガス(架空)",
    ("COM", "100003"): "NHK(架空)",
    ("COM", "100004"): "日本郵便(架空)",
    ("COM", "100005"): "はこぶね引越センター(架空)",
    ("COM", "100006"): "えんノート(架空)",
    ("COM", "100007"): "よやくクリニック(架空)",
    ("COM", "900300"): "ペイジーの網(架空)",
    ("GOV", "900001"): "国の連携窓口(架空)",
    ("GOV", "900002"): "住民基本台帳と電子証明書の網(架空)",
    ("GOV", "900003"): "戸籍と登記の網(架空)",
    ("GOV", "900004"): "公金受取口座の台帳(架空)",
    ("GOV", "900005"): "地方税の共同窓口(架空)",
    ("GOV", "900006"): "情報提供の網(架空)",
    ("GOV", "900007"): "保険資格の台帳(架空)",
    ("GOV", "130001"): "東京都(架空)",
    ("GOV", "139001"): "特別区システム共同運営(架空)",
    **{("GOV", code): f"{name}(架空)" for code, name in WARDS.items()},
    **{("EDU", code): f"{name}教育委員会(架空)" for code, name in WARDS.items()},
}
_WARDS: Final = {
    "ss-wards-centre": {"131016", "131024", "131032", "131041", "131059", "131130"},
    "ss-wards-east": {"131067", "131075", "131083", "131181", "131211", "131229", "131237"},
    "ss-wards-south": {"131091", "131105", "131113", "131121"},
    "ss-wards-north": {"131148", "131156", "131164", "131172", "131199", "131202"},
}


@dataclass(frozen=True)
class Place:
    """A security server: its id, and whether it serves the member of this class and code."""

    id: Identifier
    serves: Callable[[str, str], bool]

    @property
    def code(self) -> str:
        return self.id[3]


def places() -> tuple[Place, ...]:
    """One a group of wards, one of the metropolis, one of the private services, and the nation's for all the rest."""
    wards = [Place((INSTANCE, "GOV", "139001", code), _ward_in(codes)) for code, codes in _WARDS.items()]
    return (
        *wards,
        Place((INSTANCE, "GOV", "130001", "ss-metropolis"), lambda _, member: member.startswith("1300")),
        Place((INSTANCE, "COM", "900000", "ss-private"), lambda kind, _: kind == "COM"),
        Place((INSTANCE, "GOV", "900001", "ss-nation"), lambda _, member: True),
    )


def name_of(identifier: Identifier) -> str:
    return NAMES.get((identifier[1], identifier[2]), identifier[2])


def _ward_in(codes: set[str]) -> Callable[[str, str], bool]:
    return lambda _, member: member in codes
