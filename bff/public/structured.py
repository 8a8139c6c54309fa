"""The same page for machines, as JSON-LD (schema.org). Nothing stands here that the page does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bff.public.book import Event, Service
from bff.public.head import Head
from bff.public.words import HREFLANG, Voice, days_of

CONTEXT: Final = "https://schema.org"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
AREA: Final = {"@type": "AdministrativeArea", "name": "東京都区部", "alternateName": "Special wards of Tokyo"}
_HERE: Final = frozenset({"online", "online_elsewhere"})

Made = dict[str, Any]


def service_of(service: Service, head: Head) -> Made:
    """A `GovernmentService`, or a `Service` where no public body runs it."""
    voice = head.voice
    is_public = service["hasCompetentAuthority"]["type"] != "private"
    days = days_of(service.get("processingTime"))
    told = {
        "@context": CONTEXT,
        "@type": "GovernmentService" if is_public else "Service",
        "@id": f"{head.origin}{head.path}#service",
        "name": voice.pick(service["name"]),
        "alternateName": voice.pick(service["officialName"]),
        "description": voice.pick(service["description"]) if "description" in service else None,
        "url": head.canonical,
        "serviceType": service["type"],
        "provider": _provider(service, voice, is_public=is_public),
        "areaServed": AREA,
        "audience": _audience(service, voice),
        "availableChannel": _channels(service, voice, head.canonical),
        "serviceOutput": _output(service, voice),
        "offers": _offer(service),
        "additionalProperty": _period(service, voice, days),
    }
    return {name: value for name, value in told.items() if value}


def page_of(head: Head, about: str | None = None) -> Made:
    return {
        "@context": CONTEXT,
        "@type": "WebPage",
        "@id": head.canonical,
        "url": head.canonical,
        "name": head.title,
        "description": head.description,
        "inLanguage": HREFLANG[head.voice.language],
        "dateModified": head.voice.book.as_of.isoformat(),
        "license": LICENCE,
        "isPartOf": {"@type": "WebSite", "name": head.voice.site, "url": f"{head.origin}/"},
        "primaryImageOfPage": {"@type": "ImageObject", "url": head.picture, "width": 1200, "height": 630},
        **({"mainEntity": {"@id": about}} if about else {}),
    }


def crumbs_of(head: Head) -> Made:
    trail = [*head.crumbs, (head.at(head.voice.language), head.title)]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": head.origin + address}
            for place, (address, name) in enumerate(trail, 1)
        ],
    }


def list_of(head: Head, name: str, entries: Sequence[tuple[str, str]]) -> Made:
    """Of procedures or life events: address and name of each, in the order of the page."""
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "name": name,
        "numberOfItems": len(entries),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": head.origin + address, "name": said}
            for place, (address, said) in enumerate(entries, 1)
        ],
    }


def site_of(head: Head) -> Made:
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": head.voice.site,
        "url": f"{head.origin}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{head.origin}/search?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def event_entries(event: Event, head: Head) -> Sequence[tuple[str, str]]:
    services = head.voice.book.services
    return [
        (head.to(f"/procedure/{id}"), head.voice.pick(services[id]["name"]))
        for id in event["hasRelatedService"]
        if id in services
    ]


def _provider(service: Service, voice: Voice, *, is_public: bool) -> Made:
    authority = service["hasCompetentAuthority"]
    kind, name = authority["type"], authority.get("name")
    of = "procedure.yourWard" if kind == "ward" else f"operator.{kind.upper()}"
    return {
        "@type": "GovernmentOrganization" if is_public else "Organization",
        "name": voice.pick(name) if name else voice.say(of),
    }


def _audience(service: Service, voice: Voice) -> Made | None:
    who = service.get("addressee")
    return {"@type": "Audience", "audienceType": voice.pick(who)} if who else None


def _channels(service: Service, voice: Voice, address: str) -> Sequence[Made]:
    return [
        {
            "@type": "ServiceChannel",
            "name": voice.say(f"means.{means}"),
            **({"serviceUrl": address} if means in _HERE else {}),
        }
        for means in service["hasChannel"]
    ]


def _output(service: Service, voice: Voice) -> Made | None:
    made = service.get("produces")
    return {"@type": "Thing", "name": voice.pick(made["name"])} if made else None


def _offer(service: Service) -> Made | None:
    yen = service["hasCost"].get("hasValue")
    return None if yen is None else {"@type": "Offer", "price": str(yen), "priceCurrency": "JPY"}


def _period(service: Service, voice: Voice, days: int | None) -> Sequence[Mapping[str, Any]]:
    told = []
    if "applicationPeriod" in service:
        told.append((voice.say("procedure.when"), voice.pick(service["applicationPeriod"])))
    if days is not None:
        told.append((voice.say("procedure.result"), voice.say("procedure.days", n=days)))
    return [{"@type": "PropertyValue", "name": name, "value": value} for name, value in told]
