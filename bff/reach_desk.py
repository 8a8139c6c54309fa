"""`python -m bff reach bounce --to MAILBOX < message`: a letter of ours came back; a mail server pipes it in here.

MAILBOX is the envelope's recipient (`back+…@`), which says whose letter it was. Only a report that says it failed for
good (RFC 3464: Action failed, Status 5.x.x) takes the address out of use.
"""

from __future__ import annotations

import argparse
import asyncio
import email
import email.policy
import os
import sys
from email.message import Message

from bff import settings, wiring
from bff.reach import addresses

LARGEST = 1024 * 1024


def main(arguments: list[str]) -> int:
    """The exit status is 0 for whatever was read: a mail server would only send a bounce of the bounce."""
    parser = argparse.ArgumentParser(prog="python -m bff reach", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("bounce").add_argument("--to", required=True, help="the envelope's recipient")
    asked = parser.parse_args(arguments)
    message = email.message_from_bytes(sys.stdin.buffer.read(LARGEST), policy=email.policy.default)
    print(asyncio.run(take(wiring.build(settings.read(os.environ)), asked.to, message)))
    return 0


async def take(house: wiring.House, to: str, message: Message) -> str:
    """What became of it, in a word."""
    id = house.reach_links.bounced(to)
    try:
        if id is None:
            return "not ours"
        if not failed_for_good(message):
            return "not for good"
        async with house.db.house() as conn:
            return "gone" if await addresses.bounced(conn, [id], house.clock()) else "known"
    finally:
        await house.close()


def failed_for_good(message: Message) -> bool:
    """RFC 3464 2.3.3 and 2.3.4; of a report with several parts any one decides, as each letter of ours has one
    recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = [one for one in part.get_payload() if isinstance(one, Message)]
            for block in blocks:
                action, status = (str(block.get(name, "")).strip().lower() for name in ("Action", "Status"))
                if action == "failed" and status.startswith("5."):
                    return True
    return False
