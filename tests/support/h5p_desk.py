"""The desk of activities as an author without JavaScript uses it."""

import io
import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from h5p.models import Upload
from h5p_lite.core.building import bundle
from h5p_lite.models import Content, Revision
from tenancy.lens import look, system
from tests.factories import activities
from tests.support.h5p_pages import Browser

FORM = re.compile(r'<form class="ls-flow ls-form".*?</form>', re.DOTALL)


def install_ours() -> Upload:
    """The first-party libraries, by the office."""
    return activities.install(io.BytesIO(bundle()))


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), *, mode: str = "RGB", **how: Any
) -> bytes:
    into = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 1).save(into, kind, **how)
    return into.getvalue()


class Desk:
    """Somebody's browser: the page of the form that they have open, and what they do on it."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, door: str, *args: Any, **query: str) -> HttpResponse:
        return self.client.get(reverse(f"activities:{door}", args=args), query)

    def post(self, door: str, *args: Any, **data: Any) -> HttpResponse:
        return self.client.post(reverse(f"activities:{door}", args=args), data)

    def begin(self, kind: str = "LernHN.Quiz 1.0", **said: str) -> "Page":
        asked = {"type": kind, "title": "Neu", "language": "de"} | said
        answer = self.post("new", **asked)
        assert answer.status_code == 302, answer.content.decode()
        return self.open(answer.url)

    def open(self, address: str) -> "Page":
        return Page(self.client, address)

    def edit(self, content: Content) -> "Page":
        return self.open(reverse("activities:edit", args=[content.pk]))

    def upload(self, door: str, *args: Any, name: str, content: bytes, query: str = "", **data: Any) -> HttpResponse:  # fmt: skip
        address = reverse(f"activities:{door}", args=args) + query
        return self.client.post(address, {"file": SimpleUploadedFile(name, content), **data})


class Page:
    """One page of an activity's form, filled in and sent as a browser would."""

    def __init__(self, client: Client, address: str, text: str = "") -> None:
        self.client, self.address = client, address.partition("#")[0]
        self.text = text or unescape_later(client.get(self.address))
        self.sent = Browser(FORM.search(self.text)[0]).sent

    def fill(self, **said: str) -> "Page":
        """`answers/0/text` is written `answers__0__text`."""
        for name, value in said.items():
            field = "v/" + name.replace("__", "/")
            assert field in self.sent, sorted(self.sent)
            self.sent[field] = [value]
        return self

    def tick(self, *names: str) -> "Page":
        for name in names:
            self.sent["v/" + name.replace("__", "/")] = ["1"]
        return self

    def press(self, do: str = "save") -> HttpResponse:
        return self.client.post(self.address, self.sent | {"do": [do]})

    def then(self, do: str = "save") -> "Page":
        """The page after pressing that button."""
        answer = self.press(do)
        assert answer.status_code == 302, answer.content.decode()
        return Page(self.client, answer.url)

    @property
    def says(self) -> str:
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.text)))


def unescape_later(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def newest() -> Revision:
    with look(system("test")):
        return Revision.objects.latest("pk")


def only() -> Content:
    with look(system("test")):
        return Content.objects.get()
