"""The office installs content types, judges them, goes back, and answers wishes. It never sees a content."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from h5p import tasks
from h5p.models import LibraryRequest
from h5p_lite.models import Library
from tenancy.lens import look, system
from tests.factories import activities
from tests.h5p.test_store import newer
from tests.h5p_samples.packages import CONTENT, GOOD, LIBRARIES, packed, without


def send(office, files, name="typen.h5p"):
    file = SimpleUploadedFile(name, packed(files).getvalue())
    return office.post(reverse("h5p_office:list"), {"file": file})


@pytest.fixture
def sent(office, django_capture_on_commit_callbacks):
    """Send a package and follow it to its end."""

    def do(files, **how):
        with django_capture_on_commit_callbacks(execute=True):
            answer = send(office, files, **how)
        return office.get(answer.url).content.decode()

    return do


def test_an_empty_store_says_so(office):
    page = office.get(reverse("h5p_office:list")).content.decode()
    assert "Noch ist kein Inhaltstyp installiert." in page


def test_libraries_are_installed_by_uploading_them(office, sent):
    page = sent(GOOD)
    assert "Fertig." in page
    assert "Quiz 1.2.3" in page
    listed = office.get(reverse("h5p_office:list")).content.decode()
    assert "Test.Quiz" in listed
    assert "0 Aktivitäten" in listed
    assert "Alles aus diesem Paket ist schon da" in sent(GOOD)


def test_what_is_wrong_is_said_in_sentences(office, sent):
    page = sent(without("Test.Quiz-1.2/quiz.js", files=LIBRARIES))
    assert "Dieses Paket können wir nicht annehmen." in page
    assert "Test.Quiz-1.2/library.json nennt eine Datei, die fehlt: quiz.js." in page
    with look(system("test")):
        assert Library.objects.count() == 0


def test_something_else_is_refused_at_the_door(office):
    answer = send(office, {"a.txt": "x"}, name="brief.docx")
    assert answer.status_code == 400
    assert "Das ist keine H5P-Datei." in answer.content.decode()


def test_the_office_judges_a_type(office):
    activities.install()
    with look(system("test")):
        quiz = Library.objects.get(machine_name="Test.Quiz")
    url = reverse("h5p_office:library", args=[quiz.pk])
    assert "Solange sagen wir: Er braucht eine Alternative." in office.get(url).content.decode()
    said = {"verdict": "recommended", "note": "Mit Tastatur geprüft.", "profile": "strict"}
    assert office.post(url, said).status_code == 302
    with look(system("test")):
        quiz.refresh_from_db()
        assert (quiz.needs_alternative, quiz.note) == (False, "Mit Tastatur geprüft.")
    assert office.post(url, said | {"profile": "alles"}).status_code == 400


def test_the_office_goes_back_to_the_former_patch(office, sent):
    sent(LIBRARIES)
    sent(newer())
    with look(system("test")):
        quiz = Library.objects.get(machine_name="Test.Quiz", state="active")
    page = office.get(reverse("h5p_office:library", args=[quiz.pk])).content.decode()
    assert "Zurück zu Version 1.2.3" in page
    back = office.post(reverse("h5p_office:roll_back", args=[quiz.pk]), follow=True)
    assert "Jetzt gilt wieder Version 1.2.3." in back.content.decode()
    with look(system("test")):
        quiz = Library.objects.get(machine_name="Test.Quiz", state="active")
    assert office.post(reverse("h5p_office:roll_back", args=[quiz.pk])).status_code == 404


def test_a_wish_is_declined_with_a_reason(office, house):
    activities.upload(CONTENT, provider=house)
    with look(system("test")):
        wish = LibraryRequest.objects.get()
    assert "Test.Quiz 1.2" in office.get(reverse("h5p_office:list")).content.decode()
    url = reverse("h5p_office:decline", args=[wish.pk])
    assert office.post(url, {"answer": ""}).status_code == 400
    office.post(url, {"answer": "Den gibt es in barrierefrei."})
    with look(system("test")):
        wish.refresh_from_db()
        assert (wish.state, wish.answer) == ("declined", "Den gibt es in barrierefrei.")
    assert office.get(url).status_code == 404


def test_installing_grants_the_wish_and_what_waited_goes_on(office, sent, house):
    waiting = activities.upload(CONTENT, provider=house)
    sent(LIBRARIES)
    with look(system("test")):
        waiting.refresh_from_db()
        assert (waiting.state, waiting.content.title) == ("done", "Ein Quiz")
        assert LibraryRequest.objects.get().state == "done"


BAD = """var H5P = window.H5P; window.Test = {}; Test.Quiz = function () {
  this.attach = function ($box) {
    $box.html('<p class="drawn">Hier</p><button style="width:3em;height:3em"></button><button>Gut</button>');
    $box.find('.drawn').on('mousedown', function () { this.textContent = 'Da'; });
  };
};"""


@pytest.mark.browser
def test_a_browser_looks_for_barriers_in_what_was_made(office, sent, house):
    sent(LIBRARIES | {"Test.Quiz-1.2/quiz.js": BAD})
    with look(system("test")):
        quiz = Library.objects.get(machine_name="Test.Quiz")
    assert quiz.tested is None  # what is empty has no barriers
    url = reverse("h5p_office:library", args=[quiz.pk])
    assert "Kein Browser hat den Inhaltstyp mit echtem Inhalt geprüft" in office.get(url).content.decode()  # fmt: skip
    activities.make_activity(house)
    tasks.test_for_barriers(quiz.pk)
    with look(system("test")):
        quiz.refresh_from_db()
    assert [found["id"] for found in quiz.tested["violations"]] == ["button-name"]
    assert quiz.tested["keyboard"] == {"reached": 2, "missed": ["p.drawn"], "deaf": []}
    assert (quiz.tested["contents"], quiz.shown_verdict) == (1, "alternative")
    page = office.get(url).content.decode()
    assert ("button-name" in page, "p.drawn" in page) == (True, True)
    assert "Mit der Tastatur kommt man nicht an alles." in page
