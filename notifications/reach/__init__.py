"""Reached, not sent: what is done for a notice that lies unread, rung by rung, until it is opened. ADR 0049.

No row per person: of each rung of each notice one row with the bitmap of those it was tried for.
"""
