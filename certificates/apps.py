from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext_lazy as _


@register()
def the_test_interface_stays_in_tests(**_options: Any) -> list[Error]:
    """Anyone who may ask VC-API to sign would have a key of ours at hand."""
    from certificates.api.vcapi import is_loopback  # noqa: PLC0415 -- models are not there yet when apps are named

    if settings.VC_API and not is_loopback():
        return [Error("VC_API=1 is for tests: it signs for anybody.", id="certificates.E001")]
    return []


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Zertifikate")

    def ready(self) -> None:
        from certificates import exports, receivers  # noqa: F401, PLC0415 -- receivers and exports are registered when the apps are ready
