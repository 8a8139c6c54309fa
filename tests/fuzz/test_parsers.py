"""Whatever comes, each parser at the boundary answers or refuses; `make fuzz` goes on, guided by coverage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from infra.fuzz.all import targets
from infra.fuzz.target import Target

FOUND = Path(__file__).with_name("found")
SEVERAL = 25
NASTY = (b"\x00", b"\xed\xa0\x80", b"9" * 400, b"[" * 2000)
"""The end of a text in C and PostgreSQL, half a letter of UTF-16, a number beyond every type, nested without end."""
HOW = settings(
    max_examples=SEVERAL,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@st.composite
def damaged(draw: st.DrawFn, target: Target) -> bytes:
    """A right one in which something was put, cut or doubled, or nothing right at all."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.binary(max_size=300)) or draw(st.text(max_size=100)).encode("utf-8", "replace")
    whole = draw(st.sampled_from(target.seeds))
    begin, end = sorted((draw(st.integers(0, len(whole))), draw(st.integers(0, len(whole)))))
    put = draw(st.binary(max_size=12) | st.sampled_from([whole[begin:end], *NASTY]))
    return whole[:begin] + put + whole[draw(st.sampled_from([begin, end])) :]


@pytest.mark.parametrize("name", sorted(targets()))
def test_whatever_comes_is_answered_or_refused(name: str) -> None:
    target = targets()[name]

    @HOW
    @given(damaged(target))
    def tried(data: bytes) -> None:
        target.tries(data)

    for seed in target.seeds:
        target.tries(seed)
    tried()


def test_a_right_one_is_taken_so_that_what_follows_the_first_look_is_tried_too() -> None:
    """Where the seed itself were refused, only the refusal would be tried."""
    refused = []
    for target in targets().values():
        for seed in target.seeds[:1]:
            try:
                target.feed(seed)
            except target.refuses as wrong:
                refused.append(f"{target.name}: {wrong!r}")
    assert refused == []


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.name)
def test_what_once_made_one_stumble_does_so_no_more(path: Path) -> None:
    """Named `<target>-<anything>`."""
    targets()[path.name.partition("-")[0]].tries(path.read_bytes())
