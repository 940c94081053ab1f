from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Zertifikate")

    def ready(self) -> None:
        from certificates import exports, receivers  # noqa: F401, PLC0415 -- receivers and exports are registered when the apps are ready
