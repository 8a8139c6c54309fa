"""A town to test in: the house in this process, people who log in through the real flow, jobs kept on demand."""

from __future__ import annotations

import base64
import json
import os
import re
import ssl
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import httpx
from procrastinate import App, PsycopgConnector
from sqlalchemy import text

from bff import demo_keys, demo_providers, journeys, settings, wiring
from bff.app import application
from bff.guards import Gate
from bff.guards.gate import HEADER, SAFE, cookie_at
from bff.settings import Settings
from life_events import Catalogue, load_catalogue
from tests.hanging import hung_for
from tests.identity.authenticator import Authenticator
from tests.staff.passkeys import authenticator, shows

ROUNDS = 2
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For stand-ins that speak plain http: the roots of the whole web are not read for them again and again."""


@dataclass(frozen=True)
class Outside:
    """The outside world's switches; `exchange` is where the security server is."""

    origin: str
    exchange: str

    async def mode(self, service: str, mode: str) -> None:
        async with httpx.AsyncClient(base_url=self.origin, verify=PLAIN) as http:
            (await http.post(f"/_faults/{service}", json={"mode": mode})).raise_for_status()

    async def everything_answers(self) -> None:
        async with httpx.AsyncClient(base_url=self.origin, verify=PLAIN) as http:
            state = (await http.get("/_faults", headers={"Accept": "application/json"})).json()
            for service, mode in state.items():
                if mode != "ok":
                    await http.post(f"/_faults/{service}", json={"mode": "ok"})

    async def ward_moves(self, number: str, state: str, note: str = "", fields: str = "") -> None:
        """The ward's official moves an application in the ward's own system; `fields`: ids of what goes back."""
        async with httpx.AsyncClient(base_url=self.origin, verify=PLAIN) as http:
            answer = await http.post(
                f"/_ward/applications/{number}", json={"state": state, "note": note or None, "fields": fields}
            )
            answer.raise_for_status()


def make_keys(folder: Path) -> None:
    demo_keys.make(settings.read({"KURASHIMADO_VAR": str(folder)}), wiring.now())


def settle(database_url: str, outside: Outside, keys: Path, var: Path, **more: str) -> Settings:
    """Settings of a test town; `more` are KURASHIMADO_* names without the prefix. What needs a signature may go without
    where signing is not what is tried; tests/signing tries the rest."""
    environ = {
        "DATABASE_URL": database_url,
        "SANDBOX_ORIGIN": outside.origin,
        "KURASHIMADO_EXCHANGE_URL": outside.exchange,
        "KURASHIMADO_EXCHANGE_KEY": str(keys / "exchange_key.pem"),
        "KURASHIMADO_EXCHANGE_CERTIFICATE": str(keys / "exchange.pem"),
        "KURASHIMADO_EXCHANGE_ROOTS": str(keys / "exchange" / "root.pem"),
        "KURASHIMADO_ORIGIN": Town.ORIGIN,
        "KURASHIMADO_ASSETS": os.environ.get("KURASHIMADO_ASSETS", "pwa/dist"),
        "KURASHIMADO_VAR": str(var),
        "KURASHIMADO_OIDC_KEYS": str(keys / "oidc_keys"),
        "KURASHIMADO_VAPID_KEY": str(keys / "vapid_key.pem"),
        "KURASHIMADO_EVIDENCE_KEY": str(keys / "evidence_key.pem"),
        "KURASHIMADO_EVIDENCE_CERTIFICATE": str(keys / "evidence.pem"),
        "KURASHIMADO_TIME_STAMP_ROOTS": str(keys / "time_stamps" / "tsa_root.pem"),
        "KURASHIMADO_WARD_SEAL_ROOTS": str(keys / "ward_seals" / "root.pem"),
        "KURASHIMADO_PROVIDERS": str(demo_providers.write(var, outside.origin, _shipped().wards)),
        "KURASHIMADO_HANDOVER_KEYS": str(keys / "handover_key.pem"),
        "KURASHIMADO_OPEN_GRAPHQL": "1",
        "KURASHIMADO_STATUS_EVERY": "0",
        "KURASHIMADO_UNSIGNED": "1",
        "KURASHIMADO_REFRESH_RESTS": "0",
        "KURASHIMADO_POOL_SIZE": "5",
    }
    return settings.read({**environ, **{f"KURASHIMADO_{name}": value for name, value in more.items()}})


@cache
def _shipped() -> Catalogue:
    """Loaded once for all towns in which nobody has declared a disaster."""
    return load_catalogue()


def built(chosen: Settings) -> wiring.House:
    return wiring.build(chosen, catalogue=_shipped() if chosen.disasters is None else None)


class Town:
    """The house, and the ways in."""

    ORIGIN: ClassVar[str] = "https://kurashimado.test"

    def __init__(self, chosen: Settings) -> None:
        self.settings = chosen
        self.house = built(chosen)
        self._doors = hung_for(self.house)
        self.asgi = application(self.house, self._doors.open)
        self.gate = Gate(chosen.origin, chosen.pairwise_secrets[0][1])
        self._clients: list[httpx.AsyncClient] = []
        self._phones: dict[str, Authenticator] = {}

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()
        await self.house.close()
        self._doors.close()

    def browser(self) -> httpx.AsyncClient:
        """A browser of its own: cookies, no redirects followed."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.asgi),  # type: ignore[arg-type]
            base_url=self.ORIGIN,
            headers={"Origin": self.ORIGIN},
            event_hooks={"request": [self._with_token]},
        )
        self._clients.append(client)
        return client

    async def _with_token(self, request: httpx.Request) -> None:
        """As our pages do: whatever changes something carries the token of its session."""
        cookies = dict(re.findall(r"([^=; ]+)=([^;]*)", request.headers.get("Cookie", "")))
        session = cookies.get(cookie_at(request.url.path), "")
        if request.method not in SAFE and session:
            request.headers.setdefault(HEADER, self.gate.token(session))

    async def resident(self, persona: str, *, agrees: bool = True) -> Person:
        """`persona`, logged in with the My Number Card through the stand-in, and agreed to all that home is made of,
        unless she has answered that page before; `agrees` False: it is still before her."""
        browser = self.browser()
        back = await through_identity_provider(await browser.get("/login/start"), persona)
        arrived = await browser.get(back)
        assert arrived.status_code == 302, arrived.text
        person = Person(browser)
        if agrees:
            await person.agrees_to_all()
        return person

    async def official(self, persona: str) -> httpx.AsyncClient:
        """A browser in which `persona` has signed in as an official, by the realm and a passkey of their own."""
        browser = self.browser()
        back = await through_identity_provider(await browser.get("/staff/login/start"), persona)
        arrived = await browser.get(back)
        assert arrived.status_code == 302, arrived.text
        risen = await shows(browser, self._phones.setdefault(persona, authenticator()))
        assert risen.status_code == 303, risen.text
        return browser

    async def promises_are_kept(self) -> None:
        """Every job that is due runs now, in this process, and what those jobs promise in turn."""
        app = App(connector=PsycopgConnector(conninfo=self.settings.database_url, min_size=1, max_size=4))
        journeys.register(app, self.house)
        async with app.open_async():
            app.periodic_registry.periodic_tasks.clear()
            for _ in range(ROUNDS):
                await app.run_worker_async(
                    queues=["house"],
                    wait=False,
                    install_signal_handlers=False,
                    listen_notify=False,
                    concurrency=4,
                    worker_middleware=[journeys.watched(self.house.person_secret)],
                )
                if not await self._jobs_are_due():
                    break

    async def _jobs_are_due(self) -> bool:
        due = (
            "SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now() LIMIT 1"
        )
        async with self.house.db.house() as conn:
            return (await conn.execute(text(due))).first() is not None

    async def time_passes_for_jobs(self) -> None:
        """Jobs that wait for a later try become due."""
        async with self.house.db.house() as conn:
            await conn.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))


async def through_identity_provider(start: httpx.Response, persona: str) -> str:
    """Choose `persona` at the stand-in; the address it sends the browser back to."""
    assert start.status_code == 302, start.text
    async with httpx.AsyncClient(verify=PLAIN) as away:
        page = await away.get(start.headers["location"])
        assert page.status_code == 200, page.text
        action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        target = page.url.join(action[1].replace("&amp;", "&")) if action and action[1] else page.url
        chosen = await away.post(target, data={**hidden, "persona": persona})
    assert chosen.status_code in (302, 303), chosen.text
    return str(chosen.headers["location"])


class Person:
    """A resident with her browser."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser

    async def asks(self, query: str, **variables: Any) -> dict[str, Any]:
        """The `data` of a GraphQL answer; errors fail the test."""
        answer = await self.browser.post("/graphql", json={"query": query, "variables": variables})
        body: dict[str, Any] = answer.json()
        assert answer.status_code == 200, answer.text
        assert not body.get("errors"), answer.text
        data: dict[str, Any] = body["data"]
        return data

    async def agrees_to_all(self) -> None:
        """The one clear yes of the page of consents, when it is still to be answered."""
        told = await self.asks("{ viewer { consentsDecidedAt consents { consents { id isOfHome filling { id } } } } }")
        if told["viewer"] and told["viewer"]["consentsDecidedAt"] is None:
            home = [one for one in told["viewer"]["consents"]["consents"] if one["isOfHome"]]
            yes = [one["id"] for one in (*home, *(one["filling"] for one in home if one["filling"]))]
            await self.asks("mutation($yes: [ID!]!) { decideConsents(yes: $yes, no: []) { __typename } }", yes=yes)

    async def fills_home(
        self, fields: str = "settled remaining home { answeredAt }", *, anew: bool = True
    ) -> list[dict[str, Any]]:
        """Every update of home, as it comes; asked because she wishes it, or (not `anew`) because she opened it."""
        answer = await self.browser.post(
            "/graphql",
            json={"query": f"subscription {{ refreshHome(anew: {str(anew).lower()}) {{ {fields} }} }}"},
            headers={"Accept": "text/event-stream"},
        )
        events = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: {")]
        updates = [json.loads(event) for event in events]
        assert all(not update.get("errors") for update in updates), answer.text
        return [update["data"]["refreshHome"] for update in updates]

    async def step(self, start: str) -> dict[str, Any]:
        """The first step whose id begins with `start`, with everything the screen shows of it."""
        data = await self.asks(f"{{ viewer {{ home {{ bundles {{ steps {{ {STEP} }} }} }} }} }}")
        steps = [step for bundle in data["viewer"]["home"]["bundles"] for step in bundle["steps"]]
        return next(step for step in steps if step["id"].startswith(start))

    async def answers(self, fact: str, value: Any) -> dict[str, Any]:
        data = await self.asks(
            "mutation($f: ID!, $v: JSON!) { answerQuestion(fact: $f, value: $v) { __typename"
            " ... on FieldsRefused { fields { field code } } } }",
            f=fact,
            v=value,
        )
        return dict(data["answerQuestion"])

    async def sends(self, step: dict[str, Any], answers: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Submit `answers` to the step's form."""
        application = {
            "id": str(uuid4()),
            "procedure": step["procedure"],
            "version": step["form"]["version"],
            "subject": step["subject"] and step["subject"]["id"],
            "answers": answers,
            "completedAt": "2026-01-01T00:00:00Z",
            **changes,
        }
        data = await self.asks(SUBMIT, input=application)
        return dict(data["submitApplication"])


STEP = (
    "id procedure state due daysLeft because { ja easy en } subject { id name } asOf gaps channel"
    " asks { fact kind } known { source value { ja } asOf }"
    " form { version schema sections { id fields { id kind required maxLength minDate maxDate showIf { field equals }"
    " term choices { value } prefill { value source asOf writtenFor { ja } } } } }"
    " application { id state receiptNumber }"
)
SUBMIT = (
    "mutation($input: SubmitApplicationInput!) { submitApplication(input: $input) { __typename"
    " ... on Application { id state receiptNumber wardNumber }"
    " ... on FieldsRefused { fields { field code message { ja } } }"
    " ... on StepClosed { message { ja } } ... on NotFound { message { ja } }"
    " ... on FormChanged { form { version } } } }"
)


def unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
