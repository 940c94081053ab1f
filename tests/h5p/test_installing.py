"""Installing from the command line answers wishes like the office's page; a package that cannot be installed promises nothing."""

import pytest
from django.core.management import CommandError, call_command

from h5p import tasks
from h5p.models import LibraryRequest, Upload
from h5p_lite.models import Content
from tenancy.lens import look, system
from tests.factories import activities
from tests.h5p_samples.packages import CONTENT, GOOD, LIBRARIES, packed, without


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "typen.h5p").write_bytes(packed(LIBRARIES).getvalue())
    return tmp_path


def test_the_command_answers_wishes_and_what_waited_goes_on(house, folder, capsys):
    waiting = activities.upload(CONTENT, provider=house)
    call_command("h5p_install", str(folder), "--no-test")
    with look(system("test")):
        waiting.refresh_from_db()
        assert (waiting.state, waiting.content.title) == ("done", "Ein Quiz")
        assert LibraryRequest.objects.get().state == "done"
    assert capsys.readouterr().out.splitlines() == [
        "typen.h5p: Quiz 2.0.3, Quiz 1.2.3",
        "1 upload that waited went on.",
    ]


def test_every_sentence_of_the_command_is_a_line(db, folder, capsys):
    broken = without("Test.Quiz-1.2/quiz.js", "Test.Part/quiz.js", files=LIBRARIES)
    (folder / "typen.h5p").write_bytes(packed(broken).getvalue())
    with pytest.raises(CommandError, match="1 of 1 packages were refused"):
        call_command("h5p_install", str(folder), "--no-test")
    assert capsys.readouterr().err.splitlines() == [
        "typen.h5p: refused",
        "  Test.Part/library.json nennt eine Datei, die fehlt: quiz.js. Legen Sie sie dazu.",
        "  Test.Quiz-1.2/library.json nennt eine Datei, die fehlt: quiz.js. Legen Sie sie dazu.",
    ]


def test_the_sweep_finds_what_can_go_on(house):
    waiting = activities.upload(CONTENT, provider=house)
    activities.install()
    assert tasks.process_waiting() == 1
    with look(system("test")):
        assert Content.objects.get() == Upload.objects.get(pk=waiting.pk).content


def test_a_package_whose_own_types_are_broken_is_told_now(house):
    broken = GOOD | {"Test.Quiz-1.2/library.json": "{"}
    refused = activities.upload(broken, provider=house)
    assert (refused.state, [one["code"] for one in refused.problems]) == ("refused", ["not-json"])
    with look(system("test")):
        assert LibraryRequest.objects.count() == 0


def test_a_package_whose_broken_types_are_here_already_is_taken(house):
    activities.install()
    broken = GOOD | {"Test.Quiz-1.2/library.json": "{"}
    assert activities.upload(broken, provider=house).state == "done"
