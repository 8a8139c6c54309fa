"""Traces: how one request, the questions it asks of others and the jobs it promises hang together (OpenTelemetry).

Off unless somebody listens: without `KURASHIMADO_TRACES_URL` no span is made and nothing is carried. A span names a
route, a service, a task; never a person, an address or an answer. What a browser says of its own trace is not believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

CARRIED: Final = "_trace"
"""Beside the arguments of a job: under which trace it was promised."""
Part = Literal["web", "worker", "inlet"]
_KINDS: Final = {"asked": SpanKind.SERVER, "asks": SpanKind.CLIENT, "promised": SpanKind.CONSUMER}
_WIRE: Final = TraceContextTextMapPropagator()
_off: Final = trace.NoOpTracer()
_tracer: Tracer = _off


def begin(url: str, share: float, *, part: Part, version: str) -> Callable[[], None]:
    """Tell of this process at `url` from now on, of `share` of what happens; nothing when it is empty. What is returned
    tells the rest, at the end."""
    if not url:
        return lambda: None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return begin_with(OTLPSpanExporter(endpoint=url), share, part=part, version=version)


def begin_with(exporter: SpanExporter, share: float, *, part: Part, version: str) -> Callable[[], None]:
    """As `begin`, over any exporter."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    global _tracer  # noqa: PLW0603 - one process tells at one place
    about = {"service.namespace": "kurashimado", "service.name": f"kurashimado-{part}", "service.version": version}
    provider = TracerProvider(resource=Resource.create(about), sampler=ParentBased(TraceIdRatioBased(share)))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = provider.get_tracer("kurashimado")

    def end() -> None:
        global _tracer  # noqa: PLW0603
        _tracer = _off
        provider.shutdown()

    return end


@contextmanager
def span(
    name: str,
    kind: Literal["asked", "asks", "promised"],
    under: Mapping[str, str] | None = None,
    about: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """One thing that takes time; `under`: what another process carried here. A defect within marks it."""
    parent = _WIRE.extract(under) if under else None
    with _tracer.start_as_current_span(
        name, parent, _KINDS[kind], attributes=about, record_exception=False, set_status_on_exception=False
    ) as here:
        try:
            yield here
        except BaseException as defect:
            failed(here, type(defect).__name__)
            raise


def failed(here: Span, why: str) -> None:
    here.set_status(Status(StatusCode.ERROR, why))


def carried() -> dict[str, str]:
    """The trace under way, as W3C Trace Context writes it (`traceparent`); nothing when there is none."""
    told: dict[str, str] = {}
    if _tracer is not _off:
        _WIRE.inject(told)
    return told


def carried_to(service: str) -> dict[str, str]:
    """For a body outside, under a trace of its own that hangs on `service`: under one and the same, two bodies could
    join what each knows of her under another pseudonym. Our span names it."""
    here = trace.get_current_span()
    at = here.get_span_context()
    if _tracer is _off or not at.is_valid:
        return {}
    theirs = hashlib.sha256(f"{at.trace_id:032x}{service}".encode()).hexdigest()[:32]
    here.set_attribute("exchange.trace", theirs)
    return {"traceparent": f"00-{theirs}-{at.span_id:016x}-{at.trace_flags:02x}"}


def in_log(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """For structlog: a line says in which trace it was written."""
    if _tracer is not _off and (here := trace.get_current_span().get_span_context()).is_valid:
        line["trace"], line["span"] = f"{here.trace_id:032x}", f"{here.span_id:016x}"
    return line
