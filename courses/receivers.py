"""Publishing in Wagtail prints; unpublishing withdraws. In the request's own transaction: if printing fails, so does it."""

from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision
from wagtail.signals import page_published, page_unpublished, post_page_move

from accessibility.models import Exemption
from accounts.models import User
from courses import actions, emails
from courses.actions.concepts import load_concepts
from courses.actions.search_entries import index_missing
from courses.models import (
    CatalogueEntry,
    CourseIndexPage,
    CoursePage,
    Edition,
    HomePage,
    LabelStem,
    LessonPage,
    Review,
    Run,
    RunLeader,
)
from courses.press.lessons import rich
from courses.queries.course_at_desk import COURSE_DEPTH
from courses.queries.sharing import adopters
from courses.signals import dates_changed, edition_printed
from providers.models import BasePage, Provider
from providers.signals import colour_chosen, handed_over, provider_closed
from tenancy import public_page
from tenancy.lens import look, system


@receiver(page_published, sender=CoursePage)
@receiver(page_published, sender=LessonPage)
def on_published(instance: CoursePage | LessonPage, revision: Any = None, **_: Any) -> None:
    if isinstance(instance, LessonPage):
        actions.mark_as_seen(instance)
    actions.reprint(instance, by=_who(revision))


@receiver(page_unpublished, sender=CoursePage)
@receiver(page_unpublished, sender=LessonPage)
def on_unpublished(instance: CoursePage | LessonPage, **_: Any) -> None:
    """Before Wagtail deletes a page it says this as well, while everything is still there: then `on_deleted` prints."""
    if BasePage.objects.filter(pk=instance.pk, live=True).exists():
        return
    Exemption.objects.filter(page=instance.pk).delete()
    if isinstance(instance, CoursePage) and instance.locale.language_code == "de":
        actions.withdraw_course(instance)
    else:
        actions.reprint(instance, by=_who())


@receiver(pre_delete, sender=BasePage)
def on_deleting(instance: BasePage, **_: Any) -> None:
    """By whatever way: it can be taken back for 30 days."""
    if instance.depth >= COURSE_DEPTH:
        actions.keep_deleted(instance, by=_who())


@receiver(post_delete, sender=BasePage)
def on_deleted(instance: BasePage, **_: Any) -> None:
    """By whatever way, and by then all of it: what the page was printed in is printed without it, or withdrawn.

    Learners keep the edition they have begun.
    """
    if instance.depth == COURSE_DEPTH:
        actions.print_remains(instance.translation_key, by=_who())
    elif instance.depth > COURSE_DEPTH:
        above = CoursePage.objects.filter(path=instance.path[: COURSE_DEPTH * BasePage.steplen])
        for course in above:
            actions.reprint(course, by=_who())


@receiver(post_page_move, sender=LessonPage)
def on_moved(parent_page_before: BasePage, parent_page_after: BasePage, **_: Any) -> None:
    """From one course to another: both are printed. A new order is printed with the next publish."""
    if parent_page_before.pk != parent_page_after.pk:
        for course in (parent_page_before, parent_page_after):
            actions.reprint(course.specific, by=_who())


def _who(revision: Any = None) -> User | None:
    """The person at the desk; what was planned for later happens in its author's name."""
    return get_active_log_context().user or (revision.user if revision else None)


@receiver(post_save, sender=Revision)
def on_draft_saved(
    instance: Revision, created: bool, raw: bool, update_fields: Any = None, **_: Any
) -> None:
    """Every draft is looked at when it is kept. A new one still knows the page it was made of, and so does one that is written over."""
    if raw:  # it comes back from the bin with what was found in it
        return
    if not created and update_fields is not None and "content" not in update_fields:
        return
    model = instance.content_type.model_class()
    if model in (CoursePage, LessonPage):
        written = instance.content_object if created else getattr(instance, "written", None)
        page = written or instance.as_object()
        actions.inspect(page, instance)


@receiver(page_published, sender=CourseIndexPage)
def on_index_page_published(instance: CourseIndexPage, **_: Any) -> None:
    """The words about a provider are printed into its public row."""
    if instance.locale.language_code == "de":
        provider = instance.provider
        provider.lead, provider.about = instance.lead, str(rich(instance.about))
        provider.save(update_fields=["lead", "about"])
    public_page.forget()


@receiver(handed_over)
def on_handed_over(person: User, provider: Provider, successor: User, **_: Any) -> None:
    """Their pages, and the courses they have handed in, get a new person; what they had locked is open."""
    pages = BasePage.objects.filter(provider=provider)
    pages.filter(owner=person).update(owner=successor)
    pages.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)
    reviews = Review.objects.filter(provider=provider, state__in=Review.OPEN)
    reviews.filter(asked_by=person).update(asked_by=successor, asked_by_name=str(successor))
    hers = RunLeader.objects.filter(provider=provider, person=person)
    hers.filter(run__leaders__person=successor).delete()
    hers.update(person=successor)


@receiver(provider_closed)
def on_provider_closed(provider: Provider, by: User | None, **_: Any) -> None:
    """Its courses go to the archive, in all languages; what is under review is withdrawn."""
    reviews = Review.objects.filter(provider=provider, state__in=Review.OPEN)
    reviews.update(state=Review.State.WITHDRAWN, closed_at=timezone.now(), closed_by_name="")
    courses = CoursePage.objects.filter(provider=provider, locale__language_code="de")
    for course in courses.filter(archived_at=None).order_by("pk"):
        actions.archive_course(course, by=by)
    for run in Run.objects.filter(provider=provider, cancelled_at=None).order_by("pk"):
        if run.meetings.filter(ends_at__gt=timezone.now()).exists():
            actions.cancel_run(run, by=by)


@receiver(dates_changed)
def on_dates_changed(**_: Any) -> None:
    public_page.forget()


@receiver(colour_chosen)
def on_colour_chosen(provider: Provider, former: str, **_: Any) -> None:
    """Printed cards name the colour of their provider."""
    was, now = f'data-brand="{former}"', f'data-brand="{provider.brand}"'
    for entry in CatalogueEntry.objects.filter(provider=provider).order_by("pk"):
        entry.html = {language: html.replace(was, now) for language, html in entry.html.items()}
        entry.save(update_fields=["html"])


@receiver(page_published, sender=HomePage)
def on_home_published(**_: Any) -> None:
    public_page.forget()


@receiver(edition_printed)
def on_edition_printed(edition_id: int, **_: Any) -> None:
    """Anyone who has taken the course over is told that the original goes on."""
    with look(system("tell who has adopted a course")):
        edition = Edition.objects.get(pk=edition_id)
        for adopted in adopters(edition):
            emails.tell_adopter(adopted, edition)


def on_migrated(**_: Any) -> None:
    """After every `migrate`: concepts that a new version brings, and the words of what an older one has printed."""
    if LabelStem._meta.db_table not in connection.introspection.table_names():
        return  # on the way to an older state
    with look(system("load concepts of the search")):
        load_concepts()
        index_missing()
