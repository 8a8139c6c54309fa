"""Guards of the doors."""

revision = "0022_guards"
down_revision = "0021_staff"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
