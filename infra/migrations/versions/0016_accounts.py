"""Accounts: what the card told before, wishes to be erased, accounts that became one, codes given at a ward's desk,
accounts closed by a death, and the id under which a ward knows who sent an application."""

from alembic import op

revision = "0016_accounts"
down_revision = "0015_oidc"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
WARD = "nullif(current_setting('app.ward', true), '')"
A_WARD = "CHECK (ward ~ '^[0-9]{6}$')"


def upgrade() -> None:
    _residents()
    _merged()
    _desk()
    _closures()
    op.execute("ALTER TABLE applications ADD COLUMN known_as text")


def _residents() -> None:
    """`pairwise`: which secret her pseudonyms are made with. `before`, sealed: what the card told before it changed."""
    op.execute("""
        ALTER TABLE residents
            ADD COLUMN pairwise text NOT NULL DEFAULT '1',
            ADD COLUMN before bytea,
            ADD COLUMN before_until timestamptz,
            ADD COLUMN changed_at timestamptz,
            ADD COLUMN erase_asked_at timestamptz,
            ADD COLUMN erase_at timestamptz,
            ADD COLUMN erase_called_off_at timestamptz,
            ADD COLUMN closed_at timestamptz,
            ADD COLUMN moving_to text CHECK (moving_to ~ '^[0-9]{6}$'),
            ADD COLUMN moving_to_at timestamptz,
            ADD CHECK ((before IS NULL) = (before_until IS NULL)),
            ADD CHECK ((erase_at IS NULL) = (erase_asked_at IS NULL)),
            ADD CHECK ((moving_to IS NULL) = (moving_to_at IS NULL));
        CREATE INDEX residents_to_erase ON residents (erase_at) WHERE erase_at IS NOT NULL;
        CREATE INDEX residents_changed ON residents (before_until) WHERE before_until IS NOT NULL;
    """)


def _merged() -> None:
    """A login that led to an account which is part of another now, and the wish under way that makes it so."""
    op.execute("""
        CREATE TABLE merged_accounts (
            was uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            issuer text NOT NULL,
            sub text NOT NULL,
            at timestamptz NOT NULL,
            UNIQUE (issuer, sub)
        );
        CREATE INDEX merged_accounts_of_resident ON merged_accounts (resident);
        CREATE TABLE merge_wishes (
            token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            made_at timestamptz NOT NULL
        );
        CREATE FUNCTION accounts_of(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE
            AS 'SELECT one UNION ALL SELECT was FROM merged_accounts WHERE resident = one';
    """)
    for table in ("merged_accounts", "merge_wishes"):
        _locked(table)
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON merged_accounts FOR SELECT USING (resident = {ME})")
    # The log is never changed: what was read of an account that is part of hers now is hers to see.
    op.execute("DROP POLICY resident ON exchange_log")
    op.execute(f"CREATE POLICY resident ON exchange_log FOR SELECT USING (resident IN (SELECT accounts_of({ME})))")


def _desk() -> None:
    """A registration at a desk and its code; `place` finds it, `code_hash` is the rest, whose tries are counted."""
    op.execute(f"""
        CREATE SEQUENCE desk_numbers;
        CREATE TABLE desk_codes (
            id uuid PRIMARY KEY,
            number text NOT NULL,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            ward text NOT NULL {A_WARD},
            checked text NOT NULL,
            case_number text NOT NULL CHECK (case_number <> '' AND length(case_number) <= 100),
            official uuid NOT NULL,
            official_name text NOT NULL,
            made_at timestamptz NOT NULL,
            needs_second boolean NOT NULL,
            second uuid CHECK (second <> official),
            second_name text,
            second_at timestamptz,
            place text,
            code_hash bytea,
            expires_at timestamptz,
            tries smallint NOT NULL DEFAULT 0,
            ended_at timestamptz,
            ended text CHECK (ended IN ('used', 'replaced', 'guessed', 'withdrawn')),
            CHECK ((ended_at IS NULL) = (ended IS NULL)),
            CHECK (num_nonnulls(place, code_hash, expires_at) IN (0, 3)),
            CHECK (num_nonnulls(second, second_name, second_at) IN (0, 3)),
            CHECK (code_hash IS NULL OR NOT needs_second OR second IS NOT NULL)
        );
        CREATE UNIQUE INDEX desk_codes_by_place ON desk_codes (place) WHERE ended_at IS NULL;
        CREATE INDEX desk_codes_of_ward ON desk_codes (ward, made_at DESC);
        CREATE INDEX desk_codes_by_number ON desk_codes (number);
    """)
    _locked("desk_codes")
    op.execute(f"CREATE POLICY house ON desk_codes USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON desk_codes USING (ward = {WARD})")


def _closures() -> None:
    """Asked by one official, decided by another; kept without a name, also when the account is erased."""
    op.execute(f"""
        CREATE TABLE closures (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL,
            ward text NOT NULL {A_WARD},
            case_number text NOT NULL CHECK (case_number <> '' AND length(case_number) <= 100),
            kept_days integer NOT NULL CHECK (kept_days BETWEEN 1 AND 36500),
            asked_by uuid NOT NULL,
            asked_name text NOT NULL,
            asked_at timestamptz NOT NULL,
            decided_by uuid CHECK (decided_by <> asked_by),
            decided_name text,
            decided_at timestamptz,
            outcome text CHECK (outcome IN ('closed', 'refused')),
            reopened_by uuid,
            reopened_name text,
            reopened_at timestamptz,
            reopened_why text,
            CHECK (num_nonnulls(decided_by, decided_name, decided_at, outcome) IN (0, 4)),
            CHECK (num_nonnulls(reopened_by, reopened_name, reopened_at, reopened_why) IN (0, 4))
        );
        CREATE UNIQUE INDEX closures_asked ON closures (resident) WHERE outcome IS NULL;
        CREATE INDEX closures_of_ward ON closures (ward, asked_at DESC);
    """)
    _locked("closures")
    op.execute(f"CREATE POLICY house ON closures USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON closures USING (ward = {WARD})")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("DROP POLICY resident ON exchange_log")
    op.execute(f"CREATE POLICY resident ON exchange_log FOR SELECT USING (resident = {ME})")
    op.execute("DROP FUNCTION accounts_of(uuid)")
    op.execute("DROP TABLE closures, desk_codes, merge_wishes, merged_accounts")
    op.execute("DROP SEQUENCE desk_numbers")
    op.execute("ALTER TABLE applications DROP COLUMN known_as")
    op.execute("""
        ALTER TABLE residents DROP COLUMN pairwise, DROP COLUMN before, DROP COLUMN before_until,
            DROP COLUMN changed_at, DROP COLUMN erase_asked_at, DROP COLUMN erase_at, DROP COLUMN erase_called_off_at,
            DROP COLUMN closed_at, DROP COLUMN moving_to, DROP COLUMN moving_to_at
    """)
