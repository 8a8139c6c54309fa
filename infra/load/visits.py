"""What phones do when the app is opened, over HTTP: they ask in the app's own order, and come back as the app does when
they are put off (`pwa/data/patience.ts`)."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from infra.load.documents import Documents
from infra.load.residents import token_of

PATIENCE_S: Final = 15.0
FIRST_S, LONGEST_S = 5.0, 300.0
TRIES: Final = 8
PUT_OFF: Final = (429, 503)
CREATED: Final = 201
WARD: Final = "131032"
"""Of the demo city, in which most of it lives."""
OPEN: Final = ("DUE", "OPEN")
REFRESHES: Final = 0.2
"""Share of visits whose facts are old, so that the sources are asked anew."""


@dataclass(frozen=True)
class Answer:
    """Status 0: none came in time. `wait`: seconds of Retry-After."""

    status: int
    wait: float
    body: bytes

    @property
    def is_whole(self) -> bool:
        return self.status in (200, 201) and b'"errors"' not in self.body


@dataclass
class Told:
    """What became of all visits. Seconds from when she meant to come; `waited`: for home, with having been put off."""

    came: int = 0
    home_first: list[float] = field(default_factory=list)
    home_in_the_end: list[float] = field(default_factory=list)
    letter: list[float] = field(default_factory=list)
    form: list[float] = field(default_factory=list)
    put_off: Counter[str] = field(default_factory=Counter)
    gave_up: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    filed: int = 0
    logins: int = 0


class Phone:
    """One session; a connection is opened for each visit, as a phone does."""

    def __init__(self, origin: str, cookie: str, documents: Documents) -> None:
        self._to, self._cookie, self._documents = urlsplit(origin), cookie, documents

    async def ask(self, operation: str, *, stream: bool = False, **variables: object) -> Answer:
        body = self._documents.body(operation, **variables).encode()
        accept = "text/event-stream" if stream else "application/json"
        return await self.send("POST", "/graphql", body, "application/json", Accept=accept)

    async def send(self, verb: str, path: str, body: bytes, kind: str, **more: str) -> Answer:
        try:
            async with asyncio.timeout(PATIENCE_S * 2 if "event-stream" in more.get("Accept", "") else PATIENCE_S):
                return await self._sent(verb, path, body, kind, more)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            return Answer(0, 0.0, b"")

    async def _sent(self, verb: str, path: str, body: bytes, kind: str, more: Mapping[str, str]) -> Answer:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._to.port)
        lines = [f"{verb} {path} HTTP/1.1", f"Host: {self._to.netloc}", f"Content-Length: {len(body)}"]
        lines += ["Connection: close", f"Origin: {self._to.scheme}://{self._to.netloc}", f"Content-Type: {kind}"]
        lines += [f"Cookie: {self._cookie}", f"X-Kurashimado-Token: {token_of(self._cookie)}"]
        lines += [f"{name}: {value}" for name, value in more.items()]
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            head, _, rest = (await reader.read(-1)).partition(b"\r\n\r\n")
        finally:
            writer.close()
        names = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
        return Answer(int(head[9:12] or 0), float(names.get(b"retry-after", b"0")), rest)


Asked = tuple[Phone, dict[str, Any]]
"""Whose it is, and what is sent."""


class Visitors:
    """`letter`: what the push leads to; `chance`: seeded, so that two runs ask alike; `first_s`: the shortest pause."""

    def __init__(
        self, phones: Sequence[Phone], told: Told, letter: str, chance: random.Random, first_s: float = FIRST_S
    ) -> None:
        self._phones, self._told, self._letter = phones, told, letter
        self._chance, self._first_s = chance, first_s

    async def opens_letter(self, meant: float) -> None:
        """A push was touched: the letter at once, the rest of the app beside it."""
        phone, told = self._chance.choice(self._phones), self._told
        told.came += 1
        if not self._heard("who is here", await phone.ask("query WhoIsHere")):
            return
        if await self._patiently(phone, "query ShowNotice", "letter", id=self._letter) is None:
            return
        told.letter.append(time.perf_counter() - meant)
        await asyncio.gather(
            self._patiently(phone, "mutation OpenNotice", "letter opened", id=self._letter),
            self._home(phone, meant),
            self._patiently(phone, "query ShowInbox", "inbox"),
        )

    async def opens_home(self, meant: float) -> None:
        """The app was touched; now and then its facts are old."""
        phone = self._chance.choice(self._phones)
        self._told.came += 1
        if self._heard("who is here", await phone.ask("query WhoIsHere")):
            lists = [self._patiently(phone, f"query {name}", name) for name in ("ShowInbox", "ShowApplications")]
            await asyncio.gather(self._home(phone, meant), *lists)

    async def looks_for_shelter(self, meant: float) -> None:
        """The emergency pack's files of her ward, with home beside them."""
        phone = self._chance.choice(self._phones)
        for path in (f"/open/facilities/{WARD}.json", "/emergency"):
            self._heard("shelters", await phone.send("GET", path, b"", "text/plain", Accept="text/html, */*"))
        await self.opens_home(meant)

    async def _home(self, phone: Phone, meant: float) -> None:
        tries = await self._patiently(phone, "query ShowHome", "home")
        if tries is None:
            return
        waited = time.perf_counter() - meant
        self._told.home_in_the_end.append(waited)
        if tries == 0:
            self._told.home_first.append(waited)
        if self._chance.random() < REFRESHES:
            answer = await phone.ask("subscription RefreshHome", stream=True)
            if answer.status in PUT_OFF:
                self._told.put_off["refresh"] += 1
            else:
                self._heard("refresh", answer)

    async def _patiently(self, phone: Phone, operation: str, name: str, **variables: Any) -> int | None:
        """How often it was put off before it was answered; None: never was."""
        for tries in range(TRIES):
            answer = await phone.ask(operation, **variables)
            if answer.status not in PUT_OFF:
                return tries if self._heard(name, answer) else None
            self._told.put_off[name] += 1
            if answer.wait <= 0:
                self._told.failed[f"{name}: put off without a time"] += 1
            pause = max(answer.wait, min(self._first_s * 2**tries, LONGEST_S)) * (1 + self._chance.random() / 2)
            await asyncio.sleep(pause)
        self._told.gave_up += 1
        return None

    def _heard(self, what: str, answer: Answer) -> bool:
        if not answer.is_whole:
            self._told.failed[f"{what}: {answer.status or 'nothing came'}"] += 1
        return answer.is_whole


class Filers:
    """Those who are in a form: nothing of theirs may be put off. `forms`: what can be filed, with whole answers;
    `questions`: who can be asked what, when all has been filed."""

    def __init__(self, forms: list[Asked], questions: Sequence[Asked], told: Told) -> None:
        self._forms, self._questions, self._told, self._photo = forms, questions, told, _photo()

    async def files(self, meant: float) -> None:
        """Who is here, a picture, and the form or else an answer, after which the whole home is judged anew."""
        told, is_form = self._told, bool(self._forms)
        phone, given = self._forms.pop() if is_form else self._questions[len(told.form) % len(self._questions)]
        said = {"Idempotency-Key": str(uuid4())}
        asked = {
            "who is here": await phone.ask("query WhoIsHere"),
            "picture": await phone.send("POST", "/uploads", self._photo, "application/octet-stream", **said),
        }
        if asked["picture"].status == CREATED:  # of each person only so many are kept
            path = f"/uploads/{json.loads(asked['picture'].body)['id']}"
            asked["picture taken out"] = await phone.send("DELETE", path, b"", "application/json")
        if is_form:
            asked["form"] = await phone.ask("mutation SubmitApplication", input={**given, "id": str(uuid4())})
            told.filed += b'"__typename":"Application"' in asked["form"].body
        else:
            asked["answer"] = await phone.ask("mutation AnswerQuestion", since=[], **given)
        for what, answer in asked.items():
            if not answer.is_whole:
                told.failed[f"in a form, {what}: {answer.status or 'nothing came'}"] += 1
        told.form.append(time.perf_counter() - meant)


def _photo() -> bytes:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (640, 480), "white").save(made, "JPEG")
    return made.getvalue()


def forms_of(home: bytes) -> list[dict[str, Any]]:
    """What of a home can be filed, with an answer to every question that has to be answered."""
    told = json.loads(home)["data"]["viewer"]["home"]
    steps = [step for bundle in told["bundles"] for step in (*bundle["steps"], *bundle["more"])]
    once = {(step["procedure"], str(step["subject"])): step for step in steps if step["form"] and step["state"] in OPEN}
    return [_whole(step) for step in once.values() if not step["application"]]


def questions_of(home: bytes) -> list[dict[str, Any]]:
    """What she can say yes to, though it be said again and again."""
    told = json.loads(home)["data"]["viewer"]["home"]
    asked = [one["question"] for one in (*told["nextQuestions"], *told["answers"])]
    return [{"fact": one["fact"], "value": True} for one in asked if one["kind"] == "YES_NO"]


def _whole(step: Mapping[str, Any]) -> dict[str, Any]:
    form = step["form"]
    fields = [one for section in form["sections"] for one in section["fields"]]
    answers = {one["id"]: one["prefill"]["value"] for one in fields if one["prefill"]}
    for one in fields:
        hidden = one["showIf"] and answers.get(one["showIf"]["field"]) != one["showIf"]["equals"]
        if one["id"] not in answers and one["required"] and not hidden:
            answers[one["id"]] = _written(one)
    asked = {"procedure": form["procedure"], "version": form["version"], "subject": form["subject"]}
    return {**asked, "answers": answers, "completedAt": "2026-01-01T00:00:00Z", "attachments": []}


def _written(one: Mapping[str, Any]) -> object:
    choices = [choice["value"] for choice in one["choices"] or ()]
    return {
        "TEXT": "あおば商店",
        "LONG_TEXT": "とくにありません",
        "KANA": "アオバ",
        "PHONE": "0312345678",
        "POSTAL_CODE": "1050014",
        "NUMBER": "0001234567"[: one["maxLength"] or 10],
        "YES_NO": True,
        "AGREEMENT": True,
        "DATE": one["minDate"] or one["maxDate"],
        "CHOICE": choices[:1] and choices[0],
        "MANY_CHOICE": choices,
    }[one["kind"]]
