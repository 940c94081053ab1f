"""The rows of pages that must be there before anybody can write: the city's home and a shelf per provider."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Site

from courses.models import CatalogPage, HomePage
from providers.models import BasePage, Provider


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
def open_shelf(provider: Provider, *, lead: str = "", about: str = "") -> CatalogPage:
    """The provider's shelf, in every language, published. Idempotent; the German one comes back."""
    home = lay_foundation()
    shelf = CatalogPage.objects.filter(provider=provider, locale=home.locale).first()
    if shelf:
        return shelf
    shelf = CatalogPage(
        title=provider.name,
        slug=provider.slug,
        provider=provider,
        lead=lead,
        about=about,
        live=False,
    )
    home.add_child(instance=shelf)
    shelf.save_revision().publish()
    for locale in Locale.objects.exclude(pk=home.locale_id).order_by("pk"):
        shelf.copy_for_translation(locale)
    return shelf
