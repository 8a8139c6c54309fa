"""What operators see: structured logs without a person in them, and a few counters."""

from __future__ import annotations

import gc
import hmac
import logging
from collections.abc import Mapping
from typing import TypeVar

import structlog
from prometheus_client import Counter, Gauge, Histogram

HOMES = Counter("kurashimado_homes_total", "Homes answered from kept facts")
HOME_SECONDS = Histogram("kurashimado_home_seconds", "Time to answer one home from kept facts")
STALE = Counter(
    "kurashimado_stale_sources_total",
    "Sources shown on a home with older facts because they were silent when last asked (of this process)",
    ["source"],
)
Built = TypeVar("Built")
PROXY_SAYS = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
APPLICATIONS = Counter("kurashimado_applications_total", "Applications accepted", ["procedure"])
UNSTAMPED = Gauge("kurashimado_evidence_unstamped", "Records of exchanges that no time stamp covers yet")
FAILED_RULES = Counter("kurashimado_failed_rules_total", "Rules that threw while a home was judged", ["rule"])


def may_read(headers: Mapping[str, str], near: bool, token: str) -> bool:
    """Whether the counters may be shown: asked on this machine and not through a proxy, or with the token."""
    given = headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    return near and not any(name in headers for name in PROXY_SAYS)


def speak_json() -> None:
    """One JSON object a line; the libraries that log every call are turned down."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    for name in ("httpx", "httpcore", "alembic", "procrastinate", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)


def for_good(built: Built) -> Built:
    """What was built at the start stays: going over it for garbage stopped all answers for a tenth of a second."""
    gc.collect()
    gc.freeze()
    return built
