"""A grant per source and purpose: filling in forms is one of its own; and of what she is told when somebody looks."""

from alembic import op

revision = "0024_purposes"
down_revision = "0023_links"


def upgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")  # else row-level security hides what is to be changed
    op.execute("DROP INDEX grants_that_hold")
    op.execute("CREATE UNIQUE INDEX grants_that_hold ON grants (resident, source, purpose) WHERE ended_at IS NULL")
    op.execute("""
        INSERT INTO grants (id, resident, source, purpose, text_version, given_at)
            SELECT gen_random_uuid(), resident, source, 'prefill', text_version, given_at FROM grants
            WHERE purpose = 'home' AND ended_at IS NULL AND source IN ('registry', 'care', 'national', 'school')
    """)  # those that fill in a field of some form
    op.execute("""
        ALTER TABLE look_wishes
            ALTER COLUMN told TYPE text USING CASE WHEN told THEN 'persons' ELSE 'nobody' END,
            ADD CONSTRAINT look_wishes_told_check CHECK (told IN ('nobody', 'persons', 'everything'));
    """)


def downgrade() -> None:
    """To one grant for both: who agreed to home alone is filled in for again, as it was then."""
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("ALTER TABLE look_wishes DROP CONSTRAINT look_wishes_told_check")
    op.execute("ALTER TABLE look_wishes ALTER COLUMN told TYPE boolean USING told <> 'nobody'")
    op.execute("DELETE FROM grants WHERE purpose = 'prefill'")
    op.execute("DROP INDEX grants_that_hold")
    op.execute("CREATE UNIQUE INDEX grants_that_hold ON grants (resident, source) WHERE ended_at IS NULL")
