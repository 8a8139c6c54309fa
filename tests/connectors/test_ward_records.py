"""What the wards' record services tell, beyond what their examples can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from bff.connectors.ward_health.client import WardHealth
from bff.connectors.ward_health.mapping import VACCINES
from bff.connectors.ward_insurance.mapping import HealthInsurance
from bff.exchange.reading import Reading, Subject
from bff.exchange.silence import Silent, Why
from life_events import load_catalogue
from tests.connectors.conftest import Wired

KEN = Subject("c4d5", "鈴木 健", date(1986, 2, 14), "東京都世田谷区太子堂四丁目2番7号", "131121")


def test_the_health_centre_knows_every_vaccine_of_the_study_by_its_name() -> None:
    studied = {vaccine.id: vaccine.name for vaccine in load_catalogue().law.vaccines}
    assert studied.keys() == VACCINES
    assert studied == WardHealth.manifest.shown["vaccinations.vaccine"].codes


async def test_kens_ward_covers_his_family_and_no_other_ward_knows_him(wired: Wired) -> None:
    insurance = wired.street.records["insurance"]
    told = await insurance.tell(Reading(KEN, "records", "consent", uuid4()))
    assert isinstance(told, HealthInsurance)
    assert [one.branch for one in told.insured] == ["01", "02", "03"]
    with pytest.raises(Silent) as caught:
        await insurance.tell(Reading(replace(KEN, ward="131032"), "records", "consent", uuid4()))
    assert caught.value.why is Why.NO_MATCH
