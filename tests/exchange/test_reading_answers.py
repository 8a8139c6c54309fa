"""What is read as an answer of HTTP/1.1, however its bytes are cut, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bff.exchange.lean.reading_answers import LARGEST_HEAD, Answer
from bff.exchange.question import Unreadable

MOST = 1000
COUNTED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n" + b'{"a":1}'
CHUNKED = (
    b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\nx-a:\t2 \r\n\r\n"
    b'3;name=x\r\n{"a\r\n4\r\n":1}\r\n0\r\nTrailer: t\r\n\r\n'
)
CONTINUED = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + COUNTED


def unlooked(status: int, headers: Mapping[str, str]) -> None:
    """Nothing in the head matters."""


def read(*pieces: bytes, most: int = MOST) -> Answer:
    answer = Answer(most, unlooked)
    for piece in pieces:
        answer.take(piece)
    return answer


@pytest.mark.parametrize("whole", [COUNTED, CHUNKED, CONTINUED])
@given(cuts=st.sets(st.integers(1, 150), max_size=12))
def test_however_it_is_cut_it_is_the_same_answer(whole: bytes, cuts: set[int]) -> None:
    places = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    answer = read(*(whole[a:b] for a, b in pairwise(places)))
    assert (answer.status, bytes(answer.body), answer.is_whole, answer.may_stay) == (200, b'{"a":1}', True, True)


def test_names_are_in_lower_case_and_repeated_ones_are_joined() -> None:
    assert read(CHUNKED).headers == {"transfer-encoding": "chunked", "x-a": "1, 2"}


def test_what_has_no_length_ends_with_the_connection() -> None:
    answer = read(b"HTTP/1.1 200 OK\r\n\r\nall ", b"of it")
    assert not answer.is_whole
    answer.end()
    assert (answer.is_whole, answer.body, answer.may_stay) == (True, b"all of it", False)


@pytest.mark.parametrize("status", [204, 304])
def test_some_have_no_body_whatever_they_say(status: int) -> None:
    answer = read(b"HTTP/1.1 %d x\r\nContent-Length: 5\r\n\r\n" % status)
    assert (answer.is_whole, answer.body) == (True, b"")


@pytest.mark.parametrize(
    ("head", "stays"),
    [
        (b"HTTP/1.1 200 OK\r\n", True),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n", False),
        (b"HTTP/1.0 200 OK\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n", True),
    ],
)
def test_a_connection_stays_as_the_other_side_says(head: bytes, stays: bool) -> None:
    assert read(head + b"Content-Length: 0\r\n\r\n").may_stay is stays


def test_a_connection_on_which_more_came_than_was_asked_does_not_stay() -> None:
    assert not read(COUNTED + b"HTTP/1.1 200 OK\r\n").may_stay


@pytest.mark.parametrize(
    "whole",
    [
        b"<html>\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 600 No\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: ５\r\n\r\nhello".encode(),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nX-A: 1\r\n folded\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: 1\nX-B: 2\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: 1\0\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + b"x" * (MOST + 1),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"T: t\r\n" * 9000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * (LARGEST_HEAD + 1),
        b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"x" * LARGEST_HEAD,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MOST + 1),
    ],
)
def test_what_could_be_understood_in_two_ways_or_never_ends_is_no_answer(whole: bytes) -> None:
    with pytest.raises(Unreadable):
        read(whole)


@pytest.mark.parametrize("cut", [b"HTTP/1.1 200 OK\r\n", COUNTED[:-1], CHUNKED[:-2]])
def test_what_ends_too_early_is_no_answer(cut: bytes) -> None:
    with pytest.raises(Unreadable):
        read(cut).end()
