"""Of a mandate that another gave, the grown person it is about: a keyed digest that says nothing by itself, so that the
person finds it. Those that are open already are filled in by the morning's job, which has the key. And of an official's
session, whether it rose without a passkey, as a demo lets it."""

from alembic import op

revision = "0025_trust"
down_revision = "0024_purposes"


def upgrade() -> None:
    op.execute("ALTER TABLE mandates ADD COLUMN about bytea CHECK (length(about) = 32)")
    op.execute("CREATE INDEX mandates_about ON mandates (about, made_at DESC) WHERE about IS NOT NULL")
    op.execute("ALTER TABLE staff_sessions ADD COLUMN tried_out boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    op.execute("ALTER TABLE staff_sessions DROP COLUMN tried_out")
    op.execute("ALTER TABLE mandates DROP COLUMN about")
