"""Her e-mail address and number: proved by what was sent there, ended by one click, and nobody else's to change."""

from __future__ import annotations

import re
from email import message_from_string
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from bff.reach.links import Links
from bff.reach_desk import failed_for_good
from infra.sandbox.faults import Mode
from notifications.channels.email import is_address
from notifications.channels.sms import number_of
from tests.reach.conftest import Mailbox
from tests.town import PLAIN, Outside, Town

ASK = """mutation($kind: ReachKind!, $address: String!) { askReach(kind: $kind, address: $address) {
    __typename ... on Reach { addresses { kind address state } } ... on FieldsRefused { fields { code } } } }"""
SHOW = "{ viewer { reach { addresses { kind address state } kinds otherGuardians steps { rung minutes } } } }"
HANA = "hana@mail.example"


@pytest.mark.parametrize(
    "odd",
    [
        "hana@mail.example\r\nBcc: everybody@mail.example",
        "hana@mail.example\nX: 1",
        "Hana <hana@mail.example>",
        '"hana x"@mail.example',
        "hana@localhost",
        "hana@@mail.example",
        "hana@mail.example,b@mail.example",
        "@mail.example",
        "hana@-mail.example",
        "花@mail.example",
        f"{'h' * 65}@mail.example",
        f"hana@{'m' * 250}.example",
        "",
    ],
)
def test_what_is_no_single_mailbox_is_never_written_to(odd: str) -> None:
    assert not is_address(odd)


def test_addresses_that_mobile_carriers_gave_out_are_taken() -> None:
    assert is_address("hana..ito.@docomo.example")
    assert is_address("a+b@x.y.example")


def test_numbers_are_told_as_the_world_writes_them() -> None:
    assert [number_of(one) for one in ("090-1234-5678", "+81 80 1234 5678")] == ["+819012345678", "+818012345678"]
    assert [number_of(one) for one in ("03-1234-5678", "0901234567", "090-1234-56789", "abc", "+1 555 0100")] == [
        None
    ] * 5


async def test_an_address_counts_once_the_link_in_its_letter_was_used(
    town: Town, mailbox: Mailbox, outside: Outside
) -> None:
    hana = await town.resident("hana")
    refused = await hana.asks(ASK, kind="EMAIL", address="hana@mail.example\r\nBcc: x@mail.example")
    assert refused["askReach"] == {"__typename": "FieldsRefused", "fields": [{"code": "email_refused"}]}

    mailbox.faults.switch("mail", Mode.ERROR)  # put off, and tried again
    asked = await hana.asks(ASK, kind="EMAIL", address=f" {HANA} ")
    assert asked["askReach"]["addresses"] == [{"kind": "EMAIL", "address": HANA, "state": "ASKED"}]
    await town.promises_are_kept()
    assert mailbox.to(HANA) == []
    mailbox.faults.switch("mail", Mode.OK)
    await town.time_passes_for_jobs()
    await town.promises_are_kept()
    letter = mailbox.last(HANA)
    assert re.fullmatch(r"back\+[a-z2-7]+@kurashimado\.example", letter.back)
    assert "伊藤" not in letter.text + letter.subject, "no name: whoever reads it may be somebody else"

    link = re.search(r"https://kurashimado\.test(/reach/confirm/\S+)", letter.text)
    assert link
    stranger = httpx.AsyncClient(transport=httpx.ASGITransport(town.asgi), base_url=town.ORIGIN)  # type: ignore[arg-type]
    looked_at = await stranger.get(link[1])  # as programs that guard mailboxes do
    assert looked_at.status_code == 200
    assert "<form" in looked_at.text
    assert (await hana.asks(SHOW))["viewer"]["reach"]["addresses"][0]["state"] == "ASKED"
    assert (await stranger.post(link[1])).status_code == 200
    assert (await hana.asks(SHOW))["viewer"]["reach"]["addresses"][0]["state"] == "CONFIRMED"

    async def shown() -> list[tuple[str, str]]:
        return [(one["address"], one["state"]) for one in (await hana.asks(SHOW))["viewer"]["reach"]["addresses"]]

    async def written_to() -> list[str]:
        async with town.house.db.house() as conn:
            hers = list(await conn.scalars(text("SELECT resident FROM reach_addresses")))[:1]
            ways = await town.house.reach_channels.known.ways(conn, hers, "email")
        return [one.address for one in ways.values()]

    for typo in ("hanna@mail.example", "hana.new@mail.example"):
        await hana.asks(ASK, kind="EMAIL", address=typo)
        assert await shown() == [(HANA, "CONFIRMED"), (typo, "ASKED")]
        assert await written_to() == [HANA], "what she had is in use until the new one is proved"
    await town.promises_are_kept()
    anew = re.search(r"/reach/confirm/\S+", mailbox.last("hana.new@mail.example").text)
    assert anew
    assert (await stranger.post(anew[0])).status_code == 200
    assert await shown() == [("hana.new@mail.example", "CONFIRMED")]
    assert await written_to() == ["hana.new@mail.example"]
    assert (await stranger.post(link[1])).status_code == 404, "the link of the old one is dead"
    for forged in (link[1][:-2] + "AA", "/reach/confirm/x", link[1].replace("confirm", "stop"), "/reach/stop/%00"):
        assert (await stranger.post(forged)).status_code == 404

    async with town.house.db.house() as conn:
        kept = (await conn.execute(text("SELECT id, address FROM reach_addresses"))).one()
    assert HANA.encode() not in kept.address
    stop = town.house.reach_links.url("stop", kept.id).removeprefix(town.ORIGIN)
    body = {"List-Unsubscribe": "One-Click"}
    one_click = await stranger.post(stop, data=body, headers={"Origin": "https://mail.example"})
    assert one_click.status_code == 200, "RFC 8058: from a mail program, without origin or cookie of ours"
    assert (await hana.asks(SHOW))["viewer"]["reach"]["addresses"][0]["state"] == "STOPPED"
    await stranger.aclose()


async def test_a_number_is_proved_by_its_code_and_a_mailbox_that_is_none_is_told(
    town: Town, mailbox: Mailbox, outside: Outside
) -> None:
    hana, confirm = await town.resident("hana"), "mutation($c: String!) { confirmReach(code: $c) { __typename } }"
    await hana.asks(ASK, kind="SMS", address="090-1234-5678")
    await hana.asks(ASK, kind="EMAIL", address="nobody@mail.example")
    await town.promises_are_kept()
    async with httpx.AsyncClient(base_url=outside.origin, verify=PLAIN) as http:
        short = next(one for one in (await http.get("/_sms")).json() if one["to"] == "+819012345678")
    code = re.search(r"[0-9]{6}", short["text"])
    assert code
    for wrong in ("", "x" * 500, f"{(int(code[0]) + 1) % 10**6:06}"):
        assert (await hana.asks(confirm, c=wrong))["confirmReach"]["__typename"] == "FieldsRefused"
    assert (await hana.asks(confirm, c=code[0]))["confirmReach"]["__typename"] == "Reach"
    shown = (await hana.asks(SHOW))["viewer"]["reach"]
    assert [one["state"] for one in shown["addresses"]] == ["BOUNCED", "CONFIRMED"]
    assert [one["rung"] for one in shown["steps"]] == ["PUSH", "OTHER_GUARDIAN", "EMAIL", "SMS", "LETTER"]

    taro = await town.resident("taro")
    assert (await taro.asks(SHOW))["viewer"]["reach"]["addresses"] == []
    last = [(await taro.asks(ASK, kind="EMAIL", address=HANA))["askReach"]["__typename"] for _ in range(4)]
    assert last == ["Reach", "Reach", "Reach", "TooManyTries"], "no mailbox is filled by us, whoever asks"


REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; hana@mail.example
Action: {action}
Status: {status}

--b--
"""


def test_a_bounce_is_believed_by_the_mailbox_it_came_back_to_and_only_when_it_is_for_good() -> None:
    ours, id = Links(b"s" * 32, "https://k.example", "k.example"), uuid4()
    back = ours.back_to(id)
    assert len(back.partition("@")[0]) <= 64
    assert ours.bounced(f"<{back.upper()}>") == id
    for odd in (back.replace("back+", "back+a"), "back+@k.example", f"back+{'a' * 39}@k.example", "x@k.example"):
        assert ours.bounced(odd) is None
    assert Links(b"t" * 32, "https://k.example", "k.example").bounced(back) is None
    for action, status, gone in (("failed", "5.1.1", True), ("delayed", "4.2.2", False), ("failed", "4.4.7", False)):
        message = message_from_string(REPORT.format(action=action, status=status))
        assert failed_for_good(message) is gone
    assert not failed_for_good(message_from_string("Subject: I am away\n\nAction: failed\nStatus: 5.1.1"))
