"""`python -m bff settings`: every setting as Markdown, with what holds when nobody has chosen. The names and what holds
are heard while the settings are read, once as in a demo and once as in production; the words: `settings/told.toml`."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from bff import settings

OF_PROCESSES: Final = frozenset({"HOST", "PORT", "WEB_PROCESSES", "INLET_HOST", "INLET_PORT"})
"""Read where a process begins (`bff/__main__.py`), not as settings of the house."""
NOT_TOLD: Final = frozenset({"SANDBOX_ORIGIN"})
"""Of the stand-ins, which are nobody's to operate."""
SECRET: Final = frozenset({"KURASHIMADO_MASTER_KEYS", "KURASHIMADO_PAIRWISE_SECRET", "KURASHIMADO_CARD_SECRET"})
_SOME: Final = base64.b64encode(bytes(range(1, 33))).decode()
_HERE: Final = "/var/lib/kurashimado"
LEAST: Final[Mapping[str, str]] = {
    "KURASHIMADO_ENV": "production",
    "KURASHIMADO_VAR": _HERE,
    "KURASHIMADO_ORIGIN": "https://kurashimado.example",
    "DATABASE_URL": "postgresql://kurashimado@database.example/kurashimado",
    "KURASHIMADO_MASTER_KEYS": f"1:{_SOME}",
    "KURASHIMADO_PAIRWISE_SECRET": _SOME,
    "KURASHIMADO_OIDC_ISSUER": "https://login.example/realms/residents",
    "KURASHIMADO_OIDC_STAFF_ISSUER": "https://login-staff.example/realms/officials",
    "KURASHIMADO_OIDC_CLIENT_ID": "kurashimado",
    "KURASHIMADO_EXCHANGE_URL": "https://security-server.example",
    "KURASHIMADO_EXCHANGE_KEY": "/run/keys/exchange_key.pem",
    "KURASHIMADO_EXCHANGE_CERTIFICATE": "/run/keys/exchange.pem",
    "KURASHIMADO_EXCHANGE_ROOTS": "/run/keys/exchange_roots.pem",
    "KURASHIMADO_VAPID_SUBJECT": "mailto:push@kurashimado.example",
}
"""The least with which production starts; each of them is needed, and nothing else is."""
WHOLE: Final[Mapping[str, str]] = {
    **LEAST,
    "KURASHIMADO_MAIL_URL": "smtps://mail.example:465",
    "KURASHIMADO_MAIL_FROM": "no-reply@kurashimado.example",
    "KURASHIMADO_SMS_URL": "https://sms.example",
    "KURASHIMADO_SMS_KEY": "key",
    "KURASHIMADO_CARD_URL": "https://card.example",
    "KURASHIMADO_CARD_SECRET": _SOME,
    "KURASHIMADO_CARD_MERCHANT": "kurashimado",
}
"""With all that brings settings of its own along."""
HEAD: Final = """# Settings

Made by `python -m bff settings`; not to be edited. Each is an environment variable, read once when a process starts.
`KURASHIMADO_X_FILE` (and `DATABASE_URL_FILE`) names a file that holds it instead, as container platforms give secrets.
A setting that is wrong is named, and nothing starts. Times are seconds unless said. What holds in a demo stands there
only where it is another; **needed**: production does not start without it.
"""


@cache
def told() -> Mapping[str, Mapping[str, str]]:
    """By heading: what each setting is for."""
    return tomllib.loads(Path(settings.__file__).with_name("told.toml").read_text("utf-8"))


def heard(environ: Mapping[str, str]) -> dict[str, str]:
    """Every setting that is looked for, with what holds without it."""
    found: dict[str, str] = {}
    settings.read(environ, found.__setitem__)
    return found


def is_needed(name: str) -> bool:
    if name not in LEAST:
        return False
    try:
        settings.read({key: value for key, value in LEAST.items() if key != name})
    except settings.SettingsRefused:
        return True
    return False


def markdown() -> str:
    demo, production = heard({"KURASHIMADO_VAR": _HERE}), heard(WHOLE)
    lines = [HEAD]
    for heading, names in told().items():
        lines += [f"## {heading}\n", "| setting | what it is for | unless said |", "|---|---|---|"]
        lines += [f"| `{name}` | {words} | {_unless(name, demo, production)} |" for name, words in names.items()]
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Prints it."""
    print(markdown(), end="")
    return 0


def _unless(name: str, demo: Mapping[str, str], production: Mapping[str, str]) -> str:
    if name in OF_PROCESSES:
        return ""
    here = "**needed**" if is_needed(name) else _shown(production.get(name, ""))
    if name in SECRET or (others := _shown(demo.get(name, ""))) in (here, "") or _follows(production.get(name, "")):
        return here
    return f"{here}; demo: {others}" if here else f"demo: {others}"


def _follows(value: str) -> bool:
    """It is what another setting says."""
    return value in LEAST.values()


def _shown(value: str) -> str:
    return f"`{value}`" if value and not _follows(value) else ""
