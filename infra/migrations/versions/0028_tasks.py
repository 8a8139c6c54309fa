"""What others add to an application."""

revision = "0028_tasks"
down_revision = "0027_folders"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
