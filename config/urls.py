"""All doors. German at the root, other languages under their prefix; machines' addresses have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as desk
from wagtail.documents import urls as documents

from certificates import api as certificates
from config import health, robots
from courses import views as courses
from providers.media import media
from providers.views import tags

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("robots.txt", robots.robots, name="robots"),
    path("p/", include("certificates.issuer_urls")),
    path("api/v1/verify", certificates.verify, name="verify"),
    path("api/v1/openapi.json", certificates.openapi, name="verify_openapi"),
    re_path(r"^redaktion/medien/(?P<path>.+)$", media, name="media"),
    path("redaktion/dokumente/", include(documents)),
    path("redaktion/tag-autocomplete/", tags, name="tags"),
    path("redaktion/tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags, name="tags_of"),
    *i18n_patterns(
        path("redaktion/kurse/", include("courses.desk_urls")),
        prefix_default_language=False,
    ),
    path("redaktion/", include(desk)),
    *i18n_patterns(
        path("", courses.home, name="home"),
        path("", include("courses.urls")),
        path("lernen/", include("learning.urls")),
        path("konto/", include("accounts.urls")),
        path("", include("certificates.urls")),
        path("", include("providers.urls")),
        path("", include("reports.urls")),
        path("", include("accessibility.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler429 = "config.errors.too_many_requests"  # asked for by allauth
handler500 = "config.errors.server_error"
