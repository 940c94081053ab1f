"""How many acts an author needs, without a script: each field that is filled in, each choice and each press is one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from h5p_lite.core.names import Name
from tests.factories import activities
from tests.h5p_samples.packages import folder
from tests.support import samples
from tests.support.h5p_desk import Desk, Page, install_ours, newest

FILM = Name("Test.Film", 1, 0)
#: A film with tasks in it, in the shape of the common type.
SEMANTICS = [
    {
        "name": "interactiveVideo",
        "type": "group",
        "label": "Film",
        "widget": "wizard",
        "fields": [
            {
                "name": "video",
                "type": "group",
                "label": "Film",
                "fields": [
                    {"name": "files", "type": "video", "label": "Film-Datei"},
                    {"name": "title", "type": "text", "label": "Titel", "optional": True},
                ],
            },
            {
                "name": "assets",
                "type": "group",
                "label": "Aufgaben im Film",
                "widget": "interactiveVideo",
                "fields": [
                    {"name": "note", "type": "text", "label": "Notiz", "optional": True},
                    {
                        "name": "interactions",
                        "type": "list",
                        "entity": "Aufgabe",
                        "field": {
                            "name": "interaction",
                            "type": "group",
                            "label": "Aufgabe",
                            "fields": [
                                {
                                    "name": "duration",
                                    "type": "group",
                                    "widget": "duration",
                                    "label": "Zeit",
                                    "fields": [
                                        {"name": name, "type": "number", "label": name}
                                        for name in ("from", "to")
                                    ],
                                },
                                {"name": "pause", "type": "boolean", "label": "Film anhalten"},
                                *({"name": name, "type": "number", "label": name} for name in "xy"),
                                {
                                    "name": "action",
                                    "type": "library",
                                    "label": "Was",
                                    "options": ["LernHN.Quiz 1.0"],
                                },
                            ],
                        },
                    },
                ],
            },
        ],
    }
]


class Author:
    """Counts what they do."""

    def __init__(self, client):
        self.desk, self.acts = Desk(client), 0

    def begin(self, kind, title):
        self.acts += 5  # "Neue Aktivität", type, title, language, "Anfangen"
        return self.desk.begin(kind, title=title)

    def fill(self, page, **said):
        self.acts += len(said)
        return page.fill(**said)

    def tick(self, page, *names):
        self.acts += len(names)
        return page.tick(*names)

    def press(self, page, do="save"):
        self.acts += 1
        return page.press(do)

    def then(self, page, do="save"):
        self.acts += 1
        return page.then(do)

    def give(self, address, file):
        self.acts += 2  # the file, "Hochladen und nehmen"
        answer = self.desk.client.post(address, {"file": file, "license": "U"})
        return Page(self.desk.client, answer.url)


@pytest.fixture
def ada(client, author, db):
    install_ours()
    client.force_login(author)
    return Author(client)


ANSWERS = {f"answers__{n}__text": text for n, text in enumerate(("Neckar", "Rhein", "Donau"))}
HERE = "interactiveVideo/assets/interactions"


def test_a_film_with_one_question_takes_at_most_25_acts(ada):
    activities.install({**folder(FILM), f"{FILM.folder}/semantics.json": SEMANTICS})
    page = ada.begin("Test.Film 1.0", "Am Fluss")
    place = ada.press(page, "choose:interactiveVideo/video/files").url
    page = ada.give(place, SimpleUploadedFile("fluss.mp4", samples.mp4()))
    page = ada.then(page, f"add:{HERE}")
    first = f"{HERE}/0".replace("/", "__")
    times = {f"{first}__duration__from": "0:10", f"{first}__duration__to": "0:20"}
    page = ada.fill(page, **times, **{f"{first}__x": "40", f"{first}__y": "30"})
    page = ada.tick(page, f"{first}__pause")
    page.sent[f"v/{HERE}/0/action"] = ["LernHN.Quiz 1.0"]
    ada.acts += 1
    page = ada.then(page, f"open:{HERE}/0/action")
    page = ada.fill(page, question="Wie heißt der Fluss?", **ANSWERS)
    page = ada.tick(page, "answers__0__correct")
    ada.press(page, "look")
    [made] = newest().params["interactiveVideo"]["assets"]["interactions"]
    assert (made["duration"], made["x"], made["y"], made["pause"]) == (
        {"from": 10, "to": 20},
        40,
        30,
        True,
    )
    assert [one["text"] for one in made["action"]["params"]["answers"]] == [*ANSWERS.values()]
    assert newest().metadata.get("open") in (None, 0)
    assert ada.acts == 22


def test_a_question_is_written_on_one_page(ada):
    page = ada.begin("LernHN.Quiz 1.0", "Fluss")
    page = ada.fill(page, question="Wie heißt der Fluss?", **ANSWERS)
    page = ada.tick(page, "answers__0__correct")
    ada.then(page)
    assert newest().metadata.get("open") in (None, 0)
    assert ada.acts == 11
