"""What a session rests on and by which id it is listed, the roles of officials, and who looked within the house."""

from alembic import op

revision = "0014_trust"
down_revision = "0013_stopped"

ROLES = "'editor', 'approver', 'case_worker', 'school', 'auditor', 'administrator', 'operator'"
BEFORE = "'writer', 'approver', 'operator'"


def upgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")  # else row-level security hides what is to be changed
    op.execute("""
        ALTER TABLE sessions
            ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
            ADD COLUMN identity smallint NOT NULL DEFAULT 3 CHECK (identity BETWEEN 1 AND 3),
            ADD COLUMN authentication smallint NOT NULL DEFAULT 3 CHECK (authentication BETWEEN 1 AND 3),
            ADD COLUMN proved_at timestamptz,
            ADD COLUMN method text NOT NULL DEFAULT 'card' CHECK (method IN ('card', 'passkey', 'desk_code'));
        UPDATE sessions SET proved_at = made_at;
        ALTER TABLE sessions
            ALTER COLUMN proved_at SET NOT NULL,
            ALTER COLUMN id DROP DEFAULT,
            ALTER COLUMN identity DROP DEFAULT,
            ALTER COLUMN authentication DROP DEFAULT,
            ALTER COLUMN method DROP DEFAULT;
    """)
    _roles("writer", "editor", ROLES)
    _directions("'in', 'out', 'within'", "(direction = 'out') = (caller IS NULL)")


def _roles(old: str, new: str, known: str) -> None:
    op.execute("ALTER TABLE staff DROP CONSTRAINT staff_roles_check")
    op.execute(f"UPDATE staff SET roles = array_replace(roles, '{old}', '{new}')")  # noqa: S608 - two words of ours
    op.execute(
        f"ALTER TABLE staff ADD CONSTRAINT staff_roles_check CHECK (roles <@ ARRAY[{known}] AND cardinality(roles) > 0)"
    )


def _directions(known: str, callers: str) -> None:
    op.execute(f"""
        ALTER TABLE exchange_log
            DROP CONSTRAINT exchange_log_direction_check,
            DROP CONSTRAINT exchange_log_check,
            ADD CONSTRAINT exchange_log_direction_check CHECK (direction IN ({known})),
            ADD CONSTRAINT exchange_log_check CHECK ({callers});
    """)


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("DELETE FROM staff WHERE NOT roles && ARRAY['editor', 'approver', 'operator']")
    op.execute("DELETE FROM exchange_log WHERE direction = 'within'")
    _directions("'in', 'out'", "(direction = 'in') = (caller IS NOT NULL)")
    op.execute(
        "UPDATE staff SET roles = ARRAY(SELECT r FROM unnest(roles) r WHERE r IN ('editor', 'approver', 'operator'))"
    )
    _roles("editor", "writer", BEFORE)
    op.execute("""
        ALTER TABLE sessions DROP COLUMN id, DROP COLUMN identity, DROP COLUMN authentication, DROP COLUMN proved_at,
            DROP COLUMN method
    """)
