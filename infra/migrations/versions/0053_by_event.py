"""A wish of hers: her ward may choose her by a life event that is open for her. Off until she says so."""

from alembic import op

revision = "0053_by_event"
down_revision = "0052_thread_files"


def upgrade() -> None:
    op.execute("ALTER TABLE mail_wishes ADD COLUMN by_event boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    op.execute("ALTER TABLE mail_wishes DROP COLUMN by_event")
