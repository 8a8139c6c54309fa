"""What of a notice goes to phones: chunks of people, claimed by any number of hands, and what became of each push."""

from notifications.push.chunks import LEASE, take_up_what_was_left, wake
from notifications.push.digests import DigestRoom, push_digests
from notifications.push.hands import PushRoom, push_free_chunks
from notifications.push.members import Counting

__all__ = [
    "LEASE",
    "Counting",
    "DigestRoom",
    "PushRoom",
    "push_digests",
    "push_free_chunks",
    "take_up_what_was_left",
    "wake",
]
