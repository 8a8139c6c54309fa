"""Somebody who signs: from her tap over the stand-in's pages back to her form, and a stranger with her receipt."""

from __future__ import annotations

import base64
import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

from bff.signing import bundle
from tests.town import Person, Town

BEGIN = (
    "mutation($input: SubmitApplicationInput!) { beginSignature(input: $input) { __typename"
    " ... on SignatureBegun { id leaveBy } ... on FieldsRefused { fields { field code } }"
    " ... on StepClosed { message { ja } } } }"
)
RECEIPT = (
    "query($id: ID!) { viewer { application(id: $id) { id signature { algorithm checkedAt }"
    " receipt { sealedAt stampedAt file } } } }"
)


@dataclass(frozen=True)
class Back:
    """Where the app has sent her: the page, and what is told there."""

    path: str
    told: dict[str, list[str]]

    @property
    def signed(self) -> str | None:
        return self.told.get("signed", [None])[0]

    @property
    def unsigned(self) -> str | None:
        return self.told.get("unsigned", [None])[0]


def filing(step: dict[str, Any], answers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "procedure": step["procedure"],
        "version": step["form"]["version"],
        "subject": step["subject"] and step["subject"]["id"],
        "answers": answers,
        "completedAt": "2026-01-01T00:00:00Z",
        **changes,
    }


async def begins(person: Person, wish: dict[str, Any]) -> str:
    begun = (await person.asks(BEGIN, input=wish))["beginSignature"]
    assert begun["__typename"] == "SignatureBegun", begun
    return str(begun["leaveBy"])


async def at_the_app(leave: httpx.Response, persona: str, **form: str) -> str:
    """She shows her card, then fills in the page that asks her password; the address the app sends her back to."""
    assert leave.status_code == 302, leave.text
    async with httpx.AsyncClient() as away:
        page = await away.get(leave.headers["location"])
        for fields in ({"persona": persona}, {"persona": persona, "password": "KURASHI23", "act": "sign", **form}):
            action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
            assert action, page.text
            page = await away.post(page.url.join(html.unescape(action[1])), data=fields)
    assert page.status_code == 302, page.text
    return str(page.headers["location"])


async def signs(person: Person, wish: dict[str, Any], persona: str = "hana", **form: str) -> Back:
    """The whole way; `card`, `password` and `act` are what she does on the app's page."""
    left = await person.browser.get(await begins(person, wish))
    back = await person.browser.get(await at_the_app(left, persona, **form))
    return arrived(back)


def arrived(back: httpx.Response) -> Back:
    assert back.status_code == 302, back.text
    place = urlsplit(back.headers["location"])
    return Back(place.path, parse_qs(place.query, keep_blank_values=True))


async def receipt_of(town: Town, person: Person, id: str) -> tuple[dict[str, Any], bytes]:
    """What her phone shows of an application, and the file."""
    await town.promises_are_kept()
    shown = (await person.asks(RECEIPT, id=id))["viewer"]["application"]
    return shown, base64.b64decode(shown["receipt"]["file"])


def unpacked(packed: bytes, folder: Path) -> Path:
    for name, content in bundle.read(packed).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def commands(folder: Path) -> list[str]:
    """The commands for everybody, exactly as the README in the receipt has them."""
    lines = (folder / bundle.README).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if re.match(r"  (cat|openssl) ", line)][:3]


def by_openssl(folder: Path) -> bool:
    """Whether a shell and the true openssl find every command right."""
    script = " && ".join(commands(folder))
    return subprocess.run(["sh", "-c", script], check=False, cwd=folder, capture_output=True).returncode == 0
