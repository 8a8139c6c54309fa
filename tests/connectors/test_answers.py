"""An individual number is found in what an owner tells, and its own numbers are not taken for one."""

from __future__ import annotations

import httpx
import msgspec
import pytest

from bff.connectors.answers import clean
from bff.exchange.silence import Silent


class Told(msgspec.Struct):
    text: str


def answer(text: str) -> httpx.Response:
    return httpx.Response(200, content=msgspec.json.encode({"text": text}))


@pytest.mark.parametrize("text", ["123456789018", "1234-5678-9018", "番号 1234 5678 9018", "１２３４５６７８９０１８"])
def test_an_individual_number_in_a_text_is_a_wrong_answer(text: str) -> None:
    with pytest.raises(Silent):
        clean(answer(text), Told, "water")


@pytest.mark.parametrize("text", ["K-12345678-9018", "123456789019", "東京都港区芝浦三丁目9番14号", "2026-11-26"])
def test_an_owners_own_number_is_not(text: str) -> None:
    assert clean(answer(text), Told, "water").text == text
