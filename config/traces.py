"""Requests and tasks as spans of OpenTelemetry, where OTEL_EXPORTER_OTLP_ENDPOINT names who collects them.

Needs what only requirements-city.lock brings; without an address none of it is loaded. A span has the name of a door or a task
and what config.following knows of it: no address, no person, and no words of an error.
"""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

#: Of a proxy that traces as well (W3C Trace Context); 32 and 16 signs without a meaning.
PARENT = "traceparent"


def sender() -> Any:
    """Sends in a thread of its own, some at a time. The address and the rest are OpenTelemetry's own variables."""
    from opentelemetry.exporter.otlp.proto.http import trace_exporter  # noqa: PLC0415 -- see above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 -- see above

    return BatchSpanProcessor(trace_exporter.OTLPSpanExporter())


def tracer_to(processor: Any) -> Any:
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 -- see above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 -- see above

    provider = TracerProvider(resource=Resource.create({"service.name": "lernstadt"}))
    provider.add_span_processor(processor)
    return provider.get_tracer("lernstadt")


tracer = tracer_to(sender()) if settings.TRACES_TO else None


def tell(
    name: str, seconds: float, values: Mapping[str, str | int], *, failed: bool, parent: str = ""
) -> None:
    """Of something that has just ended. `parent`: the trace it belongs to, as a trusted proxy says."""
    if tracer is None:
        return
    from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415 -- see above
    from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415 -- see above
        TraceContextTextMapPropagator,
    )

    end = time.time_ns()
    span = tracer.start_span(
        name,
        context=TraceContextTextMapPropagator().extract({PARENT: parent}),
        kind=SpanKind.SERVER,
        attributes=values,
        start_time=end - round(seconds * 1e9),
    )
    if failed:
        span.set_status(StatusCode.ERROR)
    span.end(end)
