"""German addresses for the account; the names of allauth's doors are its own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path, reverse_lazy
from django.views.generic import RedirectView

from accounts import views
from accounts.decorators import not_for_pupils
from accounts.proof import needs_address, needs_proof, same_work

own = (
    [
        path("", views.settings, name="settings"),
        path("daten/", views.export, name="export"),
        path("e-mail/zurueck/<str:token>/", views.take_back, name="take_back"),
        path("mails/<str:token>/", views.news, name="news"),
        path("anmeldungen/", views.log, name="log"),
        path("karte/", views.card, name="card"),
        path("karte/meine/", views.my_card, name="my_card"),
        path("begleitung/", views.companion, name="companion"),
        path("geteilt/", views.device, name="shared"),
        path("geteilt/da/", views.still_there, name="still_there"),
        path("fertig/", views.forgotten, name="forgotten"),
        path("fertig/jetzt/", views.forget, name="forget"),
        path("geraete/", views.devices, name="devices"),
        path("neu/code/", views.prove, name="prove"),
        path("schutz/arbeit/", views.second_factor, name="second_factor"),
        path("schliessen/", needs_proof(views.close), name="close"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(own)),
    path("neu/", account.signup, name="account_signup"),
    path("anmelden/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path(
        "code/eingeben/", same_work(account.confirm_login_code), name="account_confirm_login_code"
    ),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("passwort/", needs_address(account.password_change), name="account_change_password"),
    path(
        "passwort/setzen/",
        needs_address(needs_proof(account.password_set)),
        name="account_set_password",
    ),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path(
        "passwort/vergessen/gesendet/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/neu/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("e-mail/", not_for_pupils(needs_proof(account.email)), name="account_email"),
    path(
        "e-mail/bestaetigen/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^e-mail/bestaetigen/(?P<key>[-:\w]+)/$",
        RedirectView.as_view(url=reverse_lazy("account_email")),  # links of mails from before
        name="account_confirm_email",
    ),
    path("schutz/", not_for_pupils(mfa.index), name="mfa_index"),
    path("schutz/anmelden/", mfa.authenticate, name="mfa_authenticate"),
    path("schutz/bestaetigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "schutz/app/",
        not_for_pupils(needs_proof(totp.activate_totp)),
        name="mfa_activate_totp",
    ),
    path("schutz/app/aus/", needs_proof(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "schutz/codes/", needs_proof(recovery.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "schutz/codes/neu/",
        needs_proof(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "schutz/codes/laden/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("passkeys/", not_for_pupils(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path(
        "passkeys/neu/",
        not_for_pupils(needs_proof(passkeys.add_webauthn)),
        name="mfa_add_webauthn",
    ),
    path("passkeys/anmelden/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "passkeys/bestaetigen/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/name/", needs_proof(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/entfernen/",
        needs_proof(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
