"""`python -m infra.load.sink PORT PEM KEY`: takes every POST with 201 over TLS, by HTTP/2 or 1.1, and looks at nothing;
a limit of what is measured before it, so as lean as it goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HEADERS = [("location", "/push/m/taken"), ("ttl", "60")]


async def app(scope: Any, proto: Any) -> None:
    await proto()
    proto.response_empty(201, HEADERS)


def main(port: str, certificate: str, key: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    secret = {"ssl_cert": Path(certificate), "ssl_key": Path(key)}
    Granian(
        "infra.load.sink:app",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.RSGI,
        log_enabled=False,
        **secret,  # type: ignore[arg-type]
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
