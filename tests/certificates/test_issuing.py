"""Issued once, issued anew, and what the holder does themselves."""

import pytest
from django.urls import reverse

from accounts.models import User
from certificates.actions import issue_certificate, reissue_certificate, revoke_certificate
from certificates.actions.issue import NotCompleted
from certificates.models import Certificate, Recipient
from learning.models import Enrolment
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import issue, now, number_of

REASON = "Die Aufgaben hat jemand anderes gelöst."


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def test_a_certificate_is_issued_once(world):
    with look(system("test")):
        enrolment = Enrolment.objects.get(pk=world.certificate.enrolment_id)
        assert issue_certificate(enrolment) == world.certificate
        assert Certificate.objects.count() == Recipient.objects.count() == 1


def test_no_certificate_before_the_end(db):
    enrolment = factories.make_enrolment(
        factories.make_course(factories.make_provider("haus"), lessons=1)
    )
    with look(system("test")), pytest.raises(NotCompleted):
        issue_certificate(enrolment)
    with look(system("test")):
        assert Certificate.objects.count() == 0


def test_issued_anew_twice_is_issued_once_more_each(client, world):
    with look(system("test")):
        second = reissue_certificate(world.certificate)
        assert reissue_certificate(world.certificate) == second  # an old one is not issued anew
        third = reissue_certificate(second)
        issues = list(Certificate.objects.order_by("pk").values_list("issue", "superseded_by"))
    assert issues == [(1, second.pk), (2, third.pk), (3, None)]
    verdicts = [client.get(f"/z/{number_of(c)}").context["verdict"] for c in (second, third)]
    assert verdicts == ["superseded", "valid"]


def test_a_revoked_certificate_is_not_issued_anew_and_revoked_once(world):
    with look(system("test")):
        revoked = revoke_certificate(world.certificate, reason=REASON)
        assert reissue_certificate(revoked) == revoked
        assert revoke_certificate(revoked, reason="Anders").revocation_reason == REASON
        assert Certificate.objects.count() == 1


def test_she_has_it_issued_under_her_new_name(client, world):
    client.force_login(world.learner)
    door = reverse("certificates:reissue", args=[world.number])
    with look(system("test")):
        User.objects.filter(pk=world.learner.pk).update(name="Anna Neu")
    assert client.post(door).headers["Location"] == reverse("certificates:wallet")
    newest = now(world.certificate).superseded_by_id
    with look(system("test")):
        assert Recipient.objects.get(certificate=newest).name == "Anna Neu"
    client.force_login(factories.make_user("Ben"))
    assert client.post(door).status_code == 404
