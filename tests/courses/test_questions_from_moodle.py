"""Questions of a Moodle come to the end of a step: once, as one act, and what stays behind is named."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses import queries
from tenancy.lens import look, system
from tests import factories
from tests.support.desk import as_
from tests.support.pages import one_line
from tests.support.writing import kinds, now, url, written

GIFT = """Was ist sicher? {=Ein Satz #Ja. ~123 }

Eine Bank fragt nach der PIN. {F}

Warum? {}
"""


@pytest.fixture
def step(house):
    return written(factories.make_course(house, lessons=1), {"text": "<p>Ein Satz.</p>"})


def said(page):
    return [str(message) for message in page.context["messages"]]


def send(client, step, text="", file=None, form=None):
    data = {"text": text, "form": str(form or uuid.uuid4())}
    if file is not None:
        data["file"] = SimpleUploadedFile("fragen.gift", file)
    return client.post(url("questions", step), data, follow=True)


@pytest.mark.parametrize("way", ["text", "file"])
def test_they_come_to_the_end_and_what_stays_is_named(client, author, step, way):
    as_(client, author)
    page = send(client, step, GIFT) if way == "text" else send(client, step, file=GIFT.encode())
    assert kinds(step) == ["text", "single_choice", "true_false"]
    assert said(page) == [
        "Nicht mitgekommen: „Warum?“ (Freitext)",
        "2 Fragen stehen jetzt am Ende des Schritts.",
    ]
    with look(system("test")):
        assert [
            one.part for _page, lacks in queries.lacking_pages([now(step)]) for one in lacks
        ] == []


def test_sent_twice_they_come_once_and_one_undo_takes_them_back(client, author, step):
    as_(client, author)
    form = uuid.uuid4()
    for _click in range(2):
        send(client, step, GIFT, form=form)
    assert kinds(step) == ["text", "single_choice", "true_false"]
    client.post(url("undo", step))
    assert kinds(step) == ["text"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Hier sind keine Fragen. Wählen Sie eine Datei, oder fügen Sie GIFT ein."),
        ("<quiz>", "Die XML-Datei ist beschädigt. Führen Sie sie noch einmal aus Moodle aus."),
        ("Frage {T}\n\n" * 101, "Das sind mehr als 100 Fragen."),
    ],
)
def test_what_is_no_question_says_so_and_what_was_pasted_stays(client, author, step, text, says):
    page = as_(client, author) and send(client, step, text)
    assert page.status_code == 400
    assert says in one_line(page)
    assert page.context["form"]["text"].value() == text
    assert kinds(step) == ["text"]


def test_only_what_stays_behind_changes_nothing(client, author, step):
    page = as_(client, author) and send(client, step, "Warum? {}")
    assert said(page) == ["Nicht mitgekommen: „Warum?“ (Freitext)"]
    assert kinds(step) == ["text"]


def test_many_that_stay_are_counted(client, author, step):
    page = as_(client, author) and send(client, step, "Warum? {}\n\n" * 12)
    assert said(page)[0].endswith("; und 2 weitere")


def test_a_locked_step_takes_none_and_says_by_whom(client, author, owner, step):
    with look(system("test")):
        page = type(step).objects.get(pk=step.pk)
        page.locked, page.locked_by = True, owner
        page.save(clean=False)
    answer = as_(client, author) and send(client, step, GIFT)
    assert answer.status_code == 423
    assert kinds(step) == ["text"]
