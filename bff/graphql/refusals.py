"""The one table that turns a refusal raised in a room into the member of a union that tells of it.

A union member must not be an exception itself: graphql-core takes an exception that a resolver returns for an error.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

from bff import errors
from bff.folders.opening import PartsRefused
from bff.graphql.lenses import common
from bff.graphql.lenses.applications import FormChangedLens
from bff.graphql.lenses.common import RefusalLens
from bff.graphql.lenses.folders import PartRefusedLens, PartsRefusedLens
from bff.graphql.lenses.signing import SignatureNeededLens
from bff.home.filing import FormChanged, SignatureNeeded

Resolved = TypeVar("Resolved")

_LENSES: dict[type[errors.Refusal], Callable[[Any], RefusalLens]] = {
    errors.SignInNeeded: lambda refusal: common.SignInNeededLens(message=refusal.message),
    errors.StepUpNeeded: lambda refusal: common.StepUpNeededLens(
        message=refusal.message, act=refusal.act, card_only=refusal.card_only
    ),
    errors.Denied: lambda refusal: common.DeniedLens(message=refusal.message),
    errors.TooManyTries: lambda refusal: common.TooManyTriesLens(
        message=refusal.message, retry_after=refusal.retry_after
    ),
    errors.NotFound: lambda refusal: common.NotFoundLens(message=refusal.message),
    errors.StepClosed: lambda refusal: common.StepClosedLens(message=refusal.message),
    errors.EndpointRefused: lambda refusal: common.EndpointRefusedLens(message=refusal.message),
    errors.FieldsRefused: lambda refusal: common.FieldsRefusedLens(
        message=refusal.message, fields=list(refusal.fields)
    ),
    SignatureNeeded: lambda refusal: SignatureNeededLens(message=refusal.message),
    FormChanged: lambda refusal: FormChangedLens(message=refusal.message, form=refusal.form),
    PartsRefused: lambda refusal: PartsRefusedLens(
        message=refusal.message, parts=[_part(place, why) for place, why in refusal.parts.items()]
    ),
}


def _part(place: int, why: errors.Refusal) -> PartRefusedLens:
    fields: Any = list(why.fields) if isinstance(why, errors.FieldsRefused) else []
    form: Any = why.form if isinstance(why, FormChanged) else None
    message: Any = why.message
    return PartRefusedLens(place=place, message=message, fields=fields, form=form)


def told(resolver: Callable[..., Awaitable[Resolved]]) -> Callable[..., Awaitable[Resolved | RefusalLens]]:
    """A refusal that the table knows is told; another is a defect."""

    @wraps(resolver)
    async def answer(*args: Any, **named: Any) -> Resolved | RefusalLens:
        try:
            return await resolver(*args, **named)
        except tuple(_LENSES) as refusal:
            return _LENSES[type(refusal)](refusal)

    return answer
