"""People who go on living while something breaks: each reads her home and says from when on it shall be quiet, again
and again, as her phone does; what was answered with a yes is written down here, and must be there afterwards."""

from __future__ import annotations

import io
import json
import ssl
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx

from infra.load.city import City
from infra.load.residents import TOKEN, log_in, token_of

HOME: Final = "{ viewer { name home { bundles { steps { id } } } } }"
WISH: Final = (
    'mutation($from: Time!) { chooseMailWishes(input: { quietFrom: $from, quietUntil: "06:00", mutes: [] })'
    " { __typename } }"
)
CONSENTS: Final = "{ viewer { consents { consents { id isOfHome filling { id } } } } }"
DECIDE: Final = "mutation($yes: [ID!]!) { decideConsents(yes: $yes, no: []) { __typename } }"
REFRESH: Final = "subscription { refreshHome(anew: true) { settled remaining } }"
STEPS: Final = (
    "{ viewer { home { bundles { steps { id procedure subject { id }"
    " form { version sections { fields { id kind required maxLength minDate maxDate showIf { field equals }"
    " choices { value } prefill { value } } } } } } } } }"
)
SUBMIT: Final = (
    "mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { __typename"
    " ... on Application { receiptNumber } ... on FieldsRefused { fields { field code } } } }"
)
MADE_UP: Final = {
    "TEXT": "あおば商店",
    "LONG_TEXT": "とくにありません",
    "KANA": "アオバ",
    "PHONE": "0312345678",
    "POSTAL_CODE": "1050014",
    "NUMBER": "0001234567",
    "YES_NO": True,
    "AGREEMENT": True,
}


HTTP: Final = httpx.Client(timeout=30, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
"""For all of them: plain http, and no roots of the web read for each question."""


@dataclass
class Resident:
    """`doors`: the web processes; one that does not open is passed by, as a balancer does. `saw`: how her phone was
    answered; `kept`: the last answer of hers that the house said yes to, `tried` the one it
    was asked to keep and has not answered yet."""

    persona: str
    city: City
    cookie: str
    doors: tuple[str, ...]
    saw: Counter[str] = field(default_factory=Counter)
    kept: str = ""
    tried: str = ""
    longest_wait: float = 0.0
    turn: int = 0

    def asks(self, query: str, **variables: object) -> dict[str, Any]:
        """Raises `Unanswered`; a phone tries the same again."""
        answer = self._through({"query": query, "variables": variables})
        if answer.status_code != 200:  # noqa: PLR2004
            later = "come again later" if "retry-after" in answer.headers else "no reason"
            raise Unanswered(f"{answer.status_code} {later}")
        told = answer.json()
        if told.get("errors"):
            raise Unanswered("an error without a reason")
        return dict(told["data"])

    def _through(self, body: dict[str, Any]) -> httpx.Response:
        self.turn += 1
        for place in range(len(self.doors)):
            door = self.doors[(self.turn + place) % len(self.doors)]
            try:
                return HTTP.post(f"{door}/graphql", json=body, headers=self._headers())
            except httpx.ConnectError:
                continue
            except httpx.TransportError as gone:
                raise Unanswered("a line that broke") from gone
        raise Unanswered("no line")

    def agrees_and_fills(self) -> None:
        told = self.asks(CONSENTS)["viewer"]["consents"]["consents"]
        home = [one for one in told if one["isOfHome"]]
        self.asks(DECIDE, yes=[one["id"] for one in (*home, *(one["filling"] for one in home if one["filling"]))])
        self.refreshes()

    def refreshes(self) -> str:
        headers = {**self._headers(), "Accept": "text/event-stream"}
        return HTTP.post(f"{self.city.origin}/graphql", json={"query": REFRESH}, headers=headers).text

    def steps(self) -> list[dict[str, Any]]:
        return [step for bundle in self.asks(STEPS)["viewer"]["home"]["bundles"] for step in bundle["steps"]]

    def takes_all(self) -> dict[str, Any]:
        answer = HTTP.get(f"{self.city.origin}/account/data.zip", headers=self._headers())
        with zipfile.ZipFile(io.BytesIO(answer.raise_for_status().content)) as pack:
            return dict(json.loads(pack.read("data.json"))["tables"])

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Origin": self.city.origin, TOKEN: token_of(self.cookie)}


class Unanswered(Exception):
    """What her phone was told instead of an answer."""


def comes(city: City, persona: str, doors: tuple[str, ...]) -> Resident:
    resident = Resident(persona, city, log_in(city, persona), doors)
    resident.agrees_and_fills()
    return resident


@contextmanager
def going_on(residents: list[Resident]) -> Iterator[None]:
    """In the block they live beside whatever happens; at its end each has tried until she was answered."""
    over = threading.Event()
    for one in residents:
        one.saw.clear()
        one.longest_wait = 0.0
    threads = [threading.Thread(target=_lives, args=(one, over)) for one in residents]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _lives(one: Resident, over: threading.Event) -> None:
    turn, answered = 0, time.monotonic()
    while not over.is_set() or one.tried:
        try:
            one.asks(HOME)
            one.tried = one.tried or f"{20 + turn // 60 % 4}:{turn % 60:02}"
            if one.asks(WISH, **{"from": one.tried})["chooseMailWishes"]["__typename"] != "MailWishes":
                raise RuntimeError(f"{one.persona} was refused")
            one.kept, one.tried, turn = one.tried, "", turn + 1
            one.saw["answered"] += 1
            answered = time.monotonic()
        except Unanswered as why:
            one.saw[str(why)] += 1
            one.longest_wait = max(one.longest_wait, time.monotonic() - answered)
        time.sleep(0.1)


def lost(residents: list[Resident]) -> list[str]:
    """Of each who has not what she was told is kept."""
    missing = []
    for one in residents:
        has = [row["quiet_from"][:5] for row in one.takes_all()["mail_wishes"]["rows"]]
        if one.kept and has != [one.kept]:
            missing.append(f"{one.persona}: {one.kept}, {has} is there")
    return missing


def application(step: dict[str, Any]) -> dict[str, Any]:
    """What she sends: known values as they are, else made-up ones; the same id however often it is tried."""
    fields = [one for section in step["form"]["sections"] for one in section["fields"]]
    answers = {one["id"]: one["prefill"]["value"] for one in fields if one["prefill"]}
    for one in fields:
        hidden = one["showIf"] and answers.get(one["showIf"]["field"]) != one["showIf"]["equals"]
        if one["id"] not in answers and one["required"] and not hidden:
            choices = [choice["value"] for choice in one["choices"]]
            chosen = choices if one["kind"] == "MANY_CHOICE" else choices[0] if choices else None
            answers[one["id"]] = MADE_UP.get(one["kind"], chosen or one["minDate"] or one["maxDate"])
    return {
        "id": str(uuid4()),
        "procedure": step["procedure"],
        "version": step["form"]["version"],
        "subject": step["subject"] and step["subject"]["id"],
        "answers": answers,
        "completedAt": "2026-01-01T00:00:00Z",
    }
