"""The app in the smallest project: who may do what, and what comes of it. On SQLite and on PostgreSQL."""

import io
import json
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from h5p_lite import actions
from h5p_lite.actions.contents import draft_of
from h5p_lite.core import Name, read
from h5p_lite.core.building import build
from h5p_lite.models import Content, Library
from h5p_lite.results.actions import saved_state, store_result
from h5p_lite.results.models import Attempt
from h5p_lite.results.signals import result_stored
from h5p_samples.browser import Browser
from h5p_samples.packages import CONTENT, GOOD, PNG, folder, packed

QUIZ = "lernhn-quiz-1.0.1.h5p"
EXAMPLES = dict(build())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def sent(client, raw, name="a.h5p"):
    return client.post(reverse("h5p_lite:upload"), {"file": SimpleUploadedFile(name, raw)})


def at(name, content):
    return reverse(f"h5p_lite:{name}", args=[content.pk])


@pytest.fixture
def quiz(staff):
    sent(signed_in(staff), EXAMPLES[QUIZ])
    return Content.objects.get()


def post(client, address, **said):
    return client.post(address, json.dumps(said), content_type="application/json")


# --- in -------------------------------------------------------------------------------------------------------------


def test_staff_brings_content_types_with_a_package(quiz, staff):
    assert (quiz.title, quiz.owner, quiz.language) == ("Phishing erkennen", staff, "de")
    assert [
        str(one) for one in Library.objects.order_by("title").values_list("machine_name", flat=True)
    ] == [
        "LernHN.Base",
        "LernHN.Quiz",
    ]


def test_others_bring_contents_but_no_content_types(author, staff):
    refused = sent(signed_in(author), EXAMPLES[QUIZ])
    assert refused.status_code == 400
    assert "Content types are missing: LernHN.Quiz 1.0" in refused.content.decode()
    assert not Library.objects.exists()
    sent(signed_in(staff), EXAMPLES[QUIZ])
    sent(signed_in(author), EXAMPLES[QUIZ])
    assert [one.owner for one in Content.objects.order_by("pk")] == [staff, author]


def test_a_wrong_package_is_refused_in_words_and_leaves_nothing(staff):
    refused = sent(signed_in(staff), b"no zip")
    assert refused.status_code == 400
    assert "This is not an H5P file." in refused.content.decode()
    broken = packed(GOOD | {"content/content.json": "{"}).getvalue()
    assert sent(signed_in(staff), broken).status_code == 400
    assert not Library.objects.exists()
    assert not Content.objects.exists()


def test_the_words_are_there_in_german(staff):
    client = signed_in(staff)
    address = reverse("h5p_lite:upload")
    page = client.get(address, headers={"Accept-Language": "de"}).content.decode()
    assert "<h1>Paket hochladen</h1>" in page


def test_a_newer_patch_takes_over_and_can_be_taken_back(staff):
    client = signed_in(staff)
    sent(client, packed(GOOD).getvalue())
    newer = {path: text for path, text in GOOD.items() if not path.startswith("Test.Quiz")}
    newer |= folder(patchVersion=9)
    assert sent(client, packed(newer).getvalue()).status_code == 302
    quizzes = Library.objects.filter(machine_name="Test.Quiz").order_by("patch")
    assert [(one.patch, one.state) for one in quizzes] == [(3, "former"), (9, "active")]
    assert actions.roll_back(quizzes[1]).patch == 3
    assert [(one.patch, one.state) for one in quizzes.all()] == [(3, "active")]


def test_the_command_installs_folders(tmp_path, db, capsys):
    (tmp_path / "a.h5p").write_bytes(EXAMPLES[QUIZ])
    call_command("h5p_lite_install", tmp_path)
    said = capsys.readouterr().out
    assert said == f"a.h5p: {', '.join(map(str, Library.objects.order_by('machine_name')))}\n"
    assert Library.objects.count() == 2
    (tmp_path / "b.h5p").write_bytes(b"x")
    with pytest.raises(CommandError, match="1 packages were refused"):
        call_command("h5p_lite_install", tmp_path)


# --- who -------------------------------------------------------------------------------------------------------------

PAGES = ["contents", "upload", "new"]
OF_CONTENT = ["content", "page", "edit", "package"]


def test_visitors_are_asked_to_sign_in(quiz, client):
    addresses = [reverse(f"h5p_lite:{name}") for name in PAGES]
    addresses += [at(name, quiz) for name in OF_CONTENT]
    assert {client.get(address).status_code for address in addresses} == {302}
    for name in ("state", "result", "upgrade"):
        assert client.post(at(name, quiz)).status_code == 302


@pytest.mark.parametrize(
    ("name", "owner", "other"),
    [("content", 200, 200), ("page", 200, 200), ("edit", 200, 404), ("package", 200, 404)],
)
def test_others_play_and_do_not_write(quiz, staff, learner, name, owner, other):
    for person, status in ((staff, owner), (learner, other)):
        answer = signed_in(person).get(at(name, quiz))
        assert answer.status_code == status
        if answer.streaming:
            assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_what_is_given_away_may_be_downloaded(quiz, learner):
    about = actions.About(quiz.title, "de", True, {"license": "CC BY"})
    actions.change_content(quiz, about)
    answer = signed_in(learner).get(at("package", quiz))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="phishing-erkennen.h5p"'
    again = read(io.BytesIO(b"".join(answer.streaming_content)), name="a.h5p")
    assert (again.manifest.title, again.params) == (quiz.title, quiz.newest.params)
    assert again.manifest.metadata["license"] == "CC BY"
    assert len(again.libraries) == 2


def test_another_access_class_decides(quiz, learner, settings):
    settings.H5P_ACCESS = "project.access.Closed"
    assert signed_in(learner).get(at("content", quiz)).status_code == 404
    assert signed_in(learner).get(reverse("h5p_lite:upload")).status_code == 404


# --- playing -----------------------------------------------------------------------------------------------------------


def test_the_page_of_the_sandbox_reaches_only_what_it_needs(quiz, learner):
    page = signed_in(learner).get(at("page", quiz))
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts allow-forms; default-src 'none'; script-src ")
    assert (
        "http://testserver/h5p/library/ http://testserver/h5p/file/ http://testserver/h5p/bundle/"
        in policy
    )
    text = page.content.decode()
    assert "lenora" not in text
    assert "csrf" not in text.lower()


def test_files_of_the_sandbox_need_no_cookie_and_a_ticket(author):
    sent(signed_in(author), packed(GOOD).getvalue())
    actions.install(read(packed(GOOD)))
    sent(signed_in(author), packed(CONTENT).getvalue())
    content = Content.objects.get()
    page = signed_in(author).get(at("page", content)).content.decode()
    told = json.loads(page.partition('id="integration">')[2].partition("</script>")[0])
    files = told["contents"]["cid-1"]["contentUrl"]
    visitor = Client()
    picture = visitor.get(f"{files}/images/a.png")
    assert b"".join(picture.streaming_content) == PNG
    assert picture.headers["Access-Control-Allow-Origin"] == "*"
    assert picture.headers["Content-Security-Policy"].startswith("sandbox;")
    assert visitor.get(f"{files[:-1]}/images/a.png").status_code == 404
    assert visitor.get(f"{files}/images/b.png").status_code == 404
    part = visitor.get(f"{files}/images/a.png", headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, PNG[:4])


def test_where_somebody_stopped_is_there_again_and_private(quiz, learner, author):
    client = signed_in(learner)
    state = {"chosen": [1]}
    assert post(client, at("state", quiz), revision=1, state=state).status_code == 204
    assert saved_state(quiz, user=learner) == json.dumps(state)
    assert saved_state(quiz, user=author) is None
    assert "chosen" in client.get(at("page", quiz)).content.decode()
    assert "chosen" not in signed_in(author).get(at("page", quiz)).content.decode()


def test_a_state_of_another_shape_does_not_come_back(quiz, learner):
    post(signed_in(learner), at("state", quiz), revision=1, state={"chosen": [1]})
    draft = draft_of(quiz.newest)
    params = {
        **draft.params,
        "answers": [*draft.params["answers"], {"text": "x", "correct": False}],
    }
    actions.save_edit(quiz, draft._replace(params=params), tidy=True)
    assert saved_state(Content.objects.get(), user=learner) is None


def test_scores_are_counted_here(quiz, learner, django_capture_on_commit_callbacks):
    heard = []
    listener = partial(lambda heard, sender, attempt, **more: heard.append(attempt.score), heard)
    result_stored.connect(listener)
    boast = {"score": {"raw": 100, "max": 100}, "completion": True, "success": True}
    with django_capture_on_commit_callbacks(execute=True):
        told = post(
            signed_in(learner), at("result", quiz), revision=1,
            statement={"result": boast | {"response": ""}}, parts=None,
        )  # fmt: skip
    assert told.json() == {"score": 0, "most": 2}
    assert heard == [0]
    assert Attempt.objects.get().statement["result"]["score"]["raw"] == 100


def test_a_better_result_is_not_lost(quiz, learner):
    right = [n for n, answer in enumerate(quiz.newest.params["answers"]) if answer["correct"]]
    scores = []
    for response in ("", "[,]".join(map(str, right)), ""):
        result = {"statement": {"result": {"response": response}}}
        attempt = store_result(quiz, quiz.newest, user=learner, result=result)
        scores.append((attempt.score, attempt.most))
    assert scores == [(0, 2), (2, 2), (2, 2)]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"revision": 1}', '{"revision": 9, "statement": {}}',
                                  '{"revision": true, "statement": {}}', '{"revision": 1, "statement": {"a": "\\u0000"}}'])  # fmt: skip
def test_what_no_page_sends_is_not_taken(quiz, learner, body):
    client = signed_in(learner)
    answer = client.post(at("result", quiz), body, content_type="application/json")
    assert answer.status_code == 404
    assert not Attempt.objects.exists()


# --- writing ------------------------------------------------------------------------------------------------------------


def fields(client, address):
    """What a browser would send back from a page's form."""
    return Browser(client.get(address).content.decode()).sent


def test_a_new_content_begins_in_its_language_and_is_written(libraries, author):
    client = signed_in(author)
    asked = {"type": "LernHN.Quiz 1.0", "title": "Wolken", "language": "de"}
    began = client.post(reverse("h5p_lite:new"), asked)
    content = Content.objects.get()
    assert began.url == at("edit", content)
    assert content.newest.params["l10n"]["check"] != ""
    form = fields(client, began.url) | {"v/question": "Was ist eine Wolke?", "do": "add:answers"}
    added = client.post(began.url, form)
    assert added.status_code == 302
    assert "#f-answers" in added.url
    content = Content.objects.get()
    assert "Was ist eine Wolke?" in content.newest.params["question"]
    assert content.newest.metadata["open"] > 0


def test_two_authors_do_not_overwrite_each_other(quiz, staff):
    client, address = signed_in(staff), at("edit", quiz)
    mine = fields(client, address) | {"v/question": "Meine Frage?", "do": "save"}
    theirs = fields(client, address) | {"v/question": "Ihre Frage?", "do": "save"}
    assert client.post(address, theirs).status_code == 302
    refused = client.post(address, mine)
    assert refused.status_code == 409
    assert "Meine Frage?" in refused.content.decode()
    assert "Ihre Frage?" in Content.objects.get().newest.params["question"]
    over = fields(client, address) | {
        "v/question": "Meine Frage?",
        "do": "save",
        "revision": "1",
        "over": "2",
    }
    assert client.post(address, over).status_code == 302
    assert "Meine Frage?" in Content.objects.get().newest.params["question"]


def test_former_revisions_come_back(quiz, staff):
    draft = draft_of(quiz.newest)
    actions.save_edit(
        quiz, draft._replace(params={**draft.params, "question": "<p>Neu</p>"}), tidy=True, by=staff
    )
    first = quiz.revisions.get(number=1)
    restored = actions.restore(quiz, first, by=staff)
    assert (restored.number, restored.params, restored.why) == (3, first.params, "restored")


def test_a_file_from_ones_own_computer(author):
    semantics = [{"name": "picture", "type": "image", "label": "Picture"}]
    actions.install(read(packed(GOOD | {"Test.Quiz-1.2/semantics.json": semantics})))
    content = actions.begin_content(author, Name("Test.Quiz", 1, 2), title="A", language="en")
    client = signed_in(author)
    form = fields(client, at("edit", content)) | {"do": "choose:picture"}
    address = client.post(at("edit", content), form).url
    assert address == f"{at('file', content)}?part=&field=picture&revision=1"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"file": SimpleUploadedFile("a.png", b"<html>")})
    assert wrong.status_code == 400
    assert "This file is not what its name says." in wrong.content.decode()
    kept = client.post(address, {"file": SimpleUploadedFile("My picture.png", PNG)})
    assert kept.url == f"{at('edit', content)}#f-picture"
    newest = Content.objects.get().newest
    assert newest.params["picture"]["path"] == "images/my-picture.png"
    assert [*newest.files] == ["images/my-picture.png"]


def test_a_content_follows_its_type(staff):
    client = signed_in(staff)
    sent(client, packed(GOOD).getvalue())
    content = Content.objects.get()
    assert client.post(at("upgrade", content)).status_code == 404
    name = Name("Test.Quiz", 1, 3)
    script = """H5PUpgrades['Test.Quiz'] = {1: {3: function (params, done, extras) {
      params.question = params.question + '!'; done(null, params, extras);
    }}};"""
    newer = folder(name) | {f"{name.folder}/upgrades.js": script}
    newer |= {f"{name.folder}/semantics.json": [{"name": "question", "type": "text"}]}
    actions.install(read(packed(newer)))
    assert "Upgrade to Test.Quiz 1.3" in client.get(at("content", content)).content.decode()
    client.post(at("upgrade", content))
    newest = Content.objects.get().newest
    assert (str(newest.library), newest.params) == ("Test.Quiz 1.3", {"question": "Wie?!"})


# --- around --------------------------------------------------------------------------------------------------------------


def test_the_admin_shows_everything(quiz, admin_client):
    for model in ("h5p_lite/library", "h5p_lite/content", "h5p_lite_results/attempt"):
        assert admin_client.get(f"/admin/{model}/").status_code == 200
    library = Library.objects.get(machine_name="LernHN.Quiz")
    address = f"/admin/h5p_lite/library/{library.pk}/change/"
    assert admin_client.get(address).status_code == 200
    said = {"profile": "eval", "verdict": "recommended", "note": "Good"}
    assert admin_client.post(address, said).status_code == 302
    assert Library.objects.get(pk=library.pk).profile == "eval"


def test_the_models_are_what_the_migrations_say(db):
    call_command("makemigrations", "h5p_lite", "h5p_lite_results", check=True, dry_run=True)


def test_a_missing_content_type_is_said(quiz, learner, staff):
    Library.objects.all().delete()
    page = signed_in(learner).get(at("page", quiz))
    assert page.status_code == 503
    assert "its content type is missing" in page.content.decode()
    assert "is not installed" in signed_in(staff).get(at("edit", quiz)).content.decode()
