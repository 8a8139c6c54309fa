"""`python -m bff.senders.print_openapi`: the OpenAPI document of /senders/v1, of the shapes that read the bodies."""

from __future__ import annotations

import json
import sys
from typing import Any, Final

import msgspec

from bff.senders.event import LARGEST, NAME, CaseStep, Fault, Notice
from bff.senders.problems import MEDIA, TITLES
from bff.senders.trial import RECIPIENTS

REFS: Final = "#/components/schemas/{name}"
ABOUT: Final = (
    "One event at a time: a notice to a person, or a step of a case of hers. PUT it under an id of your own, as often"
    " as you like: the same event is taken once, another one under the same id is refused (409). Said anew under a"
    " higher `revision` it takes the place of what was told, to those who were told and no one twice; an older one that"
    " comes late is refused (409 stale). DELETE takes it back for good. Whom it is about you"
    " say in `subject`: a ward or school as its own register names the person, everybody else by the number that came"
    " with her yes. A school reaches those who bring up its own pupils alone."
    " Who has no account yet is waited for (202), for 90 days, and no longer than `act_by`. A trial key"
    f" reaches pretend recipients alone: {', '.join(RECIPIENTS)}; GET shows at once what each does in the end. What"
    " becomes of an event is told to your address by POST, signed as Standard Webhooks say: HMAC-SHA256 under your"
    " webhook secret over `webhook-id.webhook-timestamp.body`; take nothing older than five minutes, and no"
    " `webhook-id` twice: /senders/v1/verify.py does it."
)


def document() -> dict[str, Any]:
    (_, _, _), shapes = msgspec.json.schema_components([Notice, CaseStep, Fault], ref_template=REFS)
    return {
        "openapi": "3.1.0",
        "info": {"title": "くらしまど Sender API", "version": "1", "description": ABOUT},
        "paths": {
            "/senders/v1/events/{id}": {
                "parameters": [_id("id")],
                "put": _put(),
                "delete": _delete(),
                "get": _get("Told"),
            },
            "/senders/v1/cases/{id}": {
                "parameters": [_id("id"), {"name": "subject", "in": "query", "required": True, "schema": _text()}],
                "get": _get("Case"),
            },
        },
        "webhooks": {"event": {"post": _webhook()}},
        "security": [{"key": []}],
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {**shapes, **_more()},
        },
    }


def _put() -> dict[str, Any]:
    event = {
        "oneOf": [{"$ref": REFS.format(name=one)} for one in ("Notice", "CaseStep")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"notice": REFS.format(name="Notice"), "case_step": REFS.format(name="CaseStep")},
        },
    }
    return {
        "summary": "take one event, once",
        "description": f"at most {LARGEST} bytes",
        "requestBody": {"required": True, "content": {"application/json": {"schema": event}}},
        "responses": {
            "200": _answer("taken before, in this revision or an older one, whose place it takes now", "Told"),
            "201": _answer("taken", "Told"),
            "202": _answer("taken; it waits for a person who has no account yet", "Told"),
            **_refusals("no_key", "scope", "no_consent", "trial_only", "taken", "stale", "withdrawn"),
            **_refusals("too_large", "not_json", "unfit", "too_many", "away"),
        },
    }


def _delete() -> dict[str, Any]:
    refused = _refusals("no_key", "not_there", "too_many", "away")
    answers = {"200": _answer("taken back", "Told"), **refused}
    return {"summary": "take one event back; again is the same", "responses": answers}


def _get(name: str) -> dict[str, Any]:
    refused = _refusals("no_key", "scope", "not_there", "too_many", "away")
    return {"summary": "how it stands", "responses": {"200": _answer("as it stands", name), **refused}}


def _webhook() -> dict[str, Any]:
    headers = [
        {"name": name, "in": "header", "required": True, "schema": _text()}
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    ]
    content = {"application/json": {"schema": {"$ref": REFS.format(name="Call")}}}
    return {
        "summary": "what became of an event, told to your address",
        "parameters": headers,
        "requestBody": {"required": True, "content": content},
        "responses": {"2XX": {"description": "heard"}, "410": {"description": "never tell this again"}},
    }


def _more() -> dict[str, Any]:
    more = {"consent.given", "consent.ended", "event.revised", "event.withdrawn"}
    kinds = sorted({what for told in RECIPIENTS.values() for what in told} | more)
    states = ["delivered", "opened", "answered", "waiting", "expired", "failed", "withdrawn"]
    return {
        "Told": _object(
            {"id": _text(), "state": {"enum": states}, "revision": {"type": "integer"}},
            opened_at={"type": "string", "format": "date-time"},
            answer={"type": "object"},
            reason=_text(),
        ),
        "Case": _object({"case": _text(), "state": _text(), "steps": {"type": "array"}}),
        "Call": _object({"id": _text(), "type": {"enum": kinds}, "at": {"type": "string", "format": "date-time"}}),
        "Problem": _object(
            {"type": _text(), "title": _text(), "status": {"type": "integer"}},
            detail=_text(),
            errors={"type": "array", "items": {"$ref": REFS.format(name="Fault")}},
        ),
    }


def _object(must: dict[str, Any], **may: Any) -> dict[str, Any]:
    return {"type": "object", "required": sorted(must), "properties": {**must, **may}}


def _refusals(*codes: str) -> dict[str, Any]:
    said: dict[str, list[str]] = {}
    for code in codes:
        status, title = TITLES[code]
        said.setdefault(str(status), []).append(title)
    content = {MEDIA: {"schema": {"$ref": REFS.format(name="Problem")}}}
    return {status: {"description": "; ".join(titles), "content": content} for status, titles in said.items()}


def _answer(said: str, name: str) -> dict[str, Any]:
    return {"description": said, "content": {"application/json": {"schema": {"$ref": REFS.format(name=name)}}}}


def _id(name: str) -> dict[str, Any]:
    pattern = {"type": "string", "pattern": f"^{NAME.pattern}$"}
    return {"name": name, "in": "path", "required": True, "schema": pattern}


def _text() -> dict[str, Any]:
    return {"type": "string"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(document(), ensure_ascii=False, indent=2, sort_keys=True) + "\n")
