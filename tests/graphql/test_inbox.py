"""Hana sorts her inbox, says how she wishes to be told, and nobody else's inbox is moved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from notifications import delivery
from notifications.notice import Kind, Notice, Text
from tests.town import Person, Town

INBOX = (
    "{ viewer { home { children { key id name } } mailWishes { quietFrom quietUntil digestAt mutes } "
    " inbox { nodes { id senderKey topic revision children openedAt confirmedAt archivedAt unreadAt attachments { id }"
    " earlier { at } } } } }"
)
SORT = (
    "mutation($act: SortAct!, $ids: [ID!]!) { sortNotices(act: $act, ids: $ids) { ... on NoticesSorted { ids owed } } }"
)
FIND = (
    "query($filter: NoticeFilterInput!, $first: Int!, $after: String) { viewer {"
    " findNotices(filter: $filter, first: $first, after: $after)"
    " { nodes { id title { ja } } pageInfo { hasNextPage endCursor } } } }"
)
WISH = (
    "mutation($input: MailWishesInput!) { chooseMailWishes(input: $input) { __typename"
    " ... on MailWishes { quietFrom quietUntil digestAt mutes }"
    " ... on FieldsRefused { fields { field code message { ja } } } } }"
)


async def sorts(person: Person, act: str, *ids: str) -> list[str]:
    told: list[str] = (await person.asks(SORT, act=act, ids=list(ids)))["sortNotices"]["ids"]
    return told


async def wishes(person: Person, **input: Any) -> dict[str, Any]:
    told: dict[str, Any] = (await person.asks(WISH, input={"mutes": [], **input}))["chooseMailWishes"]
    return told


async def is_told(
    town: Town, person: Person, title: str = "児童手当の申請を受け付けました", *, ago: int = 0, **more: Any
) -> str:
    """`ago`: days."""
    id = UUID((await person.asks("{ viewer { id } }"))["viewer"]["id"])
    words, at = Text.of(title), town.house.clock() - timedelta(days=ago)
    told = Notice(uuid4(), "131032", Kind.STATUS, Text.of("くらしまど"), words, words, at)
    async with town.house.db.house() as conn:
        await delivery.tell_one(conn, town.house.defer, id, told, **more)
    return str(told.id)


async def test_many_are_sorted_at_once_and_back_again(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    await is_told(town, hana)
    seen = (await hana.asks(INBOX))["viewer"]
    (first, *_) = seen["inbox"]["nodes"]
    assert first["senderKey"] == "house"
    assert (first["revision"], first["earlier"], first["attachments"], first["children"]) == (1, [], [], [])

    async def now() -> dict[str, Any]:
        nodes = (await hana.asks(INBOX))["viewer"]["inbox"]["nodes"]
        found: dict[str, Any] = next(one for one in nodes if one["id"] == first["id"])
        return found

    nobodys = "00000000-0000-4000-8000-000000000001"
    for _ in range(2):
        assert await sorts(hana, "ARCHIVE", first["id"], nobodys, "no id") == [first["id"]]
    archived = (await now())["archivedAt"]
    assert archived is not None
    assert await sorts(ken, "UNARCHIVE", first["id"]) == []
    assert (await now())["archivedAt"] == archived
    await sorts(hana, "READ", first["id"])
    opened = (await now())["openedAt"]
    await sorts(hana, "UNREAD", first["id"])
    await sorts(hana, "UNARCHIVE", first["id"])
    after = await now()
    assert after["unreadAt"] is not None
    assert (after["archivedAt"], after["openedAt"]) == (None, opened)
    await sorts(hana, "CONFIRM", first["id"])
    assert (await now())["confirmedAt"] is not None


async def test_wishes_are_kept_whole_or_refused_with_the_field_and_her_children_have_keys(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    viewer = (await hana.asks(INBOX))["viewer"]
    assert viewer["mailWishes"] == {"quietFrom": None, "quietUntil": None, "digestAt": None, "mutes": []}
    assert [one["name"].split()[-1] for one in viewer["home"]["children"]]
    night = {"quietFrom": "22:00:00", "quietUntil": "07:00:00", "digestAt": "18:00:00", "mutes": ["topic:tax"]}
    assert await wishes(hana, **night) == {"__typename": "MailWishes", **night}
    wrong = [
        ({"quietFrom": "22:00"}, "quiet_until", "half"),
        ({"quietFrom": "22:00", "quietUntil": "22:00"}, "quiet_until", "same"),
        ({"mutes": ["everything"]}, "mutes", "mutes"),
        ({"mutes": [f"sender:{n}" for n in range(201)]}, "mutes", "mutes"),
    ]
    for input, field, code in wrong:
        (refused,) = (await wishes(hana, **input))["fields"]
        assert (refused["field"], refused["code"]) == (field, code)
        assert refused["message"]["ja"]
    assert (await hana.asks(INBOX))["viewer"]["mailWishes"] == night


async def test_what_she_still_owes_an_answer_is_not_put_away_one_by_one_either(town: Town) -> None:
    hana = await town.resident("hana")

    def asks(days: int) -> dict[str, Any]:
        until = town.house.clock() + timedelta(days=days)
        return {"kind": "consent", "questions": [], "one_is_enough": True, "until": until.isoformat()}

    asked = await is_told(town, hana, "遠足の同意", asks=asks(3))
    over = await is_told(town, hana, "前の同意", asks=asks(-3))
    plain = await is_told(town, hana)

    async def put_away(*ids: str) -> tuple[set[str], list[str]]:
        told = (await hana.asks(SORT, act="ARCHIVE", ids=list(ids)))["sortNotices"]
        return set(told["ids"]), told["owed"]

    assert await put_away(asked) == (set(), [asked])
    assert await put_away(asked, over, plain) == ({over, plain}, [asked])
    nodes = (await hana.asks(INBOX))["viewer"]["inbox"]["nodes"]
    assert {one["id"] for one in nodes if one["archivedAt"] is None} & {asked, over, plain} == {asked}
    await sorts(hana, "CONFIRM", asked)
    assert await put_away(asked) == ({asked}, [])


async def test_older_ones_are_found_by_the_phone_s_own_rules_a_bounded_number_at_a_time(town: Town) -> None:
    hana, ken = await town.resident("hana"), await town.resident("ken")
    child = uuid4()
    flu = await is_told(town, hana, "インフルエンザ予防接種", ago=30, topic="health", sender_key="ward:131032")
    trip = await is_told(town, hana, "遠足のお知らせ", ago=20, topic="school", sender_key="school:a", child=child)
    more = [await is_told(town, hana, f"給食だより {n}号", ago=10 + n, topic="school", child=child) for n in (1, 2, 3)]
    await sorts(hana, "ARCHIVE", more[2])

    async def finds(after: str | None = None, first: int = 20, **filter: Any) -> tuple[list[str], dict[str, Any]]:
        told = (await hana.asks(FIND, filter=filter, first=first, after=after))["viewer"]["findNotices"]
        return [one["id"] for one in told["nodes"]], told["pageInfo"]

    def word(text: str, *children: UUID) -> dict[str, Any]:
        return {"text": text, "children": [str(one) for one in children]}

    assert (await finds(words=[word("いんふるえんざ")]))[0] == [flu]
    assert (await finds(words=[word("ｷﾕｳｼﾖｸ"), word("２号")]))[0] == []
    assert (await finds(words=[word("給食"), word("２号")]))[0] == [more[1]]
    assert (await finds(words=[word("けん", child), word("お知らせ")]))[0] == [trip], "found by the child's name"
    assert (await finds(child=str(child), sender="school:a"))[0] == [trip]
    assert flu in (await finds(child="me", topic="health"))[0]
    assert (await finds(child=str(child), show="ARCHIVED"))[0] == [more[2]]
    assert set((await finds(child=str(child), show="UNREAD"))[0]) == {trip, *more[:2]}

    seen, place = await finds(first=2, child=str(child))
    assert (seen, place["hasNextPage"]) == (more[:2], True)
    assert (await finds(place["endCursor"], child=str(child)))[0] == [trip], "what was put away is not among them"
    theirs = (await ken.asks(FIND, filter={"child": str(child)}, first=20))["viewer"]["findNotices"]
    assert theirs["nodes"] == []
    assert theirs["pageInfo"]["hasNextPage"] is False
