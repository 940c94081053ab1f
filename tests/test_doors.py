"""Every door of the house, and who may open it. A new address must be entered here, or the walk fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from certificates import tokens
from certificates.actions import issue_certificate
from certificates.models import Recipient
from learning.models import Enrolment
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories

OPEN, LOGIN, HIDDEN, MOVED = 200, 302, 404, 302
Role = Membership.Role

#  door                               visitor learner author  office
DOORS = {
    "home": (OPEN, OPEN, OPEN, OPEN),
    "courses:catalogue": (OPEN, OPEN, OPEN, OPEN),
    "courses:course": (OPEN, OPEN, OPEN, OPEN),
    "courses:help": (OPEN, OPEN, OPEN, OPEN),
    "courses:imprint": (OPEN, OPEN, OPEN, OPEN),
    "courses:privacy": (OPEN, OPEN, OPEN, OPEN),
    "courses:file": (HIDDEN, HIDDEN, HIDDEN, HIDDEN),  # an unknown name; see test_press
    "learning:dashboard": (LOGIN, OPEN, OPEN, OPEN),
    "learning:start": (MOVED, MOVED, MOVED, MOVED),
    "learning:lesson": (OPEN, OPEN, OPEN, OPEN),
    "learning:leave": (LOGIN, OPEN, HIDDEN, HIDDEN),
    "accounts:settings": (LOGIN, OPEN, OPEN, OPEN),
    "accounts:export": (LOGIN, OPEN, OPEN, OPEN),
    "accounts:close": (LOGIN, OPEN, OPEN, OPEN),
    "certificates:check": (OPEN, OPEN, OPEN, OPEN),
    "certificates:certificate": (OPEN, OPEN, OPEN, OPEN),
    "certificates:credential": (OPEN, OPEN, OPEN, OPEN),
    "certificates:pdf": (OPEN, OPEN, OPEN, OPEN),
    "issuers:did": (OPEN, OPEN, OPEN, OPEN),
    "issuers:status": (OPEN, OPEN, OPEN, OPEN),
    "providers:list": (OPEN, OPEN, OPEN, OPEN),
    "providers:provider": (OPEN, OPEN, OPEN, OPEN),
    "reports:office": (LOGIN, HIDDEN, HIDDEN, OPEN),
    "reports:figures_csv": (LOGIN, HIDDEN, HIDDEN, OPEN),
    "reports:open_data": (OPEN, OPEN, OPEN, OPEN),
    "reports:dataset": (
        HIDDEN,
        HIDDEN,
        HIDDEN,
        HIDDEN,
    ),  # before the first refresh; see test_figures
    "accessibility:report": (OPEN, OPEN, OPEN, OPEN),
    "accessibility:statement": (OPEN, OPEN, OPEN, OPEN),
    "robots": (OPEN, OPEN, OPEN, OPEN),
    "health_live": (OPEN, OPEN, OPEN, OPEN),
    "health_ready": (OPEN, OPEN, OPEN, OPEN),
    "media": (LOGIN, HIDDEN, HIDDEN, HIDDEN),
    "wagtailadmin_home": (LOGIN, HIDDEN, OPEN, HIDDEN),
    "wagtailimages:index": (LOGIN, HIDDEN, OPEN, HIDDEN),
    "wagtaildocs:index": (LOGIN, HIDDEN, OPEN, HIDDEN),
}
#: POST only: a GET is refused for everybody.
POST_ONLY = {
    "certificates:reissue",
    "learning:enrol",
    "learning:answer",
    "accessibility:preferences",
}
#: allauth's own doors are tested in test_accounts; follow_german in test_desk; Wagtail's by the crawler of the issue about walls and doors.
TESTED_ELSEWHERE = ("account_", "mfa_", "wagtail", "simple_translation:", "follow_german")


def all_doors(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_doors(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"


def test_no_door_is_forgotten():
    ours = {door for door in all_doors() if not door.startswith(TESTED_ELSEWHERE)}
    listed = {door for door in DOORS if not door.startswith(TESTED_ELSEWHERE)}
    assert ours - POST_ONLY == listed
    assert ours >= POST_ONLY


@pytest.fixture
def house(db):
    """One course with one learner who has a certificate; an author; a clerk of the office."""
    provider = factories.make_provider("haus")
    course = factories.make_course(provider)
    enrolment = factories.make_enrolment(course)
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
        issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
        token = Recipient.objects.get().token
        city = Provider.objects.get(pk=CITY)
    people = {
        "visitor": None,
        "learner": enrolment.learner,
        "author": factories.make_member(provider, Role.AUTHOR),
        "office": factories.make_member(city, Role.CLERK),
    }
    lesson = {"provider": "haus", "course": course.slug, "lesson": "schritt-1"}
    known = {
        "courses:course": {"provider": "haus", "course": course.slug},
        "courses:file": {"name": "0" * 40 + ".png"},
        "learning:start": {"provider": "haus", "course": course.slug},
        "learning:leave": {"provider": "haus", "course": course.slug},
        "learning:lesson": lesson,
        "learning:answer": lesson,
        "learning:enrol": {"provider": "haus", "course": course.slug},
        "certificates:certificate": {"token": tokens.grouped(token)},
        "certificates:credential": {"token": tokens.grouped(token)},
        "certificates:pdf": {"token": tokens.grouped(token)},
        "certificates:reissue": {"token": tokens.grouped(token)},
        "issuers:did": {"key": provider.key},
        "issuers:status": {"key": provider.key, "number": 1},
        "providers:provider": {"slug": "haus"},
        "reports:dataset": {"name": "anbieter", "kind": "csv"},
        "media": {"path": "original_images/x.png"},
    }
    return people, known


@pytest.mark.parametrize("who", range(4), ids=["visitor", "learner", "author", "office"])
def test_doors(client, house, who):
    people, known = house
    if person := list(people.values())[who]:
        client.force_login(person)
    answers = {
        door: client.get(reverse(door, kwargs=known.get(door))).status_code for door in DOORS
    }
    assert answers == {door: wanted[who] for door, wanted in DOORS.items()}


@pytest.mark.parametrize("door", sorted(POST_ONLY))
def test_nothing_is_changed_by_following_a_link(client, house, door):
    people, known = house
    client.force_login(people["learner"])
    assert client.get(reverse(door, kwargs=known.get(door))).status_code == 405


def test_public_pages_set_no_cookie(client, house):
    _, known = house
    public = [door for door, codes in DOORS.items() if codes[0] == OPEN]
    for door in public:
        client.get(reverse(door, kwargs=known.get(door)))
    assert dict(client.cookies) == {}


def test_a_neighbours_learner_is_not_there(client, house):
    """Wrong tenant gets 404, never 403: forbidden and absent look the same."""
    _people, known = house
    stranger = factories.make_member(factories.make_provider("nachbar"), Role.OWNER)
    client.force_login(stranger)
    assert client.get(reverse("learning:leave", kwargs=known["learning:leave"])).status_code == 404
    assert client.get(reverse("reports:office")).status_code == 404
