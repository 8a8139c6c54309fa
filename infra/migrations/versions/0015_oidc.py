"""Logins under way and identity providers."""

revision = "0015_oidc"
down_revision = "0014_trust"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
