"""Passkeys and devices."""

revision = "0017_passkeys"
down_revision = "0016_accounts"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
