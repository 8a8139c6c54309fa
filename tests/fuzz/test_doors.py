"""Ids, places in lists and words that nobody would type, at every field, mutation and address of the real house: an
answer or a refusal, never a defect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from bff.app import doors
from tests.others.test_graphql import document
from tests.others.tried import FIELDS, MUTATIONS
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
DEFECT = "内部でエラーが起きました"
IN_GRAPHQL = (r"a\u0000", "9" * 400)
IN_ADDRESSES = ("\x00", "9" * 400, "%ff")
LITERAL = re.compile(r'"[^"]*"')
WORDS = re.compile(r"\{\w+\}")


@pytest.fixture
def town(one_town: Town) -> Town:
    return one_town


def odd_calls(call: str) -> Iterator[str]:
    """`call` with each text in it, one after the other, turned into something odd."""
    plain = WORDS.sub("x", call.replace("{{", "\0").replace("}}", "\1")).replace("\0", "{").replace("\1", "}")
    for found in LITERAL.finditer(plain):
        for odd in IN_GRAPHQL:
            yield f'{plain[: found.start()]}"{odd}"{plain[found.end() :]}'


async def test_no_odd_text_at_any_field_or_mutation_is_a_defect(town: Town) -> None:
    hana = await town.resident("hana")
    asked, wrong = 0, []
    for name, (call, _) in {**FIELDS, **MUTATIONS}.items():
        for odd in odd_calls(call):
            answer = await hana.browser.post("/graphql", json={"query": document(name, odd)})
            asked += 1
            if answer.status_code >= 500 or DEFECT in answer.text:
                wrong.append(f"{name}: {answer.status_code} {odd[:160]!r} {answer.text[:200]}")
    assert asked > 250
    assert "\n".join(wrong) == ""


def odd_addresses(town: Town) -> Iterator[str]:
    """Every address that is read, with something odd for each part and parameter that it takes."""
    for route in doors(town.house, town.gate).routes:
        for handler in getattr(route, "route_handlers", ()):
            if "GET" not in getattr(handler, "http_methods", ()):
                continue
            taken = set(handler.parsed_fn_signature.parameters) - set(re.findall(r"\{(\w+):", route.path))
            for odd in IN_ADDRESSES:
                part = quote(odd, safe="%")
                path = re.sub(r"\{[^}]*\}", part, route.path)
                yield f"{path}?{'&'.join(f'{name}={part}' for name in sorted(taken))}"


async def test_no_odd_address_is_a_defect_for_anybody(town: Town) -> None:
    """The session of an official and of a resident at once, so that no door is shut before it has read."""
    both = (await town.resident("hana")).browser
    admin = await town.official("staff-minato-admin")
    both.cookies.set("__Host-staff", admin.cookies["__Host-staff"])
    wrong, asked = [], 0
    for address in odd_addresses(town):
        answer = await both.get(address)
        asked += 1
        if answer.status_code >= 500:
            wrong.append(f"{answer.status_code} {address[:120]!r}")
    assert asked > 200
    assert "\n".join(wrong) == ""
