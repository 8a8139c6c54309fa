"""Signatures under way and made, and the sealed receipts of applications."""

from alembic import op

revision = "0020_signing"
down_revision = "0019_questions"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    _signatures()
    _sealed_receipts()


def _signatures() -> None:
    """Never a certificate: the signature's value, the verifier's id of its check, and how that ended."""
    op.execute("""
        CREATE TABLE signatures (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            session uuid NOT NULL,
            application uuid NOT NULL,
            digest_algorithm text NOT NULL CHECK (digest_algorithm IN ('sha256', 'sha384')),
            digest bytea NOT NULL CHECK (length(digest) IN (32, 48)),
            to_path text NOT NULL,
            made_at timestamptz NOT NULL,
            state_hash bytea UNIQUE,
            nonce text,
            verifier text,
            transaction text,
            state text NOT NULL CHECK (state IN ('begun', 'away', 'signed', 'refused', 'used')),
            refusal text CHECK ((refusal IS NOT NULL) = (state = 'refused')),
            algorithm text,
            value bytea,
            verification text,
            checked_at timestamptz,
            CHECK ((state IN ('signed', 'used')) = (num_nonnulls(algorithm, value, verification, checked_at) = 4))
        );
        CREATE INDEX signatures_by_age ON signatures (made_at);
        CREATE UNIQUE INDEX signatures_used_once ON signatures (application) WHERE state = 'used';
    """)
    _locked("signatures")


def _sealed_receipts() -> None:
    """`bundle` lies under the resident's key; `stamp_ends` is when the certificate of its newest time stamp ends."""
    op.execute("""
        CREATE TABLE sealed_receipts (
            application uuid PRIMARY KEY REFERENCES applications ON DELETE CASCADE,
            resident uuid NOT NULL,
            bundle bytea NOT NULL,
            sealed_at timestamptz NOT NULL,
            stamped_at timestamptz,
            stamp_ends timestamptz,
            CHECK ((stamped_at IS NULL) = (stamp_ends IS NULL))
        );
        CREATE INDEX sealed_receipts_ending ON sealed_receipts (stamp_ends);
    """)
    _locked("sealed_receipts")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON {table} USING ({MINE})")


def downgrade() -> None:
    op.execute("DROP TABLE sealed_receipts, signatures")
