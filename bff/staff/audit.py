"""/staff/audit: who came in, did what and was refused what in this ward; to read, and nothing else."""

from __future__ import annotations

from litestar import Response, get
from litestar.params import FromQuery

from bff.identity import staff_log
from bff.identity.staff_log import Line
from bff.staff.visit import NotHere, Visiting
from bff.staff.words import knows, word

ON_A_PAGE = 50
HIGHEST = 2**63


@get("/audit", act="audit_read")
async def audit(visit: Visiting, before: FromQuery[str] = "") -> Response[str]:
    if before and not (before.isascii() and before.isdigit() and int(before) < HIGHEST):
        raise NotHere
    async with visit.door() as conn:
        found = await staff_log.newest(conn, visit.official.ward, ON_A_PAGE + 1, before=int(before) if before else None)
    older = found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else None
    rows = [(line, _act(line), word("outcome", line.outcome)) for line in found[:ON_A_PAGE]]
    return visit.show("audit.html", rows=rows, older=older, is_first=not before)


def _act(line: Line) -> str:
    return word("act", line.act) if knows("act", line.act) else line.act


HANDLERS = (audit,)
