"""For crawlers: which pages there are, and where they need not look. No address of a person's stands here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from bff.public.book import ends
from bff.public.head import Head
from bff.public.library import Library
from bff.public.words import Voice

OPEN: Final = (
    *("/$", "/search$", "/search?lang=", "/events", "/procedure/", "/verify", "/accessibility", "/effect", "/open/"),
    *("/status", "/cards/", "/assets/", "/icons/", "/manifest.webmanifest", "/sitemap.xml"),
)
"""All that a crawler may read; the rest is not named, since a list of what is private would show the way to it."""
HOLDS: Final = timedelta(days=180)
"""RFC 9116 §2.5.5 recommends less than a year."""
_SCHEMAS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def robots(origin: str) -> str:
    rules = "".join(f"Allow: {path}\n" for path in OPEN)
    return f"User-agent: *\n{rules}Disallow: /\n\nSitemap: {origin}/sitemap.xml\n"


def security(origin: str, contact: str, today: date) -> str:
    """Whom a finder of faults writes to (RFC 9116); holds for a while from each day on which it is asked."""
    ends = (today + HOLDS).isoformat()
    known = f"Preferred-Languages: ja, en\nCanonical: {origin}/.well-known/security.txt\n"
    return f"Contact: {contact}\nExpires: {ends}T00:00:00Z\n{known}"


def paths(library: Library, today: date) -> Sequence[str]:
    """Of every public page that has the three languages."""
    book = library.book
    services = [f"/procedure/{id}" for id, one in book.services.items() if ends(one, today) is None]
    return [
        "/search",
        "/events",
        *(f"/events/{id}" for id in book.events),
        *services,
        "/verify",
        "/accessibility",
        "/effect",
        "/status",
    ]


def sitemap(library: Library, today: date) -> str:
    """sitemaps.org 0.9. `lastmod` is the day until which the facts of the catalogue were looked up."""
    book = library.book
    entries = [_entry(library.origin + path, book.as_of, ()) for path in ("/", "/open/")]
    for path in paths(library, today):
        alternates = Head(library.origin, Voice(book, "ja"), path, "", "").alternates
        entries += [_entry(address, book.as_of, alternates) for _, address in alternates[:-1]]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_SCHEMAS}>\n{"".join(entries)}</urlset>\n'


def _entry(address: str, changed: date, alternates: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(to)}/>'
        for language, to in alternates
    )
    return f"<url><loc>{escape(address)}</loc><lastmod>{changed}</lastmod>{links}</url>\n"
