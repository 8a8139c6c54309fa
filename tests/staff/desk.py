"""Officials at their desks: a house of ten lines, the real door, the real database."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from secrets import token_bytes
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
from litestar import Litestar, Request, Response

from bff import db as database
from bff.accounts.rules import Rules
from bff.connectors.manifest import Manifest
from bff.connectors.street import Street, manifests, street
from bff.db import Database
from bff.exchange.waiting import Waiting
from bff.facts.subjects import Subjects
from bff.guards import HEADER, Gate
from bff.identity import acts, staff
from bff.identity.acts import Acts
from bff.identity.keys import KeyRing
from bff.identity.pairwise import Pairwise
from bff.identity.passkeys import Passkeys, Site
from bff.identity.sessions import Lifetimes
from bff.identity.staff_realms import StaffRealms
from bff.identity.userinfo import OfficialClaims
from bff.limits import Limits
from bff.staff import routes
from life_events import Catalogue, load_catalogue
from notifications import address_book
from notifications.audience.bitmaps import Bitmaps
from notifications.notice import Language
from tests.hanging import Behind, BehindGate
from tests.staff.administration import Administered

ORIGIN = "https://kurashimado.test"
MINATO, SETAGAYA = "131032", "131121"
NOBODY = UUID(int=0)


def _nobody(_: httpx.Request) -> httpx.Response:
    return httpx.Response(503)


@dataclass(frozen=True)
class Place:
    origin: str = ORIGIN


@dataclass
class TenLineHouse(Administered):
    db: Database
    settings: Place = field(default_factory=Place)
    catalogue: Catalogue = field(default_factory=cache(load_catalogue))
    staff_lifetimes: Lifetimes = field(default_factory=lambda: Lifetimes(timedelta(hours=10), timedelta(minutes=30)))
    time: datetime = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assets: Path = field(default_factory=lambda: Path(os.environ.get("KURASHIMADO_ASSETS", "pwa/dist")))
    acts: Acts = field(default_factory=acts.shipped)
    asks_passkey: bool = True
    tries_out: bool = False
    staff_realms: StaffRealms = field(default_factory=StaffRealms)
    handover_jwks: dict[str, object] = field(default_factory=lambda: {"keys": []})
    services: Mapping[str, Manifest] = field(default_factory=cache(manifests))
    keys: KeyRing = field(default_factory=lambda: KeyRing({"1": bytes(32)}, "1", token_bytes))
    pairwise: Pairwise = field(default_factory=lambda: Pairwise({"1": b"secret"}))
    account_rules: Rules = field(default_factory=Rules)
    street: Street = field(default_factory=lambda: street(httpx.AsyncClient(transport=httpx.MockTransport(_nobody))))
    waiting: Waiting = field(default_factory=Waiting)
    bitmaps: Bitmaps = field(default_factory=Bitmaps)
    person_secret: bytes = b"secret"
    new_id = staticmethod(uuid4)
    defer = staticmethod(database.defer)

    new_token = staticmethod(lambda: uuid4().hex + uuid4().hex)

    @property
    def passkeys(self) -> Passkeys:
        site = Site("kurashimado.test", (ORIGIN,))
        return Passkeys(self.db, site, clock=self.clock, new_id=uuid4, new_token=self.new_token)

    @cached_property
    def limits(self) -> Limits:
        return Limits(self.db, clock=self.clock, secret=self.person_secret, trusted=(), factor=1)

    @property
    def for_family(self) -> TenLineHouse:
        return self

    @property
    def for_cases(self) -> TenLineHouse:
        return self

    @property
    def for_school(self) -> TenLineHouse:
        return self

    @property
    def for_reach(self) -> TenLineHouse:
        return self

    @property
    def for_paper(self) -> TenLineHouse:
        return self

    @property
    def wards(self) -> list[tuple[str, str]]:
        return [(ward.code, ward.name.ja) for ward in self.catalogue.wards.values()]

    @property
    def subjects(self) -> Subjects:
        return Subjects(self.pairwise)

    def today(self) -> date:
        return self.time.date()

    def clock(self) -> datetime:
        return self.time


class Desk:
    """One ward hall's browsers."""

    def __init__(self, house: TenLineHouse) -> None:
        self.house = house
        self.enrol = timedelta(days=1)
        self.defects: list[Exception] = []
        self._gate = Gate(ORIGIN, b"only for this desk")
        self._app = _hung().opened(self.house, self._gate, self.defects)

    def browser(self, **headers: str) -> httpx.AsyncClient:
        sent = headers or {"Origin": ORIGIN}
        transport = httpx.ASGITransport(self._app)  # type: ignore[arg-type]
        hooks = {"request": [self._with_token]}
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=sent, event_hooks=hooks)

    async def _with_token(self, request: httpx.Request) -> None:
        """As the pages do, each form of which holds the token of its session."""
        session = re.search(r"__Host-staff=([^;]*)", request.headers.get("Cookie", ""))
        if session:
            request.headers.setdefault(HEADER, self._gate.token(session[1]))

    async def official(self, name: str, ward: str, *roles: str, school: str = "", rose: bool = True) -> Official:
        """`name`, with a session as the login and her passkey would have begun it."""
        claims = OfficialClaims(sub=name, name=name, ward=ward, roles=roles, department="広報課", school=school)  # type: ignore[arg-type]
        now, token = self.house.time, uuid4().hex + uuid4().hex
        async with self.house.db.house() as conn:
            who = await staff.welcome(
                conn, issuer="https://staff.test", claims=claims, new_id=uuid4, now=now, window=self.enrol
            )
            lifetimes = self.house.staff_lifetimes
            await staff.begin(
                conn,
                who.id,
                id=uuid4(),
                now=now,
                lifetimes=lifetimes,
                new_token=lambda: token,
                ended=None,
                rose_at=now if rose else None,
            )
        browser = self.browser()
        browser.cookies.set("__Host-staff", token, domain="kurashimado.test", path="/")
        return Official(browser, who.id)

    async def residents(self, ward: str, *families: tuple[Language, date | None]) -> list[UUID]:
        """One resident of `ward` for each: her language, and her child's birthday."""
        ids = [uuid4() for _ in families]
        async with self.house.db.house() as conn:
            for resident, (language, birth) in zip(ids, families, strict=True):
                await address_book.keep_contact(
                    conn,
                    resident=resident,
                    ward=ward,
                    language=language,
                    children_births=[birth] if birth else [],
                    now=self.house.time,
                )
        return ids


class _Hung:
    """The staff door, hung once for all desks, of which there is one at a time."""

    def __init__(self) -> None:
        self._house, self._gate = Behind(), BehindGate()
        self._defects: list[Exception] = []
        self._app = Litestar(
            routes(cast(TenLineHouse, self._house)),
            guards=[self._gate.admit],
            openapi_config=None,
            exception_handlers={Exception: self._defect},
        )
        self._house.hung()

    def opened(self, house: TenLineHouse, gate: Gate, defects: list[Exception]) -> Litestar:
        self._house.house, self._gate.gate, self._defects = house, gate, defects
        return self._app

    def _defect(self, _: Request[Any, Any, Any], defect: Exception) -> Response[str]:
        """What the door did not answer itself; the house would write it into its log."""
        self._defects.append(defect)
        return Response("", status_code=500)


_hung = cache(_Hung)


class Page:
    """What came back, read as a person reads it."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.goes_to: str = answer.headers.get("location", "")
        self.html = answer.text
        self.text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))

    def at(self, testid: str) -> str:
        """The text of the element with this data-testid."""
        found = re.search(rf'<(\w+)[^>]*data-testid="{testid}"[^>]*>(.*?)</\1>', self.html, re.DOTALL)
        assert found, f"no {testid} on the page: {self.text}"
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found[2]))).strip()

    def value(self, name: str) -> str:
        """What stands in an input or a text area."""
        found = re.search(rf'<input[^>]*name="{name}"[^>]*?value="([^"]*)"', self.html) or re.search(
            rf'<textarea[^>]*name="{name}"[^>]*>\n(.*?)</textarea>', self.html, re.DOTALL
        )
        assert found, f"no field {name}"
        return unescape(found[1])

    def offers(self, name: str) -> bool:
        """Whether there is a button of this name."""
        return re.search(rf"<button[^>]*>{name}</button>", self.html) is not None


class Official:
    """An official with a browser."""

    def __init__(self, browser: httpx.AsyncClient, id: UUID = NOBODY) -> None:
        self.browser = browser
        self.id = id

    async def opens(self, path: str, **query: str) -> Page:
        return Page(await self.browser.get(path, params=query or None))

    async def sends(self, path: str, fields: dict[str, str | list[str]], **headers: str) -> Page:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields, doseq=True)
        return Page(await self.browser.post(path, content=body, headers={**kind, **headers}))

    async def uploads(self, path: str, called: str, body: bytes, **fields: str) -> Page:
        return Page(await self.browser.post(path, data=fields, files={"file": (called, body)}))

    async def writes(self, **changes: str | list[str]) -> str:
        """A saved draft; the path of its page."""
        page = await self.sends("/staff/broadcasts/new", letter(**changes))
        assert page.status == 303, page.text
        return page.goes_to.partition("?")[0]

    async def asks_for_approval(self, path: str) -> None:
        page = await self.sends(f"{path}/ask", {})
        assert page.status == 303, page.text


def letter(**changes: str | list[str]) -> dict[str, str | list[str]]:
    """A form as the browser sends it, everything right; `languages`, `least`, `most` and `unit` are of its rows."""
    rows = {"languages": "s1_languages", "least": "s2_least", "most": "s2_most", "unit": "s2_unit"}
    return {
        "key": str(uuid4()),
        "kind": "action",
        "topic": "health",
        "title_ja": "就学時健康診断のお知らせ",
        "body_ja": "会場と日時を確かめ、お子さんと一緒にお越しください。",
        "title_easy": "",
        "body_easy": "",
        "title_en": "",
        "body_en": "",
        "act_by": "2026-12-01",
        "slot": ["1.1.language", "1.2.child_age"],
        "s2_least": "",
        "s2_most": "",
        "s2_unit": "years",
        "do": "save",
        **{rows.get(name, name): value for name, value in changes.items()},
    }


def id_in(path: str) -> UUID:
    return UUID(path.rsplit("/", 1)[-1])
