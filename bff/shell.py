"""The door for the app itself: its page for every address a person may open, and the built files.

They are read once, with the brotli forms that the build has laid beside them.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import brotli
from litestar import HttpMethod, Request, Response, post, route
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from bff.guards import policy
from bff.guards.gate import OPEN as BY_ANYBODY

PAGE = "index.html"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
OPEN = "open"
"""The folder of the open data: named by what it holds, and readable from every site."""
OPEN_FOR_A_WHILE = "public, max-age=3600"
FOR_EVERYBODY = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
MEDIA_TYPES = {".webmanifest": "application/manifest+json", ".csv": "text/csv; charset=utf-8; header=present"}
EVERYWHERE = ("/", "/{path:path}", f"/{OPEN}", f"/{OPEN}/{{path:path}}")
"""Said for the open data too: where other routes begin like it, the first of these would not be reached."""
ROOMS = frozenset(
    {
        *("account", "addresses", "answers", "applications", "apply", "benefits", "bookings", "calendars", "carry"),
        *("code", "components", "consents", "copy", "devices", "documents", "emergency", "facilities", "family"),
        *("finish-login", "folders", "handed-over", "help-offline", "inbox", "install", "links", "moving", "partners"),
        *("parts", "payments", "readings", "records", "scan", "school", "settings", "shared", "step", "storage"),
        *("task", "together", "wallet"),
    }
)
"""The rooms of the app (pwa/screens/rooms.tsx), but for those that `bff.public` answers; others are nobody's."""
NOT_FOUND_BY_SEARCH = {"X-Robots-Tag": "noindex"}
NOT_SERVED = frozenset({".vite", "documents.json", "documents.before.json", ".built", "print", "public"})
"""Files and folders."""
PACKED = ".br"
MANIFEST = ".vite/manifest.json"
TAGS: dict[str, tuple[str, ...]] = {
    "ja": ("ja",),
    "en": ("en",),
    "zh-Hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo"),
    "zh-Hans": ("zh",),
    "ko": ("ko",),
    "vi": ("vi",),
    "ne": ("ne",),
    "tl": ("tl", "fil"),
    "pt": ("pt",),
}
"""The languages a browser may ask for, the closer name of one first."""
HASHED = re.compile(r"-[\w-]{8}$")
"""The build's hashes, which may hold a hyphen; what officials load is named without one."""
FRONT = """\
<link rel="canonical" href="{origin}/">
<meta property="og:type" content="website">
<meta property="og:site_name" content="くらしまど">
<meta property="og:title" content="くらしまど">
<meta property="og:description" content="東京23区のくらしの手続きとお知らせを、ひとつの窓で。">
<meta property="og:url" content="{origin}/">
<meta property="og:locale" content="ja_JP">
<meta property="og:image" content="{origin}/cards/site.ja.png">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta name="twitter:card" content="summary_large_image">
"""
"""What is told of the front page where it is shared; the build does not know where it will stand."""


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
    is_private: bool = False
    """Nothing for a search engine: what stands there is a person's own."""
    varies: str = "Accept-Encoding"


def shell(assets: Path, origin: str, *, components: bool = True) -> HTTPRouteHandler:
    """The route over the files in `assets`, which the front end made. `origin`: for the card of the front page;
    `components`: whether the living page of parts is among the rooms."""
    rooms = ROOMS if components else ROOMS - {"components"}
    files = {
        str(path.relative_to(assets)): _read(path, assets)
        for path in assets.rglob("*")
        if path.is_file() and path.suffix != PACKED and path.relative_to(assets).parts[0] not in NOT_SERVED
    }
    doors = _fronts(files[PAGE], assets, origin) if PAGE in files else {}

    @route([*EVERYWHERE], http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
    async def serve(request: Request[Any, Any, Any]) -> Response[bytes]:
        path = request.url.path.strip("/")
        file = files.get(f"{OPEN}/{PAGE}" if path == OPEN else path)
        if file is None:
            wants_page = "text/html" in request.headers.get("accept", "") and path.split("/")[0] in rooms
            if path and not wants_page:
                raise NotFoundException
            file = files[PAGE] if path else doors[_read_by(request)]
        return _answer(request, file)

    return serve


def missed_share() -> HTTPRouteHandler:
    """What is shared with the app is caught by its worker on the phone and never comes here; where there is no worker,
    nothing of it is read, and she is told to share it again (pwa/service-worker/share.ts)."""

    @post("/share", status_code=303, opt=BY_ANYBODY, include_in_schema=False)
    async def share() -> Redirect:
        return Redirect("/shared?missed", status_code=303)

    return share


def _answer(request: Request[Any, Any, Any], file: File) -> Response[bytes]:
    headers = {"Cache-Control": file.cache, "ETag": file.etag, "Vary": file.varies}
    if file.is_app:
        headers["Permissions-Policy"] = policy.CAMERA_HERE.decode()
    if file.for_everybody:
        headers |= FOR_EVERYBODY
    if file.is_private:
        headers |= NOT_FOUND_BY_SEARCH
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
    is_hashed = path.parent == assets / "assets" and HASHED.search(path.stem) and not path.stem.startswith("staff")
    return File(
        body=body,
        packed=packed.read_bytes() if packed.exists() else None,
        media_type=MEDIA_TYPES.get(path.suffix, guessed),
        etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        cache=OPEN_FOR_A_WHILE if is_open else FOREVER if is_hashed else ASK_AGAIN,
        for_everybody=is_open,
        is_app=path == assets / PAGE,
        is_private=path == assets / PAGE,
    )


def _fronts(page: File, assets: Path, origin: str) -> dict[str, File]:
    """The app's page at `/` by the language its visitor's browser asks for: whoever comes to it over the network is new
    to this device, so what the door is made of is fetched at once and not only when the script has found out."""
    told = assets / MANIFEST
    manifest = json.loads(told.read_text()) if told.exists() else {}
    return {language: _front(page, origin, _of_the_door(manifest, language)) for language in TAGS}


def _front(page: File, origin: str, ahead: list[str]) -> File:
    """The one address of the app that is shared and found."""
    links = "".join(f'<link rel="modulepreload" crossorigin href="/{file}">\n' for file in ahead)
    body = page.body.replace(b"</head>", (links + FRONT.format(origin=origin)).encode() + b"</head>")
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    varies = "Accept-Encoding, Accept-Language"
    return replace(page, body=body, packed=brotli.compress(body), etag=etag, is_private=False, varies=varies)


def _of_the_door(manifest: dict[str, Any], language: str) -> list[str]:
    """The files of the door and of its texts, but for what the page names itself."""
    named = {"index.html", *manifest.get("index.html", {}).get("imports", ())}
    wanted = ["screens/login.tsx", *(f"text/all/{language}.ts?{part}" for part in ("first", "door"))]
    pieces = [manifest[key] for key in wanted if key in manifest]
    shared = dict.fromkeys(key for piece in pieces for key in piece.get("imports", ()) if key not in named)
    return [piece["file"] for piece in [*pieces, *(manifest[key] for key in shared)]]


def _read_by(request: Request[Any, Any, Any]) -> str:
    """The first of our languages that the browser names; a wrong guess costs a file and changes nothing she sees."""
    for tag in request.headers.get("accept-language", "").split(","):
        asked = tag.split(";")[0].strip().lower()
        for language, tags in TAGS.items():
            if asked.startswith(tags):
                return language
    return "ja"
