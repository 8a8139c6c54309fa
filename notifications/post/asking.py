"""What is asked about an inbox, each in one statement, with what `Live.learn` wants to hear in every row."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Integer, TextClause, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from notifications.post.live import KNOWN
from notifications.tables import HERSELF


def _statement(said: str) -> TextClause:
    ids = ARRAY(Uuid)
    binds = [bindparam("resident", type_=Uuid), bindparam("broadcasts", type_=ids)]
    binds += [bindparam("notices", type_=ids)] if ":notices" in said else []
    binds += [bindparam("notice", type_=Uuid)] if ":notice)" in said else []
    binds += [bindparam("revisions", type_=ARRAY(Integer))] if ":revisions" in said else []
    return text(said).bindparams(*binds)


# Her own marks say which of her children a broadcast concerns; a direct notice says it itself.
_SHOWN: Final = f"""
    SELECT known.numbers, known.newest, told.*, a.revision AS opened_revision, a.opened_at, a.confirmed_at,
        a.answered_at, a.archived_at, a.unread_at, ARRAY(
            SELECT DISTINCT m.child FROM contact_marks m
            WHERE m.resident = :resident AND m.mark = ANY (told.marks) AND m.child <> '{HERSELF}'
        ) AS children
    FROM ({KNOWN}) AS known LEFT JOIN ({{told}}) AS told ON true
        LEFT JOIN notice_acts a ON a.resident = :resident AND a.notice = told.id
    ORDER BY told.sent_at DESC, told.id DESC
"""  # noqa: S608 - names of ours
_TOLD: Final = "SELECT b.*, CAST(NULL AS uuid) AS child FROM mail_room_told(:broadcasts) AS b"
PAGE: Final = _statement(
    _SHOWN.format(
        told=f"""
            (SELECT n.*, d.child FROM deliveries d JOIN notices n ON n.id = d.notice AND n.sent_on = d.sent_on
            WHERE d.resident = :resident AND (d.sent_at, d.notice) < (:sent_at, :notice) AND d.sent_on <= :sent_on
            ORDER BY d.sent_at DESC, d.notice DESC LIMIT :most)
            UNION ALL {_TOLD} ORDER BY sent_at DESC, id DESC LIMIT :most
        """  # noqa: S608 - as above
    )
)
NAMED: Final = _statement(
    _SHOWN.format(
        told=f"""
            SELECT n.*, d.child FROM notices n JOIN deliveries d
                ON d.sent_on = n.sent_on AND d.notice = n.id AND d.resident = :resident
            WHERE n.id = ANY (:notices) AND n.personal UNION ALL {_TOLD}
        """  # noqa: S608 - as above
    )
)
UNREAD: Final = _statement(f"""
    SELECT known.numbers, known.newest, (
        SELECT count(*) FROM deliveries d LEFT JOIN notice_acts a ON a.resident = d.resident AND a.notice = d.notice
        WHERE d.resident = :resident AND d.sent_at >= :since AND d.sent_on >= :since_on
            AND a.archived_at IS NULL AND (a.opened_at IS NULL OR a.unread_at IS NOT NULL)
    ) + cardinality(:broadcasts) - (
        SELECT count(*) FROM unnest(:broadcasts, :revisions) AS b (notice, revision)
            JOIN notice_acts a ON a.resident = :resident AND a.notice = b.notice
        WHERE a.archived_at IS NOT NULL
            OR (a.opened_at IS NOT NULL AND a.unread_at IS NULL AND a.revision >= b.revision)
    ) AS unread
    FROM ({KNOWN}) AS known
""")  # noqa: S608 - as above
