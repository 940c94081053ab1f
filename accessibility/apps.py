from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessibilityConfig(AppConfig):
    name = "accessibility"
    verbose_name = _("Barrierefreiheit")

    def ready(self) -> None:
        from accessibility import exports, receivers  # noqa: F401, PLC0415 -- they register when the apps are ready
