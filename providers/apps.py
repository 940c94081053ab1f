from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = _("Anbieter")

    def ready(self) -> None:
        from providers import receivers  # noqa: F401, PLC0415 -- Django connects receivers when the apps are ready
