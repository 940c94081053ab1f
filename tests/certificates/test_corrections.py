"""A head issues anew; and papers that stated the wrong thing in English are found, replaced, and their holders told."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from accounts.actions import close_account
from accounts.models import User
from certificates import actions
from certificates.models import Certificate
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import DAY, issue, now
from tests.support.records import recorded

AFTER = (DAY + timedelta(days=1)).date().isoformat()
ON_THE_DAY = DAY.date().isoformat()


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def command(*options):
    said, wrong = StringIO(), StringIO()
    call_command("english_papers", *options, stdout=said, stderr=wrong)
    return said.getvalue(), wrong.getvalue()


def letters():
    return [letter for letter in mail.outbox if "neu ausgestellt" in letter.body]


def test_what_was_issued_before_the_words_were_mended_is_listed_and_nothing_else(world):
    said, _wrong = command("--before", AFTER)
    assert f"certificate {world.certificate.pk}" in said
    assert command("--before", ON_THE_DAY)[0] == "0 certificates may have a wrong English paper.\n"
    assert now(world.certificate).superseded_by_id is None
    assert letters() == []


def test_without_a_day_it_is_when_this_installation_got_the_mended_words(world):
    """Of `world` long before: the tables of this test were made later than the certificate is dated."""
    assert f"certificate {world.certificate.pk}" in command()[0]
    MigrationRecorder.Migration.objects.filter(app="certificates").delete()
    with pytest.raises(CommandError, match="--before"):
        command()


def test_issued_anew_once_and_the_holder_is_told_once(world):
    for _time in range(2):
        command("--before", AFTER, "--reissue")
    former = now(world.certificate)
    with look(system("test")):
        [issued] = Certificate.objects.filter(enrolment=former.enrolment_id, superseded_by=None)
    assert (former.state, issued.state, issued.issue) == ("superseded", "issued", 2)
    [letter] = letters()
    assert letter.to == [world.learner.email]
    assert "Das war unser Fehler." in letter.body
    assert "Warum" not in letter.body


def test_what_cannot_be_printed_is_named_and_the_others_get_theirs(world):
    with look(system("test")):
        User.objects.filter(pk=world.learner.pk).update(name="Anna \U00013000")
    other = issue(factories.make_provider("nebenan"), "Berta Beispiel")
    said, wrong = command("--before", AFTER, "--reissue")
    assert f"certificate {world.certificate.pk}: \U00013000" in wrong
    assert now(world.certificate).superseded_by_id is None
    assert now(other.certificate).superseded_by_id
    assert said.endswith("1 of 2 certificates were issued anew.\n")


@pytest.mark.parametrize("state", ["revoked", "superseded", "erased", "suspended"])
def test_only_what_somebody_holds_and_is_not_over(world, state):
    with look(system("test")):
        if state == "revoked":
            actions.revoke_certificate(world.certificate, reason="Irrtum")
        elif state == "superseded":
            actions.reissue_certificate(world.certificate)
        elif state == "suspended":
            actions.suspend_certificate(world.certificate, reason="Zweifel")
        else:
            close_account(world.learner)
    command("--before", ON_THE_DAY if state == "superseded" else AFTER, "--reissue")
    held = now(world.certificate)
    if state != "suspended":
        assert held.state == {"erased": "issued"}.get(state, state)
        return
    with look(system("test")):
        assert held.superseded_by.state == "suspended"


# --- a head ----------------------------------------------------------------------------------------------------------


def test_a_head_issues_anew_and_its_holder_is_told(client, world):
    head = factories.make_member(world.provider, "owner", name="Olga Leitung")
    with look(system("test")):
        User.objects.filter(pk=world.learner.pk).update(name="Anna Neu")
    client.force_login(head)
    door = reverse("certificates:withdraw", args=["haus", world.certificate.pk])
    page = client.post(door, {"act": "reissue"}, follow=True).content.decode()
    assert "Der Nachweis ist neu ausgestellt. Die Person bekommt eine E-Mail." in page
    assert "Zum neuen Nachweis" in page
    with look(system("test")):
        issued = now(world.certificate).superseded_by
        assert issued.recipient.name == "Anna Neu"
    [letter] = letters()
    assert letter.to == [world.learner.email]
    assert recorded("certificate.reissued")
    client.post(door, {"act": "reissue"})
    assert now(issued).superseded_by_id is None


def test_two_clicks_are_one_new_issue_and_one_mail(client, world, monkeypatch):
    """The second request has read the row before the first one changed it."""
    head = factories.make_member(world.provider, "owner", name="Olga Leitung")
    client.force_login(head)
    door = reverse("certificates:withdraw", args=["haus", world.certificate.pk])
    with look(system("test")):
        before = list(Certificate.objects.filter(pk=world.certificate.pk))
    client.post(door, {"act": "reissue"})
    stale = type("Stale", (), {"filter": lambda _self, **_by: stale, "first": lambda _self: before[0]})()  # fmt: skip
    monkeypatch.setattr("certificates.queries.issued_by", lambda _provider, _asked: stale)
    client.post(door, {"act": "reissue"})
    assert len(letters()) == 1


def test_what_belongs_to_nobody_any_more_is_not_offered_to_be_issued_anew(client, world):
    head = factories.make_member(world.provider, "owner", name="Olga Leitung")
    with look(system("test")):
        close_account(world.learner)
    client.force_login(head)
    door = reverse("certificates:withdraw", args=["haus", world.certificate.pk])
    form = client.get(door).context["form"]
    assert [act for act, _says in form.fields["act"].choices] == ["suspend", "revoke"]


def test_a_name_that_cannot_be_printed_is_said_to_the_head(client, world):
    head = factories.make_member(world.provider, "owner", name="Olga Leitung")
    with look(system("test")):
        User.objects.filter(pk=world.learner.pk).update(name="Anna \U00013000")
    client.force_login(head)
    door = reverse("certificates:withdraw", args=["haus", world.certificate.pk])
    page = client.post(door, {"act": "reissue"}, follow=True).content.decode()
    assert "können wir nicht drucken: \U00013000" in page
    assert now(world.certificate).superseded_by_id is None
