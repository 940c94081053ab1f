"""Whose work a file is, and what stays in a picture when it is cut: said at the writing desk, where it is chosen."""

import pytest
from wagtail.images import get_image_model

from courses.actions.credits import focus_of
from courses.models import Credit
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_card_picture import picture
from tests.courses.test_course_plan import form as part_form
from tests.courses.test_half_finished import WHOLE
from tests.support.desk import as_
from tests.support.writing import form, written

pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
TULLU = {
    "title": "Handy",
    "author": "Frida Foto",
    "licence": "CC-BY-4.0",
    "link": "https://bilder.example/1",
    "origin": "Wikimedia Commons",
}


@pytest.fixture
def image(house):
    with look(system("test")):
        return picture(house)


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=1, title="Fotos ordnen")


@pytest.fixture
def step(course, image):
    shown = {"image": image.pk, "alt_text": "Eine Bank", "decorative": False}
    return written(course, {"image": WHOLE["image"] | {"image": shown}})


def said(image, fremd, **words):
    name = "v-image-her"
    return {
        f"{name}-von": str(image.pk),
        f"{name}-fremd": fremd,
        **{f"{name}-{n}": v for n, v in words.items()},
    }


def stored():
    with look(system("test")):
        return list(Credit.objects.values(*TULLU))


def test_somebody_elses_work_is_named_beside_it_and_ours_again_with_one_press(
    client, author, step, image
):
    at, data = form(step, "image")
    page = as_(client, author).get(at)
    assert "Von wem ist das?" in page.text
    assert client.post(at, data | said(image, "1", **TULLU)).status_code == 302
    assert stored() == [TULLU]
    assert client.post(at, data | said(image, "1", **TULLU)).status_code == 302  # a second tab
    at, data = form(step, "image")
    client.post(at, data | said(image, "0", **TULLU))
    assert stored() == []


def test_half_of_it_is_kept_and_the_rest_is_asked_for(client, author, step, image):
    at, data = form(step, "image")
    as_(client, author).post(at, data | said(image, "1", licence="CC-BY-4.0"))
    assert stored() == [dict.fromkeys(TULLU, "") | {"licence": "CC-BY-4.0"}]
    page = " ".join(client.get(at).text.split())
    assert "Die Lizenz verlangt noch: Urheberin oder Urheber Link zum Original" in page


def test_a_link_that_is_none_is_said_and_the_rest_is_kept(client, author, step, image):
    at, data = form(step, "image")
    words = TULLU | {"link": "ja mei"}
    refused = as_(client, author).post(at, data | said(image, "1", **words))
    assert refused.context["wrong"] == {"v-image": "Der Link ist keine Adresse: ja mei"}
    assert stored() == [TULLU | {"link": ""}]


def test_what_is_said_of_another_picture_is_not_believed(client, author, house, step, image):
    with look(system("test")):
        other = picture(house)
    at, data = form(step, "image", **{"v-image": str(other.pk)})
    as_(client, author).post(at, data | said(image, "1", **TULLU))
    assert stored() == []


def test_nobody_says_it_of_a_picture_of_another_house(client, author, step):
    with look(system("test")):
        theirs = picture(factories.make_provider("nachbar"))
    at, data = form(step, "image", **{"v-image": str(theirs.pk)})
    as_(client, author).post(at, data | said(theirs, "1", **TULLU))
    assert stored() == []
    assert "Von wem ist das?" not in client.get(at).text


def test_an_own_work_with_a_name_keeps_it(client, author, step, image):
    with look(system("test")):
        Credit.objects.create(image=image, licence="own", author="Ada")
    at, data = form(step, "image")
    as_(client, author).post(at, data | said(image, "0"))
    assert [one["author"] for one in stored()] == ["Ada"]


@pytest.mark.parametrize(
    ("sent", "point"),
    [
        (("90", "20"), (90, 20)),
        (("0", "100"), (0, 100)),
        (("101", "20"), (50, 50)),
        (("x", "20"), (50, 50)),
        (("-1", "20"), (50, 50)),
    ],
)
def test_the_point_that_stays_in_a_card_is_two_numbers(client, author, course, image, sent, point):
    as_(client, author)
    at, data = part_form(course, "bild", **{"v-card_image": str(image.pk)})
    client.post(at, data)
    assert "Was soll auf der Karte zu sehen sein?" in client.get(at).text
    at, data = part_form(course, "bild")
    name = "v-card_image-her"
    more = {f"{name}-von": str(image.pk), f"{name}-x": sent[0], f"{name}-y": sent[1]}
    client.post(at, data | more)
    with look(system("test")):
        assert focus_of(get_image_model().objects.get(pk=image.pk)) == point


def test_who_may_not_change_files_says_nothing(client, house, step, image):
    with look(system("test")):
        tutor = factories.make_member(house, Membership.Role.TUTOR)
    at, data = form(step, "image")
    assert as_(client, tutor).post(at, data | said(image, "1", **TULLU)).status_code == 404
    assert stored() == []
