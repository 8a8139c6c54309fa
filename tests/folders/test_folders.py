"""Several applications answered and signed as one: each stands alone, and each receipt proves what it was part of."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from bff.applications.canonical import canonical
from bff.applications.canonical import digest as digest_of
from bff.signing import bundle
from bff.signing.folder import read
from tests.graphql.test_applications import whole
from tests.signing.signer import arrived, at_the_app, by_openssl, filing, receipt_of, unpacked
from tests.town import Outside, Person, Town

BEGIN = (
    "mutation($input: FolderInput!, $filings: [SubmitApplicationInput!]!) {"
    " beginFolderSignature(input: $input, filings: $filings) { __typename ... on SignatureBegun { leaveBy }"
    " ... on PartsRefused { parts { place message { ja } fields { field code } form { version } } }"
    " ... on FieldsRefused { fields { field code } } } }"
)
KEEP = (
    "mutation($input: FolderInput!, $parts: [FolderPartInput!]!) { keepFolder(input: $input, parts: $parts) {"
    " __typename ... on Folder { id parts { procedure } } ... on FieldsRefused { fields { code } } } }"
)
SUBMIT = (
    "mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { __typename"
    " ... on Application { id } ... on FieldsRefused { fields { field code } } ... on StepClosed { message { ja } } } }"
)
FOLDER = (
    "query($id: ID!) { viewer { folders { id } folder(id: $id) { event name { ja } parts { procedure title { ja }"
    " application { id state receiptNumber signature { algorithm } } } } } }"
)
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
PROCEDURES = ("child_allowance_change", "newborn_visit", "pregnancy_support_first")


async def three(hana: Person) -> list[dict[str, Any]]:
    """What Hana fills in for her baby, at the same moment."""
    await hana.fills_home()
    steps = [await hana.step(one) for one in PROCEDURES]
    return [filing(step, whole(step)) for step in steps]


def folder(**more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "event": "pregnancy_birth", "completedAt": "2026-01-01T00:00:00Z", **more}


def as_part(wish: dict[str, Any]) -> dict[str, Any]:
    named = {name: wish[name] for name in ("procedure", "version", "subject", "answers")}
    sent = canonical(**named, ward="131032", completed_at=MOMENT)
    return {"application": wish["id"], "procedure": wish["procedure"], "subject": wish["subject"],
            "digest": digest_of(sent).hex()}  # fmt: skip


async def sends(person: Person, wish: dict[str, Any], **more: Any) -> dict[str, Any]:
    return dict((await person.asks(SUBMIT, input={**wish, **more}))["submitApplication"])


async def shown(person: Person, id: str) -> dict[str, Any]:
    return dict((await person.asks(FOLDER, id=id))["viewer"])


async def test_three_are_signed_once_one_fails_and_is_sent_alone_and_each_receipt_proves_its_part(
    town: Town, outside: Outside, tmp_path: Path
) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    allowance, visit, support = await three(hana)
    wanted = folder()
    bad = {**support, "answers": {**support["answers"], "applicant_phone": "12"}}
    old = {**visit, "version": "0"}
    refused = (await hana.asks(BEGIN, input=wanted, filings=[allowance, old, bad]))["beginFolderSignature"]
    by_place = {one["place"]: one for one in refused["parts"]}
    assert set(by_place) == {1, 2}, "and the allowance may go"
    assert by_place[2]["fields"] == [{"field": "applicant_phone", "code": "wrong_pattern"}]
    assert by_place[1]["form"] == {"version": visit["version"]}
    assert (await shown(hana, wanted["id"]))["folder"] is None, "nothing was kept"

    begun = (await hana.asks(BEGIN, input=wanted, filings=[allowance, visit, support]))["beginFolderSignature"]
    back = arrived(await hana.browser.get(await at_the_app(await hana.browser.get(begun["leaveBy"]), "hana")))
    assert (back.path, bool(back.signed)) == ("/together/pregnancy_birth", True)
    both = {"signature": back.signed, "folder": wanted["id"]}
    for wish in (allowance, visit):
        for _ in range(2):
            assert (await sends(hana, wish, **both))["__typename"] == "Application"
    changed = {**support, "answers": {**support["answers"], "applicant_phone": "0399998888"}}
    failed = await sends(hana, changed, **both)
    assert failed["fields"] == [{"field": "signature", "code": "signature_does_not_fit"}], "it was signed otherwise"
    seen = await shown(hana, wanted["id"])
    assert [one["application"] and one["application"]["state"] for one in seen["folder"]["parts"]] == [
        "QUEUED",
        "QUEUED",
        None,
    ]
    alone = {**changed, "id": str(uuid4())}
    assert (await sends(hana, alone, folder=wanted["id"]))["__typename"] == "Application"
    seen = await shown(hana, wanted["id"])
    signed = [one["application"]["signature"] is not None for one in seen["folder"]["parts"]]
    assert (signed, seen["folders"]) == ([True, True, False], [{"id": wanted["id"]}])

    for wish, together in ((allowance, 3), (visit, 3), (alone, 1)):
        _, packed = await receipt_of(town, hana, wish["id"])
        where = unpacked(packed, tmp_path / wish["id"])
        assert by_openssl(where)
        told = await hana.browser.post("/verify", content=packed, headers={"Content-Type": "application/zip"})
        assert (told.json()["genuine"], told.json()["together"]) == (True, together)
        if together > 1:
            assert is_listed(where), "by the command of the README alone"
            assert "妊婦" not in (where / bundle.FOLDER).read_text(), "whoever is shown one learns of no other"
            listed = read((where / bundle.FOLDER).read_bytes())
            assert (listed.id, len(listed.applications)) == (UUID(wanted["id"]), 3)
            other = packed.replace(listed.applications[2].encode(), b"0" * 64)
            refused = await hana.browser.post("/verify", content=other, headers={"Content-Type": "application/zip"})
            assert refused.json()["genuine"] is False
    await proof_reached_the_ward(outside, allowance["id"], hana)

    assert (await shown(ken, wanted["id"])) == {"folders": [], "folder": None}
    taken = (await ken.asks(KEEP, input=wanted, parts=[as_part(visit)]))["keepFolder"]
    assert taken["__typename"] == "NotFound"


def is_listed(where: Path) -> bool:
    (line,) = [one for one in (where / bundle.README).read_text("utf-8").splitlines() if one.endswith(" folder.json")]
    told = subprocess.run(["sh", "-c", line], check=False, cwd=where, capture_output=True, text=True)
    return told.stdout.strip() == "1"


async def proof_reached_the_ward(outside: Outside, id: str, hana: Person) -> None:
    """The ward can try it alone: what was signed lists the digest of what it got."""
    async with httpx.AsyncClient(base_url=outside.origin, headers={"Accept": "application/json"}) as http:
        rows = (await http.get("/_ward")).json()
    numbers = await hana.asks("query($id: ID!) { viewer { application(id: $id) { receiptNumber digest } } }", id=id)
    sent = numbers["viewer"]["application"]
    signed = [row["signature"] for row in rows if row["receipt_number"] == sent["receiptNumber"] and row["signature"]]
    assert any(sent["digest"] in json.loads(one["folder"] or '{"applications": []}')["applications"] for one in signed)


async def test_what_is_sent_together_without_a_signature_is_kept_first_and_badly_made_folders_are_refused(
    town: Town,
) -> None:
    hana = await town.resident("hana")
    wishes = await three(hana)
    parts, wanted = [as_part(one) for one in wishes], folder()
    for wrong, code in (
        ({"parts": []}, "parts_number"),
        ({"parts": [*parts, parts[0]]}, "part_twice"),
        ({"parts": [{**parts[0], "digest": "00"}]}, "unknown_procedure"),
        ({"parts": [{**parts[0], "procedure": "nothing"}]}, "unknown_procedure"),
        ({"input": {**wanted, "event": "nothing"}}, "unknown_event"),
        ({"input": {**wanted, "digest": "00"}}, "digest_differs"),
        ({"input": {**wanted, "id": "1"}}, "wrong_type"),
        ({"input": {**wanted, "completedAt": "0001-01-01T00:00:00+14:00"}}, "wrong_type"),
        ({"input": {**wanted, "completedAt": "9999-12-31T23:59:59-14:00"}}, "wrong_type"),
    ):
        told = (await hana.asks(KEEP, **{"input": wanted, "parts": parts, **wrong}))["keepFolder"]
        assert told["fields"] == [{"code": code}], wrong
    for _ in range(2):
        kept = (await hana.asks(KEEP, input=wanted, parts=parts))["keepFolder"]
        assert [one["procedure"] for one in kept["parts"]] == list(PROCEDURES)
    assert (await sends(hana, wishes[1], folder=wanted["id"]))["__typename"] == "Application"
    assert (await sends(hana, {**wishes[0], "folder": str(uuid4())}))["__typename"] == "Application", (
        "a folder that never came keeps nothing from its ward"
    )
    _, packed = await receipt_of(town, hana, wishes[1]["id"])
    assert len(read(bundle.read(packed).files[bundle.FOLDER]).applications) == len(PROCEDURES)
    need = await hana.asks("{ viewer { needsOfAll(procedures: [" + ",".join(f'"{one}"' for one in PROCEDURES) + "]) {"
                           " identity authentication isMet } } }")  # fmt: skip
    assert need["viewer"]["needsOfAll"]["isMet"] is True
