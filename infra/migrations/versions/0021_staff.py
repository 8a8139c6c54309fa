"""Officials."""

revision = "0021_staff"
down_revision = "0020_signing"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
