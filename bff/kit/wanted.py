"""What a writer asks the kit for, and what follows from it: class and service names, the owner's code, its law."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bff.connectors.manifest import Manifest
from bff.exchange.address import ServiceId

Operator = Literal["ward", "nation", "metropolis", "private"]
Made = Literal["records", "act", "authorised", "link"]
OPERATORS: Final = get_args(Operator)
EXPOSURES: Final = get_args(Made)
NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_NAME: Final = 30
LEAVES: Final = '["id", "name", "birth_date", "address"]'

_MEMBER: Final[Mapping[Operator, str]] = {
    "ward": "GOV/{ward}",
    "nation": "GOV/900001",
    "metropolis": "GOV/130001",
    "private": "COM/100001",
}
_LAW: Final[Mapping[Operator, str]] = {
    "ward": "個人情報の保護に関する法律69条2項1号（本人の同意）",
    "nation": "個人情報の保護に関する法律69条2項1号（本人の同意）",
    "metropolis": "個人情報の保護に関する法律69条2項1号（本人の同意）",
    "private": "個人情報の保護に関する法律27条1項（本人の同意による第三者提供）",
}
_OWNER: Final[Mapping[Operator, tuple[str, str, str]]] = {
    "ward": ("区", "区", "Ward"),
    "nation": ("国", "国", "National government"),
    "metropolis": ("東京都", "東京都", "Tokyo Metropolis"),
    "private": ("会社", "事業者", "Company"),
}


class NotMade(Exception):
    """Nothing was written, for the reason it says."""


@dataclass(frozen=True)
class Wanted:
    """A connector to be made. `service`: its X-Road id, `{ward}` for a ward's code; `basis`: for `authorised` only."""

    name: str
    operator: Operator = "ward"
    exposure: Made = "records"
    title: str = ""
    service: str = ""
    basis: str = ""
    link: str = ""

    def words(self) -> dict[str, str]:
        """Everything a template names."""
        easy, ja, en = _OWNER[self.operator]
        _, member_class, member, subsystem, service = self.service_id.split("/")
        return {
            "name": self.name,
            "Kind": self.kind,
            "title": self.title or self.name.replace("_", " "),
            "operator": self.operator,
            "exposure": self.exposure,
            "sends": "[]" if self.exposure == "link" else LEAVES,
            "more": self._more(),
            "purpose": "application" if self.exposure == "act" else "records",
            "basis": self.basis or ("application" if self.exposure == "act" else "consent"),
            "keep": "24" if self.exposure == "records" else "0",
            "law": _LAW[self.operator],
            "operator_easy": easy,
            "operator_ja": ja,
            "operator_en": en,
            "member_class": member_class,
            "member": member,
            "subsystem": subsystem,
            "service_code": service,
        }

    @property
    def kind(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("_"))

    @property
    def service_id(self) -> str:
        code = "requests" if self.exposure == "act" else "records"
        return self.service or f"TOKYO23/{_MEMBER[self.operator]}/{self.name.replace('_', '-')}/{code}"

    @property
    def of_wards(self) -> bool:
        return "{ward}" in self.service_id

    def _more(self) -> str:
        lines = []
        if self.exposure == "link":
            return f'link = "{self.link}"'
        if self.of_wards:
            lines.append('interface = "ward_standard"')
        lines.append(f'service = "{self.service_id}"')
        if self.exposure == "authorised":
            lines.append(f'bases = ["{self.basis}"]')
        return "\n".join(lines)


def judged(wanted: Wanted, taken: Mapping[str, Manifest], bases: Collection[str]) -> Wanted:
    """`wanted` as it is; raises `NotMade` when no connector of that name and kind can be.

    `taken`: all there are; `bases`: the codes of the legal bases that have words.
    """
    name = wanted.name
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME or keyword.iskeyword(name):
        raise NotMade(f"{name!r}: a name is lower-case words joined by _, at most {LONGEST_NAME} characters")
    if name in taken:
        raise NotMade(f"{name}: there is a connector of this id")
    if wanted.exposure == "link":
        if not re.match(r"https://[^\s\"]+$", wanted.link) or wanted.service:
            raise NotMade("link: a service that is not called has --link https://… and no --service")
    elif wanted.link:
        raise NotMade("--link goes with --exposure link")
    if wanted.exposure == "authorised" and wanted.basis not in {*bases} - {"consent", "unknown"}:
        raise NotMade(
            "authorised: --basis CODE, the law that names who may call; write it first, in three languages, as "
            "[basis.CODE] into bff/exchange/texts.toml"
        )
    if wanted.basis and wanted.exposure != "authorised":
        raise NotMade("--basis goes with --exposure authorised")
    _judge_service(wanted, taken)
    return wanted


def _judge_service(wanted: Wanted, taken: Mapping[str, Manifest]) -> None:
    service = wanted.service_id
    try:
        asked = ServiceId.decode(service.replace("{ward}", "131032"))
    except ValueError as wrong:
        raise NotMade(f"{service}: {wrong}") from wrong
    if str(asked) != service.replace("{ward}", "131032") or '"' in service:
        raise NotMade(f"{service}: not the form INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE, each part encoded")
    if wanted.of_wards is not (wanted.operator == "ward"):
        raise NotMade(f"{service}: {{ward}} stands for the member of a ward's service, and of no other")
    if same := [one.id for one in taken.values() if one.service == service]:
        raise NotMade(f"{service} is the service of {same[0]}")
