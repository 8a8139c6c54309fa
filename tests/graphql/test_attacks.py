"""Against the doors on purpose: depth, batches, other people's ids, floods, odd paths; each a plain refusal at once."""

from __future__ import annotations

import base64
import time
from itertools import product
from typing import Any

import pytest
from graphql import GraphQLObjectType

from bff.graphql import limits
from bff.graphql.context import Context
from bff.graphql.schema import build
from tests.graphql.test_difference import MAKE, agreed, moving_day
from tests.town import Person, Town

SETAGAYA = "131121"
DEFECT = "内部で"


@pytest.fixture
async def hana(town: Town) -> Person:
    person = await town.resident("hana")
    await person.fills_home()
    return person


async def raw(person: Person, body: Any) -> tuple[int, str]:
    before = time.process_time()
    answer = await person.browser.post("/graphql", json=body)
    assert time.process_time() - before < 10
    return answer.status_code, answer.text


async def test_a_batch_is_no_request(hana: Person) -> None:
    status, told = await raw(hana, [{"query": "{ viewer { name } }"}] * 500)
    assert status == 400
    assert "佐藤" not in told


@pytest.mark.parametrize("alias", ['difference(toWard: "131121", movesOn: "2026-12-18") { planned }', "home { today }"])
async def test_a_home_is_not_reckoned_a_hundred_times_in_one_request(hana: Person, alias: str) -> None:
    many = " ".join(f"a{number}: {alias}" for number in range(100))
    status, told = await raw(hana, {"query": f"{{ viewer {{ {many} }} }}"})
    assert status == 400
    assert "aliases" in told


async def test_a_flood_of_people_and_marks_costs_no_more_than_a_few(town: Town, hana: Person) -> None:
    on = str(moving_day(town))
    query = (
        'query($d: Date, $p: [ID!]) { viewer { difference(toWard: "131121", movesOn: $d, people: $p) { planned } } }'
    )
    status, told = await raw(hana, {"query": query, "variables": {"d": on, "p": ["m-1"] * 20_000}})
    assert (status, "more than 5000 values" in told) == (400, True)
    people = [f"m-{number}" for number in range(4_900)]
    status, told = await raw(hana, {"query": query, "variables": {"d": on, "p": people}})
    assert (status, DEFECT in told) == (200, False)
    marks = [{"step": f"x{number}", "state": "OPEN"} for number in range(1_600)]
    query = "query($m: [StepMark!]!) { viewer { home { changes(since: $m) { step } } } }"
    status, told = await raw(hana, {"query": query, "variables": {"m": marks}})
    assert status == 200
    assert DEFECT not in told
    assert len(told) < 50_000


async def test_a_flood_of_wrong_variables_is_told_briefly(hana: Person) -> None:
    query = 'query($p: [ID!]) { viewer { difference(toWard: "131121", people: $p) { planned } } }'
    status, told = await raw(hana, {"query": query, "variables": {"p": [None] * 20_000}})
    assert status in (200, 400)
    assert len(told) < 50_000


async def test_a_flood_of_corrected_fields_and_a_long_digest_are_refused_or_ignored(hana: Person) -> None:
    step = await hana.step("child_allowance")
    sent = await hana.sends(step, {f"x{number}": "y" * 10 for number in range(2_000)}, corrected=["x"] * 2_000)
    assert sent["__typename"] == "FieldsRefused"
    assert len(sent["fields"]) < 60


DAYS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", "2026-01-01T00:00:00"]


async def test_a_made_up_place_in_a_list_is_no_defect_and_no_list_is_given_whole(hana: Person) -> None:
    lasts = ("1", "9" * 18, "00000000-0000-0000-0000-000000000000")
    for field, at, last in product(("readings", "applications", "inbox"), DAYS, lasts):
        cursor = base64.urlsafe_b64encode(f"{at}|{last}".encode()).decode()
        _, told = await raw(hana, {"query": f'{{ viewer {{ {field}(after: "{cursor}") {{ __typename }} }} }}'})
        assert DEFECT not in told, (field, at, last)
    for first in (0, -1, 101, 2**31 - 1):
        _, told = await raw(hana, {"query": f"{{ viewer {{ readings(first: {first}) {{ nodes {{ at }} }} }} }}"})
        assert "between 1 and 100" in told


async def test_a_sheet_is_made_for_nobody_but_those_who_were_shown(town: Town, hana: Person) -> None:
    asked = await agreed(hana, moving_day(town))
    for people in ([], ["m-9999"], asked["people"] * 900, ["__class__"], [""]):
        made = (await hana.asks(MAKE, input={**asked, "people": people}))["makeHandover"]
        if made["__typename"] == "Handover":
            assert set(people) == set(asked["people"])


async def test_kens_agreement_makes_no_sheet_of_hanas(town: Town, hana: Person) -> None:
    asked = await agreed(hana, moving_day(town))
    ken = await town.resident("ken")
    await ken.fills_home()
    made = (await ken.asks(MAKE, input=asked))["makeHandover"]
    assert made["__typename"] in {"FieldsRefused", "NotFound"}
    assert "佐藤" not in str(made)


async def test_another_persons_form_is_not_filed_under_her_name(hana: Person, town: Town) -> None:
    ken = await town.resident("ken")
    await ken.fills_home()
    step = await hana.step("child_allowance")
    sent = await ken.sends(step, {})
    assert sent["__typename"] in {"NotFound", "StepClosed", "FieldsRefused"}
    assert "佐藤" not in str(sent)


PATHS = [
    "/open/../documents.json",
    "/open/%2e%2e/documents.json",
    "/open/..%2fdocuments.json",
    "/open/%2e%2e%2f%2e%2e%2fpyproject.toml",
    "/open//etc/passwd",
    "/open/%00",
    "/open/..\\..\\pyproject.toml",
    "/documents.json",
    "/.built",
    "/assets/../documents.json",
]


@pytest.mark.parametrize("path", PATHS)
async def test_nothing_but_the_built_files_is_served(town: Town, path: str) -> None:
    answer = await town.browser().get(path, headers={"Accept": "*/*"})
    assert answer.status_code in (400, 404), answer.text[:100]


async def test_the_open_data_may_be_read_from_every_site_and_nothing_else_may(town: Town) -> None:
    away = {"Origin": "https://elsewhere.example"}
    opened = await town.browser().get("/open/catalogue.json", headers=away)
    assert opened.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in opened.headers
    assert "set-cookie" not in opened.headers
    assert opened.headers["cache-control"] == "public, max-age=3600"
    again = await town.browser().get("/open/catalogue.json", headers={"If-None-Match": opened.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    asked = await town.browser().head("/open/catalogue.json", headers=away)
    assert (asked.status_code, asked.content) == (200, b"")
    told = ("content-type", "content-length", "etag", "cache-control", "access-control-allow-origin")
    assert [asked.headers[name] for name in told] == [opened.headers[name] for name in told]
    for path in ("/", "/index.html", "/.well-known/handover-jwks.json", "/staff/handover", "/healthz"):
        assert "access-control-allow-origin" not in (await town.browser().get(path, headers=away)).headers, path
    for method in ("POST", "PUT", "DELETE"):
        assert (await town.browser().request(method, "/open/catalogue.json")).status_code in (404, 405)


async def test_a_resident_is_no_official_at_the_amounts(hana: Person) -> None:
    answer = await hana.browser.get("/staff/amounts")
    assert answer.status_code == 303
    assert "照合" not in answer.text


LISTS = "query($n: Int! = 100) { viewer { %s } }"
INNER = "inbox(first: $n) { nodes { id } pageInfo { endCursor } }"
HUNDRED = LISTS % f"applications(first: 100) {{ nodes {{ {INNER} }} }}"
TWO = f"applications {{ nodes {{ ...I }} }} }} }} fragment I on X {{ w {{ a: {INNER} b: {INNER}"
FIRST = "first must be between 1 and 100"
SPREAD = "...V } } fragment V on X { inbox { ...C } } fragment C on X { nodes { readings { nodes { " + "a " * 30 + "} }"


@pytest.mark.parametrize(
    ("document", "variables", "why"),
    [
        (HUNDRED, {}, "lists within lists"),
        (HUNDRED, {"n": 80}, "lists within lists"),
        (LISTS % TWO, {}, "lists within lists"),
        (LISTS % SPREAD, {}, "lists within lists"),
        (LISTS % "inbox(first: $n) { nodes { id } }", {"n": 101}, FIRST),
        (LISTS % "inbox(first: 101) { nodes { id } }", {}, FIRST),
        (LISTS % f"inbox(first: {'9' * 5000}) {{ nodes {{ id }} }}", {}, FIRST),
        ("query($n: Int! = 9999999) { viewer { inbox(first: $n) { nodes { id } } } }", {}, FIRST),
    ],
)
def test_lists_within_lists_are_counted_as_often_as_they_are_asked(
    document: str, variables: dict[str, object], why: str
) -> None:
    with pytest.raises(limits.TooMuch, match=why):
        limits.check(document, variables)


def test_one_long_list_or_short_ones_within_each_other_are_answered() -> None:
    limits.check(LISTS % f"applications(first: 100) {{ nodes {{ id }} }} {INNER}")
    limits.check(LISTS % f"applications(first: 10) {{ nodes {{ {INNER} }} }}", {"n": 50})
    limits.check(LISTS % "inbox(first: $n) { nodes { id } }", {"n": None})


async def test_every_list_that_takes_first_bounds_it_by_itself_too(town: Town) -> None:
    """The front end's own documents are not measured: what they take from a variable is bounded where it is used."""
    person = await town.resident("hana")
    schema = build(introspection=True)
    lists = [
        (type_.name, name)
        for type_ in schema._schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if "first" in field.args
    ]
    assert {owner for owner, _ in lists} == {"Viewer"}, "a list elsewhere is to be asked here as well"
    for (_, name), many in product(lists, (-1, 0, 101, 2_000_000_000)):
        context = Context(town.house, dict(person.browser.cookies))
        document = f"query($n: Int!) {{ viewer {{ {name}(first: $n) {{ pageInfo {{ hasNextPage }} }} }} }}"
        result = await schema.execute(document, variable_values={"n": many}, context_value=context)
        assert "first must be between 1 and 100" in str(result.errors), (name, many)
