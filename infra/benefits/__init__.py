"""OpenFisca-Japan as a process of its own: law as code kept by others, reached over HTTP alone.

Its virtual environment is `.venv-benefits` (`make run` and `make test` build it from `requirements.lock` here).
Nothing of it is imported by us (AGPL-3.0; `infra/decisions/0008-amounts-from-two-hands.md`).
"""

from pathlib import Path

ENVIRONMENT = Path(__file__).parents[2] / ".venv-benefits"


def command(port: int) -> list[str] | None:
    """Starts its web API on the loopback `port`; None: its environment has not been built."""
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / ".installed").exists() or not python.exists():
        return None
    start = "from openfisca_core.scripts.openfisca_command import main; main()"
    serve = ["serve", "--country-package", "openfisca_japan", "--bind", f"127.0.0.1:{port}"]
    return [str(python), "-c", start, *serve, "--workers", "1", "--log-level", "warning"]
