"""A resident reads one of ten languages."""

from alembic import op

revision = "0055_languages"
down_revision = "0054_event_revisions"

BEFORE = "'ja', 'easy', 'en'"
NOW = f"{BEFORE}, 'zh-Hans', 'zh-Hant', 'ko', 'vi', 'ne', 'tl', 'pt'"


def upgrade() -> None:
    _languages(NOW)


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    for table in ("residents", "contacts"):
        op.execute(f"UPDATE {table} SET language = 'en' WHERE language NOT IN ({BEFORE})")  # noqa: S608
    _languages(BEFORE)


def _languages(some: str) -> None:
    for table in ("residents", "contacts"):
        op.execute(f"""
            ALTER TABLE {table} DROP CONSTRAINT {table}_language_check,
                ADD CONSTRAINT {table}_language_check CHECK (language IN ({some}))
        """)
