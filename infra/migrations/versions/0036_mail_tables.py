"""The mail room without a row per recipient: numbers, marks, audiences kept as one bitmap, what people did, chunks of
pushes; topics, revisions and questions of notices. Its doors: 0036_post."""

import sqlalchemy as sa
from alembic import op
from pyroaring import BitMap

revision = "0036_mail_tables"
down_revision = "0035_paper"

NOBODY = "'00000000-0000-0000-0000-000000000000'"
TOPICS = (
    "'school', 'nursery', 'child', 'health', 'tax', 'care', 'moving', 'disaster', 'application', 'payment', 'account',"
    " 'other'"
)

ADDRESS_BOOK = f"""
    ALTER TABLE contacts ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY UNIQUE;
    CREATE TABLE contact_aliases (
        number integer PRIMARY KEY,
        resident uuid NOT NULL REFERENCES contacts ON DELETE CASCADE
    );
    CREATE INDEX contact_aliases_of_resident ON contact_aliases (resident);
    ALTER TABLE contact_children
        ADD COLUMN child uuid NOT NULL DEFAULT {NOBODY},
        DROP CONSTRAINT contact_children_pkey,
        ADD PRIMARY KEY (resident, birth_date, child);
    CREATE TABLE contact_marks (
        resident uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
        number integer NOT NULL,
        ward text NOT NULL CHECK (ward ~ '^[0-9]{{6}}$'),
        mark text NOT NULL CHECK (mark <> '' AND length(mark) <= 300),
        child uuid NOT NULL DEFAULT {NOBODY},
        PRIMARY KEY (resident, mark, child)
    );
    CREATE INDEX contact_marks_of_mark ON contact_marks (ward, mark, number);
    INSERT INTO contact_marks (resident, number, ward, mark)
        SELECT s.resident, c.number, s.ward, 'school:' || s.school
        FROM contact_schools s JOIN contacts c USING (resident);
"""  # noqa: S608 - names of ours

# The current revision of a notice is its row; what it said before lies beside it.
NOTICES = f"""
    ALTER TABLE notices
        ADD COLUMN sender_key text NOT NULL DEFAULT 'house' CHECK (length(sender_key) <= 300),
        ADD COLUMN topic text NOT NULL DEFAULT 'other' CHECK (topic IN ({TOPICS})),
        ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
        ADD COLUMN revised_at timestamptz,
        ADD COLUMN recalled_at timestamptz,
        ADD COLUMN marks text[] NOT NULL DEFAULT '{{}}',
        ADD COLUMN asks jsonb,
        ADD COLUMN lapses_at timestamptz;
    ALTER TABLE broadcasts
        ADD COLUMN sender_key text NOT NULL DEFAULT 'house' CHECK (length(sender_key) <= 300),
        ADD COLUMN topic text NOT NULL DEFAULT 'other' CHECK (topic IN ({TOPICS})),
        ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
        ADD COLUMN revised_at timestamptz,
        ADD COLUMN recalled_at timestamptz,
        ADD COLUMN marks text[] NOT NULL DEFAULT '{{}}',
        ADD COLUMN asks jsonb,
        ADD COLUMN lapses_at timestamptz;
    UPDATE broadcasts SET
        sender_key = CASE WHEN school IS NULL THEN 'ward:' || ward ELSE 'school:' || ward || ':' || school END,
        topic = CASE WHEN school IS NULL THEN 'other' ELSE 'school' END,
        marks = CASE WHEN school IS NULL THEN '{{}}' ELSE ARRAY['school:' || school] END;
    UPDATE notices n SET sender_key = b.sender_key, topic = b.topic, marks = b.marks
        FROM broadcasts b WHERE b.id = n.id AND NOT n.personal;
    CREATE TABLE notice_revisions (
        notice uuid NOT NULL REFERENCES notices ON DELETE CASCADE,
        revision integer NOT NULL CHECK (revision > 0),
        sender jsonb NOT NULL,
        title jsonb NOT NULL,
        body jsonb NOT NULL,
        at timestamptz NOT NULL,
        why text NOT NULL,
        PRIMARY KEY (notice, revision)
    );
    ALTER TABLE deliveries ADD COLUMN child uuid;
"""  # noqa: S608 - names of ours

# `stages`: [[low, high, seconds since 1970, wave], …], who sees it from when on; empty: everybody at once.
SNAPSHOTS = """
    CREATE TABLE snapshots (
        notice uuid PRIMARY KEY REFERENCES notices ON DELETE CASCADE,
        serial bigint NOT NULL UNIQUE,
        ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
        sent_at timestamptz NOT NULL,
        lapses_at timestamptz NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        size integer NOT NULL,
        members bytea NOT NULL,
        stages jsonb NOT NULL DEFAULT '[]',
        stopped_at timestamptz
    );
    ALTER TABLE snapshots ALTER COLUMN members SET STORAGE EXTERNAL;
    CREATE INDEX snapshots_by_lapse ON snapshots (lapses_at);
    CREATE SEQUENCE snapshot_serials;
    CREATE FUNCTION mail_room_next_serial() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('mail_room_next_serial'));
        NEW.serial := nextval('snapshot_serials');
        RETURN NEW;
    END $$;
    CREATE TRIGGER in_order BEFORE INSERT OR UPDATE ON snapshots
        FOR EACH ROW EXECUTE FUNCTION mail_room_next_serial();
"""

ACTS = f"""
    CREATE TABLE notice_acts (
        resident uuid NOT NULL,
        notice uuid NOT NULL,
        number integer,
        ward text,
        child uuid NOT NULL DEFAULT {NOBODY},
        revision integer NOT NULL DEFAULT 1,
        opened_at timestamptz,
        confirmed_at timestamptz,
        answered_at timestamptz,
        archived_at timestamptz,
        unread_at timestamptz,
        PRIMARY KEY (resident, notice)
    );
    CREATE INDEX notice_acts_of_notice ON notice_acts (notice) WHERE ward IS NOT NULL;
"""

CHUNKS = """
    CREATE TABLE push_chunks (
        sent_on date NOT NULL,
        notice uuid NOT NULL,
        revision integer NOT NULL,
        chunk integer NOT NULL,
        ward text,
        wave integer NOT NULL DEFAULT 0,
        low integer NOT NULL,
        high integer NOT NULL CHECK (high >= low),
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'done', 'held_back')),
        due_at timestamptz NOT NULL,
        claimed_at timestamptz,
        tries smallint NOT NULL DEFAULT 0,
        size integer NOT NULL DEFAULT 0,
        PRIMARY KEY (sent_on, notice, revision, chunk)
    ) PARTITION BY RANGE (sent_on);
    CREATE INDEX push_chunks_to_do ON push_chunks (due_at) WHERE state IN ('waiting', 'sending');
"""

# A resident's door sees neither who else got a broadcast nor which there are: it is handed what it names, and the
# process that asks knows from the snapshots which ones are hers.
FUNCTIONS = """
    CREATE FUNCTION mail_room_newest() RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        door text := current_setting('app.door', true);
        newest bigint;
    BEGIN
        PERFORM set_config('app.door', 'house', true);
        SELECT max(serial) INTO newest FROM snapshots;
        PERFORM set_config('app.door', coalesce(door, ''), true);
        RETURN coalesce(newest, 0);
    END $$;
    CREATE FUNCTION mail_room_newer(known bigint) RETURNS SETOF snapshots LANGUAGE plpgsql AS $$
    DECLARE door text := current_setting('app.door', true);
    BEGIN
        PERFORM set_config('app.door', 'house', true);
        RETURN QUERY SELECT * FROM snapshots WHERE serial > known ORDER BY serial;
        PERFORM set_config('app.door', coalesce(door, ''), true);
    END $$;
    CREATE FUNCTION mail_room_told(named uuid[]) RETURNS SETOF notices LANGUAGE plpgsql ROWS 20 AS $$
    DECLARE door text := current_setting('app.door', true);
    BEGIN
        PERFORM set_config('app.door', 'house', true);
        RETURN QUERY SELECT * FROM notices WHERE id = ANY (named) AND NOT personal;
        PERFORM set_config('app.door', coalesce(door, ''), true);
    END $$;
"""

MAKE_PARTITION = """
    CREATE OR REPLACE FUNCTION mail_room_make_partition(day date) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        month date := date_trunc('month', day)::date;
        whole text;
        part text;
    BEGIN
        FOREACH whole IN ARRAY ARRAY[{wholes}] LOOP
            part := whole || '_' || to_char(month, 'YYYYMM');
            CONTINUE WHEN to_regclass(part) IS NOT NULL;
            PERFORM pg_advisory_xact_lock(hashtext('mail_room_make_partition'));
            CONTINUE WHEN to_regclass(part) IS NOT NULL;
            EXECUTE 'CREATE TABLE ' || quote_ident(part) || ' (LIKE ' || whole || ' INCLUDING ALL)';
            EXECUTE 'ALTER TABLE ' || quote_ident(part) || ' ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY';
            EXECUTE 'ALTER TABLE ' || whole || ' ATTACH PARTITION ' || quote_ident(part) || ' FOR VALUES FROM ('
                || quote_literal(month) || ') TO (' || quote_literal((month + interval '1 month')::date) || ')';
        END LOOP;
    END $$
"""


def upgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    for part in (ADDRESS_BOOK, NOTICES, SNAPSHOTS, ACTS, CHUNKS, FUNCTIONS):
        op.execute(part)
    op.execute(MAKE_PARTITION.format(wholes="'deliveries', 'pushes', 'push_chunks'"))
    op.execute(
        "SELECT mail_room_make_partition((current_date + make_interval(months => n))::date)"
        " FROM generate_series(0, 2) AS n"
    )
    _carry_over()


def _carry_over() -> None:
    """Who got a broadcast becomes its snapshot, and what people opened an act of theirs. What was half written into
    inboxes is begun anew by its job, which still waits."""
    conn = op.get_bind()
    op.execute("""
        CREATE TEMPORARY TABLE halves ON COMMIT DROP AS
            SELECT id FROM broadcasts WHERE state = 'sending' AND NOT expanded;
        DELETE FROM deliveries d USING halves h WHERE d.notice = h.id;
        DELETE FROM notices n USING halves h WHERE n.id = h.id;
        UPDATE broadcasts b SET state = 'approved', sent_at = NULL, sent_on = NULL FROM halves h WHERE b.id = h.id;
        DROP TABLE halves;
        INSERT INTO notice_acts (resident, notice, number, ward, opened_at)
        SELECT d.resident, d.notice, c.number, d.ward, d.opened_at
        FROM deliveries d LEFT JOIN contacts c USING (resident) WHERE d.opened_at IS NOT NULL
    """)
    sent = conn.execute(sa.text("SELECT id, ward, sent_on, sent_at FROM notices WHERE NOT personal")).all()
    asked = sa.text(
        "SELECT c.number FROM deliveries d JOIN contacts c USING (resident) WHERE d.notice = :id AND d.sent_on = :day"
    )
    kept = sa.text(
        "INSERT INTO snapshots (notice, ward, sent_at, lapses_at, size, members)"
        " VALUES (:id, :ward, :at, :at + interval '1 year', :size, :members)"
    )
    for notice in sent:
        members = BitMap(conn.execute(asked, {"id": notice.id, "day": notice.sent_on}).scalars())
        told = {"id": notice.id, "ward": notice.ward, "at": notice.sent_at}
        conn.execute(kept, {**told, "size": len(members), "members": members.serialize()})
    op.execute("""
        DELETE FROM deliveries WHERE ward IS NOT NULL;
        DROP INDEX deliveries_unread;
        DROP POLICY resident_opens ON deliveries;
        ALTER TABLE deliveries DROP COLUMN opened_at;
        ALTER TABLE broadcasts DROP COLUMN reached_resident, DROP COLUMN chunks, DROP COLUMN expanded;
    """)


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    _rows_again()
    op.execute("""
        DROP FUNCTION mail_room_newest(), mail_room_newer(bigint), mail_room_told(uuid[]);
        DROP TABLE push_chunks, notice_acts, snapshots, notice_revisions, contact_marks, contact_aliases;
        DROP FUNCTION mail_room_next_serial();
        DROP SEQUENCE snapshot_serials;
        ALTER TABLE deliveries DROP COLUMN child;
        DELETE FROM contact_children a USING contact_children b
            WHERE a.resident = b.resident AND a.birth_date = b.birth_date AND a.child > b.child;
        ALTER TABLE contact_children DROP COLUMN child, ADD PRIMARY KEY (resident, birth_date);
        ALTER TABLE contacts DROP COLUMN number;
    """)
    gone = ["sender_key", "topic", "revision", "revised_at", "recalled_at", "marks", "asks", "lapses_at"]
    for table in ("notices", "broadcasts"):
        op.execute(f"ALTER TABLE {table} " + ", ".join(f"DROP COLUMN {column}" for column in gone))
    op.execute(MAKE_PARTITION.format(wholes="'deliveries', 'pushes'"))


def _rows_again() -> None:
    """A row for each who got a broadcast, as it was; of a broadcast that was in the middle, all are written to."""
    op.execute("""
        ALTER TABLE broadcasts
            ADD COLUMN reached_resident uuid,
            ADD COLUMN chunks integer NOT NULL DEFAULT 0,
            ADD COLUMN expanded boolean NOT NULL DEFAULT false;
        UPDATE broadcasts SET expanded = true WHERE sent_at IS NOT NULL;
        ALTER TABLE deliveries ADD COLUMN opened_at timestamptz;
        CREATE INDEX deliveries_unread ON deliveries (resident) WHERE opened_at IS NULL;
    """)
    op.execute(
        "CREATE POLICY resident_opens ON deliveries FOR UPDATE"
        " USING (resident = nullif(current_setting('app.resident', true), '')::uuid)"
    )
    conn = op.get_bind()
    row = sa.text(
        "INSERT INTO deliveries (sent_on, notice, resident, ward, sent_at) SELECT n.sent_on, n.id, c.resident, n.ward,"
        " n.sent_at FROM notices n, contacts c WHERE n.id = :id AND c.number = ANY (:numbers)"
    )
    for kept in conn.execute(sa.text("SELECT notice, members FROM snapshots")).all():
        conn.execute(row, {"id": kept.notice, "numbers": list(BitMap.deserialize(bytes(kept.members)))})
    op.execute(
        "UPDATE deliveries d SET opened_at = a.opened_at FROM notice_acts a"
        " WHERE a.resident = d.resident AND a.notice = d.notice"
    )
