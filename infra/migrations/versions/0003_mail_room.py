"""The mail room: address book, notices, broadcasts, and deliveries and pushes by month."""

from alembic import op

revision = "0003_mail_room"
down_revision = "0002_identity"

LANGUAGES = "'ja', 'easy', 'en'"
KINDS = "'information', 'action', 'emergency', 'status'"
BROADCAST_STATES = "'draft', 'awaiting_approval', 'approved', 'sending', 'sent', 'stopped', 'sent_back'"
PUSH_STATES = "'waiting', 'sending', 'accepted', 'gone', 'failed', 'needless', 'held_back'"
WARD = "CHECK (ward ~ '^[0-9]{6}$')"

HOUSE = "current_setting('app.door', true) = 'house'"
OF_RESIDENT = "resident = nullif(current_setting('app.resident', true), '')::uuid"
OF_WARD = "ward = nullif(current_setting('app.ward', true), '')"

ADDRESS_BOOK = f"""
    CREATE TABLE contacts (
        resident uuid PRIMARY KEY,
        ward text {WARD},
        language text NOT NULL CHECK (language IN ({LANGUAGES})),
        kept_at timestamptz NOT NULL
    );
    CREATE INDEX contacts_of_ward ON contacts (ward, resident);
    CREATE TABLE contact_children (
        resident uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
        birth_date date NOT NULL,
        ward text {WARD},
        PRIMARY KEY (resident, birth_date)
    );
    CREATE INDEX contact_children_of_ward ON contact_children (ward, birth_date);
    CREATE TABLE devices (
        id uuid PRIMARY KEY,
        resident uuid NOT NULL,
        endpoint text NOT NULL UNIQUE CHECK (length(endpoint) <= 2048),
        p256dh text NOT NULL,
        auth text NOT NULL,
        session bytea,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        failed_at timestamptz
    );
    CREATE INDEX devices_of_resident ON devices (resident, made_at);
    CREATE INDEX devices_by_expiry ON devices (expires_at);
"""

# A shared phone: whoever holds the endpoint now may take it from the resident who had it before, whom the resident's
# own door cannot see.
TAKE_OVER_ENDPOINT = """
    CREATE FUNCTION mail_room_take_over_endpoint(taken text, by_resident uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE door text := current_setting('app.door', true);
    BEGIN
        PERFORM set_config('app.door', 'house', true);
        DELETE FROM devices WHERE endpoint = taken AND resident <> by_resident;
        PERFORM set_config('app.door', coalesce(door, ''), true);
    END $$
"""

BROADCASTS = f"""
    CREATE TABLE broadcasts (
        id uuid PRIMARY KEY,
        ward text NOT NULL {WARD},
        key text NOT NULL,
        state text NOT NULL CHECK (state IN ({BROADCAST_STATES})),
        version integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ({KINDS})),
        sender jsonb NOT NULL,
        title jsonb NOT NULL,
        body jsonb NOT NULL,
        act_by date,
        about text,
        audience jsonb NOT NULL,
        author text NOT NULL,
        author_name text NOT NULL,
        approver text CHECK (approver <> author),
        approver_name text,
        note text,
        written_at timestamptz NOT NULL,
        sent_at timestamptz,
        sent_on date,
        reached_resident uuid,
        chunks integer NOT NULL DEFAULT 0,
        expanded boolean NOT NULL DEFAULT false,
        UNIQUE (ward, key),
        CHECK (state NOT IN ('approved', 'sending', 'sent') OR approver IS NOT NULL)
    );
    CREATE INDEX broadcasts_of_ward ON broadcasts (ward, written_at DESC, id DESC);
    CREATE TABLE broadcast_history (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        broadcast uuid NOT NULL REFERENCES broadcasts ON DELETE CASCADE,
        ward text NOT NULL,
        at timestamptz NOT NULL,
        who text,
        who_name text,
        what text NOT NULL CHECK (what IN ({BROADCAST_STATES})),
        note text
    );
    CREATE INDEX broadcast_history_in_order ON broadcast_history (broadcast, id);
"""

NOTICES = f"""
    CREATE TABLE notices (
        id uuid PRIMARY KEY,
        ward text NOT NULL {WARD},
        personal boolean NOT NULL,
        kind text NOT NULL CHECK (kind IN ({KINDS})),
        sender jsonb NOT NULL,
        title jsonb NOT NULL,
        body jsonb NOT NULL,
        sent_at timestamptz NOT NULL,
        sent_on date NOT NULL,
        act_by date,
        about text
    )
"""

# `ward` in these two is null when the notice is personal, so that no ward's door shows it.
BY_MONTH = f"""
    CREATE TABLE deliveries (
        sent_on date NOT NULL,
        notice uuid NOT NULL,
        resident uuid NOT NULL,
        ward text,
        sent_at timestamptz NOT NULL,
        opened_at timestamptz,
        PRIMARY KEY (sent_on, notice, resident)
    ) PARTITION BY RANGE (sent_on);
    CREATE INDEX deliveries_of_resident ON deliveries (resident, sent_at DESC, notice DESC);
    CREATE INDEX deliveries_unread ON deliveries (resident) WHERE opened_at IS NULL;
    CREATE TABLE pushes (
        sent_on date NOT NULL,
        notice uuid NOT NULL,
        device uuid NOT NULL,
        resident uuid NOT NULL,
        ward text,
        language text NOT NULL,
        origin text NOT NULL,
        chunk integer NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ({PUSH_STATES})),
        tries smallint NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL,
        claimed_at timestamptz,
        settled_at timestamptz,
        PRIMARY KEY (sent_on, notice, device)
    ) PARTITION BY RANGE (sent_on);
    CREATE INDEX pushes_to_do ON pushes (notice, chunk, device) WHERE state IN ('waiting', 'sending');
"""

# Reading a month's table directly is forbidden to everyone (row security on, no policy): only the whole is read.
MAKE_PARTITION = """
    CREATE FUNCTION mail_room_make_partition(day date) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        month date := date_trunc('month', day)::date;
        whole text;
        part text;
    BEGIN
        FOREACH whole IN ARRAY ARRAY['deliveries', 'pushes'] LOOP
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
    for part in (ADDRESS_BOOK, TAKE_OVER_ENDPOINT, BROADCASTS, NOTICES, BY_MONTH, MAKE_PARTITION):
        op.execute(part)
    _lock_doors()
    op.execute(
        "SELECT mail_room_make_partition((current_date + make_interval(months => n))::date)"
        " FROM generate_series(0, 2) AS n"
    )


def _lock_doors() -> None:
    everything = (
        "contacts",
        "contact_children",
        "devices",
        "broadcasts",
        "broadcast_history",
        "notices",
        "deliveries",
        "pushes",
    )
    for table in everything:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("contacts", "contact_children", "devices"):
        op.execute(f"CREATE POLICY resident ON {table} USING ({OF_RESIDENT})")
    op.execute(f"CREATE POLICY resident_reads ON deliveries FOR SELECT USING ({OF_RESIDENT})")
    op.execute(f"CREATE POLICY resident_opens ON deliveries FOR UPDATE USING ({OF_RESIDENT})")
    op.execute("""
        CREATE POLICY resident ON notices FOR SELECT USING (EXISTS (
            SELECT FROM deliveries AS d
            WHERE d.sent_on = notices.sent_on AND d.notice = notices.id
              AND d.resident = nullif(current_setting('app.resident', true), '')::uuid))
    """)
    for table in ("broadcasts", "broadcast_history"):
        op.execute(f"CREATE POLICY ward ON {table} USING ({OF_WARD})")
    for table in ("contacts", "contact_children", "deliveries", "pushes"):
        op.execute(f"CREATE POLICY ward ON {table} FOR SELECT USING ({OF_WARD})")
    op.execute(f"CREATE POLICY ward ON notices FOR SELECT USING ({OF_WARD} AND NOT personal)")


def downgrade() -> None:
    op.execute("""
        DROP TABLE pushes, deliveries, notices, broadcast_history, broadcasts, devices, contact_children, contacts;
        DROP FUNCTION mail_room_make_partition(date);
        DROP FUNCTION mail_room_take_over_endpoint(text, uuid);
    """)
