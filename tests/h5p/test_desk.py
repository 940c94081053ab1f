"""Authors make activities without JavaScript: begin, fill in, save at any time, look, go back. Nothing gets lost."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from h5p import actions
from h5p.actions.contents import begin_content, draft_of, one_at_a_time, save_edit
from h5p_lite.core.package import read
from h5p_lite.models import Content, Library, Revision
from providers.actions import join
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities
from tests.support.h5p_desk import Desk, install_ours, newest, only

DOORS = ("activity", "edit", "about", "preview", "player", "revisions", "file", "archive")


@pytest.fixture
def types(db):
    install_ours()


@pytest.fixture
def ada(client, author, types):
    client.force_login(author)
    return Desk(client)


def fill_quiz(page, question="Wie heißt der Fluss?"):
    page = page.fill(question=question, answers__0__text="Neckar", answers__1__text="Rhein", answers__2__text="Jagst")  # fmt: skip
    return page.tick("answers__0__correct")


def quiz(desk):
    fill_quiz(desk.begin()).then()
    return only()


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["tutor", "author", "reviewer", "owner"])
def test_whoever_has_the_desk_makes_activities(client, house, types, role):
    client.force_login(factories.make_member(house, role))
    writes = role != "tutor"
    assert Desk(client).get("list").status_code == (200 if writes else 404)
    assert (Desk(client).post("new", type="LernHN.Quiz 1.0", title="A", language="de").status_code == 302) is writes  # fmt: skip


def test_the_neighbour_finds_nothing(client, ada):
    content = quiz(ada)
    client.force_login(factories.make_member(factories.make_provider("nachbar"), "owner"))
    assert {door: ada.get(door, content.pk).status_code for door in DOORS} == dict.fromkeys(DOORS, 404)  # fmt: skip
    for door in ("edit", "about", "revisions", "archive"):
        assert ada.post(door, content.pk, stand="1", title="Meins", language="de").status_code == 404  # fmt: skip
    assert newest().number == 2
    there = reverse("activities:activity", args=[content.pk])
    assert there not in ada.get("list").content.decode()


# --- the list -------------------------------------------------------------------------------------------------------


def test_an_empty_desk_says_how_to_begin(ada):
    page = ada.get("list").content.decode()
    assert "Noch gibt es keine Aktivität." in page
    assert reverse("activities:upload") in page


def test_the_list_asks_as_much_for_three_as_for_one(ada):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            ada.get("list")
        return len(queries)

    ada.begin(title="Eins")
    asked()
    one = asked()
    ada.begin(title="Zwei")
    ada.begin("LernHN.Cards 1.0", title="Drei")
    assert asked() == one


def test_the_list_says_where_an_activity_is_used(ada):
    content = quiz(ada)
    course = activities.make_course_with(content)
    page = ada.get("list").content.decode()
    assert reverse("desk:course", args=[course.pk]) in page
    page = ada.get("archive", content.pk).content.decode()
    assert "Dort bleibt sie, wie sie ist:" in page
    assert "(im Katalog)" in page


# --- new ------------------------------------------------------------------------------------------------------------


def test_types_are_shown_with_what_the_office_says_of_them(ada):
    with look(system("test")):
        quiz_type = Library.objects.get(machine_name="LernHN.Quiz")
        actions.set_office_words(quiz_type, profile="strict", verdict="alternative", note="Mit der Maus geprüft.", by=None)  # fmt: skip
    page = ada.get("new").content.decode()
    assert page.count("braucht eine Alternative</span>") == 1
    assert page.count("empfohlen</span>") == 2
    assert "Mit der Maus geprüft." in page


def test_authors_read_why_a_type_is_not_recommended_and_what_is_better(ada):
    activities.install(activities.called("H5P.FindTheWords", (1, 4)))
    activities.install(activities.called("H5P.Blanks", (1, 12)))
    page = " ".join(ada.get("new").content.decode().split())
    why = "Man muss mit der Maus über Buchstaben ziehen. Mit der Tastatur geht das nicht."
    assert f"<p> {why} Besser geht es mit: H5P.Blanks. </p>" in page


def test_a_new_activity_begins_in_its_own_language(ada):
    ada.begin(language="en")
    assert newest().params["l10n"]["check"] == "Check"
    german = ada.begin(language="de")
    assert newest().params["l10n"]["check"] == "Prüfen"
    assert "Texte der Bedienung" in german.says


def test_a_new_activity_needs_a_type_and_a_title(ada):
    answer = ada.post("new", title="", language="de", type="Test.Unknown 1.0")
    assert answer.status_code == 400
    assert answer.content.decode().count('class="ls-field__error"') == 2


def test_who_writes_for_two_providers_says_for_which(client, author, types):
    second = factories.make_provider()
    with look(system("test")):
        join(author, second, "author")
    client.force_login(author)
    Desk(client).begin(provider=str(second.pk))
    assert only().owner_id == second.pk


# --- writing --------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_and_what_is_there_is_kept(ada):
    page = ada.begin()
    assert "In dieser Aktivität fehlen noch 4 Angaben." in page.says
    page = page.fill(answers__0__text="Neckar").then()
    assert "Gespeichert. Auf dieser Seite fehlt noch etwas." in page.says
    assert "Das fehlt noch" in page.says
    assert page.sent["v/answers/0/text"] == ["Neckar"]
    revision = newest()
    assert (revision.number, revision.metadata["open"]) == (2, 3)
    page = fill_quiz(page).then()
    assert "Gespeichert." in page.says
    assert "fehlt" not in page.says
    assert "open" not in newest().metadata


def test_too_long_and_too_wrong_stays_until_its_author_mends_it(ada):
    page = fill_quiz(ada.begin()).fill(answers__0__text="x" * 501).then()
    assert "Der Text ist zu lang. Erlaubt sind 500 Zeichen." in page.says
    assert page.sent["v/answers/0/text"] == ["x" * 501]
    stage = ada.get("player", only().pk).content.decode()
    assert "x" * 500 in stage
    assert "x" * 501 not in stage


def test_texts_are_stored_as_the_semantics_allow_them(ada):
    dirty = 'Wie <script>x()</script><strong onclick="x()">heißt</strong> er?'
    fill_quiz(ada.begin(), dirty).then()
    safe = "<p>Wie &lt;script&gt;x()&lt;/script&gt;<strong>heißt</strong> er?</p>"
    assert newest().params["question"] == safe


def test_items_are_added_moved_and_taken_away(ada):
    page = fill_quiz(ada.begin()).then("add:answers")
    assert page.sent["v/answers/3/text"] == [""]
    page = page.fill(answers__3__text="Kocher").then("up:answers/3")
    assert page.sent["v/answers/2/text"] == ["Kocher"]
    page = page.then("delete:answers/1")
    assert [answer["text"] for answer in newest().params["answers"]] == ["Neckar", "Kocher", "Jagst"]  # fmt: skip
    assert "v/answers/3/text" not in page.sent


def test_saving_without_a_change_is_no_new_revision(ada):
    page = ada.edit(quiz(ada))
    before = newest().number
    page.then()
    assert newest().number == before


def test_parts_are_written_on_pages_of_their_own(ada):
    page = ada.begin("LernHN.Sequence 1.0", title="Folge")
    page = page.fill(parts__0="LernHN.Quiz 1.0").then("open:parts/0")
    assert page.address.endswith("?teil=parts%2F0")
    assert "Teil 1" in page.says
    page = fill_quiz(page)
    page.sent["titel"] = ["Die Flüsse"]
    up = page.then("back")
    assert up.address == reverse("activities:edit", args=[only().pk])
    assert "Inhalt: Die Flüsse" in up.says
    [part] = newest().params["parts"]
    assert (part["library"], part["metadata"]["title"]) == ("LernHN.Quiz 1.0", "Die Flüsse")
    again = up.then("open:parts/0").says
    assert "Teil 1: Die Flüsse" in again
    assert "Teil 1 :" not in again
    assert part["params"]["answers"][0] == {"text": "Neckar", "correct": True}


def test_an_opened_place_stays_until_something_is_chosen_for_it(ada):
    page = ada.begin("LernHN.Sequence 1.0", title="Folge").then("add:parts")
    assert page.sent["v/parts/1"] == [""]
    assert newest().params["parts"] == [{}, {}]
    stay = page.then("open:parts/1")
    assert "teil" not in stay.address


@pytest.mark.parametrize(
    "do", ["remove:answers/9/x", "delete:answers/99", "up:x", "x", "open:", "add:answers/9/x"]
)
def test_a_button_that_is_not_there_does_nothing(ada, do):
    page = ada.edit(quiz(ada))
    before = newest().params
    assert page.press(do).status_code in (302, 404)
    assert newest().params == before


def test_a_picture_of_an_item_that_is_not_there_is_not_taken_away(ada):
    page = ada.begin("LernHN.Cards 1.0", title="Karten")
    assert page.press("remove:cards/9/image").status_code == 404


def test_no_part_no_page(ada):
    content = quiz(ada)
    for part in ("answers/0", "gibt/es/nicht", "l10n", "question"):
        assert ada.get("edit", content.pk, teil=part).status_code == 404


def test_a_part_of_a_type_that_is_gone_stays(ada):
    content = quiz(ada)
    with look(system("test")):
        draft = draft_of(newest())
        lost = {"library": "Test.Gone 1.0", "params": {"a": "<b>x</b>"}}
        draft = draft._replace(library=draft.library._replace(machine_name="LernHN.Sequence"), params={"parts": [lost]})  # fmt: skip
        actions.save_revision(content, draft, by=None, why="edited")
    page = ada.edit(content)
    assert "Dieser Baustein ist hier nicht eingerichtet." in page.says
    page.fill(intro="Neu").then()
    assert newest().params["parts"] == [lost]


def test_without_its_type_an_activity_cannot_be_edited(ada, house):
    content = quiz(ada)
    with look(system("test")):
        Library.objects.all().delete()
    assert "Ihr Inhaltstyp fehlt: LernHN.Quiz 1.0." in ada.get("edit", content.pk).content.decode()
    assert "Inhaltstyp fehlt" in ada.get("list").content.decode()
    answer = ada.get("file", content.pk)
    assert answer.url == reverse("activities:activity", args=[content.pk])
    with look(system("test")):
        draft = draft_of(newest())
        with pytest.raises(LookupError):
            save_edit(content, draft, by=None, tidy=True)
        with pytest.raises(LookupError):
            begin_content(house, draft.library, title="A", language="de", by=None)


# --- two at once ----------------------------------------------------------------------------------------------------


def test_whoever_saves_second_is_told_and_loses_nothing(ada, client, reviewer, author):
    content = quiz(ada)
    mine = ada.edit(content).fill(question="Meine Frage?")
    client.force_login(reviewer)
    ada.edit(content).fill(question="Ritas Frage?").then()
    client.force_login(author)
    answer = mine.press("add:answers")
    page = type(mine)(client, mine.address, answer.content.decode())
    assert answer.status_code == 409
    assert "Rita Prüferin hier etwas anderes gespeichert." in page.says
    assert "Meine Frage?" in page.sent["v/question"][0]
    assert newest().params["question"] == "<p>Ritas Frage?</p>"
    page.then()
    assert newest().params["question"] == "<p>Meine Frage?</p>"
    assert revisions(content)[1].params["question"] == "<p>Ritas Frage?</p>"


def test_two_who_write_on_different_pages_do_not_disturb_each_other(ada):
    page = ada.begin("LernHN.Sequence 1.0", title="Folge").then("add:parts")
    page = page.fill(parts__0="LernHN.Quiz 1.0", parts__1="LernHN.Quiz 1.0").then()
    content = only()
    first, second = (ada.open(f"{page.address.partition('?')[0]}?teil=parts/{n}") for n in (0, 1))
    first.fill(question="Eins?").then()
    second.fill(question="Zwei?").then()
    parts = newest().params["parts"]
    assert [part["params"]["question"] for part in parts] == ["<p>Eins?</p>", "<p>Zwei?</p>"]
    assert content.pk == newest().content_id


def test_the_newest_revision_is_asked_for_once_and_again_when_there_is_another(
    ada, django_assert_num_queries
):
    content = quiz(ada)
    with look(system("test")):
        mine, other = Content.objects.get(pk=content.pk), Content.objects.get(pk=content.pk)
        with django_assert_num_queries(1):
            before = [mine.newest, mine.newest]
        saved = actions.save_revision(
            mine, draft_of(before[0])._replace(metadata={"a": 1}), by=None, why="edited"
        )
        with django_assert_num_queries(0):
            assert mine.newest == saved
        draft = draft_of(saved)._replace(metadata={"a": 2})
        theirs = actions.save_revision(other, draft, by=None, why="edited")
        one_at_a_time(mine)
        assert mine.newest == other.newest == theirs


def revisions(content):
    with look(system("test")):
        return [*Revision.objects.filter(content=content).order_by("-number")]


# --- looking, going back, taking along ------------------------------------------------------------------------------


def test_every_revision_can_be_seen_and_brought_back(ada):
    content = quiz(ada)
    ada.edit(content).fill(question="Anders?").then()
    page = ada.get("revisions", content.pk).content.decode()
    assert page.count("Ada Autorin") == 3
    old = ada.get("preview", content.pk, stand="2").content.decode()
    assert "Das ist Stand 2" in old
    assert f"{reverse('activities:player', args=[content.pk])}?stand=2" in old
    assert "Fluss" in ada.get("player", content.pk, stand="2").content.decode()
    ada.post("revisions", content.pk, stand="2")
    revision = newest()
    assert (revision.number, revision.why) == (4, "restored")
    assert revision.params["question"] == "<p>Wie heißt der Fluss?</p>"
    for number in ("99", "x", "-1", "9" * 30):
        assert ada.get("preview", content.pk, stand=number).status_code == 404
        assert ada.post("revisions", content.pk, stand=number).status_code == 404


def test_the_preview_plays_in_the_sandbox(ada):
    answer = ada.get("player", quiz(ada).pk)
    assert answer["Content-Security-Policy"].startswith("sandbox allow-scripts allow-forms; default-src 'none'")  # fmt: skip
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_an_activity_is_taken_along_as_a_file(ada):
    content = quiz(ada)
    answer = ada.get("file", content.pk)
    assert answer["Content-Disposition"] == 'attachment; filename="neu.h5p"'
    package = read(io.BytesIO(b"".join(answer.streaming_content)))
    assert package.manifest.title == "Neu"
    assert "open" not in package.manifest.raw
    assert package.params == newest().params


def test_what_is_said_about_it_is_kept_as_h5p_has_it(ada):
    content = quiz(ada)
    said = {"title": "Flüsse", "language": "de", "license": "CC BY-SA", "licenseVersion": "4.0"}
    said |= {"authors": "Ada\nBea\n\nAda", "source": "", "yearFrom": "2026"}
    assert ada.post("about", content.pk, **said, reuse="on").status_code == 302
    metadata = newest().metadata
    assert metadata["authors"] == [{"name": n, "role": "Author"} for n in ("Ada", "Bea")]
    assert (metadata["license"], metadata["yearFrom"], metadata["reuse"]) == ("CC BY-SA", 2026, True)  # fmt: skip
    assert only().title == "Flüsse"
    shown = ada.get("about", content.pk).content.decode()
    assert "Ada\nBea" in shown
    assert 'value="2026"' in shown
    closed = ada.post("about", content.pk, **said | {"license": "U"}, reuse="on")
    assert "Bitte wählen Sie eine Lizenz, die Weitergeben erlaubt." in closed.content.decode()


def test_away_and_back(ada):
    content = quiz(ada)
    ada.post("archive", content.pk)
    page = ada.get("list").content.decode()
    assert "Noch gibt es keine Aktivität." in page
    assert reverse("activities:activity", args=[content.pk]) in page
    assert "liegt im Archiv" in ada.get("activity", content.pk).content.decode()
    ada.post("archive", content.pk)
    with look(system("test")):
        assert Content.objects.get().archived_at is None
