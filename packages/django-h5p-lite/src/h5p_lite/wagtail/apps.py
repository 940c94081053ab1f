from django.apps import AppConfig


class H5PWagtailConfig(AppConfig):
    name = "h5p_lite.wagtail"
    label = "h5p_lite_wagtail"
