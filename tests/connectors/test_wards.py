"""Each ward is served by the interface its own file names."""

import httpx

from bff.connectors.street import street
from life_events import load_catalogue


def test_every_ward_is_served_by_every_ward_connector() -> None:
    built = street(httpx.AsyncClient())
    manifests = [*(source.manifest for source in built.sources.values()), built.counter.manifest]
    wards = load_catalogue().wards.values()
    assert len(wards) == 23
    for manifest in manifests:
        assert manifest.needs_ward is bool(manifest.interface)
        if manifest.needs_ward:
            assert {ward.interface for ward in wards} == {manifest.interface}, manifest.id


def test_the_sources_of_home_are_those_the_study_knows() -> None:
    shown = load_catalogue().sources
    built = street(httpx.AsyncClient())
    assert list(built.sources) == [source for source in shown if source != "self"]
    for name, source in built.sources.items():
        assert source.manifest.operator == shown[name].operator.value, name
