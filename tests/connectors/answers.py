"""A good answer of each service, as agreed with its owner, and what must become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bff.connectors.street import Part
from life_events.facts import (
    Allowance,
    CareEquipment,
    CareRecord,
    CareRecords,
    ChildcareRecords,
    Contract,
    Contracts,
    HomeAdaptation,
    Household,
    MedicalCertificate,
    Member,
    NationalProfile,
    NextEvent,
    NurseryPlace,
    Pupil,
    Pupils,
)


@dataclass(frozen=True)
class Agreed:
    """`must` may not be missing; `wrong` are answers with one value of a wrong type or out of bounds."""

    service: str
    body: Mapping[str, Any]
    part: Part
    must: str
    wrong: tuple[Mapping[str, Any], ...]


HANA = {
    "person": "m-1001",
    "me": True,
    "name": "佐藤 はな",
    "kana": "サトウ ハナ",
    "birth_date": "1990-05-02",
    "sex": "female",
    "relation": "spouse",
}
HOUSEHOLD = {
    "ward": "131032",
    "address": "東京都港区芝公園一丁目5番25号",
    "postal_code": "1050014",
    "since": "2022-04-01",
    "members": [HANA],
}
CARE = {
    "person": "m-1005",
    "insured_number": "0001234567",
    "level": "care2",
    "valid_from": "2025-12-01",
    "valid_until": "2026-12-31",
}
PAID_SO_FAR = {
    "share": 2,
    "cost_limit_until": "2026-07-31",
    "adaptation": {"begun": "2020-05-01", "first_level": "support2", "yen": 150_000},
    "equipment": [{"bought": "2026-05-01", "item": "cane", "yen": 20_000}],
}
PROFILE = {
    "name": "佐藤 はな",
    "birth_date": "1990-05-02",
    "address": "東京都港区芝公園一丁目5番25号",
    "pension": "category2",
    "public_account": True,
    "public_servant": False,
    "signing_certificate_until": None,
}
PUPIL = {
    "person": "m-1003",
    "facility": "芝浜小学校",
    "kind": "elementary",
    "class": "1年2組",
    "next_event": {"title": "展覧会", "on": "2026-12-01"},
}

AGREED: Mapping[str, Agreed] = {
    "registry": Agreed(
        service="TOKYO23/GOV/131032/registry/households",
        body=HOUSEHOLD,
        part=Household(
            ward="131032",
            address="東京都港区芝公園一丁目5番25号",
            postal_code="1050014",
            since=date(2022, 4, 1),
            members=(Member("m-1001", True, "佐藤 はな", "サトウ ハナ", date(1990, 5, 2), "female", "spouse"),),
        ),
        must="since",
        wrong=(
            {**HOUSEHOLD, "since": 20220401},
            {**HOUSEHOLD, "since": "2022-02-30"},
            {**HOUSEHOLD, "ward": "131121"},
            {**HOUSEHOLD, "ward": ""},
            {**HOUSEHOLD, "members": []},
            {**HOUSEHOLD, "members": [HANA, HANA]},
            {**HOUSEHOLD, "members": [{**HANA, "relation": "cat"}]},
            {**HOUSEHOLD, "members": [{**HANA, "me": "true"}]},
            {**HOUSEHOLD, "members": [{**HANA, "name": "あ" * 201}]},
        ),
    ),
    "childcare": Agreed(
        service="TOKYO23/GOV/131032/childcare/records",
        body={
            "allowance": [{"person": "m-1003", "since": "2021-01"}],
            "medical": [{"person": "m-1003", "until": "2032-03-31"}],
            "nursery": [{"person": "m-1003", "facility": "みなと第一保育園", "certified_until": "2027-03-31"}],
        },
        part=ChildcareRecords(
            allowance=(Allowance("m-1003", "2021-01"),),
            medical=(MedicalCertificate("m-1003", date(2032, 3, 31)),),
            nursery=(NurseryPlace("m-1003", "みなと第一保育園", date(2027, 3, 31)),),
        ),
        must="medical",
        wrong=(
            {"allowance": None, "medical": [], "nursery": []},
            {"allowance": [{"person": "m-1003", "since": "2021-13"}], "medical": [], "nursery": []},
        ),
    ),
    "care": Agreed(
        service="TOKYO23/GOV/131032/care-insurance/records",
        body={"records": [CARE, {**CARE, "person": "m-1006", **PAID_SO_FAR}]},
        part=CareRecords(
            (
                CareRecord("m-1005", "0001234567", "care2", date(2025, 12, 1), date(2026, 12, 31)),
                CareRecord(
                    *("m-1006", "0001234567", "care2", date(2025, 12, 1), date(2026, 12, 31)),
                    share=2,
                    cost_limit_until=date(2026, 7, 31),
                    adaptation=HomeAdaptation(date(2020, 5, 1), "support2", 150_000),
                    equipment=(CareEquipment(date(2026, 5, 1), "cane", 20_000),),
                ),
            )
        ),
        must="records",
        wrong=(
            {"records": [{**CARE, "level": "care6"}]},
            {"records": [{**CARE, "insured_number": 1234567}]},
            {"records": [{**CARE, "insured_number": "123456789012"}]},
            {"records": [{**CARE, "valid_until": None}]},
            {"records": [{**CARE, "share": 7}]},
            {"records": [{**CARE, "adaptation": {"begun": "2020-05-01"}}]},
            {"records": [CARE] * 101},
        ),
    ),
    "national": Agreed(
        service="TOKYO23/GOV/900001/profile/persons",
        body=PROFILE,
        part=NationalProfile(
            name="佐藤 はな",
            birth_date=date(1990, 5, 2),
            address="東京都港区芝公園一丁目5番25号",
            pension="category2",
            public_account=True,
            public_servant=False,
        ),
        must="pension",
        wrong=({**PROFILE, "public_account": "yes"}, {**PROFILE, "pension": "category4"}),
    ),
    "school": Agreed(
        service="TOKYO23/EDU/131032/school/pupils",
        body={"pupils": [PUPIL]},
        part=Pupils((Pupil("m-1003", "芝浜小学校", "elementary", "1年2組", NextEvent("展覧会", date(2026, 12, 1))),)),
        must="pupils",
        wrong=({"pupils": {}}, {"pupils": [{**PUPIL, "next_event": "展覧会"}]}, {"pupils": [{**PUPIL, "kind": "x"}]}),
    ),
    "electricity": Agreed(
        service="TOKYO23/COM/100001/electricity/contracts",
        body={"contracts": [{"number": "EL-1", "address": "東京都港区芝公園一丁目", "company": "あかり電力"}]},
        part=Contracts((Contract("EL-1", "東京都港区芝公園一丁目", "あかり電力"),)),
        must="contracts",
        wrong=({"contracts": [{"number": 1, "address": "a", "company": "b"}]}, {"contracts": ["EL-1"]}),
    ),
}
