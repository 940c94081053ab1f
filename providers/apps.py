from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = _("Anbieter")

    def ready(self) -> None:
        from providers import exports, receivers  # noqa: F401, PLC0415 -- they register themselves when the apps are ready
