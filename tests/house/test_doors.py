"""Every door of the house (tests/house/doors.py), and who may open it. A new address must be entered there, or the walk fails."""

from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from certificates import tokens
from certificates.actions import issue_certificate
from certificates.models import Recipient
from config.background import heartbeat
from courses.models import LessonPage, Printing
from h5p.actions import begin_run
from h5p.models import LibraryRequest
from h5p_lite.core.names import Name
from h5p_lite.models import Library
from learning.actions import (
    ask_question,
    join_group,
    make_date_feed,
    make_group,
    save_search,
    take_seat,
)
from learning.models import Enrolment
from providers.actions import invite, place_logo
from providers.models import Application, Membership, Provider
from tenancy.lens import CITY, learner, look, system
from tests import factories
from tests.conftest import begin_anew, quick_and_alone
from tests.factories import activities
from tests.factories.key_cards import make_card
from tests.factories.packages import png
from tests.factories.runs import asked, make_contract, make_run, make_sold_run
from tests.h5p_samples.packages import CONTENT, manifest
from tests.house.doors import ANSWERS, DOORS, PEOPLE, POST_ONLY, TESTED_ELSEWHERE
from words.join_codes import in_address

Role = Membership.Role


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


class ProviderCourses(NamedTuple):
    """What there is of activities, as addresses name it."""

    where: dict[str, str]
    item: str
    library: int
    upload: int
    wish: int
    activity: int
    waiting: int
    run: int


def _activities(provider):
    """A course with an activity that is given away, its content types, and a wish for another one."""
    installed = activities.install()
    content = activities.make_activity(provider, reuse=True)
    place = activities.place_of(activities.make_course_with(content))
    asked = [Name("Test.Wish", 1, 0).as_dependency()]
    unknown = {"h5p.json": manifest(mainLibrary="Test.Wish", preloadedDependencies=asked)}
    waiting = activities.upload(CONTENT | unknown, provider=provider)
    with look(system("test")):
        library = Library.objects.get(machine_name="Test.Quiz").pk
        wish = LibraryRequest.objects.get().pk
        run = begin_run(Name("Test.Quiz", 1, 1), Name("Test.Quiz", 1, 2), by=None)
        numbers = (library, installed.pk, wish, content.pk, waiting.pk, run.pk)
        return ProviderCourses(place.where, place.item, *numbers)


class House(NamedTuple):
    people: dict[str, User | None]
    known: dict[str, Any]  # what stands in the address of a door

    def address(self, door):
        known = self.known.get(door)
        return reverse(door, args=known) if isinstance(known, list) else reverse(door, kwargs=known)

    def knock(self, client, door):
        answer = client.get(self.address(door))
        for close in answer._resource_closers:  # closing it all would end the connection
            close()
        return answer


@pytest.fixture
def house(furnished, db, settings):
    """As it was made: what a test changes is gone after it."""
    made, settings.MEDIA_ROOT = furnished
    heartbeat()  # the city has a worker
    return made


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once, in a transaction around all tests; those run in savepoints of it."""
    begin_anew()
    own = quick_and_alone(tmp_path_factory.mktemp("doors"))
    with override_settings(**own), django_db_blocker.unblock(), transaction.atomic():
        made = build()
        with django_db_blocker.block():
            yield made, own["MEDIA_ROOT"]
        transaction.set_rollback(True)


def _writing(course, step):
    """The doors of the writing desk; of a step with a block, and of a course's plan."""
    with look(system("test")):
        block = LessonPage.objects.get(pk=step).body[0].id
    doors = ("step", "states", "name", "add", "undo", "here", "questions")
    return {
        "writing:begin": [course.pk],
        "desk:plan_part": [course.pk, "satz"],
        **{f"desk:plan{one}": [course.pk] for one in ("", "_undo", "_states", "_here", "_arrange")},
        **{f"writing:{door}": [step] for door in doors},
        **{key: [step, block] for key in ("writing:block", "writing:arrange", "try_out")},
    }


def _group(course, enrolment, tutor):
    """A group whose member has asked something."""
    house = enrolment.provider
    group = make_group(house.pk, enrolment.course, name="Donnerstag", by=tutor)
    join_group(enrolment.learner, group.code)
    with look(system("test")):
        step = course.lessons().first().translation_key
    asked = ask_question(enrolment, step, text="Warum?", may_be_shown=False).question
    here, this = {"slug": house.slug}, {"group": group.pk}
    own = ("", "_edit", "_sheet", "_csv", "_code", "_close", "_list", "_list_take")
    return {
        **{f"learning:group{door}": here | this for door in own},
        **{f"learning:{d}": here for d in ("group_new", "questions_waiting", "tutor_messages")},
        "learning:question": here | {"question": asked.pk},
        "learning:group_member": here | this | {"learner": enrolment.learner_id},
        "learning:join_group": {"code": in_address(group.code)},
        **{f"learning:{door}": this for door in ("my_group", "leave_group")},
    }


def _search(person):
    """One that they keep."""
    said = {"name": "Handy", "place": "kurse", "query": "q=Handy", "language": "de"}
    with look(learner(person.pk)):
        return save_search(person, mail=True, **said).pk


def build():
    """One course with a learner who has a certificate; somebody in every role, here and next door; the office."""
    provider, nextdoor = factories.make_provider("haus"), factories.make_provider("nachbar")
    course = factories.make_course(provider)
    enrolment = factories.make_enrolment(course)
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
        issued = issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
        number = tokens.grouped(Recipient.objects.get().token)
        step = course.lessons().first().pk
        printing = Printing.objects.filter(provider=provider).latest("pk").pk
        city = Provider.objects.get(pk=CITY)
        other = factories.make_enrolment(factories.make_course(nextdoor)).learner
    people = {"visitor": None, "learner": enrolment.learner, "other learner": other}
    for role in (Role.TUTOR, Role.AUTHOR, Role.REVIEWER, Role.OWNER):
        people[str(role)] = factories.make_member(provider, role)
        people[f"{role} next door"] = factories.make_member(nextdoor, role)
    for role in (Role.CLERK, Role.ADMIN, Role.OPERATOR):
        people[str(role)] = factories.make_member(city, role)
    with look(system("test")):
        seat = people["author"].memberships.get()
        invitation, link = invite(provider, "neu@example.org", ["author"], by=people["owner"])
        logo = place_logo(provider, png(), by=people["owner"])
    key_card = make_card(provider, by=people["tutor"])
    application, waits = _applications()
    index_page = _activities(provider)
    played = index_page.where | {"item": index_page.item}
    at, page_of_desk = {"provider": "haus", "course": course.slug}, [course.pk]
    lesson = at | {"lesson": "schritt-1"}
    here, certificate = {"slug": "haus"}, {"token": number}
    known = {
        "courses:concept": {"concept": "password"},
        "api_v1:concept": {"key": "password"},
        "api_v1:course": {"key": course.translation_key},
        "reports:concepts": {"kind": "ttl"},
        "courses:course": at,
        "courses:course_picture": at,
        "courses:course_amb": at,
        "sitemap_file": {"number": 1},
        "courses:by_key": {"key": course.translation_key},
        "courses:file": {"name": "0" * 40 + ".png"},
        **{
            f"desk:{door}": page_of_desk
            for door in (
                *("course", "variants", "archive", "editions", "remarks"),
                *("publish", "package", "questions", "original", "ask", "give_back", "take_back"),
            )
        },
        **{f"desk:{door}": [course.pk, printing] for door in ("compare", "restore")},
        "desk:side_by_side": [course.pk, step, "en"],
        "desk:begin_variant": [course.pk, "en"],
        **_writing(course, step),
        "desk:bring_back": [1],
        "courses:proof": [1],
        **{f"learning:{door}": at for door in ("newer", "finished", "start", "leave", "retake")},
        "learning:attendance": at,
        **_group(course, enrolment, people["tutor"]),
        **_dates(provider, people["tutor"]),
        "learning:search": {"search": _search(enrolment.learner)},
        "learning:voluntary": {"enrolment": enrolment.pk},
        "learning:questions": lesson,
        **{f"learning:{door}": at for door in ("results", "results_csv", "my_results", "written")},
        "learning:enrol": at,
        "learning:lesson": lesson,
        **{f"learning:activity{door}": played for door in ("", "_file", "_result", "_state")},
        "h5p_lite:bundle": {"name": "0" * 20 + ".js"},
        "h5p_lite:library_file": {"library": index_page.library, "path": "quiz.js"},
        "h5p_lite:content_file": {"ticket": "unbekannt", "path": "images/a.png"},
        **{
            f"h5p_office:{d}": {"library": index_page.library}
            for d in ("library", "roll_back", "test", "begin_upgrade")
        },
        **{
            f"activities:{door}": {"activity": index_page.activity}
            for door in (
                *("activity", "edit", "about", "preview", "player", "revisions", "file", "archive"),
                *("media", "double"),
            )
        },
        "activities:upgrade": {"activity": index_page.activity, "library": index_page.library},
        "activities:uploaded": {"upload": index_page.waiting},
        "h5p_office:upload": {"upload": index_page.upload},
        "h5p_office:upgrade": {"run": index_page.run},
        "h5p_office:decline": {"library_request": index_page.wish},
        "learning:answer": lesson,
        "certificates:certificate": certificate,
        "certificates:credential": certificate,
        "certificates:pdf": certificate,
        "certificates:reissue": certificate,
        "certificates:shows": certificate,
        "certificates:name": certificate,
        "certificates:jwt": certificate,
        "certificates:offer": certificate,
        "certificates:own": certificate | {"kind": "json"},
        **{f"certificates:{door}": here for door in ("issued", "owed", "autograph")},
        "certificates:withdraw": here | {"certificate": issued.pk},
        "issuers:key": {"key": provider.key, "fragment": "unbekannt"},
        "issuers:suspension": {"key": provider.key, "number": 1},
        "issuers:status_token": {"key": provider.key, "number": 1},
        "jwt_vc_issuer": {"key": provider.key},
        "issuers:did": {"key": provider.key},
        "issuers:status": {"key": provider.key, "number": 1},
        "providers:provider": here,
        "courses:approve": waits,
        "providers:application_office": waits,
        "providers:sought_no_more": {"sought": 1},
        "providers:application": application,
        "providers:application_page": application | {"page": 2},
        "providers:application_withdraw": application,
        "providers:manage": here,
        "providers:cards": here,
        "providers:companion": here,
        "providers:cards_pdf": here,
        "providers:card": here | {"card": key_card.card.pk},
        "providers:colours": here,
        "api:keys": here,
        "api:webhooks": here,
        "providers:details": here,
        "providers:closing": here,
        "providers:school_year": here,
        "providers:guardians": here,
        "accessibility:provider_statement_form": here,
        "accessibility:provider_statement": here,
        "courses:provider_archive": here,
        "courses:provider_archive_file": here,
        "learning:tutoring": here,
        "providers:logo": here,
        "providers:logo_image": here | {"number": logo.pk},
        "providers:team": here,
        "providers:invite": here,
        "providers:member": here | {"person": people["author"].pk},
        "providers:hand_over": here | {"person": people["author"].pk},
        "providers:take": here | {"membership": seat.pk},
        "providers:again": here | {"number": invitation.pk},
        "providers:withdraw": here | {"number": invitation.pk},
        "providers:record": here,
        "providers:record_csv": here,
        "providers:invitation": {"token": link},
        "accounts:news": ["x"],
        "accounts:take_back": ["x"],
        "providers:appoint": here,
        "reports:dataset": {"name": "kurse", "kind": "csv"},
        "reports:version": {"name": "kurse", "day": "2026-11-30", "kind": "csv"},
        "reports:released": {"period": "2026-q3", "table": "thema", "kind": "csv"},
        "reports:dcat": {"kind": "ttl"},
        "reports:drop_view": {"number": 1},
        "reports:goal_ended": {"number": 1},
        "reports:figures_file": {"kind": "csv"},
        "reports:report": {"period": "2026-q3"},
        "reports:report_paper": {"period": "2026-q3"},
        "reports:monitoring": {"period": "2026-q3"},
        "reports:withdrawn": {"name": "anbieter", "kind": "csv"},
        "media": {"path": "original_images/x.png"},
        "colour_sheet": {"pairs": "own-9d1b6b-f09bc7"},
        "tags_of": {"app_name": "taggit", "model_name": "tag"},
        "wagtailadmin_pages:edit": page_of_desk,
        "wagtailadmin_pages:history": page_of_desk,
    }
    return House(people, known)


def _dates(provider, tutor):
    """A run that everybody reads, and a booking by its link."""
    run = make_run(provider, by=tutor)
    booked = {"token": take_seat(run.key, asked()).token}
    contract = make_contract(make_sold_run(provider, by=tutor))
    by_key = {f"learning:{door}": {"run_key": run.key} for door in ("date", "seat_asked")}
    by_key |= {f"api_v1:{door}": {"key": run.key} for door in ("run", "participants")}
    here = {"slug": provider.slug}
    with look(system("test")):
        meeting = run.meetings.select_related("venue").first()
    of_run = {f"courses:{door}": here | {"run_key": run.key} for door in ("plan_run", "run_edit")}
    house = {
        f"courses:{d}": here for d in ("plan", "plan_rules", "plan_import", "venue_new", "run_new")
    }
    return {
        **by_key,
        **of_run,
        **house,
        **{f"learning:{door}": booked for door in ("booking", "booking_ics")},
        **{f"learning:{d}": here for d in ("run_lists", "provider_ics", "provider_calendar")},
        "learning:venue_ics": {"venue": meeting.venue.pk},
        "learning:venue_calendar": {"venue": meeting.venue.pk},
        "learning:my_ics": {"token": make_date_feed(tutor).token},
        "learning:run_list_offline": here | {"run_key": run.key, "meeting": meeting.pk},
        "learning:contract": {"token": contract.token},
        "learning:contracts": here,
        "learning:run_list": here | {"run_key": run.key},
        "courses:venue": here | {"venue": meeting.venue.pk},
        "courses:plan_meeting": here | {"run_key": run.key, "meeting": meeting.pk},
    }


def _applications():
    """One that is being written, by its link, and one that waits for the office."""
    writing = factories.make_application(Application.State.WRITING)
    sent = factories.make_application(Application.State.SENT)
    return {"link": writing.token}, {"application": sent.application.pk}


@pytest.mark.parametrize("who", PEOPLE)
def test_doors(client, house, who):
    if person := house.people[who]:
        client.force_login(person)
    column = PEOPLE.index(who)
    wanted = {door: ANSWERS[row.replace(" ", "")[column]] for door, row in DOORS.items()}
    assert {door: house.knock(client, door).status_code for door in DOORS} == wanted


def test_nothing_is_changed_by_following_a_link(client, house):
    for who, offices in (("owner", False), ("admin", True)):
        client.force_login(house.people[who])
        office = ("h5p_office:", "providers:sought", "reports:")
        doors = {door for door in POST_ONLY if door.startswith(office) is offices}
        answers = {door: house.knock(client, door).status_code for door in doors}
        assert answers == dict.fromkeys(doors, 405)


def test_only_her_own_owner_changes_a_team(client, house):
    changes = [f"providers:{door}" for door in ("again", "withdraw", "take", "member", "invite")]
    for who in (who for who in PEOPLE if who not in ("visitor", "owner")):
        client.force_login(house.people[who])
        answers = [client.post(house.address(door), {"role": "owner"}) for door in changes]
        assert [answer.status_code for answer in answers] == [404] * len(changes), who
    client.force_login(house.people["owner next door"])
    own = [client.get(f"/anbieter/{slug}/verwalten/") for slug in ("stadt", "nachbar")]
    assert [answer.status_code for answer in own] == [404, 200]


def test_public_pages_set_no_cookie(client, house):
    """A form to sign in may (CSRF)."""
    for door, row in DOORS.items():
        if row.startswith("o") and door != "accounts:card":
            house.knock(client, door)
    assert dict(client.cookies) == {}
