from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = _("Lernen")

    def ready(self) -> None:
        from learning import exports, receivers  # noqa: F401, PLC0415 -- register what they tell and hear when the apps are ready
