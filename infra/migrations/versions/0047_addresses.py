"""An address in use stays in use until the one that is to take its place has been proved."""

from alembic import op

revision = "0047_addresses"
down_revision = "0046_bitmaps"


def upgrade() -> None:
    op.execute("""
        ALTER TABLE reach_addresses DROP CONSTRAINT reach_addresses_resident_kind_key;
        CREATE UNIQUE INDEX reach_addresses_in_use ON reach_addresses (resident, kind) WHERE confirmed_at IS NOT NULL;
        CREATE UNIQUE INDEX reach_addresses_asked ON reach_addresses (resident, kind) WHERE confirmed_at IS NULL;
    """)


def downgrade() -> None:
    op.execute("""
        DELETE FROM reach_addresses AS asked WHERE confirmed_at IS NULL AND EXISTS (
            SELECT FROM reach_addresses AS used
            WHERE (used.resident, used.kind) = (asked.resident, asked.kind) AND used.confirmed_at IS NOT NULL
        );
        DROP INDEX reach_addresses_in_use, reach_addresses_asked;
        ALTER TABLE reach_addresses ADD CONSTRAINT reach_addresses_resident_kind_key UNIQUE (resident, kind);
    """)
