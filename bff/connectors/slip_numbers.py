"""The four numbers on a payment slip, in the terms of the public standards."""

from __future__ import annotations

from typing import Annotated

import msgspec

Institution = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{5}$")]
Payment = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}$")]
Confirmation = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,6}$")]
Kind = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,10}$")]
TERMS = {"institution": "収納機関番号", "payment": "納付番号", "confirmation": "確認番号", "kind": "納付区分"}


class SlipNumbers(msgspec.Struct, frozen=True, rename=TERMS):
    """As printed, leading zeros and all. The eL番号 of a local tax is just these four.

    `payment` is called お客様番号 by private payees, who have no `kind`. Five digits of the institution: every example
    seen has them; at most 20, 6 and 10 of the others is background knowledge [C].
    """

    institution: Institution
    payment: Payment
    confirmation: Confirmation
    kind: Kind | None = None
