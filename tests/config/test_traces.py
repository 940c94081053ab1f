"""A request and a task are one span each, with the name of their door; nothing of the address, the person or the error."""

import pytest
from celery import shared_task
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from config import traces
from tests.support.settings_said import settings_said

NUMBER = "7KQ4-M2RD-9XVH-3TNA"
TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
def spans(monkeypatch):
    kept = InMemorySpanExporter()
    monkeypatch.setattr(traces, "tracer", traces.tracer_to(SimpleSpanProcessor(kept)))
    return kept.get_finished_spans


def test_a_request_is_a_span_without_its_address(client, db, spans):
    client.get(f"/z/{NUMBER}?name=Anna", headers={"User-Agent": "Anna's"})
    [span] = spans()
    assert span.name == "certificates:certificate"
    assert span.attributes == {
        "http.route": "certificates:certificate",
        "http.request.method": "GET",
        "http.response.status_code": 404,
    }
    assert span.end_time > span.start_time
    assert span.status.is_ok
    said = span.to_json()
    assert NUMBER not in said
    assert "Anna" not in said


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_trace_is_taken_from_a_trusted_proxy_alone(client, settings, spans, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client.get("/health/live", headers={"traceparent": PARENT, "baggage": "name=Anna"})
    [span] = spans()
    assert (f"{span.context.trace_id:032x}" == TRACE) is bool(proxies)
    assert "Anna" not in span.to_json()


@shared_task(name="tests.traces")
def breaks():
    raise ValueError("anna@example.org")


def test_a_task_that_fails_says_only_that(spans):
    breaks.apply(throw=False)
    [span] = spans()
    assert (span.name, span.attributes) == ("tests.traces", {"task.state": "FAILURE"})
    assert not span.status.is_ok
    assert "anna" not in span.to_json()


def test_without_an_address_nothing_is_sent_or_loaded():
    code = """
import json, sys, django
django.setup()
from config import following, traces
loaded = any(name.startswith("opentelemetry") for name in sys.modules)
json.dump({"loaded": loaded, "tracer": traces.tracer is not None}, sys.stdout)
"""
    assert settings_said(code) == {"loaded": False, "tracer": False}
    there = settings_said(code, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9")
    assert there == {"loaded": True, "tracer": True}
