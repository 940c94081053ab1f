"""Six windows of one learner end an activity at the same moment, and two attempts are left: two are kept."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client

from learning.actions import set_attempt_rule
from learning.models import XapiStatement
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities
from tests.isolation.test_saving_at_once import browser_of
from tests.learning.test_activities import TRUSTING, Place, statement

WINDOWS, LEFT = 6, 2


def test_windows_share_the_attempts_that_are_left(place):
    ledger = place.ledger
    ledger.begin()
    provider = place.town.there
    with look(system("test")):
        tutor = factories.make_member(provider, Membership.Role.TUTOR)
    here = Place(activities.make_activity(provider), Client(), course=TRUSTING).enrol()
    learner = here.enrolment.learner
    set_attempt_rule(provider.pk, here.enrolment.course, counts="best", most=LEFT, by=tutor)
    barrier = Barrier(WINDOWS)

    def end(_number):
        browser = browser_of(learner)
        said = json.dumps({"statement": statement(), "parts": None})
        barrier.wait(30)
        try:
            answer = browser.post(here.url("activity_result"), said, "application/json")
            return answer.status_code, answer.json().get("spent", False)
        finally:
            connection.close()

    with ThreadPoolExecutor(WINDOWS) as pool:
        answers = sorted(pool.map(end, range(WINDOWS)))
    with look(system("test")):
        kept = XapiStatement.objects.filter(enrolment=here.enrolment.pk).count()
    ledger.undo()
    assert answers == [(200, False)] * LEFT + [(200, True)] * (WINDOWS - LEFT)
    assert kept == LEFT
