"""Who sees an account: themselves, colleagues, their tutors. The walls, by name; what pages show of it is `tests/isolation`."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from accounts.models import User
from providers.models import BasePage, Membership
from tenancy.lens import bearer, learner, look, office, staff, system
from tests import factories
from tests.support.records import proved_now

Role = Membership.Role


@pytest.fixture
def people(db):
    """Two providers with an author each; Anna learns at both, Ben at the second only."""
    here, there = factories.make_provider("haus"), factories.make_provider("nachbar")
    course, other = factories.make_course(here), factories.make_course(there)
    with look(system("test")):
        anna, ben = factories.make_user("Anna"), factories.make_user("Ben")
    for learnt, person in ((course, anna), (other, anna), (other, ben)):
        factories.make_enrolment(learnt, person)
    return {
        "here": here,
        "anna": anna,
        "ben": ben,
        "ours": factories.make_member(here, Role.AUTHOR, name="Ute"),
        "theirs": factories.make_member(there, Role.AUTHOR, name="Ida"),
    }


def names(lens):
    with look(lens):
        return set(User.objects.values_list("name", flat=True))


def test_authors_see_colleagues_and_no_learner(people):
    assert names(staff([people["here"].pk])) == {"Ute"}


def test_tutors_see_their_own_learners_as_well(people):
    here = people["here"].pk
    assert names(staff([here], tutored=[here])) == {"Ute", "Anna"}


def test_a_learner_sees_herself(people):
    assert names(learner(people["ben"].pk)) == {"Ben"}


def test_the_office_and_a_certificates_number_show_nobody(people):
    assert names(office) == set()
    assert names(bearer("0" * 64)) == set()


def test_groups_are_those_of_the_people_one_sees(people):
    with look(system("test")):
        ours = set(people["ours"].groups.values_list("pk", flat=True))
    with look(staff([people["here"].pk])):
        assert set(Group.objects.values_list("pk", flat=True)) == ours
    with look(office):
        assert Group.objects.count() == 0


def test_a_taken_address_is_answered_from_ones_own_account(client, people):
    """The wall hides Ben's account from Anna, but not that his address is taken."""
    proved_now(client, people["anna"])
    taken = {"email": people["ben"].email, "action_add": ""}
    answer = client.post(reverse("account_email"), taken, follow=True)
    assert answer.status_code == 200
    with look(system("test")):
        assert people["anna"].emailaddress_set.filter(email=people["ben"].email).count() <= 1
        assert people["ben"].emailaddress_set.filter(verified=True).count() == 1


def test_whoever_works_here_may_close_her_account(client, people):
    """Also while Wagtail still remembers what they were editing."""
    person = people["ours"]
    with look(system("test")):
        EditingSession.objects.create(
            user=person,
            content_type=ContentType.objects.get_for_model(BasePage),
            object_id="1",
            last_seen_at=timezone.now(),
        )
    proved_now(client, person)
    assert client.post(reverse("accounts:close"), {"sure": "on"}).status_code == 200
    assert "Ute" not in names(system("test"))
