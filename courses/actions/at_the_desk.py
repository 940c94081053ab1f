"""Being at the writing desk: who is seen there, and a step that begins."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession

from accounts.models import User
from courses.models import CoursePage, LessonPage
from providers.models import BasePage


@transaction.atomic
def be_seen(step: CoursePage | LessonPage, *, by: User) -> None:
    """`by` is at this page now: colleagues read it, here and in Wagtail's editor."""
    kind = ContentType.objects.get_for_model(step)
    here = EditingSession.objects.filter(user=by, content_type=kind, object_id=str(step.pk))
    now = timezone.now()
    if not here.update(last_seen_at=now, is_editing=True):
        EditingSession.objects.create(
            user=by, content_type=kind, object_id=str(step.pk), last_seen_at=now, is_editing=True
        )


@transaction.atomic
def begin_step(
    course: CoursePage, *, title: str, by: User, form: uuid.UUID | None = None
) -> LessonPage:
    """An empty step at the end of `course`, as a draft; the same form begins one."""
    BasePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    key = uuid.uuid5(course.translation_key, str(form)) if form else uuid.uuid4()
    begun: LessonPage | None = course.lessons().filter(translation_key=key).first()
    if begun:
        return begun
    number = course.lessons().count() + 1
    step = LessonPage(
        title=title, slug=f"schritt-{number}", live=False, body=[], translation_key=key
    )
    CoursePage.objects.get(pk=course.pk).add_child(instance=step)
    step.save_revision(user=by, log_action=True, clean=False)
    return step
