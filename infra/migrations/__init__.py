"""The schema's history, and the one way to bring a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url


class NotBound(Exception):
    """The house would connect as somebody whom row-level security does not bind."""


def bound(url: str) -> None:
    """Raises `NotBound` for a superuser and for a role that passes by row-level security: a WHERE that somebody forgets
    would show everybody's rows."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        free = connection.scalar(text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    engine.dispose()
    if free:
        raise NotBound("DATABASE_URL names a role that row-level security does not bind (superuser or BYPASSRLS)")


def migrate(url: str, revision: str = "head") -> None:
    """Run every migration that `url` has not had yet, each in its own transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def knows(revision: str) -> None:
    """Raises alembic's `CommandError` when this version of the house has no such migration."""
    ScriptDirectory(str(Path(__file__).parent)).get_revision(revision)
