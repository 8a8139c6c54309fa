"""What those in a rush file and answer is taken by the real house, and phones come back as the app does."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any
from uuid import uuid4

import httpx

from infra.load.documents import built
from infra.load.visits import Phone, Told, Visitors, forms_of, questions_of
from tests.town import Person, Town


async def asks(person: Person, operation: str, **variables: object) -> httpx.Response:
    body = built().body(operation, **variables)
    return await person.browser.post("/graphql", content=body, headers={"Content-Type": "application/json"})


def data(answer: httpx.Response) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = answer.json()
    assert answer.status_code == 200, answer.text
    assert not told.get("errors"), answer.text
    return told["data"]


async def test_what_is_filed_and_answered_in_a_rush_is_taken(town: Town) -> None:
    hana = await town.resident("hana")
    await hana.fills_home()
    home = await asks(hana, "query ShowHome", since=[])
    forms, questions = forms_of(home.content), questions_of(home.content)
    assert len(forms) > 3
    kinds = []
    for form in forms:
        sent = data(await asks(hana, "mutation SubmitApplication", input={**form, "id": str(uuid4())}))
        kinds.append(sent["submitApplication"]["__typename"])
    assert kinds.count("Application") > len(forms) / 2, kinds
    answered = data(await asks(hana, "mutation AnswerQuestion", since=[], **questions[0]))
    assert answered["answerQuestion"]["__typename"] == "Home"


class FullHouse:
    """Puts everything off but WhoIsHere the first time, and answers the second."""

    def __init__(self) -> None:
        self.put_off: set[bytes] = set()
        self._free = built().body("query WhoIsHere").encode()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]))
        if body in self.put_off or body == self._free:
            writer.write(b'HTTP/1.1 200 OK\r\n\r\n{"data":{}}')
        else:
            self.put_off.add(body)
            writer.write(b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0.01\r\n\r\n{}")
        writer.close()


async def test_who_was_put_off_comes_back_and_is_counted_apart_from_who_was_not() -> None:
    house, told = FullHouse(), Told()
    async with await asyncio.start_server(house.serve, "127.0.0.1", 0) as server:
        origin = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        visitors = Visitors([Phone(origin, "__Host-session=a", built())], told, "n1", random.Random(2), first_s=0.0)
        await visitors.opens_letter(0.0)
    assert dict(told.put_off) == {"letter": 1, "letter opened": 1, "home": 1, "inbox": 1}
    assert (told.came, told.gave_up, dict(told.failed)) == (1, 0, {})
    assert (len(told.letter), len(told.home_in_the_end), len(told.home_first)) == (1, 1, 0)
    assert json.loads(built().body("query ShowHome"))["id"].encode() in b"".join(house.put_off)
