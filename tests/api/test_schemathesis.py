"""Schemathesis asks every door what the document allows, and what it does not: in all phases, as each kind of caller.

A few questions in `./dev test`, many with `--complete`.
"""

import uuid
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from threading import Thread

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from django.utils import timezone
from schemathesis.engine import events, from_schema
from werkzeug.serving import make_server

from api.actions import add_program, make_key
from api.actions.consents import Kind, give_consent, keep_token, new_token
from api.models import Consent
from figures.frames import Frame, Measure, bits
from figures.models import ProtectedFigure, PublishedPeriod
from learning.actions import take_seat
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.factories.runs import asked, make_run
from words.days import day

FEW, MANY = 8, 250
ENDS = (request_started, request_finished)
STARTS = date(2026, 7, 1)
CONFIG = {
    "seed": 1,
    "reports": {},
    "checks": {
        # a cursor, a period and a body for the checker may be well written and still be none of ours
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "400", "401", "403", "404", "422"]
        },
    },
}


def _key(provider, by, scope):
    ends_on = day(timezone.now()) + timedelta(days=30)
    made = make_key(
        provider, name="Probe", scopes=[scope], ends_on=ends_on, form=uuid.uuid4(), by=by
    )
    return made.key


def _of_nobody(house, owner):
    return ""


def _of_house(house, owner):
    return _key(house, owner, "participants:read")


def _of_office(house, owner):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
        PublishedPeriod.objects.create(frame=Frame.QUARTER, starts=STARTS)
        ProtectedFigure.objects.create(
            frame=Frame.QUARTER, dimensions=bits(("area",)), starts=STARTS, measure=Measure.ENROLLED, cell=["4"], shown=90
        )  # fmt: skip
    return _key(city, factories.make_member(city, Membership.Role.ADMIN), "figures:read")


def _of_learner(house, owner):
    anna = factories.make_user("Anna Lernt")
    factories.make_enrolment(factories.make_course(house), anna)
    back = "https://mappe.example/"
    program = add_program("M", about="M", url=back, redirect_uris=[back], secret=False).program
    scopes = ["enrolments:read", "certificates:read"]
    give_consent(anna, program, scopes, code=new_token(), redirect_uri=back, challenge="c" * 43)
    token = new_token(Kind.ACCESS)
    with look(system("test")):
        keep_token(Consent.objects.get(), Kind.ACCESS, token, scopes)
    return token


@pytest.fixture
def city(house, owner):
    """A course, a run with somebody in it, concepts: so that every door has something to say."""
    factories.make_course(house, title="Ein Kurs")
    run = make_run(house, by=owner)
    take_seat(run.key, asked("Anna Gast"))
    return house


@contextmanager
def served():
    """The application at an address of this machine. Its server has a thread of its own, which sees what the test has made."""
    shared = connections["default"]
    application = get_wsgi_application()

    def within_the_test(environ, start_response):
        connections["default"] = shared
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(sent)  # what a view does not read, this server waits for
        return application(environ, start_response)

    shared.inc_thread_sharing()
    for signal in ENDS:  # as Django's own client does
        signal.disconnect(close_old_connections)
    server = make_server("localhost", 0, within_the_test)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        shared.dec_thread_sharing()
        for signal in ENDS:
            signal.connect(close_old_connections)


def found(token, examples):
    """What Schemathesis has against us, in words, and the phases it has been through."""
    generation = {"max-examples": examples, "database": "none"}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    config = schemathesis.Config.from_dict(CONFIG | {"generation": generation, "headers": headers})
    wrong, phases = [], set()
    with served() as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", config=config)
        for event in from_schema(schema).execute():
            wrong += _said(event)
            if isinstance(event, events.PhaseFinished):
                phases.add((event.phase.name.value, event.status.value))
    return wrong, phases


def _said(event):
    if isinstance(event, events.ScenarioFinished):
        return _failures(event.recorder)
    if isinstance(event, events.NonFatalError):
        return [f"{event.label}: {event.value!r}"]
    if isinstance(event, events.FatalError):
        raise event.exception
    if isinstance(event, events.EngineFinished):
        return [f"{one.operation}: {one.title}: {one.message}" for one in event.failures]
    return []


def _failures(recorder):
    """Each with the question that led there."""
    return [
        f"{check.failure_info.failure.title}: {check.failure_info.failure.message}\n{check.failure_info.code_sample}"
        for checks in recorder.checks.values()
        for check in checks
        if check.failure_info
    ]


@pytest.mark.parametrize("caller", [_of_nobody, _of_house, _of_office, _of_learner])
def test_schemathesis_finds_nothing(city, owner, caller, pytestconfig):
    examples = MANY if pytestconfig.getoption("complete") else FEW
    wrong, phases = found(caller(city, owner), examples)
    assert wrong == [], "\n\n".join(dict.fromkeys(wrong))
    done = {name for name, status in phases if status == "success"}
    assert {"coverage", "fuzzing", "stateful"} <= done
