"""What wards do otherwise of a procedure, in the words of the open data (`Variant` of /open/schema.json)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from life_events import Catalogue, Text
from life_events.catalogue import Attachment, Fee, Override

Variant = Mapping[str, Any]
TEXTS = {
    "name": "name",
    "summary": "description",
    "who": "addressee",
    "window": "applicationPeriod",
    "late": "consequenceOfDelay",
    "how": "howToApply",
    "follow_up": "followUp",
    "where": "availableAt",
}


def variants(catalogue: Catalogue) -> dict[str, dict[str, Variant]]:
    """By ward and procedure."""
    told = {
        code: {id: _variant(own) for id, own in sorted(ward.procedures.items())}
        for code, ward in sorted(catalogue.wards.items())
    }
    return {code: {id: one for id, one in of.items() if one} for code, of in told.items()}


def words(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "easy": text.easy, "en": text.en}


def _variant(own: Override) -> Variant:
    told: dict[str, Any] = {name: words(text) for key, name in TEXTS.items() if (text := getattr(own, key)) is not None}
    if own.channel is not None:
        told["filedThrough"] = own.channel.value
    if own.channels is not None:
        told["hasChannel"] = list(own.channels)
    if own.fee is not None:
        told["hasCost"] = _cost(own.fee)
    if own.attachments is not None:
        told["hasInput"] = [_evidence(one) for one in own.attachments]
    return told


def _cost(fee: Fee) -> dict[str, Any]:
    told: dict[str, Any] = {} if fee.yen is None else {"hasValue": fee.yen}
    return told if fee.note is None else {**told, "description": words(fee.note)}


def _evidence(one: Attachment) -> dict[str, Any]:
    told: dict[str, Any] = {"identifier": one.id, "name": words(one.name)}
    told |= {"neededWhen": words(one.needed)} if one.needed else {}
    told |= {"omittedWhen": words(one.omitted)} if one.omitted else {}
    return told | ({"original": True} if one.original else {}) | ({"shownOnly": True} if one.shown_only else {})
