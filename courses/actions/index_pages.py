"""The rows of pages that must be there before anybody can write: the city's home and an index page per provider."""

import uuid
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.html import escape
from wagtail.models import Locale, Site

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage, HomePage
from providers.actions import (
    MailedLink,
    appoint,
    approve_application,
    desk_groups,
    found_provider,
    hold_application,
)
from providers.addresses import part_of_address
from providers.models import Application, BasePage, Invitation, Provider
from providers.signals import provider_founded
from tenancy import public_page
from tenancy.lens import as_system, look, system

#: What an organisation says when it applies, and its provider begins with.
SAID_OF_ITSELF = (
    *("legal_form", "imprint", "privacy_contact", "accessibility_contact"),
    *("access", "access_note", "street", "city"),
)


@transaction.atomic
def lay_foundation() -> HomePage:
    """Locales, the home page in every language, the site. Idempotent; the German home page comes back."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    german = Locale.objects.get(language_code="de")
    home = HomePage.objects.filter(locale=german).first()
    if home:
        return home
    root = BasePage.get_first_root_node()
    for welcome in root.get_children().filter(content_type__model="basepage"):
        welcome.delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Lernstadt", slug="start", locale=german))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "Lernstadt"},
    )
    for locale in Locale.objects.exclude(pk=german.pk).order_by("pk"):
        home.copy_for_translation(locale)
    return home


@transaction.atomic
def make_index_page(provider: Provider, *, lead: str = "", about: str = "") -> CourseIndexPage:
    """The provider's index page, in every language, published. Idempotent; the German one comes back."""
    home = lay_foundation()
    index_page = CourseIndexPage.objects.filter(provider=provider, locale=home.locale).first()
    if index_page:
        return index_page
    index_page = CourseIndexPage(
        title=provider.name,
        slug=provider.slug,
        provider=provider,
        lead=lead,
        about=about,
        live=False,
    )
    home.add_child(instance=index_page)
    index_page.save_revision().publish()
    for locale in Locale.objects.exclude(pk=home.locale_id).order_by("pk"):
        index_page.copy_for_translation(locale)
    return index_page


@transaction.atomic
def begin_course(
    index_page: CourseIndexPage, *, title: str, by: User, key: uuid.UUID | None = None
) -> CoursePage:
    """An empty course on `index_page`, as a draft. What readers need is still to be written. `key`: as `share.receive`."""
    course = CoursePage(
        title=title,
        slug=part_of_address(title) or "kurs",
        summary=title[:160],
        live=False,
    )
    course.translation_key = key or course.translation_key
    index_page.add_child(instance=course)
    course.save_revision(user=by, log_action=True, clean=False)
    return course


class Founded(NamedTuple):
    """What a new provider's first owner needs to hear."""

    invitation: Invitation
    token: str


@transaction.atomic
def found_with_index_page(
    fields: dict[str, Any], *, owner: str, by: User, about: str = ""
) -> Founded:
    """A provider with its collection, its index page and the rights on both, and an invitation to `owner` (an e-mail address).

    The system lens knows a new provider from its next opening on, so it is opened twice. `about` is HTML.
    """
    with look(system("found a provider")):
        provider = found_provider(by=by, **fields)
    with look(system("open the index page of a new provider")):
        make_index_page(provider, about=about)
        desk_groups(provider)
    transaction.on_commit(public_page.forget, robust=True)
    transaction.on_commit(lambda: _tell(provider.pk), robust=True)
    return Founded(*appoint(provider, owner, by=by))


def _tell(number: int) -> None:
    provider_founded.send(sender=Provider, number=number)


class FoundedFromApplication(NamedTuple):
    """Two mails: to the organisation that has asked, and to the person who is to lead the provider."""

    answer: MailedLink
    founded: Founded


@as_system("the office approves an application")
@transaction.atomic
def found_from_application(
    application: Application, fields: dict[str, Any], *, owner: str, by: User, seen: str = ""
) -> FoundedFromApplication:
    """All or nothing, and once: anyone who approves at the same time waits, and finds it approved.

    What the organisation has said of itself comes along; `fields` are the office's. Raises CannotDecide.
    """
    held = hold_application(application, seen=seen)
    said = {name: getattr(held, name) for name in SAID_OF_ITSELF}
    about = "".join(f"<p>{escape(line)}</p>" for line in held.about.splitlines() if line.strip())
    founded = found_with_index_page({**said, **fields}, owner=owner, by=by, about=about)
    answer = approve_application(held, founded.invitation.provider, by=by)
    return FoundedFromApplication(answer, founded)
