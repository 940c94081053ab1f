"""What cannot be issued stops nobody, is seen by provider and operator, is tried again, and its learner is told once."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.actions import close_account
from accounts.exports import everything
from accounts.models import User
from certificates import actions, tasks
from certificates.actions.failures import pause
from certificates.models import Certificate, Owed
from learning.models import Enrolment
from tenancy.lens import learner, look, system
from tests import factories
from tests.support.holders import complete

CUNEIFORM = "\U00012000"


@pytest.fixture
def provider(db):
    return factories.make_provider("haus")


@pytest.fixture
def course(provider):
    return factories.make_course(provider, lessons=1, title="Sicher im Netz")


@pytest.fixture
def owner(provider):
    return factories.make_member(provider, "owner", name="Olga Leitung")


def sweep():
    return tasks.issue_missing()


def owed():
    with look(system("test")):
        return list(Owed.objects.order_by("pk"))


def holders():
    with look(system("test")):
        return sorted(Certificate.objects.values_list("recipient__name", flat=True))


def later(**by):
    """Time passes for what waits."""
    with look(system("test")):
        for one in Owed.objects.all():
            Owed.objects.filter(pk=one.pk).update(next_at=one.next_at - timedelta(**by))


def test_five_hundred_unprintable_names_block_nobody(provider, course):
    with look(system("test")):
        learners = User.objects.bulk_create(
            User(name=f"{CUNEIFORM} {n}", email=f"{n}@example.org") for n in range(501)
        )
    first = complete(provider, "Ada Erste", course)
    with look(system("test")):
        start = timezone.now() - timedelta(days=9)
        Enrolment.objects.bulk_create(
            Enrolment(
                learner=learner,
                provider_id=first.provider_id,
                course=first.course,
                edition_id=first.edition_id,
                completed_at=start,
                done=1,
                total=1,
            )
            for learner in learners
        )
    assert sweep() == 502
    assert holders() == ["Ada Erste"]
    assert len(owed()) == 501
    assert sweep() == 0  # they wait for their time, or for another name
    complete(provider, "Zoe Letzte", course)
    assert sweep() == 1
    assert holders() == ["Ada Erste", "Zoe Letzte"]


@pytest.mark.parametrize("wrong", [RuntimeError, RecursionError, MemoryError, KeyError])
def test_whatever_is_wrong_with_one_the_others_get_theirs(provider, course, monkeypatch, wrong):
    broken = complete(provider, "Bea Bruch", course)
    complete(provider, "Ada Erste", course)
    issue = actions.issue_certificate

    def fails(enrolment):
        if enrolment.pk == broken.pk:
            raise wrong("zu viel")
        return issue(enrolment)

    monkeypatch.setattr("certificates.actions.issue_certificate", fails)
    assert sweep() == 2
    assert holders() == ["Ada Erste"]
    [waits] = owed()
    assert (waits.enrolment_id, waits.fault, waits.letters, waits.tries) == (
        broken.pk,
        wrong.__name__,
        "",
        1,
    )
    assert sweep() == 0
    later(minutes=3)
    assert sweep() == 1
    assert owed()[0].tries == 2
    assert owed()[0].next_at > timezone.now() + timedelta(minutes=3)
    monkeypatch.undo()
    later(minutes=5)
    assert sweep() == 1
    assert (holders(), owed()) == (["Ada Erste", "Bea Bruch"], [])


def test_a_failure_that_cannot_be_written_down_stops_nobody_either(provider, course, monkeypatch):
    broken = complete(provider, CUNEIFORM, course)
    complete(provider, "Ada Erste", course)

    def fails(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr("certificates.actions.note_failure", fails)
    assert sweep() == 2
    assert holders() == ["Ada Erste"]
    assert broken.pk


def test_a_paper_that_fails_is_made_when_she_asks(provider, course, monkeypatch):
    complete(provider, "Ada Erste", course)

    def fails(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr("certificates.tasks.make_paper", fails)
    assert sweep() == 1
    assert (holders(), owed()) == (["Ada Erste"], [])


def test_the_pauses_grow_to_a_day():
    assert [pause(tries) for tries in (1, 2, 3, 10, 1000)] == [
        timedelta(minutes=2),
        timedelta(minutes=4),
        timedelta(minutes=8),
        timedelta(minutes=1024),
        timedelta(days=1),
    ]


def test_she_is_told_once_and_another_name_is_enough(
    client, provider, course, django_capture_on_commit_callbacks
):
    enrolment = complete(provider, f"Anna {CUNEIFORM}", course)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
        later(days=2)
        sweep()
    assert owed()[0].tries == 2
    [told] = mail.outbox
    assert told.to == [enrolment.learner.email]
    assert "Sicher im Netz" in told.subject
    for said in (CUNEIFORM, "Sicher im Netz", "/konto/"):
        assert said in told.body
    with look(system("test")):
        User.objects.filter(pk=enrolment.learner_id).update(name="Anna Neu")
    assert sweep() == 1
    assert (holders(), owed()) == (["Anna Neu"], [])


def test_of_a_fault_of_ours_she_reads_that_she_need_not_do_anything(
    client, provider, course, monkeypatch
):
    enrolment = complete(provider, "Anna Beispiel", course)

    def fails(_enrolment):
        raise RuntimeError

    monkeypatch.setattr("certificates.actions.issue_certificate", fails)
    sweep()
    client.force_login(enrolment.learner)
    page = client.get(reverse("certificates:wallet")).content.decode()
    assert "Sie müssen nichts tun." in page
    assert mail.outbox == []


def test_provider_and_operator_see_it(client, provider, course, owner):
    complete(provider, f"Anna {CUNEIFORM}", course)
    sweep()
    client.force_login(owner)
    listed = client.get(reverse("certificates:issued", args=["haus"])).content.decode()
    assert "1 Nachweis ließ sich noch nicht ausstellen." in listed
    page = client.get(reverse("certificates:owed", args=["haus"]))
    [waits] = page.context["waiting"]
    assert (waits.title, waits.letters, waits.fault) == ("Sicher im Netz", CUNEIFORM, "")
    assert f"Anna {CUNEIFORM}" in page.content.decode()
    out = io.StringIO()
    call_command("owed", stdout=out)
    assert "1 certificates wait." in out.getvalue()
    assert "Anna" not in out.getvalue()
    with look(system("test")):
        User.objects.filter(name__startswith="Anna").update(name="Anna Neu")
    out = io.StringIO()
    call_command("owed", "--again", stdout=out)
    assert out.getvalue() == "0 certificates wait.\n"
    empty = client.get(reverse("certificates:owed", args=["haus"])).content.decode()
    assert "Alles ist ausgestellt." in empty


def test_nobody_next_door_sees_it(client, provider, course):
    complete(provider, f"Anna {CUNEIFORM}", course)
    sweep()
    there = factories.make_provider("nachbar")
    client.force_login(factories.make_member(there, "owner"))
    assert client.get(reverse("certificates:owed", args=["haus"])).status_code == 404
    assert client.get(reverse("certificates:owed", args=["nachbar"])).context["waiting"] == []


def test_with_her_account_goes_what_waits(provider, course):
    enrolment = complete(provider, CUNEIFORM, course)
    sweep()
    assert len(owed()) == 1
    with look(learner(enrolment.learner_id)):
        [told] = everything(enrolment.learner)["nachweise_offen"]
    assert (told["letters"], told["tries"]) == (CUNEIFORM, 1)
    close_account(enrolment.learner)
    assert owed() == []
