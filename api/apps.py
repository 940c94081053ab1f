from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = _("Schnittstelle für Programme")

    def ready(self) -> None:
        from api import exports, receivers  # noqa: F401, PLC0415 -- receivers and exports are registered when the apps are ready
