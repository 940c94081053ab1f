"""Files: uploads are for anyone who the lens shows them to, under names nobody guesses; what is printed is for everybody."""

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from courses.models import CoursePage
from tenancy.lens import look, system
from tests import factories

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]


@pytest.fixture
def files(db):
    """A picture with a rendition, and a document, of the provider "haus"."""
    provider = factories.make_provider("haus")
    with look(system("test")):
        collection = Collection.objects.get(pk=provider.collection_id)
        picture = get_image_model().objects.create(
            title="Plan", file=get_test_image_file("plan.png"), collection=collection
        )
        document = get_document_model().objects.create(
            title="Plan", file=ContentFile(b"geheim", name="plan.txt"), collection=collection
        )
        rendition = picture.get_rendition("width-10")
    return picture, rendition, document


def addresses(files):
    picture, rendition, document = files
    return [
        reverse("media", args=[picture.file.name]),
        reverse("media", args=[rendition.file.name]),
        reverse("wagtaildocs_serve", args=[document.pk, document.filename]),
    ]


def sign_in(client, slug):
    client.force_login(factories.make_member(factories.make_provider(slug)))


def test_uploads_are_served_to_the_providers_own_desk(client, files):
    sign_in(client, "haus")
    contents = [b"".join(client.get(address).streaming_content) for address in addresses(files)]
    assert [content[1:4] for content in contents] == [b"PNG", b"PNG", b"ehe"]


@pytest.mark.parametrize("who", ["neighbour", "learner"])
def test_uploads_are_not_there_for_anybody_else(client, files, who):
    if who == "neighbour":
        sign_in(client, "nachbar")
    else:
        client.force_login(factories.make_user())
    assert [client.get(address).status_code for address in addresses(files)] == [404, 404, 404]


def test_a_visitor_is_asked_to_sign_in_for_an_upload(client, files):
    assert [client.get(address).status_code for address in addresses(files)] == [302, 302, 302]


def test_a_document_has_no_address_but_the_view(client, files):
    """Not even for its own desk: documents go through Wagtail's view, which counts and names them."""
    sign_in(client, "haus")
    assert client.get(reverse("media", args=[files[2].file.name])).status_code == 404
    assert settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"


def test_the_address_of_an_upload_cannot_be_guessed(files):
    picture, rendition, document = files
    assert re.fullmatch(r"original_images/[0-9a-f]{16}/plan\.png", picture.file.name)
    assert re.fullmatch(r"images/[0-9a-f]{16}/plan.*\.png", rendition.file.name)
    assert re.fullmatch(r"documents/[0-9a-f]{16}/plan\.txt", document.file.name)
    assert document.filename == "plan.txt"


def test_only_what_is_published_is_printed_for_everybody(client, files):
    """A draft with a picture keeps nothing under a public address; publishing does."""
    picture = files[0]
    provider = factories.make_provider("haus")
    course = factories.make_course(provider)
    block = factories.block(
        "image", {"image": {"image": picture.pk, "alt_text": "Plan", "decorative": False}}
    )
    with look(system("test")):
        lesson = CoursePage.objects.get(pk=course.pk).lessons().first()
        before = printed()
        raw = [dict(part) for part in lesson.body.raw_data]
        lesson.body = lesson.body.stream_block.to_python([*raw, block])
        revision = lesson.save_revision()
        assert printed() == before
        revision.publish()
    [name] = printed() - before
    assert b"".join(client.get(reverse("courses:file", args=[name])).streaming_content)


def printed():
    folder = settings.MEDIA_ROOT / "druck"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
