"""X-Road's own errors in both of their dialects: `Server.ServerProxy.AccessDenied` until 7.7, `server.serverproxy
.access_denied` from 7.8 on."""

from __future__ import annotations

from bff.exchange.silence import Why

# Renamed, not only respelt, between 7.7.1 and 7.8.0.
_RENAMED = {"outdatedglobalconf": "globalconfoutdated"}

_REFUSED = frozenset(
    {
        "accessdenied",
        "servicedisabled",
        "invalidclientidentifier",
        "unknownmember",
        "unknownservice",
        "servicetype",
        "sslauthenticationfailed",
        "invalidsecurityserver",
    }
)
_WRONG = frozenset({"inconsistentresponse", "inconsistentheaders", "invalidrest", "badrequest"})


def normal_fault(code: str) -> str:
    """`code` without case and underscores, renamed parts under their newer name."""
    parts = code.lower().replace("_", "").split(".")
    return ".".join(_RENAMED.get(part, part) for part in parts)


def why_of(code: str) -> Why:
    """What the value of `X-Road-Error` means to us; an unknown code means that the service cannot be reached."""
    parts = normal_fault(code).split(".")
    if not _REFUSED.isdisjoint(parts):
        return Why.REFUSED
    if not _WRONG.isdisjoint(parts):
        return Why.WRONG_ANSWER
    return Why.TIMEOUT if any("timeout" in part for part in parts) else Why.UNAVAILABLE
