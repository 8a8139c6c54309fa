"""Linked ids."""

revision = "0023_links"
down_revision = "0022_guards"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
