from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class H5PResultsConfig(AppConfig):
    name = "h5p_lite.results"
    label = "h5p_lite_results"
    verbose_name = _("H5P results")
    default_auto_field = "django.db.models.BigAutoField"
