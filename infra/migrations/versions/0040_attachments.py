"""Files that go along with a notice. What a letter says of them lies in the notice's own row, so that no inbox asks for
it; the bytes lie apart."""

from alembic import op

revision = "0040_attachments"
down_revision = "0039_reach"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"

# A file may come before its notice (a draft has files) and, by a correction, after it.
LISTED = """
    CREATE FUNCTION mail_room_attachments_of(told uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', id, 'name', name, 'media_type', media_type, 'size', size, 'pages', pages, 'kept_until', kept_until
        ) ORDER BY made_at, id), '[]') FROM notice_attachments WHERE notice = told
    $$;
    CREATE FUNCTION mail_room_list_attachments() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.attachments := mail_room_attachments_of(NEW.id);
        RETURN NEW;
    END $$;
    CREATE TRIGGER list_attachments BEFORE INSERT OR UPDATE OF revision ON notices
        FOR EACH ROW EXECUTE FUNCTION mail_room_list_attachments();
"""


def upgrade() -> None:
    op.execute("""
        ALTER TABLE notices ADD COLUMN attachments jsonb NOT NULL DEFAULT '[]';
        CREATE TABLE notice_attachments (
            id uuid PRIMARY KEY,
            notice uuid NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            school text,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
            media_type text NOT NULL,
            size integer NOT NULL,
            body bytea NOT NULL,
            pages smallint NOT NULL,
            kept_until date NOT NULL,
            made_by text NOT NULL,
            made_at timestamptz NOT NULL
        );
        ALTER TABLE notice_attachments ALTER COLUMN body SET STORAGE EXTERNAL;
        CREATE INDEX notice_attachments_of_notice ON notice_attachments (notice);
        CREATE INDEX notice_attachments_by_day ON notice_attachments (kept_until);
        CREATE TABLE notice_attachment_pages (
            attachment uuid NOT NULL REFERENCES notice_attachments ON DELETE CASCADE,
            number smallint NOT NULL CHECK (number > 0),
            ward text NOT NULL,
            school text,
            media_type text NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (attachment, number)
        );
        ALTER TABLE notice_attachment_pages ALTER COLUMN body SET STORAGE EXTERNAL;
    """)
    op.execute(LISTED)
    for table in ("notice_attachments", "notice_attachment_pages"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY ward ON {table} USING ({WARD} AND ({SCHOOL} IS NULL OR school = {SCHOOL}))")


def downgrade() -> None:
    op.execute("""
        DROP TRIGGER list_attachments ON notices;
        DROP FUNCTION mail_room_list_attachments();
        DROP FUNCTION mail_room_attachments_of(uuid);
        DROP TABLE notice_attachment_pages, notice_attachments;
        ALTER TABLE notices DROP COLUMN attachments;
    """)
