"""Accounts."""

revision = "0016_accounts"
down_revision = "0015_oidc"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
