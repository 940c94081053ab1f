from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import changes, queries
from accounts.audit import FAILED
from accounts.models import User
from accounts.security import note
from words.emails import canonical

OUR_STAGE = "accounts.adapter.ProvedAddress"


class ByAddress(AuthenticationBackend):
    """Whose account is opened is one question (`queries.account_of`), and as many hashes for nobody as for somebody."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if "email" not in credentials:
            return None
        person: User | None = super().authenticate(request, **credentials)
        if person is None:
            raise PermissionDenied  # allauth's own is there for sessions from before, and not asked again
        return person

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        account: User | None = self._check_password(queries.account_of(email), password)
        return account

    def _mitigate_timing_attack(self, password: str) -> None:
        nobody = User()
        nobody.set_unusable_password()
        nobody.check_password(password)


class ProvedAddress(EmailVerificationStage):
    """Somebody who signs in with a key card has no address to prove, nor have they with the passkey they add to it."""

    def handle(self) -> Any:
        if self.login.user and not self.login.user.email:
            return None, True
        return super().handle()


class AccountAdapter(DefaultAccountAdapter):
    """allauth stores what we have; an account has no username."""

    def get_login_stages(self) -> list[str]:
        theirs = super().get_login_stages()
        address = "allauth.account.stages.EmailVerificationStage"
        return [OUR_STAGE if stage == address else stage for stage in theirs]

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Nothing to make up."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.email = canonical(form.cleaned_data["email"])
        if password := form.cleaned_data.get("password1"):
            user.set_password(password)
        else:
            user.set_unusable_password()
        if commit:
            user.save()
        return user

    def clean_email(self, email: str) -> str:
        """Whatever form asks for an address gets the one spelling it is kept in."""
        return canonical(super().clean_email(email))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        if email := credentials.get("email"):
            credentials["email"] = canonical(email)
        account: User | None = super().authenticate(request, **credentials)
        return account

    def login(self, request: HttpRequest, user: User) -> None:
        """Their address may have been proved on the way here, which makes an earlier password void."""
        user.refresh_from_db(fields=["password"])
        super().login(request, user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The same work for a known and an unknown address."""
        note(request, FAILED, queries.account_of(credentials.get("email", "")), how="password")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A further address is proved by anyone who is signed in to the account; the first one by anybody who gets the mail.

        Otherwise a stranger's link would tie somebody's address to his account.
        """
        person = email_address.user
        if request.user != person and queries.proved_addresses(person):
            messages.error(
                request,
                _(
                    "Bitte melden Sie sich zuerst in dem Konto an, in dem Sie diese Adresse eingetragen haben. Öffnen Sie "
                    "dann den Link noch einmal. Haben Sie nichts eingetragen? Dann müssen Sie nichts tun."
                ),
            )
            return False
        return bool(super().confirm_email(request, email_address))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """To the former address goes a link with which its holder takes the change back."""
        context_given = context or {}
        if template_prefix == "account/email/email_changed":
            token = changes.token_for(
                user.pk, context_given["from_email"], context_given["to_email"]
            )
            where = reverse("accounts:take_back", args=[token])
            context_given = context_given | {
                "take_back_url": build_absolute_uri(self.request, where)
            }
        super().send_notification_mail(template_prefix, user, context_given, email)

    def format_email_subject(self, subject: str) -> str:
        """Whose mail it is stands at its end: a telephone shows the beginning."""
        city = settings.CITY
        return f"{subject} – {city['title']} {city['name']}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails also say how long their code or link is good for. Phone and sender are what every page knows."""
        lifetimes = {
            "code_minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
            "reset_days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
            "confirmation_days": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
        }
        super().send_mail(template_prefix, email, {**lifetimes, **context})
