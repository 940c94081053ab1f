"""All activities of a library follow it to a newer version: tried, done, and taken back. The office sees only numbers."""

import pytest
from django.urls import reverse

from h5p.models import UpgradeRun
from h5p_lite.core.names import Name
from h5p_lite.models import Content, Library, Revision
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.factories import activities
from tests.h5p_samples.packages import CONTENT, LIBRARIES, PART, folder

NEW = Name("Test.Quiz", 1, 3)
SCRIPT = """H5PUpgrades['Test.Quiz'] = { 1: { 3: function (params, finished) {
  if (params.question === 'Nein') throw new Error('cannot');
  params.question += ' Neu.'; finished(null, params); } } };"""


@pytest.fixture
def admin(db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    return factories.make_member(city, Membership.Role.ADMIN, name="Bea Büro")


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def content_that_says(house, question):
    files = CONTENT | {"content/content.json": {"question": question}}
    return activities.make_activity(house, files)


@pytest.fixture
def world(house, db):
    activities.install()
    contents = [content_that_says(house, said) for said in ("Ja", "Nein", "Auch")]
    newer = folder(NEW, preloadedDependencies=[PART.as_dependency()])
    semantics = LIBRARIES["Test.Quiz-1.2/semantics.json"]
    activities.install(
        newer | {"Test.Quiz-1.3/semantics.json": semantics, "Test.Quiz-1.3/upgrades.js": SCRIPT}
    )
    with look(system("test")):
        return contents, Library.objects.get(machine_name="Test.Quiz", minor=3)


def says(contents):
    with look(system("test")):
        newest = [content.revisions.order_by("-number").first() for content in contents]
        return [(str(one.library), one.params["question"], one.why) for one in newest]


BEFORE = [("Test.Quiz 1.2", said, "imported") for said in ("Ja", "Nein", "Auch")]


def test_the_office_tries_does_and_undoes(office, world, django_capture_on_commit_callbacks):
    contents, library = world
    page = office.get(reverse("h5p_office:library", args=[library.pk])).content.decode()
    assert "3 Aktivitäten haben noch Test.Quiz 1.2." in page

    def press(url, **data):
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post(url, data)
        return office.get(answer.url).content.decode(), answer.url

    page, run = press(
        reverse("h5p_office:begin_upgrade", args=[library.pk]), former="Test.Quiz 1.2"
    )
    assert "2 Aktivitäten können umgestellt werden." in page
    assert "1 Aktivität bleibt, wie sie ist:" in page
    assert says(contents) == BEFORE

    page, _ = press(run, act="do")
    assert "2 Aktivitäten sind umgestellt." in page
    new = [("Test.Quiz 1.3", f"{said} Neu.", "upgraded") for said in ("Ja", "Auch")]
    assert says(contents) == [new[0], BEFORE[1], new[1]]

    page, _ = press(run, act="undo")
    assert "Die Umstellung ist zurückgenommen." in page
    restored = [("Test.Quiz 1.2", said, "restored") for said in ("Ja", "Auch")]
    assert says(contents) == [restored[0], BEFORE[1], restored[1]]


def test_what_an_author_wrote_since_is_not_taken_back(office, world, author):
    from h5p import actions
    from h5p.actions.contents import draft_of

    contents, _library = world
    with look(system("test")):
        run = actions.do_run(actions.begin_run(Name("Test.Quiz", 1, 2), NEW, by=author))
        revision = Revision.objects.get(content=contents[0], batch=run.batch)
        later = draft_of(revision)._replace(params={"question": "Später"})
        actions.save_revision(contents[0], later, by=author, why="edited")
        actions.undo_run(run)
    assert says(contents)[0] == ("Test.Quiz 1.3", "Später", "edited")


def test_doing_it_again_finds_nothing_left(world, author):
    from h5p import actions

    with look(system("test")):
        run = actions.begin_run(Name("Test.Quiz", 1, 2), NEW, by=author)
        assert (actions.do_run(run).good, run.bad) == (2, 1)
        assert (actions.do_run(run).good, run.bad) == (2, 1)
        assert run.revisions.count() == 2


def test_what_a_broker_lost_is_taken_up_by_the_sweep(world, author):
    """try, do and undo: each waits in the database for anyone who comes by."""
    from h5p import actions, tasks

    _contents, _library = world
    with look(system("test")):
        run = actions.begin_run(Name("Test.Quiz", 1, 2), NEW, by=author)
    seen = []
    for wanted in ("do", "undo", None):
        assert tasks.process_waiting() == 1
        assert tasks.process_waiting() == 0
        with look(system("test")):
            run.refresh_from_db()
            if wanted:
                actions.go_on(run.pk, wanted)
        seen.append((run.state, run.good, run.bad))
    assert seen == [("tried", 2, 1), ("done", 2, 1), ("undone", 2, 1)]


def test_an_order_that_does_not_fit_is_refused(office, world):
    contents, library = world
    url = reverse("h5p_office:begin_upgrade", args=[library.pk])
    for former in ("", "Test.Quiz 9.9", "Test.Part 2.0"):
        assert office.post(url, {"former": former}).status_code == 404
    with look(system("test")):
        run = UpgradeRun.objects.create(
            machine_name="Test.Quiz", former_major=1, former_minor=2, major=1, minor=3
        )
    for act in ("do", "undo", "", "else"):
        assert (
            office.post(reverse("h5p_office:upgrade", args=[run.pk]), {"act": act}).status_code
            == 404
        )
    assert says(contents) == BEFORE
    with look(system("test")):
        assert Content.objects.count() == 3
