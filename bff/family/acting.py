"""Sending for another: what the house knows goes in unseen, who acts writes the rest, and all of it says 代理で."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import msgspec

from bff import db as database
from bff.applications import store as applications
from bff.applications.application import Application
from bff.applications.promise import promise_delivery
from bff.errors import Denied, FieldRefused, FieldsRefused, StepClosed
from bff.exchange.silence import Why
from bff.exchange.texts import why_text
from bff.family import store
from bff.family.house import House
from bff.family.kinds import kinds
from bff.family.represented import home_of, is_within, step_of
from bff.family.standing import Standing
from bff.family.telling import offered, tell
from bff.family.words import say
from bff.home import filing
from bff.home.filing import Filing
from bff.home.home import Home
from bff.identity.residents import resident_of
from life_events import Field, Form, Step, Text
from life_events.form import FormSpec

ACTED: Final = "tell_of_act_for_another"
"""The job that tells her."""


@dataclass(frozen=True)
class OpenForm:
    """`form`: only what is left to write. `withheld`: names of what is filled in and not shown. `known`: its values,
    which never leave the house by this way."""

    form: Form
    withheld: tuple[Text, ...]
    known: Mapping[str, Any]


@dataclass(frozen=True)
class ActedBy:
    """By whose hand, and as what."""

    name: str
    kind: Text


async def form_for(house: House, standing: Standing, step: str) -> OpenForm:
    """Raises `Denied` out of scope, and where only she herself can fill it in."""
    whole = await home_of(house, standing)
    return open_form(whole, step_of(whole, standing.mandate, house.catalogue, step))


def open_form(whole: Home, step: Step) -> OpenForm:
    """Raises `Denied` when there is no form now, it wants her signature, or an entry that names her family."""
    form, procedure = whole.form(step), whole.catalogue.procedures[step.procedure]
    if form is None or procedure.form is None:
        raise Denied(say("not_within"))
    if procedure.signature == "required":
        raise Denied(say("needs_signature"))
    family = _names_family(procedure.form)
    withheld = [one for one in form.fields.values() if one.prefill is not None or one.id in family]
    if any(one.prefill is None and one.required for one in withheld):
        raise Denied(say("only_herself"))
    known = {one.id: _value(one) for one in withheld if one.prefill is not None}
    hidden = {one.id for one in withheld}
    sections = (
        msgspec.structs.replace(section, fields=tuple(_left(section.fields, hidden, known)))
        for section in form.sections
    )
    left = msgspec.structs.replace(form, sections=tuple(one for one in sections if one.fields))
    return OpenForm(left, tuple(one.label for one in withheld if one.prefill is not None), known)


async def submit(house: House, standing: Standing, wish: Filing) -> tuple[Application, bool]:
    """As `bff.home.filing.file`, in her name and by this hand; raises what that raises."""
    who, mandate = standing.represented, standing.mandate
    if standing.is_protected or not is_within(mandate, house.catalogue, wish.procedure, wish.subject):
        raise Denied(say("not_within"))
    whole = await home_of(house, standing)
    async with house.db.resident(who.id) as conn:
        before = await applications.one(conn, who.id, wish.id)
    if before is not None:
        if before.mandate != mandate.id:
            raise Denied(say("not_within"))
        return before, False
    if not house.shelf.serves(who.ward, who.id):
        raise StepClosed(why_text(Why.NOT_STARTED))
    step = step_of(whole, mandate, house.catalogue, _step_id(wish))
    form = open_form(whole, step)
    if strange := set(wish.answers) & set(form.known):
        refused = tuple(FieldRefused(one, "withheld", say("withheld_field")) for one in sorted(strange))
        raise FieldsRefused(say("check_entries"), refused)
    filled = replace(
        wish, answers={**form.known, **wish.answers}, mandate=mandate.id, digest=None, corrected=(), signature=None
    )
    async with house.db.resident(who.id) as conn:
        kept, fresh = await filing.file(conn, who, whole, filled, house.clock(), house.signing)
        if fresh:
            await promise_delivery(conn, kept.id)
            await database.defer(conn, ACTED, args={"application": str(kept.id)})
    return kept, fresh


async def tell_of_act(house: House, application: UUID) -> None:
    """She hears what was sent for her; the same once."""
    async with house.db.house() as conn:
        kept = await applications.whose(conn, application)
        sent = kept[0] if kept else None
        mandate = await store.one(conn, sent.mandate) if sent and sent.mandate else None
        who = await resident_of(conn, sent.resident, house.keys) if sent else None
        if sent is None or mandate is None or who is None:
            return
        title = house.catalogue.procedures[sent.procedure].name
        to, about = offered(mandate, who).to, f"/applications/{sent.id}"
        await tell(conn, who, "acted", mandate, house.clock(), who=to, key=str(sent.id), title=title, about=about)


async def acted_by(house: House, sent: Application) -> ActedBy | None:
    """By whose hand her application was sent; None: her own."""
    if sent.mandate is None:
        return None
    async with house.db.house() as conn:
        mandate = await store.one(conn, sent.mandate)
        who = await resident_of(conn, sent.resident, house.keys)
    if mandate is None or who is None:
        return None
    return ActedBy(offered(mandate, who).to, kinds()[mandate.kind].name)


def _step_id(wish: Filing) -> str:
    return f"{wish.procedure}:{wish.subject}" if wish.subject else wish.procedure


def _value(field: Field) -> Any:
    assert field.prefill is not None
    value = field.prefill.value
    return list(value) if isinstance(value, tuple) else value


def _left(fields: tuple[Field, ...], hidden: set[str], known: Mapping[str, Any]) -> list[Field]:
    """What is left to write: a field that hangs on one that is filled in is there or not by what stands there."""
    left = []
    for one in fields:
        rule = one.show_if
        if one.id in hidden or (rule and rule.field in hidden and known.get(rule.field) != rule.equals):
            continue
        left.append(msgspec.structs.replace(one, show_if=None) if rule and rule.field in hidden else one)
    return left


def _names_family(spec: FormSpec) -> frozenset[str]:
    """Fields whose choices are the names of her household."""
    return frozenset(one.id for section in spec.sections for one in section.fields if one.choices_from is not None)
