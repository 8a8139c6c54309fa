"""What an official may be, as the realm of their ward says at each login."""

from __future__ import annotations

from typing import Final, Literal

Role = Literal["editor", "approver", "case_worker", "school", "auditor", "administrator", "operator"]

ROLES: Final[tuple[Role, ...]] = (
    "editor",
    "approver",
    "case_worker",
    "school",
    "auditor",
    "administrator",
    "operator",
)
"""Writes notices; gives the second person's approval; works on residents' cases; speaks for one school; reads who
read what; decides who may do what in the ward; looks after the services."""
