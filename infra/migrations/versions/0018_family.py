"""Family and delegates."""

revision = "0018_family"
down_revision = "0017_passkeys"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
