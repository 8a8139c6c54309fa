"""How a resident wishes to be told: mutes, quiet hours, digest. No ward sees any of it."""

from alembic import op

revision = "0037_wishes"
down_revision = "0036_post"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


# As `notifications.wishes.asked.holds_back`: from the digest's moment after it was sent, and not within quiet hours.
HELD_UNTIL = """
    CREATE FUNCTION mail_room_next_time(clock time, after timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
        SELECT (day + clock + CASE WHEN day + clock > local THEN interval '0' ELSE interval '1 day' END)
            AT TIME ZONE 'Asia/Tokyo'
        FROM (SELECT after AT TIME ZONE 'Asia/Tokyo', date_trunc('day', after AT TIME ZONE 'Asia/Tokyo'))
            AS t (local, day)
    $$;
    CREATE FUNCTION mail_room_held_until(
        digest_at time, quiet_from time, quiet_until time, sent_at timestamptz, at timestamptz
    ) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE
        due timestamptz := greatest(at, mail_room_next_time(digest_at, sent_at));
        clock time := (due AT TIME ZONE 'Asia/Tokyo')::time;
    BEGIN
        IF (CASE WHEN quiet_from < quiet_until THEN clock >= quiet_from AND clock < quiet_until
                ELSE clock >= quiet_from OR clock < quiet_until END) THEN
            due := mail_room_next_time(quiet_until, due);
        END IF;
        RETURN nullif(due, at);
    END $$;
"""


def upgrade() -> None:
    """Hours are those of a clock in Japan; `what` is `sender:<sender_key>` or `topic:<topic>`."""
    op.execute("""
        CREATE TABLE mail_wishes (
            resident uuid PRIMARY KEY,
            quiet_from time,
            quiet_until time,
            digest text NOT NULL DEFAULT 'at_once' CHECK (digest IN ('at_once', 'daily')),
            digest_at time NOT NULL DEFAULT '18:00',
            chosen_at timestamptz NOT NULL,
            CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
            CHECK (quiet_from <> quiet_until)
        );
        CREATE TABLE mail_mutes (
            resident uuid NOT NULL,
            what text NOT NULL CHECK (what ~ '^(sender|topic):.{1,200}$'),
            since timestamptz NOT NULL,
            PRIMARY KEY (resident, what)
        );
        CREATE INDEX mail_mutes_by_what ON mail_mutes (what, resident);
    """)
    op.execute(HELD_UNTIL)
    for table in ("mail_wishes", "mail_mutes"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY resident ON {table} USING ({MINE})")


def downgrade() -> None:
    op.execute("""
        DROP TABLE mail_wishes, mail_mutes;
        DROP FUNCTION mail_room_held_until(time, time, time, timestamptz, timestamptz);
        DROP FUNCTION mail_room_next_time(time, timestamptz);
    """)
