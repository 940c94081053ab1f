"""A step with a block of every kind, and its forms as a browser sends them."""

from django.urls import reverse

from courses import block_forms
from courses.actions import write
from courses.models import LessonPage
from tenancy.lens import look, system
from tests.courses.test_block_forms import sent
from tests.factories import block


def now(step) -> LessonPage:
    with look(system("test")):
        return LessonPage.objects.get(pk=step.pk).get_latest_revision_as_object()


def raw(step, kind):
    with look(system("test")):
        return next(one for one in write.body_of(now(step)) if one["type"] == kind)


def url(name, step, *more):
    return reverse(f"writing:{name}", args=[step.pk, *more])


def form(step, kind, **changes):
    """The form of the first block of a kind, as it is shown, with some changes."""
    one = raw(step, kind)
    data = sent(block_forms.form_of(kind, one["value"])) | {"base": [write.fingerprint(one)]}
    return url("block", step, one["id"]), data | {n: [v] for n, v in changes.items()}


def kinds(step):
    with look(system("test")):
        return [one["type"] for one in write.body_of(now(step))]


def arrange(client, step, kind, do, **more):
    return client.post(url("arrange", step, raw(step, kind)["id"]), {"do": do, **more})


def written(course, body):
    """The first step of a course with one block of each kind in `body` ({kind: value}), as a draft."""
    with look(system("test")):
        step = course.lessons().first()
        step.body = [block(kind, value) for kind, value in body.items()]
        step.save_revision(clean=False)
        return step
