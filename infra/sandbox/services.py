"""The services behind the exchange: what each is called, which switch it hangs on, and who answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import msgspec

from infra.sandbox.asgi import Answer, json_answer
from infra.sandbox.exchange.globs import endpoints
from infra.sandbox.people import Items

Key = tuple[str, str, str]
"""Member class, subsystem, service."""


@dataclass(frozen=True)
class Call:
    """One request as the provider sees it: `path` is what follows the service id, headers are lower-case."""

    member: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Service:
    """`fault` names the switch at /_faults. `members` are the codes that offer it, `grants` its methods and paths:
    best `endpoints(…)`, so that the exchange can list them. `kind` is how the exchange knows it to be described."""

    fault: str
    members: frozenset[str]
    grants: Callable[[str, str], bool]
    answer: Callable[[Call], Awaitable[Answer]]
    kind: Literal["OPENAPI", "REST", "WSDL"] = "OPENAPI"


class Subject(msgspec.Struct, frozen=True):
    """Whom a call is about. `id` is pairwise and means nothing to the owner; the items are what it matches on.

    An owner that does not match on the birth date is not told it.
    """

    id: str
    name: str
    address: str
    birth_date: date | None = None

    @property
    def items(self) -> Items:
        return Items(self.name, self.birth_date, self.address)


class Query(msgspec.Struct, frozen=True):
    """The body of every POST /query."""

    subject: Subject


only_query: Final = endpoints("POST /query")


def read_query(call: Call) -> Query | Answer:
    """The question, or the 422 that explains what is wrong with it."""
    try:
        query = msgspec.json.decode(call.body, type=Query)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return refused_body(error)
    wrong = header_faults(call.headers, query.subject.id)
    return json_answer(422, {"code": "invalid", "fields": wrong}) if wrong else query


def header_faults(headers: Mapping[str, str], subject: str) -> list[dict[str, str]]:
    """Every call says on whose behalf (X-Road-UserId) and what for (X-Road-Issue)."""
    wrong = []
    if not subject or headers.get("x-road-userid") != f"JP-{subject}":
        wrong.append({"field": "X-Road-UserId", "message": "must be JP- and the id of the subject"})
    if not headers.get("x-road-issue", "").strip():
        wrong.append({"field": "X-Road-Issue", "message": "the purpose is missing"})
    return wrong


def refused_body(error: Exception) -> Answer:
    """422 with the field msgspec complains about; a body that is no JSON has the field `$`."""
    message, _, place = str(error).partition(" - at `$")
    field = place.rstrip("`").lstrip(".") or "$"
    return json_answer(422, {"code": "invalid", "fields": [{"field": field, "message": message}]})


def no_match() -> Answer:
    return json_answer(404, {"code": "no_match"})
