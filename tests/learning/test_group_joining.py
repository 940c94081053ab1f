"""Joining a group: its door in every state, for visitors and people with an account; and leaving it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import CatalogueEntry
from learning.models import Enrolment, Group
from tenancy.lens import look, system
from tests.learning.test_group_pages import course, group, joined, person, tutor
from tests.learning.test_groups import members
from tests.support.pages import one_line
from tests.support.records import signed_in
from words.join_codes import in_address, written

__all__ = ["course", "group", "tutor"]  # fixtures


def door(group, code=""):
    return f"/gruppe/{code or in_address(group.code)}/"


def change(group, **fields):
    with look(system("test")):
        Group.objects.filter(pk=group.pk).update(**fields)


SAYS = {
    "closed": ({"closed_at": timezone.now()}, "Die Gruppe ist geschlossen."),
    "over": ({"open_until": timezone.localdate() - timedelta(days=1)}, "Die Zeit zum Beitreten"),
    "full": ({"size": 1}, "Die Gruppe ist voll."),
    "renewed": ({"code": "IGEL000001"}, "Die Gruppe hat einen neuen."),
}


@pytest.mark.parametrize("state", SAYS)
@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_the_door_says_why_it_is_shut(group, state, who):
    joined(group, "Erste")
    fields, says = SAYS[state]
    if state == "renewed":
        fields = fields | {"former_codes": [group.code]}
    address = door(group)
    change(group, **fields)
    somebody = signed_in(person()) if who == "learner" else Client()
    page = somebody.get(address)
    assert says in one_line(page)
    assert "Beitreten</span>" not in one_line(page)
    if who == "learner":
        assert says in one_line(somebody.post(address, follow=True))
    assert members(group) == ["Erste"]


def test_looking_changes_nothing_and_the_button_joins(group):
    browser = signed_in(person())
    page = browser.get(door(group))
    assert "Sie sehen dasselbe von sich, und Sie können jederzeit gehen." in one_line(page)
    assert members(group) == []
    page = browser.post(door(group), follow=True)
    assert "Sie sind in der Gruppe „Donnerstag, 14 Uhr“." in one_line(page)
    assert members(group) == ["Anna Arbeit"]
    assert browser.get(door(group)).url == f"/gruppe/mitglied/{group.pk}/"
    assert browser.post(door(group)).url == f"/gruppe/mitglied/{group.pk}/"  # a second click
    assert "Donnerstag, 14 Uhr" in one_line(browser.get("/lernen/"))


def test_a_visitor_is_led_through_an_account_and_back(group, client):
    text = one_line(client.get(door(group)))
    assert "Dafür brauchen Sie ein Konto." in text
    assert f"?next={door(group)}".replace("/", "%2F") in text or f"?next={door(group)}" in text
    assert client.post(door(group)).url.endswith(f"next={door(group)}")


def test_a_course_out_of_the_catalogue_is_said_when_she_joins(group, course):
    with look(system("test")):
        CatalogueEntry.objects.filter(course=course.translation_key).delete()
    page = signed_in(person()).post(door(group))
    assert "gibt es nicht mehr im Katalog" in one_line(page)


@pytest.mark.parametrize("typed", ["hallo", "APFEL 47", "", "x" * 200, "\x00"])
def test_what_is_no_code_stays_in_the_field(client, db, typed):
    page = client.get("/gruppe/", {"code": typed})
    assert page.context["form"].errors


def test_a_typed_code_leads_to_its_group(client, group):
    assert client.get("/gruppe/", {"code": written(group.code).lower()}).url == door(group)
    page = client.get("/gruppe/apfel-000-000/")
    assert "Diesen Code kennen wir nicht." in one_line(page)
    assert 'value="APFEL 000 000"' in one_line(page)


def test_whoever_tries_codes_is_held_up(client, group, settings):
    settings.LIMITS = {"group": "3/hour"}
    answers = [client.get("/gruppe/apfel-000-000/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert client.get(door(group)).status_code == 429  # a right guess too


def test_a_renamed_provider_and_course_keep_the_way_in(group, house, course):
    with look(system("test")):
        house.slug, house.name = "neues-haus", "Neues Haus"
        house.save()
    page = signed_in(person()).post(door(group), follow=True)
    assert "Neues Haus" in one_line(page)


def test_leaving_is_one_click_and_twice_is_once(group):
    anna = joined(group)
    browser = signed_in(anna.learner)
    for _click in range(2):
        page = browser.post(f"/gruppe/mitglied/{group.pk}/verlassen/", follow=True)
        assert "Sie sind nicht mehr in der Gruppe." in one_line(page)
    assert members(group) == []
    with look(system("test")):
        assert Enrolment.objects.get(pk=anna.pk).closed_at is None


def test_who_leaves_the_course_leaves_its_groups(group, course):
    anna = joined(group)
    signed_in(anna.learner).post(f"/lernen/haus/{course.slug}/verlassen/")
    assert members(group) == []
