"""Fees and slips, tries to pay them, what was paid back, and which of the card provider's words were heard."""

from alembic import op

revision = "0031_payments"
down_revision = "0030_facilities"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
WARD = "ward = nullif(current_setting('app.ward', true), '')"
NO_SCHOOL = "nullif(current_setting('app.school', true), '') IS NULL"


def upgrade() -> None:
    """What was paid is the ward's books: the row stays when an account is erased, of nobody. `said` (numbers of the
    slip, payee, content) is sealed under her key. No column could hold anything of a card."""
    op.execute("""
        CREATE SEQUENCE bill_numbers;
        CREATE TABLE bills (
            id uuid PRIMARY KEY,
            resident uuid REFERENCES residents ON DELETE SET NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            source text NOT NULL CHECK (source IN ('ward', 'slip')),
            number text NOT NULL UNIQUE,
            fee text NOT NULL,
            said bytea NOT NULL,
            amount_yen bigint CHECK (amount_yen BETWEEN 1 AND 1000000000),
            due_on date,
            expires_on date,
            state text NOT NULL
                CHECK (state IN ('looking_up', 'unknown', 'due', 'paid', 'expired', 'cancelled')),
            application uuid,
            made_at timestamptz NOT NULL,
            issued_by_name text NOT NULL,
            paid_at timestamptz,
            paid_by text CHECK (paid_by IN ('card', 'slip')),
            receipt_number text UNIQUE,
            reminded_at timestamptz,
            look_at timestamptz,
            CHECK (state IN ('looking_up', 'unknown', 'cancelled') OR amount_yen IS NOT NULL),
            CHECK ((state = 'paid') = (receipt_number IS NOT NULL)),
            CHECK (num_nonnulls(paid_at, paid_by, receipt_number) IN (0, 3))
        );
        CREATE INDEX bills_of_resident ON bills (resident, made_at DESC);
        CREATE INDEX bills_of_ward ON bills (ward, made_at DESC);
        CREATE INDEX bills_due ON bills (due_on) WHERE state = 'due';
        CREATE INDEX bills_to_look_at ON bills (look_at) WHERE look_at IS NOT NULL;
        CREATE TABLE payment_tries (
            id uuid PRIMARY KEY,
            bill uuid NOT NULL REFERENCES bills ON DELETE CASCADE,
            resident uuid REFERENCES residents ON DELETE SET NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            amount_yen bigint NOT NULL CHECK (amount_yen BETWEEN 1 AND 1000000000),
            state text NOT NULL
                CHECK (state IN ('started', 'paid', 'failed', 'cancelled', 'expired', 'late', 'double')),
            reference text,
            started_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            settled_at timestamptz,
            heard_by text CHECK (heard_by IN ('notification', 'return', 'poll')),
            looks smallint NOT NULL DEFAULT 0,
            look_at timestamptz
        );
        CREATE INDEX payment_tries_of_bill ON payment_tries (bill, started_at);
        CREATE INDEX payment_tries_in_vain ON payment_tries (ward) WHERE state IN ('late', 'double');
        CREATE INDEX payment_tries_to_look_at ON payment_tries (look_at) WHERE look_at IS NOT NULL;
        CREATE UNIQUE INDEX payment_tries_paid_once ON payment_tries (bill) WHERE state = 'paid';
        CREATE TABLE payment_refunds (
            id uuid PRIMARY KEY,
            bill uuid NOT NULL REFERENCES bills ON DELETE CASCADE,
            try uuid NOT NULL REFERENCES payment_tries ON DELETE CASCADE,
            resident uuid REFERENCES residents ON DELETE SET NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            amount_yen bigint NOT NULL CHECK (amount_yen > 0),
            reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
            asked_by_name text NOT NULL,
            agreed_by_name text NOT NULL,
            state text NOT NULL CHECK (state IN ('agreed', 'done', 'refused')),
            at timestamptz NOT NULL,
            done_at timestamptz
        );
        CREATE INDEX payment_refunds_of_bill ON payment_refunds (bill, at);
        CREATE TABLE payment_events (
            event text PRIMARY KEY CHECK (length(event) <= 100),
            digest bytea NOT NULL,
            at timestamptz NOT NULL
        );
        CREATE INDEX payment_events_by_age ON payment_events (at);
    """)
    for table in ("bills", "payment_tries", "payment_refunds", "payment_events"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("bills", "payment_tries", "payment_refunds"):
        op.execute(f"CREATE POLICY resident_reads ON {table} FOR SELECT USING ({MINE})")
        op.execute(f"CREATE POLICY ward_reads ON {table} FOR SELECT USING ({WARD})")
        op.execute(f"CREATE POLICY whole_ward ON {table} AS RESTRICTIVE USING ({NO_SCHOOL})")


def downgrade() -> None:
    op.execute("DROP TABLE payment_events, payment_refunds, payment_tries, bills; DROP SEQUENCE bill_numbers;")
