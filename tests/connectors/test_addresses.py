"""A real exchange has its own instance and its own names of services: an operator says them in a table."""

from pathlib import Path

import pytest

from bff.connectors import addresses
from bff.connectors.street import manifests, street
from tests.connectors.examples import good
from tests.exchange.provider import Exchange, Provider, reading


async def asked_path(table: addresses.Table, id: str, ward: str = "131032", instance: str = "JP-TOKYO") -> str:
    provider = Provider([good(id).act()])
    built = street(Exchange(provider).http, addressed=addresses.addressed(instance, table))
    await (built.sources | built.records)[id].tell(reading(ward))
    return provider.asked[0].url.path


async def test_every_service_is_in_the_instance_that_the_operator_names() -> None:
    assert await asked_path({}, "electricity") == "/r1/JP-TOKYO/COM/100001/electricity/contracts/query"
    assert await asked_path({}, "seal") == "/r1/JP-TOKYO/GOV/131032/seal/registrations/query"


async def test_a_ward_may_call_its_service_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text('[care]\nall = "X/GOV/{ward}/kaigo/records"\n131032 = "X/GOV/131032/minato/kaigo"\n')
    table = addresses.read(file, manifests())
    assert await asked_path(table, "care") == "/r1/X/GOV/131032/minato/kaigo/query"
    assert await asked_path(table, "care", ward="131041") == "/r1/X/GOV/131041/kaigo/records/query"
    assert await asked_path(table, "seal", instance="X") == "/r1/X/GOV/131032/seal/registrations/query"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('[juki]\nall = "X/GOV/{ward}/a/b"', "no connector"),
        ('[care]\nall = "X/GOV/131032/a/b"', "does not say where the ward"),
        ('[care]\n1310 = "X/GOV/131032/a/b"', "neither"),
        ('[electricity]\n131032 = "X/COM/1/a/b"', "neither"),
        ('[electricity]\nall = "X/COM/1/a"', "expected 5 parts"),
        ('[electricity]\nall = "X/COM/1/a/%zz"', "not a valid segment"),
        ("[electricity", "services.toml"),
        ("[electricity]\nall = 1", "services.toml"),
    ],
)
def test_a_table_that_is_wrong_is_told_at_the_start(tmp_path: Path, line: str, complaint: str) -> None:
    file = tmp_path / "services.toml"
    file.write_text(line)
    with pytest.raises(addresses.WrongAddress, match=complaint):
        addresses.read(file, manifests())
