"""Reading a small body that may come from a page's form or from a test's JSON."""

from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec

from infra.sandbox.pages import Asked

Told = TypeVar("Told", bound=msgspec.Struct)


async def told(request: Asked, shape: type[Told]) -> Told:
    """Raises msgspec.ValidationError, also when the body is neither JSON nor a form."""
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        fields = dict(parse_qsl(body.decode("utf-8", "replace")))
        return msgspec.convert(fields, shape, strict=False)
    try:
        return msgspec.json.decode(body or b"{}", type=shape)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise msgspec.ValidationError(str(error)) from error
