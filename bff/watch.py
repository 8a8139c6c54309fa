"""What operators see: structured logs without a person in them, and a few counters."""

from __future__ import annotations

import gc
import hmac
import logging
from collections.abc import Mapping
from typing import TypeVar

import structlog
from prometheus_client import Counter, Gauge, Histogram

from bff import told, tracing

HOMES = Counter("kurashimado_homes_total", "Homes answered from kept facts")
HOME_SECONDS = Histogram("kurashimado_home_seconds", "Time to answer one home from kept facts")
STALE = Counter(
    "kurashimado_stale_sources_total",
    "Sources shown on a home with older facts because they were silent when last asked (of this process)",
    ["source"],
)
REQUESTS = Counter(
    "kurashimado_requests_total",
    "Requests by route, document of the front end and outcome: answered, refused, unavailable, failed",
    ["route", "document", "outcome"],
)
REQUEST_SECONDS = Histogram(
    "kurashimado_request_seconds",
    "Time until a request was answered whole",
    ["route", "document"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
JOBS = Counter("kurashimado_jobs_done_total", "Jobs ended, by task and outcome (of this worker)", ["task", "outcome"])
JOB_SECONDS = Histogram(
    "kurashimado_job_seconds",
    "Time a job took (of this worker)",
    ["task"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300),
)
SHOWN = Counter(
    "kurashimado_shown_sources_total", "Sources shown on a home, fresh or older (of this process)", ["source"]
)
Built = TypeVar("Built")
PROXY_SAYS = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
APPLICATIONS = Counter("kurashimado_applications_total", "Applications accepted", ["procedure"])
DATABASE = Gauge("kurashimado_database_up", "1 when this process has just read the database, 0 when it could not")
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
            told.in_log,
            tracing.in_log,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    for name in ("httpx", "httpcore", "alembic", "procrastinate", "aiohttp.access", "opentelemetry"):
        logging.getLogger(name).setLevel(logging.WARNING)


def for_good(built: Built) -> Built:
    """What was built at the start stays: going over it for garbage stopped all answers for a tenth of a second."""
    gc.collect()
    gc.freeze()
    return built
