"""What people say to the family room, and a mandate made the way people make one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.town import Person, Town

TEXT = "{ ja easy en }"
MANDATE = (
    f"id kind state forMe other givenBy about endsOn mayEnd maySend items {TEXT} hidden {TEXT} written {{ value }}"
)
REFUSED = "__typename ... on Refusal { message { ja easy en } }"
FIELDS = f"{REFUSED} ... on FieldsRefused {{ fields {{ field code }} }}"
INVITE = (
    "mutation($input: InviteInput!) { it: inviteDelegate(input: $input) {"
    f" {FIELDS} ... on Invited {{ code mandate {{ {MANDATE} }} }} }} }}"
)
ACCEPT = f"mutation($code: String!) {{ it: acceptMandate(code: $code) {{ {REFUSED} ... on Mandate {{ {MANDATE} }} }} }}"
DECLINE = ACCEPT.replace("acceptMandate", "declineMandate")
END = f"mutation($id: ID!) {{ it: endMandate(id: $id) {{ {REFUSED} ... on Mandate {{ {MANDATE} }} }} }}"
ASK = (
    "mutation($kind: ID!, $ward: ID!, $wanted: String!) {"
    " it: askConfirmation(kind: $kind, ward: $ward, wanted: $wanted)"
    f" {{ {FIELDS} ... on Mandate {{ {MANDATE} }} }} }}"
)
LOOK = (
    "query($mandate: ID!) { viewer { it: represented(mandate: $mandate) {"
    f" {REFUSED} ... on Represented {{ name giver steps {{ id state due canSend name {{ ja }} }}"
    " applications { id title { ja } state history { at text { ja } } byRepresentative }"
    " notices { id title { ja } } hidden { ja } } } } }"
)
FORM = (
    "query($mandate: ID!, $step: ID!) { viewer { it: representedForm(mandate: $mandate, step: $step) {"
    f" {REFUSED} ... on RepresentedForm {{ withheld {{ ja }} form {{ version schema sections {{ fields {{"
    " id kind required maxLength minDate maxDate showIf { field equals } term choices { value }"
    " prefill { value source } } } } } } } }"
)
SEND = (
    "mutation($onBehalf: ID!, $input: SubmitApplicationInput!) {"
    f" it: submitOnBehalf(onBehalf: $onBehalf, input: $input) {{ {FIELDS}"
    " ... on SentOnBehalf { id receiptNumber } } }"
)
FAMILY = (
    f"{{ viewer {{ family {{ actsFor {{ {MANDATE} }} actedForBy {{ {MANDATE} }} aboutMe {{ {MANDATE} }}"
    f" members {{ id name isChild }}"
    f" children {{ id name ofAgeOn seesFrom hasOwnAccount others }} rights {TEXT}"
    f" kinds {{ id byWard about scopes {{ id }} }} }} }} }}"
)
TASK = "query($code: String!) { it: task(code: $code) { __typename ... on Task { about title { ja } fields { id } } } }"
SEEN = (
    "{ viewer { seenByGuardians { watchers { name kind { ja } until } steps { ja } applications { title { ja } } } } }"
)
KAZUKO, SORA = "m-1005", "m-1003"


async def does(person: Person, document: str, **variables: Any) -> dict[str, Any]:
    """The one answer named `it`, of a mutation or of the viewer."""
    data = await person.asks(document, **variables)
    return dict(data["it"] if "it" in data else data["viewer"]["it"])


async def family_of(person: Person) -> dict[str, Any]:
    return dict((await person.asks(FAMILY))["viewer"]["family"])


def wish(town: Town, like: str, **changes: Any) -> dict[str, Any]:
    """What Hana gives: a care manager for Kazuko, her mother for Sora, her employer the one paper."""
    whole: dict[str, dict[str, Any]] = {
        "care_manager": {"to": "森本 恵", "person": KAZUKO, "bundles": ["care"], "purpose": "care_applications"},
        "grandparent": {"to": "小川幸子", "person": SORA, "bundles": ["childcare", "school"], "purpose": "daily_help"},
        "relative_abroad": {"to": "小川 幸子", "person": KAZUKO, "bundles": ["care"], "purpose": "keeping_watch"},
        "employer": {"to": "みどり商事", "person": None, "bundles": [], "purpose": "employment_certificate"},
    }
    wanted = {"kind": like, **whole[like], "endsOn": str(town.house.today() + timedelta(days=30)), **changes}
    return {"personAgrees": wanted["person"] == KAZUKO, **wanted}


async def given(town: Town, giver: Person, taker: Person, kind: str, **changes: Any) -> str:
    """The id of a mandate that the one has offered and the other accepted."""
    invited = await does(giver, INVITE, input=wish(town, kind, **changes))
    assert invited["__typename"] == "Invited", invited
    accepted = await does(taker, ACCEPT, code=invited["code"])
    assert accepted["__typename"] == "Mandate", accepted
    return str(accepted["id"])


async def readings(person: Person) -> list[dict[str, Any]]:
    data = await person.asks(
        "{ viewer { readings(first: 100) { nodes {"
        " source sourceName { ja } who { ja } case purpose { ja } basis { ja } outcome { ja } } } } }"
    )
    return [one for one in data["viewer"]["readings"]["nodes"] if one["source"] == "house"]
