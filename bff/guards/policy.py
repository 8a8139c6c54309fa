"""What a browser may do with our answers: the content security policies and the headers that every answer carries."""

from __future__ import annotations

REPORTS = "/reports/csp"
_TOLD = f"; report-uri {REPORTS}; report-to csp"
_ALL = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'none'"
_TYPES = "require-trusted-types-for 'script'; trusted-types"

APP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    f" manifest-src 'self'; worker-src 'self'; {_ALL}; {_TYPES} kurashimado{_TOLD}"
)
"""The app's own page and scripts. It is a file that is the same for everybody and works without a network, so it can
have no nonce; there is no script in it, and nothing a person sends us is ever served as one."""

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Data, pictures, errors: nothing to run, wherever they are opened."""

PLAIN = f"default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; connect-src 'self'; {_ALL}{_TOLD}"
"""Pages of words that are the same for everybody (`bff/public`): nothing may run at all. `connect-src` is for those who
look at a page from within it: Lighthouse asks for robots.txt so."""

_PAGE = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:;"
    f" font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; {_ALL};"
    f" {_TYPES} default kurashimado kurashimado-looks{_TOLD}"
)

# Only what Chromium knows by name: it complains of any other on every page.
_NOT_USED = (
    "accelerometer autoplay display-capture encrypted-media fullscreen geolocation gyroscope hid"
    " idle-detection magnetometer microphone midi payment picture-in-picture screen-wake-lock serial usb"
    " xr-spatial-tracking"
)
_USED = "publickey-credentials-create=(self), publickey-credentials-get=(self)"
_PERMISSIONS = ", ".join([*(f"{each}=()" for each in _NOT_USED.split()), _USED])
CAMERA_AT = "/staff/handover"
"""The one page of officials that may use a camera: a counter reads a hand-over sheet with it. The residents' app may
too, for the code of a payment slip (`bff/shell.py`): it is one page whatever its address, so no part of it alone."""

ALWAYS: dict[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"x-permitted-cross-domain-policies": b"none",
    b"x-dns-prefetch-control": b"off",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"origin-agent-cluster": b"?1",
    b"permissions-policy": f"{_PERMISSIONS}, camera=()".encode(),
    b"reporting-endpoints": f'csp="{REPORTS}"'.encode(),
}
OF_A_PART = (b"x-content-type-options", b"cross-origin-resource-policy", b"strict-transport-security")
"""What a script, a style or a font still says: the rest speaks to a page or a worker, which a part of one is not. Only
what the build names by a hash is such a part; a worker's script keeps the policy it runs under."""
_PARTS = (b"text/css", b"text/javascript", b"application/javascript", b"font/")
CAMERA_HERE = f"{_PERMISSIONS}, camera=(self)".encode()
STRICT_TRANSPORT = b"max-age=63072000; includeSubDomains"
_RUNS = (b"text/html", b"text/javascript", b"application/javascript")


def is_part(media_type: bytes, cache: bytes) -> bool:
    return media_type.startswith(_PARTS) and b"immutable" in cache


def policy(media_type: bytes, nonce: str) -> str:
    """By what is answered, and by whether the page asked for a nonce."""
    if nonce:
        return _PAGE.replace("{nonce}", nonce)
    return APP if media_type.startswith(_RUNS) else NOTHING
