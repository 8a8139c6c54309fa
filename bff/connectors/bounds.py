"""Bounds every connector's wire shapes use: what is longer or otherwise written is a wrong answer."""

from __future__ import annotations

from typing import Annotated

import msgspec

PersonId = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
MayBeEmpty = Annotated[str, msgspec.Meta(max_length=200)]
WardCode = Annotated[str, msgspec.Meta(pattern=r"^13[0-9]{4}$")]
PostalCode = Annotated[str, msgspec.Meta(pattern=r"^([0-9]{7})?$")]
Month = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
AtMost100 = msgspec.Meta(max_length=100)
