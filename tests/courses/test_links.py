"""Links from page to page that authors choose lead where readers find the page."""

import pytest

from courses.models import CourseIndexPage, PrintedLesson
from tenancy.lens import look, system
from tests import factories


@pytest.fixture
def course(db, house):
    return factories.make_course(house, lessons=2)


def linked(course, page):
    """The links of the first step, in German and as readers of English get it, once it links to `page`."""
    with look(system("test")):
        lesson = course.lessons().first()
        text = factories.block("text", f'<p>Mehr <a linktype="page" id="{page.pk}">dazu</a></p>')
        lesson.body = lesson.body.stream_block.to_python([text, *map(dict, lesson.body.raw_data)])
        lesson.save_revision().publish()
        printed_lessons = PrintedLesson.objects.filter(
            edition__course=course.translation_key, position=1
        )
        html = printed_lessons.filter(language="de").latest("edition__number", "printing").html
    return html[html.index("Mehr ") : html.index("</p>", html.index("Mehr "))]


def test_a_link_to_a_step_leads_to_the_step(course, client):
    with look(system("test")):
        step = course.lessons()[1]
    there = f"/lernen/haus/{course.slug}/schritt-2/"
    assert f'href="{there}"' in linked(course, step)
    client.force_login(factories.make_enrolment(course).learner)
    assert client.get(there).status_code == 200


def test_a_link_to_a_course_leads_to_the_course(course, house, client):
    other = factories.make_course(house)
    there = f"/kurse/haus/{other.slug}/"
    assert f'href="{there}"' in linked(course, other)
    assert client.get(there).status_code == 200


def test_a_link_to_the_shelf_leads_to_the_provider(course, client):
    with look(system("test")):
        index_page = CourseIndexPage.objects.get(pk=course.get_parent().pk)
    assert 'href="/anbieter/haus/"' in linked(course, index_page)
    assert client.get("/anbieter/haus/").status_code == 200


def test_a_link_to_what_nobody_can_read_is_words_alone(course):
    with look(system("test")):
        step = course.lessons()[1]
        step.unpublish()
    assert "href" not in linked(course, step)


def test_the_desk_leads_to_what_is_published(course, desk):
    page = desk.get(f"/redaktion/pages/{course.pk}/edit/").text
    assert f'href="/kurse/haus/{course.slug}/"' in page
    assert 'href="None"' not in page
