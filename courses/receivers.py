"""Publishing in Wagtail prints; unpublishing withdraws. In the request's own transaction: if printing fails, so does it."""

from typing import Any

from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, page_unpublished

from accessibility.models import Exemption
from accounts.models import User
from courses import actions
from courses.models import CatalogPage, CoursePage, HomePage, LessonPage
from courses.press.sheets import rich
from tenancy import public_page


@receiver(page_published, sender=CoursePage)
@receiver(page_published, sender=LessonPage)
def on_published(instance: CoursePage | LessonPage, revision: Any = None, **_: Any) -> None:
    if isinstance(instance, LessonPage):
        actions.mark_as_seen(instance)
    actions.reprint(instance, by=_who(revision))


@receiver(page_unpublished, sender=CoursePage)
@receiver(page_unpublished, sender=LessonPage)
def on_unpublished(instance: CoursePage | LessonPage, **_: Any) -> None:
    Exemption.objects.filter(page=instance.pk).delete()
    if isinstance(instance, CoursePage) and instance.locale.language_code == "de":
        actions.withdraw_course(instance)
    else:
        actions.reprint(instance, by=_who())


def _who(revision: Any = None) -> User | None:
    """Whoever is at the desk; what was planned for later happens in its author's name."""
    return get_active_log_context().user or (revision.user if revision else None)


@receiver(page_published, sender=CatalogPage)
def on_shelf_published(instance: CatalogPage, **_: Any) -> None:
    """The words about a provider are printed into its public row."""
    if instance.locale.language_code == "de":
        provider = instance.provider
        provider.lead, provider.about = instance.lead, str(rich(instance.about))
        provider.save(update_fields=["lead", "about"])
    public_page.forget()


@receiver(page_published, sender=HomePage)
def on_home_published(**_: Any) -> None:
    public_page.forget()
