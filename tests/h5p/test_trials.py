"""A new patch shows every activity that uses it before it takes over; what does not run sends it back. In a real Chromium."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from h5p.actions import save_revision
from h5p.actions.contents import draft_of
from h5p_lite.models import Content, Library
from tenancy.lens import look, system
from tests.factories import activities
from tests.h5p.test_store import newer
from tests.h5p_samples.packages import CONTENT, LIBRARIES, packed
from tests.support.pages import one_line

pytestmark = pytest.mark.browser

GOOD = """var Test = window.Test || {};
Test.Quiz = function (params) { this.attach = function ($box) { $box.text(params.question); }; };"""
EMPTY = """var Test = {}; Test.Quiz = function () { this.attach = function () {}; };"""
FALLS = """var Test = {}; Test.Quiz = function () { this.attach = function () { throw new Error("x"); }; };"""
GONE = "var Test = {};"
EVAL = """var Test = {}; Test.Quiz = new Function("params",
  "this.attach = function ($box) { $box.text(params.question); };");"""
SCRIPT = "Test.Quiz-1.2/quiz.js"


@pytest.fixture
def send(office, django_capture_on_commit_callbacks):
    """Send a package to the office's page and read what came of it."""

    def do(files, **said):
        file = SimpleUploadedFile("typen.h5p", packed(files).getvalue())
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post(reverse("h5p_office:list"), {"file": file, **said})
        return one_line(office.get(answer.url))

    return do


@pytest.fixture
def used(house):
    """A type that runs, and an activity made with it."""
    activities.install(LIBRARIES | {SCRIPT: GOOD})
    return activities.make_activity(house)


def in_use():
    with look(system("test")):
        active = Library.objects.filter(machine_name="Test.Quiz", state="active").get()
    return active.version, active.profile


def test_a_patch_that_runs_takes_over(send, used):
    assert "Quiz 1.2.4" in send(newer() | {SCRIPT: GOOD + "// better"})
    assert in_use() == ("1.2.4", "strict")


@pytest.mark.parametrize("script", [EMPTY, FALLS, GONE, EVAL, "this is no script"])
def test_a_patch_with_which_an_activity_does_not_run_goes_back_by_itself(send, used, script):
    page = send(newer() | {SCRIPT: script})
    assert "Quiz 1.2.4 gilt nicht: Damit bleiben Aktivitäten leer oder laufen nicht (1 von 1 probierten)." in page  # fmt: skip
    assert in_use() == ("1.2.3", "strict")


NEEDS_OLD = """var Test = window.Test || {};
Test.Quiz = function (params) { this.attach = function ($box) { if (params.question !== "Wie?") $box.text("x"); }; };"""


def test_what_an_edition_was_printed_with_is_tried_as_well(send, house):
    """Learners have the older words before them; only with these the new patch stays empty."""
    activities.install(LIBRARIES | {SCRIPT: GOOD})
    with look(system("test")):
        content = Content.objects.select_related("owner").get(pk=activities.make_activity(house).pk)
    activities.make_course_with(content)
    with look(system("test")):
        newest = content.revisions.get()
        draft = draft_of(newest)._replace(params=newest.params | {"question": "Wann?"})
        save_revision(content, draft, by=None, why="edited")
    page = send(newer() | {SCRIPT: NEEDS_OLD})
    assert "Quiz 1.2.4 gilt nicht: Damit bleiben Aktivitäten leer oder laufen nicht (1 von 2 probierten)." in page  # fmt: skip
    assert in_use() == ("1.2.3", "strict")


def test_what_nobody_uses_is_not_tried(send, db):
    activities.install(LIBRARIES | {SCRIPT: GOOD})
    send(newer() | {SCRIPT: GONE})
    assert in_use() == ("1.2.4", "strict")


def test_an_activity_that_never_ran_says_nothing_about_a_patch(send, house):
    activities.install(LIBRARIES | {SCRIPT: GONE})
    activities.make_activity(house, CONTENT)
    send(newer() | {SCRIPT: EMPTY})
    assert in_use() == ("1.2.4", "strict")


def test_a_patch_may_do_what_the_one_before_could_if_the_office_says_so(send, house):
    activities.install(LIBRARIES | {SCRIPT: EVAL})
    with look(system("test")):
        Library.objects.filter(machine_name="Test.Quiz").update(profile="eval")
    activities.make_activity(house)
    assert "Durfte die Version davor im Browser mehr?" in send(newer() | {SCRIPT: EVAL})
    assert in_use() == ("1.2.3", "eval")
    send(newer() | {SCRIPT: EVAL}, keeps_rights="on")
    assert in_use() == ("1.2.4", "eval")


def test_the_command_tries_as_well(used, tmp_path, capsys):
    (tmp_path / "neu.h5p").write_bytes(packed(newer() | {SCRIPT: EMPTY}).getvalue())
    call_command("h5p_install", str(tmp_path), "--no-test")
    said = capsys.readouterr()
    assert said.out.splitlines() == ["neu.h5p: nothing new"]
    assert said.err.splitlines() == [
        "  Quiz 1.2.4 does not take over: 1 of 1 activities end empty or with an error."
    ]
    assert in_use() == ("1.2.3", "strict")


@pytest.mark.parametrize(("script", "told"), [(GONE, True), (EMPTY, True), (GOOD, False)])
def test_whoever_uploads_an_activity_that_stays_empty_is_told(author, client, django_capture_on_commit_callbacks, script, told):  # fmt: skip
    activities.install(LIBRARIES | {SCRIPT: script})
    client.force_login(author)
    file = SimpleUploadedFile("quiz.h5p", packed(CONTENT).getvalue())
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("activities:upload"), {"file": file})
    page = one_line(client.get(answer.url, follow=True))
    assert ("Beim Ausprobieren blieb die Aktivität leer" in page) is told
