"""The same project with Wagtail in it."""

from project.settings import *  # noqa: F403 -- settings of settings
from project.settings import INSTALLED_APPS as APPS

INSTALLED_APPS = [
    *APPS,
    "h5p_lite.wagtail",
    *("wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin"),
    *("wagtail", "modelcluster", "taggit", "treebeard", "django_tasks"),
]
ROOT_URLCONF = "project.wagtail_urls"
WAGTAIL_SITE_NAME = "Test"
WAGTAILADMIN_BASE_URL = "http://localhost"
