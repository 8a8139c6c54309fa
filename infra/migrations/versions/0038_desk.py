"""The desk of the mail room: approvals by risk, plans of sending, trial senders, corrections, templates with versions,
saved audiences, lists of a ward's own, and what a ward has settled about all of it."""

from alembic import op

revision = "0038_desk"
down_revision = "0037_wishes"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"
CODE = "CHECK (ward ~ '^[0-9]{6}$')"
KINDS = "'information', 'action', 'emergency'"

# `begins_at` null: as soon as it is approved. `series`: the first of those that come round. `trial`: goes to those
# alone who try out what its author sends. `knowingly`: the like ones its writer has seen and sends it all the same.
BROADCASTS = """
    ALTER TABLE broadcasts
        ADD COLUMN approvals_needed smallint NOT NULL DEFAULT 1 CHECK (approvals_needed BETWEEN 0 AND 2),
        ADD COLUMN begins_at timestamptz,
        ADD COLUMN repeats text CHECK (repeats IN ('weekly', 'monthly')),
        ADD COLUMN repeats_until date,
        ADD COLUMN series uuid,
        ADD COLUMN first_percent smallint NOT NULL DEFAULT 0 CHECK (first_percent BETWEEN 0 AND 50),
        ADD COLUMN pause_minutes integer NOT NULL DEFAULT 0 CHECK (pause_minutes BETWEEN 0 AND 10080),
        ADD COLUMN trial boolean NOT NULL DEFAULT false,
        ADD COLUMN knowingly uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT broadcasts_repeats_end CHECK ((repeats IS NULL) = (repeats_until IS NULL)),
        DROP CONSTRAINT broadcasts_check1,
        ADD CONSTRAINT broadcasts_check1
            CHECK (state NOT IN ('approved', 'sending', 'sent') OR approver IS NOT NULL OR approvals_needed = 0);
"""
APPROVALS = f"""
    CREATE TABLE broadcast_approvals (
        broadcast uuid NOT NULL REFERENCES broadcasts ON DELETE CASCADE,
        version integer NOT NULL,
        who text NOT NULL,
        who_name text NOT NULL,
        ward text NOT NULL {CODE},
        at timestamptz NOT NULL,
        PRIMARY KEY (broadcast, version, who)
    );
    CREATE TABLE broadcast_corrections (
        id uuid PRIMARY KEY,
        broadcast uuid NOT NULL REFERENCES broadcasts ON DELETE CASCADE,
        ward text NOT NULL {CODE},
        school text CHECK (school <> ''),
        revision integer NOT NULL,
        title jsonb NOT NULL,
        body jsonb NOT NULL,
        why text NOT NULL,
        by text NOT NULL,
        by_name text NOT NULL,
        at timestamptz NOT NULL,
        decided_at timestamptz,
        decided_by text CHECK (decided_by <> by),
        decided_by_name text,
        agreed boolean
    );
    CREATE UNIQUE INDEX broadcast_corrections_open ON broadcast_corrections (broadcast) WHERE decided_at IS NULL;
"""
KEPT = f"""
    CREATE TABLE saved_audiences (
        id uuid PRIMARY KEY,
        ward text NOT NULL {CODE},
        school text CHECK (school <> ''),
        name text NOT NULL CHECK (name <> '' AND length(name) <= 60),
        audience jsonb NOT NULL,
        by_name text NOT NULL,
        at timestamptz NOT NULL,
        UNIQUE NULLS NOT DISTINCT (ward, school, name)
    );
    CREATE TABLE mail_lists (
        id uuid PRIMARY KEY,
        ward text NOT NULL {CODE},
        name text NOT NULL CHECK (name <> '' AND length(name) <= 60),
        people integer NOT NULL,
        by_name text NOT NULL,
        at timestamptz NOT NULL,
        ends_on date NOT NULL,
        UNIQUE (ward, name)
    );
    CREATE TABLE mail_templates (
        id uuid PRIMARY KEY,
        ward text NOT NULL {CODE},
        school text CHECK (school <> ''),
        name text NOT NULL CHECK (name <> '' AND length(name) <= 60),
        version integer NOT NULL,
        retired_at timestamptz,
        UNIQUE NULLS NOT DISTINCT (ward, school, name)
    );
    CREATE TABLE mail_template_versions (
        template uuid NOT NULL REFERENCES mail_templates ON DELETE CASCADE,
        version integer NOT NULL,
        ward text NOT NULL {CODE},
        school text CHECK (school <> ''),
        kind text NOT NULL CHECK (kind IN ({KINDS})),
        topic text NOT NULL,
        title jsonb NOT NULL,
        body jsonb NOT NULL,
        by_name text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (template, version)
    );
    CREATE TABLE mail_settings (
        ward text PRIMARY KEY {CODE},
        class_size integer NOT NULL CHECK (class_size BETWEEN 0 AND 500),
        class_approvals smallint NOT NULL CHECK (class_approvals BETWEEN 0 AND 1),
        large_from integer NOT NULL CHECK (large_from >= 0),
        large_approvals smallint NOT NULL CHECK (large_approvals BETWEEN 1 AND 2),
        budget smallint NOT NULL CHECK (budget BETWEEN 1 AND 50),
        trials smallint NOT NULL CHECK (trials BETWEEN 0 AND 20),
        by_name text NOT NULL,
        at timestamptz NOT NULL
    );
    CREATE TABLE mail_senders (
        ward text NOT NULL {CODE},
        who text NOT NULL,
        who_name text NOT NULL,
        school text CHECK (school <> ''),
        trials integer NOT NULL DEFAULT 0,
        trusted_at timestamptz,
        trusted_by_name text,
        PRIMARY KEY (ward, who)
    );
"""
OF_A_WARD = ("broadcast_approvals", "mail_settings", "mail_senders")
OF_A_SCHOOL_TOO = ("broadcast_corrections", "saved_audiences", "mail_templates", "mail_template_versions")


def upgrade() -> None:
    for part in (BROADCASTS, APPROVALS, KEPT):
        op.execute(part)
    for table in (*OF_A_WARD, *OF_A_SCHOOL_TOO, "mail_lists"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    its = f"EXISTS (SELECT FROM broadcasts b WHERE b.id = broadcast AND b.school = {SCHOOL})"
    own = f"school = {SCHOOL}"
    _ward("broadcast_approvals", its)
    _ward("mail_senders", own)
    for table in OF_A_SCHOOL_TOO:
        _ward(table, own)
    op.execute(
        f"CREATE POLICY ward ON mail_settings USING (ward = {WARD}) WITH CHECK (ward = {WARD} AND {SCHOOL} IS NULL)"
    )
    _ward("mail_lists", "false")


def _ward(table: str, of_school: str) -> None:
    """A ward sees its own, a school its own alone."""
    op.execute(f"CREATE POLICY ward ON {table} USING (ward = {WARD} AND ({SCHOOL} IS NULL OR {of_school}))")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("""
        DROP TABLE mail_senders, mail_settings, mail_template_versions, mail_templates, mail_lists, saved_audiences,
            broadcast_corrections, broadcast_approvals;
        DELETE FROM broadcasts WHERE approver IS NULL AND state IN ('approved', 'sending', 'sent');
        ALTER TABLE broadcasts
            DROP CONSTRAINT broadcasts_check1,
            DROP COLUMN approvals_needed, DROP COLUMN begins_at, DROP COLUMN repeats, DROP COLUMN repeats_until,
            DROP COLUMN series, DROP COLUMN first_percent, DROP COLUMN pause_minutes, DROP COLUMN trial,
            DROP COLUMN knowingly,
            ADD CONSTRAINT broadcasts_check1
                CHECK (state NOT IN ('approved', 'sending', 'sent') OR approver IS NOT NULL);
    """)
