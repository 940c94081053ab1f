"""All doors. German at the root, other languages under their prefix; machines' addresses have no language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as desk
from wagtail.documents import urls as documents

from accounts import views as accounts
from api import views as api
from certificates import api as certificates
from config import health, machines
from courses import views as courses
from learning import views as learning
from providers.media import media
from providers.views import colour_sheet, tags

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", courses.sitemap, name="sitemap"),
    path("sitemap/<int:number>.xml", courses.sitemap_file, name="sitemap_file"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("meldungen/csp", accounts.blocked, name="csp_reports"),
    path("h5p/", include("h5p.urls")),
    path("p/", include("certificates.issuer_urls")),
    path(".well-known/jwt-vc-issuer/p/<slug:key>", certificates.issuer_keys, name="jwt_vc_issuer"),
    path("api/v1/verify", certificates.verify, name="verify"),
    path("api/v1/", include("api.urls")),
    path("api/oauth/token", api.token, name="oauth_token"),
    path("api/oauth/revoke", api.revoke, name="oauth_revoke"),
    path(".well-known/oauth-authorization-server/api", api.metadata, name="oauth_metadata"),
    path("farben/<str:pairs>.css", colour_sheet, name="colour_sheet"),
    re_path(r"^redaktion/medien/(?P<path>.+)$", media, name="media"),
    path("redaktion/dokumente/", include(documents)),
    path("redaktion/tag-autocomplete/", tags, name="tags"),
    path("redaktion/tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags, name="tags_of"),
    *i18n_patterns(
        path("redaktion/kurse/", include("courses.desk_urls")),
        path("redaktion/schreiben/", include("courses.writing_urls")),
        path("redaktion/aktivitaeten/", include("h5p.desk_urls")),
        path(
            "redaktion/ausprobieren/<int:lesson_page>/<uuid:block>/",
            learning.try_out,
            name="try_out",
        ),
        prefix_default_language=False,
    ),
    path("redaktion/", RedirectView.as_view(pattern_name="desk:board"), name="desk_home"),
    path("redaktion/", include(desk)),
    *i18n_patterns(
        path("", courses.home, name="home"),
        path("", include("courses.urls")),
        path("", include("learning.urls")),
        path("konto/", include("accounts.urls")),
        path("", include("certificates.urls")),
        path("", include("providers.urls")),
        path("", include("reports.urls")),
        path("", include("api.page_urls")),
        path("", include("accessibility.urls")),
        path("buero/inhaltstypen/", include("h5p.office_urls")),
        prefix_default_language=False,
    ),
]
if settings.VC_API:  # test settings only
    from certificates.api import vcapi

    urlpatterns += [
        path("credentials/issue", vcapi.issue),
        path("credentials/verify", vcapi.verify),
        path("credentials/status/<slug:purpose>", vcapi.status_list),
        path("presentations/verify", vcapi.verify_presentation),
    ]
if settings.OPENID4VCI:
    from certificates.api import oid4vci

    urlpatterns += [
        path(".well-known/openid-credential-issuer", oid4vci.metadata),
        path(".well-known/oauth-authorization-server", oid4vci.authorization_server),
        path("oid4vci/offers/<slug:token>", oid4vci.offer, name="oid4vci_offer"),
        path("oid4vci/token", oid4vci.token, name="oid4vci_token"),
        path("oid4vci/nonce", oid4vci.nonce, name="oid4vci_nonce"),
        path("oid4vci/credential", oid4vci.credential, name="oid4vci_credential"),
    ]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler429 = "config.errors.too_many_requests"  # asked for by allauth
handler500 = "config.errors.server_error"
