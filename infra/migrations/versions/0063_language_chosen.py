"""Whether a resident's language is one that she chose: any but the first was, by her or by what her phone told."""

from alembic import op

revision = "0063_language_chosen"
down_revision = "0056_taken_off"


def upgrade() -> None:
    """Nobody waits for the rows to be written: the column's lock is given up before. Broken off, it is run again."""
    op.execute("ALTER TABLE residents ADD COLUMN IF NOT EXISTS language_chosen boolean NOT NULL DEFAULT false")
    with op.get_context().autocommit_block():
        op.execute("SELECT set_config('app.door', 'house', false)")
        op.execute("UPDATE residents SET language_chosen = true WHERE language <> 'ja'")
        op.execute("SELECT set_config('app.door', '', false)")


def downgrade() -> None:
    op.execute("ALTER TABLE residents DROP COLUMN language_chosen")
