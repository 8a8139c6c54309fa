"""The door for the app itself: its page for every address a person may open, and the built files.

They are read once, with the brotli forms that the build has laid beside them.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import HttpMethod, Request, Response, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from bff.guards import policy

PAGE = "index.html"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
OPEN = "open"
"""The folder of the open data: named by what it holds, and readable from every site."""
OPEN_FOR_A_WHILE = "public, max-age=3600"
FOR_EVERYBODY = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
MEDIA_TYPES = {".webmanifest": "application/manifest+json", ".csv": "text/csv; charset=utf-8; header=present"}
EVERYWHERE = ("/", "/{path:path}", f"/{OPEN}", f"/{OPEN}/{{path:path}}")
"""Said for the open data too: where other routes begin with it, the first of these would not be reached."""
NOT_SERVED = frozenset({"documents.json", ".built"})
PACKED = ".br"


@dataclass(frozen=True)
class File:
    """One built file, with its brotli form when that is smaller."""

    body: bytes
    packed: bytes | None
    media_type: str
    etag: str
    cache: str
    for_everybody: bool = False
    is_app: bool = False


def shell(assets: Path) -> HTTPRouteHandler:
    """The route over the files in `assets`, which the front end's build made."""
    files = {
        str(path.relative_to(assets)): _read(path, assets)
        for path in assets.rglob("*")
        if path.is_file() and path.suffix != PACKED
    }
    files = {name: file for name, file in files.items() if name not in NOT_SERVED}

    @route([*EVERYWHERE], http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
    async def serve(request: Request[Any, Any, Any]) -> Response[bytes]:
        path = request.url.path.strip("/")
        file = files.get(f"{OPEN}/{PAGE}" if path == OPEN else path)
        if file is None:
            if request.url.path != "/" and "text/html" not in request.headers.get("accept", ""):
                raise NotFoundException
            file = files[PAGE]
        return _answer(request, file)

    return serve


def _answer(request: Request[Any, Any, Any], file: File) -> Response[bytes]:
    headers = {"Cache-Control": file.cache, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if file.is_app:
        headers["Permissions-Policy"] = policy.CAMERA_HERE.decode()
    if file.for_everybody:
        headers |= FOR_EVERYBODY
    if request.headers.get("if-none-match") == file.etag:
        return Response(b"", status_code=304, headers=headers)
    body = file.body
    if file.packed is not None and "br" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = file.packed, "br"
    if request.method == HttpMethod.HEAD:
        body, headers["Content-Length"] = b"", str(len(body))
    return Response(body, media_type=file.media_type, headers=headers)


def _read(path: Path, assets: Path) -> File:
    body = path.read_bytes()
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_open = path.parent == assets / OPEN
    packed = path.with_name(path.name + PACKED)
    named_by_content = path.parent != assets and len(path.stem.split("-")[-1]) >= 8  # noqa: PLR2004 - the build's hashes
    return File(
        body=body,
        packed=packed.read_bytes() if packed.exists() else None,
        media_type=MEDIA_TYPES.get(path.suffix, guessed),
        etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        cache=OPEN_FOR_A_WHILE if is_open else FOREVER if named_by_content else ASK_AGAIN,
        for_everybody=is_open,
        is_app=path == assets / PAGE,
    )
