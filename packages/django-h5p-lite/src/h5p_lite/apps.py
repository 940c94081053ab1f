from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class H5PLiteConfig(AppConfig):
    name = "h5p_lite"
    verbose_name = _("H5P contents")
    default_auto_field = "django.db.models.BigAutoField"
