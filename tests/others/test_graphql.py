"""A second resident, nobody, and a delegate out of her scope try everything of Hana's: no answer holds anything of
hers, and nothing of hers is changed."""

from __future__ import annotations

from typing import Any

from tests.family.people import FORM, LOOK, SEND, does
from tests.others.hers import Hers, changes, inputs, kept_of, life
from tests.others.tried import FIELDS, MUTATIONS, OWN, SUBSCRIPTIONS
from tests.others.whole import SCHEMA, questions_about, taking, whole
from tests.town import Outside, Person, Town

NOBODY = "SignInNeeded"
BY_LINK = {"Query.task", "Query.copy", "doTask", "declineTask"}
"""For whoever holds a link, without a login."""


def test_every_field_that_is_told_something_and_every_mutation_is_tried() -> None:
    roots = {name: kind for name in ("Mutation", "Subscription") if (kind := SCHEMA.type_map[name])}
    assert set(FIELDS) == {one for one in taking() if one.partition(".")[0] not in roots}
    assert set(MUTATIONS) == set(roots["Mutation"].fields)  # type: ignore[attr-defined]
    assert set(SUBSCRIPTIONS) == set(roots["Subscription"].fields)  # type: ignore[attr-defined]


async def asked(person: Person, document: str) -> tuple[str, dict[str, Any]]:
    answer = await person.browser.post("/graphql", json={"query": document}, headers={"Accept": "application/json"})
    return answer.text, answer.json()


def document(name: str, call: str) -> str:
    root, _, field = name.rpartition(".")
    if root == "Home":
        return f"{{ viewer {{ {call} }} }}"
    kind = SCHEMA.type_map[root or "Mutation"].fields[field]  # type: ignore[attr-defined]
    inner = f"it: {call} {whole(kind)}"
    return {"Query": f"{{ {inner} }}", "Viewer": f"{{ viewer {{ {inner} }} }}"}.get(root, f"mutation {{ {inner} }}")


def ended(body: dict[str, Any]) -> str:
    """How it ended, in one word: the type of the answer, null, or the error."""
    if body.get("errors"):
        return f"error: {body['errors'][0]['message']}"
    data = body["data"]
    it = data["it"] if "it" in data else data["viewer"] and data["viewer"].get("it", data["viewer"])
    return "null" if it is None else str(it.get("__typename", OWN)) if isinstance(it, dict) else OWN


def to_nobody(name: str) -> str:
    return "NotFound" if name in BY_LINK else "null" if "." in name else NOBODY


async def tries(person: Person, hers: Hers, *, who: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """What went wrong with everything that `person` tried."""
    wrong = []
    for name, (call, expected) in {**FIELDS, **MUTATIONS}.items():
        told, body = await asked(person, document(name, call.format(**hers.ids)))
        end = ended(body)
        meant = expected if who != "nobody" else to_nobody(name)
        if end not in meant.split() and (meant != OWN or end.startswith("error")):
            wrong.append(f"{who}, {name}: {end}, not {meant}: {told[:300]}")
        if seen := hers.seen_in(told, allowed=allowed):
            wrong.append(f"{who}, {name} tells {seen}: {told[:300]}")
    return wrong


async def listens(person: Person, hers: Hers, *, who: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    wrong = []
    for name, (call, _) in SUBSCRIPTIONS.items():
        inner = "remaining" if name == "recordsRefreshed" else "remaining home { answeredAt }"
        answer = await person.browser.post(
            "/graphql",
            json={"query": f"subscription {{ {call} {{ {inner} }} }}"},
            headers={"Accept": "text/event-stream"},
        )
        if hers.seen_in(answer.text, allowed=allowed) or (who == "nobody" and '"remaining"' in answer.text):
            wrong.append(f"{who}, {name}: {answer.text[:300]}")
    return wrong


async def sees_herself(hana: Person, hers: Hers) -> None:
    """So that what the others do not see is known to be there."""
    told = "".join([(await asked(hana, one))[0] for one in questions_about(SCHEMA.type_map["Viewer"])])  # type: ignore[arg-type]
    unseen = {hers.ids[one] for one in ("upload", "signature", "merge")}
    assert set(hers.marks) - set(hers.seen_in(told)) == unseen


async def looks_round(person: Person, hers: Hers, *, who: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Everything the schema has about a viewer."""
    wrong = []
    for document in questions_about(SCHEMA.type_map["Viewer"]):  # type: ignore[arg-type]
        told, body = await asked(person, document)
        if body.get("errors") or (who == "nobody" and body["data"]["viewer"] is not None):
            wrong.append(f"{who}, {document[:80]}: {told[:300]}")
        if seen := hers.seen_in(told, allowed=allowed):
            wrong.append(f"{who}, {document[:80]} tells {seen}")
    return wrong


async def test_nobody_else_sees_or_changes_anything_of_hanas(town: Town, outside: Outside) -> None:
    """Two things move, as they are meant to: an invitation that three others have tried is worth nothing any more, and
    who holds the secret push address and keys of her phone is on her phone."""
    hana, morimoto, ken = [await town.resident(one) for one in ("hana", "morimoto", "ken")]
    hers = await life(town, outside, hana, morimoto)
    await sees_herself(hana, hers)
    before = await kept_of(town, hers.resident)
    shown = frozenset({hers.ids["mandate"], "佐藤", "佐藤 はな"})
    callers = (
        (Person(town.browser()), "nobody", frozenset[str]()),
        (ken, "ken", frozenset[str]()),
        (morimoto, "morimoto", shown),
    )
    wrong = []
    await ken.fills_home()
    await morimoto.fills_home()
    wrong += await delegate_goes_further(hana, morimoto, hers)
    for person, who, allowed in callers:
        wrong += await looks_round(person, hers, who=who, allowed=allowed)
        wrong += await listens(person, hers, who=who, allowed=allowed)
        wrong += await tries(person, hers, who=who, allowed=allowed)
    await town.promises_are_kept()
    assert not wrong, "\n".join(wrong)
    meant = (hers.ids["knocked"], hers.ids["endpoint"])
    changed = changes(before, await kept_of(town, hers.resident), *meant)
    assert not changed, "\n".join(changed)


async def delegate_goes_further(hana: Person, morimoto: Person, hers: Hers) -> list[str]:
    """By a mandate that holds: steps of others, her applications, her notices, another ending."""
    mandate, wrong = hers.ids["mandate"], []
    seen = await does(morimoto, LOOK, mandate=mandate)
    if (seen["applications"], [one for one in seen["steps"] if not one["id"].endswith(":m-1005")]) != ([], []):
        wrong.append(f"represented tells {seen}")
    home = await hana.asks("{ viewer { home { bundles { steps { id } more { id } } } } }")
    steps = {one["id"] for bundle in home["viewer"]["home"]["bundles"] for one in bundle["steps"] + bundle["more"]}
    beyond = {step for step in steps if not step.endswith(":m-1005")}
    assert len(beyond) > 5
    for step in beyond:
        end = (await does(morimoto, FORM, mandate=mandate, step=step))["__typename"]
        procedure, _, subject = step.partition(":")
        sent = inputs(hers, procedure=procedure, subject=subject or None)
        ends = (end, (await does(morimoto, SEND, onBehalf=mandate, input=sent))["__typename"])
        if set(ends) - {"Denied", "NotFound"}:
            wrong.append(f"morimoto, {step}: {ends}")
    return wrong
