"""Whether a resident's language is one that she chose: any but the first was, by her or by what her phone told."""

from alembic import op

revision = "0063_language_chosen"
down_revision = "0056_taken_off"


def upgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("ALTER TABLE residents ADD COLUMN language_chosen boolean NOT NULL DEFAULT false")
    op.execute("UPDATE residents SET language_chosen = true WHERE language <> 'ja'")


def downgrade() -> None:
    op.execute("ALTER TABLE residents DROP COLUMN language_chosen")
