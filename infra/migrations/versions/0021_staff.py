"""Officials: one school's alone, a second factor and devices, what they did and were refused, what waits for a second
person; and whose child goes to which school, as far as a school's notice needs it."""

from alembic import op

revision = "0021_staff"
down_revision = "0020_signing"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"
WHOLE_WARD = f"ward = {WARD} AND {SCHOOL} IS NULL"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
OF_SCHOOLS = (
    "broadcasts",
    "broadcast_history",
    "contacts",
    "contact_children",
    "contact_schools",
    "deliveries",
    "notices",
    "pushes",
    "staff_log",
)
HERE = f"EXISTS (SELECT FROM broadcasts AS b WHERE b.id = {{notice}} AND b.ward = {WARD} AND b.school = {SCHOOL})"


def upgrade() -> None:
    _officials()
    _log()
    _asks()
    _schools()
    _doors_of_a_school()
    _nothing_else_for_a_school()


def _officials() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")  # who comes back logs in anew
    op.execute("""
        DELETE FROM staff_sessions;
        DELETE FROM staff WHERE 'school' = ANY (roles);
        ALTER TABLE staff
            ADD COLUMN school text CHECK (school <> ''),
            ADD COLUMN enrols_until timestamptz,
            ADD CONSTRAINT staff_roles_school_check CHECK (school IS NOT NULL OR NOT 'school' = ANY (roles));
        ALTER TABLE staff_sessions
            ADD COLUMN id uuid NOT NULL UNIQUE,
            ADD COLUMN device text NOT NULL,
            ADD COLUMN rose_at timestamptz;
        CREATE TABLE staff_devices (
            staff uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
            device_hash bytea NOT NULL CHECK (length(device_hash) = 32),
            first_at timestamptz NOT NULL,
            last_at timestamptz NOT NULL,
            PRIMARY KEY (staff, device_hash)
        );
    """)
    _locked("staff_devices")
    op.execute(f"CREATE POLICY house ON staff_devices USING ({HOUSE})")
    of_ours = "EXISTS (SELECT FROM staff AS s WHERE s.id = staff_sessions.staff)"
    op.execute(f"CREATE POLICY ward_reads ON staff FOR SELECT USING ({WHOLE_WARD})")
    op.execute(f"CREATE POLICY ward_reads ON staff_sessions FOR SELECT USING ({WARD} IS NOT NULL AND {of_ours})")
    op.execute(f"CREATE POLICY ward_ends ON staff_sessions FOR DELETE USING ({WARD} IS NOT NULL AND {of_ours})")


def _log() -> None:
    """Only adds. `official` is null when nobody was known yet, `ward` is always the one it belongs to."""
    op.execute("""
        CREATE TABLE staff_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            official uuid,
            official_name text NOT NULL,
            act text NOT NULL CHECK (act <> ''),
            outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'asked')),
            about text NOT NULL,
            reason text NOT NULL CHECK (length(reason) <= 500)
        );
        CREATE INDEX staff_log_of_ward ON staff_log (ward, id DESC);
        CREATE INDEX staff_log_by_age ON staff_log (at);
    """)
    _locked("staff_log")
    op.execute(f"CREATE POLICY house_reads ON staff_log FOR SELECT USING ({HOUSE})")
    op.execute(f"CREATE POLICY house_writes ON staff_log FOR INSERT WITH CHECK ({HOUSE})")
    op.execute(f"CREATE POLICY house_forgets ON staff_log FOR DELETE USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward_reads ON staff_log FOR SELECT USING ({WHOLE_WARD})")
    op.execute(f"CREATE POLICY ward_writes ON staff_log FOR INSERT WITH CHECK (ward = {WARD})")


def _asks() -> None:
    """What one official asked for and another has to agree to; who asked never decides, whatever the code does."""
    op.execute("""
        CREATE TABLE staff_asks (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            act text NOT NULL CHECK (act <> ''),
            about text NOT NULL,
            about_name text NOT NULL,
            what jsonb NOT NULL,
            reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
            asked_by uuid NOT NULL,
            asked_by_name text NOT NULL,
            asked_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL CHECK (ends_at > asked_at),
            decided_by uuid CHECK (decided_by <> asked_by),
            decided_by_name text,
            decided_at timestamptz,
            agreed boolean,
            CHECK (num_nonnulls(decided_by, decided_by_name, decided_at, agreed) IN (0, 4))
        );
        CREATE INDEX staff_asks_of_ward ON staff_asks (ward, asked_at DESC);
        CREATE UNIQUE INDEX staff_asks_once ON staff_asks (ward, act, about) WHERE decided_at IS NULL;
    """)
    _locked("staff_asks")
    op.execute(f"CREATE POLICY house ON staff_asks USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON staff_asks USING ({WHOLE_WARD})")


def _schools() -> None:
    op.execute("""
        CREATE TABLE contact_schools (
            resident uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
            school text NOT NULL CHECK (school <> '' AND length(school) <= 200),
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            PRIMARY KEY (resident, school)
        );
        CREATE INDEX contact_schools_of_school ON contact_schools (ward, school, resident);
        ALTER TABLE broadcasts ADD COLUMN school text CHECK (school <> '');
    """)
    _locked("contact_schools")
    op.execute(f"CREATE POLICY house ON contact_schools USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON contact_schools USING ({MINE})")
    op.execute(
        f"CREATE POLICY ward ON contact_schools FOR SELECT"
        f" USING (ward = {WARD} AND ({SCHOOL} IS NULL OR school = {SCHOOL}))"
    )


def _doors_of_a_school() -> None:
    """The ward's door with a school set shows that school's notices, families and counts, and nothing else."""
    family = f"EXISTS (SELECT FROM contact_schools AS c WHERE c.resident = {{table}}.resident AND c.school = {SCHOOL})"
    for table in ("contacts", "contact_children"):
        _policy(table, "FOR SELECT", f"({SCHOOL} IS NULL OR {family.format(table=table)})")
    _policy("broadcasts", "", f"({SCHOOL} IS NULL OR school = {SCHOOL})")
    _policy("broadcast_history", "", f"({SCHOOL} IS NULL OR {HERE.format(notice='broadcast')})")
    _policy("notices", "FOR SELECT", f"NOT personal AND ({SCHOOL} IS NULL OR {HERE.format(notice='notices.id')})")
    for table in ("deliveries", "pushes"):
        _policy(table, "FOR SELECT", f"({SCHOOL} IS NULL OR {HERE.format(notice='notice')})")


def _nothing_else_for_a_school() -> None:
    """Whatever else a ward's door shows is the ward's own, not its schools'."""
    known = ", ".join(f"'{one}'" for one in OF_SCHOOLS)
    only = f"$u$ AS RESTRICTIVE USING ({SCHOOL} IS NULL)$u$"
    op.execute(f"""
        DO $$ DECLARE told text; BEGIN
            FOR told IN
                SELECT DISTINCT tablename FROM pg_policies
                WHERE schemaname = 'public' AND (qual LIKE '%app.ward%' OR with_check LIKE '%app.ward%')
                  AND tablename NOT IN ({known})
            LOOP
                EXECUTE format('CREATE POLICY whole_ward ON %I', told) || {only};
            END LOOP;
        END $$
    """)  # noqa: S608 - names of ours


def _policy(table: str, what: str, more: str) -> None:
    op.execute(f"DROP POLICY ward ON {table}")
    op.execute(f"CREATE POLICY ward ON {table} {what} USING (ward = {WARD} AND {more})")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("""
        DO $$ DECLARE told text; BEGIN
            FOR told IN SELECT tablename FROM pg_policies WHERE policyname = 'whole_ward' LOOP
                EXECUTE format('DROP POLICY whole_ward ON %I', told);
            END LOOP;
        END $$
    """)
    for table, what, more in (
        ("contacts", "FOR SELECT", ""),
        ("contact_children", "FOR SELECT", ""),
        ("broadcasts", "", ""),
        ("broadcast_history", "", ""),
        ("notices", "FOR SELECT", " AND NOT personal"),
        ("deliveries", "FOR SELECT", ""),
        ("pushes", "FOR SELECT", ""),
    ):
        op.execute(f"DROP POLICY ward ON {table}")
        op.execute(f"CREATE POLICY ward ON {table} {what} USING (ward = {WARD}{more})")
    op.execute("DROP POLICY ward_reads ON staff_sessions")
    op.execute("DROP POLICY ward_ends ON staff_sessions")
    op.execute("DROP POLICY ward_reads ON staff")
    op.execute("""
        ALTER TABLE broadcasts DROP COLUMN school;
        DROP TABLE contact_schools, staff_asks, staff_log, staff_devices;
        ALTER TABLE staff_sessions DROP COLUMN id, DROP COLUMN device, DROP COLUMN rose_at;
        ALTER TABLE staff DROP CONSTRAINT staff_roles_school_check;
        ALTER TABLE staff DROP COLUMN school, DROP COLUMN enrols_until;
    """)
