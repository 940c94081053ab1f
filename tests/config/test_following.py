"""A request has a number, a duration and the name of its door in the log as JSON, and in the figures; nothing of its address."""

import json
import logging
import re
import uuid

import pytest
from celery import shared_task
from django.conf import settings as django_settings
from django.test import Client

from accounts import limits
from config import figures, logs
from tests.isolation.test_crawl import Log
from tests.support.settings_said import settings_said

NUMBER = "7KQ4-M2RD-9XVH-3TNA"
HEX = "5f0c6f0e1c3b4b0f9a50d4c6f8f2a7d1"

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(settings):
    """Lines as JSON, of everything that is logged."""
    log = Log(form="json")
    root, own = logging.getLogger(), logging.getLogger("config.following")
    former, level = root.handlers, own.level
    root.handlers = [log]
    own.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in log.lines]
    root.handlers = former
    own.setLevel(level)


def counted(family, **labels):
    return {
        tuple(sample.labels.values()): sample.value
        for metric in family.collect()
        for sample in metric.samples
        if sample.name.endswith("_total") and labels.items() <= sample.labels.items()
    }


def test_a_request_is_one_line_without_its_address(client, said):
    answer = client.get(f"/z/{NUMBER}?name=Anna", headers={"User-Agent": "Anna's"})
    [line] = [line for line in said() if line["logger"] == "config.following"]
    assert line.pop("milliseconds") >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {
        "level": "INFO",
        "logger": "config.following",
        "message": "request",
        "request": answer["X-Request-ID"],
        "door": "certificates:certificate",
        "method": "GET",
        "status": 404,
    }
    assert NUMBER not in str(said())


def test_every_line_of_a_request_has_its_number(client, said):
    answer = client.get("/gibt-es-nicht/")
    assert {line["request"] for line in said()} == {answer["X-Request-ID"]}
    assert [line["message"] for line in said()] == ["request", "Not Found: (no door)"]


@pytest.mark.parametrize(
    ("proxies", "sent", "taken"),
    [(1, HEX, True), (1, str(uuid.UUID(HEX)), True), (0, HEX, False), (1, NUMBER, False), (1, "anna@example.org", False)],
)  # fmt: skip
def test_whose_number_is_taken(client, settings, proxies, sent, taken):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    told = client.get("/health/live", headers={"X-Request-ID": sent})["X-Request-ID"]
    assert (told == sent) is taken
    assert taken or re.fullmatch("[0-9a-f]{32}", told)


def test_what_is_asked_all_the_time_is_no_line(client, said):
    client.get("/health/live")
    assert said() == []


def test_an_error_is_one_line_with_where_it_was(said):
    words = "first\nDETAIL:  Failing row contains (anna@example.org)."
    try:
        raise ValueError(words)
    except ValueError:
        logging.getLogger("x").exception("It broke.")
    [line] = said()
    assert "ValueError: first" in line["exception"]
    assert "anna" not in line["exception"]


def test_what_a_record_carries_besides_stays(said):
    logging.getLogger("x").warning("So.", extra={"person": "Anna", "path": f"/z/{NUMBER}"})
    [line] = said()
    assert line.keys() == {"time", "level", "logger", "message"}


@shared_task(name="tests.following")
def some_task():
    logging.getLogger("x").warning("At work.")


def test_a_task_has_its_number_too(said, settings):
    token = logs.number.set("of the caller")
    done = some_task.apply()
    assert logs.number.get() == "of the caller"
    logs.number.reset(token)
    work, end = said()
    assert work["request"] == end["request"] == done.id
    assert (end["task"], end["status"]) == ("tests.following", "SUCCESS")
    assert counted(figures.TASKS, task="tests.following") == {("tests.following", "SUCCESS"): 1.0}


def test_json_is_chosen_by_the_environment():
    chosen = settings_said(LOG_FORMAT="json")["LOGGING"]
    assert chosen["handlers"]["console"]["formatter"] == "json"
    assert chosen["loggers"]["config.following"]["level"] == "INFO"
    usual = django_settings.LOGGING
    assert usual["handlers"]["console"]["formatter"] == "line"
    assert usual["loggers"]["config.following"]["level"] == "WARNING"


# --- figures -------------------------------------------------------------------------------------------------------


def test_answers_are_counted_by_door_and_status(client):
    before = counted(figures.REQUESTS)
    client.get(f"/z/{NUMBER}")
    client.get("/anna/")
    after = counted(figures.REQUESTS)
    new = {key: value - before.get(key, 0) for key, value in after.items()}
    assert {key for key, value in new.items() if value} == {
        ("certificates:certificate", "404"),
        ("(no door)", "404"),
    }


def test_a_limit_that_is_reached_is_counted(settings):
    settings.LIMITS = {"search": "1/hour"}
    before = counted(figures.LIMITS).get(("search",), 0)
    assert [limits.allowed("search", "somebody") for _ in range(3)] == [True, False, False]
    assert counted(figures.LIMITS)[("search",)] == before + 2


def test_the_web_has_no_door_to_them():
    assert Client().get("/metrics").status_code == 404
