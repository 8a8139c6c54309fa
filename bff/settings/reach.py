"""Settings of what is tried beyond push: e-mail, short messages, letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bff.settings.reading import Get, SettingsRefused, is_address
from notifications.channels.email import Server
from notifications.channels.email import is_address as is_mailbox

LONGEST_DOMAIN: Final = 180


@dataclass(frozen=True)
class ReachSettings:
    """`mail`: the server letters are given to; None: nobody is written to. `mail_from`: the mailbox they come from;
    `mail_back`: the domain where what cannot be delivered comes back to. `sms_url`: where short messages are given;
    empty: nowhere. `sms_key`: by which its provider knows us."""

    mail: Server | None
    mail_from: str
    mail_back: str
    sms_url: str
    sms_key: str


def read_reach(environ: Mapping[str, str], get: Get, *, production: bool, sandbox: str) -> ReachSettings:
    """Raises `SettingsRefused`."""
    mail = _server(environ.get("KURASHIMADO_MAIL_URL", ""), production=production)
    sender = get("MAIL_FROM", "" if production and mail else "no-reply@kurashimado.example") if mail else ""
    if mail and not is_mailbox(sender):
        raise SettingsRefused("KURASHIMADO_MAIL_FROM must be one mailbox, such as no-reply@example.jp")
    back = environ.get("KURASHIMADO_MAIL_BACK", "") or sender.rpartition("@")[2]
    if mail and (len(back) > LONGEST_DOMAIN or not is_mailbox(f"back@{back}")):
        raise SettingsRefused("KURASHIMADO_MAIL_BACK must be a domain")
    sms = environ.get("KURASHIMADO_SMS_URL", sandbox and f"{sandbox}/_sms").rstrip("/")
    if sms and not (is_address(sms, "https") or (not production and is_address(sms, "http"))):
        raise SettingsRefused("KURASHIMADO_SMS_URL must be an address, and https in production")
    key = get("SMS_KEY", "" if production else "only for the made-up provider") if sms else ""
    return ReachSettings(mail, sender, back, sms, key)


def _server(url: str, *, production: bool) -> Server | None:
    if not url:
        return None
    try:
        server = Server.of(url)
    except ValueError as wrong:
        raise SettingsRefused(f"KURASHIMADO_MAIL_URL: {wrong}") from wrong
    if production and server.tls == "none":
        raise SettingsRefused("KURASHIMADO_MAIL_URL must be smtps:// or smtp:// (STARTTLS) in production")
    return server
