"""X-Road identifiers; the cases are those of X-Road's own unit tests."""

import pytest

from bff.exchange.address import ClientId, ServiceId, decoded, encoded, normal


@pytest.mark.parametrize("segment", ["this/is/not a valid segment", "%XY", "Test%", ""])
def test_a_segment_that_is_not_well_encoded_is_refused(segment: str) -> None:
    with pytest.raises(ValueError, match="not a valid segment"):
        decoded(segment)


@pytest.mark.parametrize(
    ("path", "resolved"),
    [
        ("/a/b/c", "/a/b/c"),
        ("/a/b/./c", "/a/b/c"),
        ("/a/b/d/../c", "/a/b/c"),
        ("/a/b/../../c", "/c"),
        ("/a/b/%2e/c", "/a/b/c"),
        ("/a/b/d/%2e%2e/c", "/a/b/c"),
        ("/a/b/%2e%2e/%2e%2e/c", "/c"),
        ("/a/b/../../%2e%2e/c/d", "/../c/d"),
    ],
)
def test_dot_segments_are_resolved_encoded_ones_too(path: str, resolved: str) -> None:
    assert normal(path) == resolved


def test_each_part_of_a_service_is_encoded_by_itself() -> None:
    service = ServiceId.of_path("/r1/EE/BUSINESS/producer/s%2Fub/%C3%B6%C3%A4%C3%A5/path%3B/")
    assert service == ServiceId("EE", "BUSINESS", "producer", "s/ub", "öäå")
    assert service.path("/path%3B/") == "/r1/EE/BUSINESS/producer/s%2Fub/%C3%B6%C3%A4%C3%A5/path%3B/"


def test_a_client_is_read_from_its_header() -> None:
    client = ClientId.decode("EE/BUSINESS/consumer/sub%2Fsystem")
    assert client == ClientId("EE", "BUSINESS", "consumer", "sub/system")
    assert str(client) == "EE/BUSINESS/consumer/sub%2Fsystem"


@pytest.mark.parametrize(
    "path",
    [
        "/r2/Instance/Class/Member/SubSystem/ServiceCode",
        "/r1/Instance/Class/Member/SubSystem",
        "/r1/Instance/Class/Member/SubSystem/Service/../Other",
        "/r1/Instance/Class/Member//Service",
        "https://invalid.uri/",
    ],
)
def test_a_path_that_is_no_service_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"service|segment"):
        ServiceId.of_path(path)


def test_whatever_may_stand_unescaped_in_a_part_stays_so() -> None:
    safe = "!$&'()*+,;=:@-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert encoded(safe) == safe
    assert decoded(safe) == safe


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_no_part_can_climb_out_of_its_place(part: str) -> None:
    with pytest.raises(ValueError, match="not a part"):
        encoded(part)
