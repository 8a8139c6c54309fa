"""Cursors of the Relay-style connections: opaque to the phone, checked when they come back."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from graphql import GraphQLError

MOST = 100


def how_many(first: int) -> int:
    """`first`, when it is between 1 and `MOST`."""
    if not 1 <= first <= MOST:
        raise GraphQLError(f"first must be between 1 and {MOST}")
    return first


def cursor(at: datetime, last: object) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{last}".encode()).decode()


def place(after: str | None) -> tuple[datetime, str] | None:
    """Where a cursor points; None: at the beginning."""
    if after is None:
        return None
    try:
        at, _, last = base64.urlsafe_b64decode(after.encode()).decode().partition("|")
        return datetime.fromisoformat(at), last
    except (ValueError, binascii.Error) as error:
        raise GraphQLError("after is not a cursor of this list") from error
