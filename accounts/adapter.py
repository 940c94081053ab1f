from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from words.emails import canonical


class AccountAdapter(DefaultAccountAdapter):
    """allauth stores what we have; an account has no username."""

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
        found: User | None = super().authenticate(request, **credentials)
        return found

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails also say how long their code or link is good for. Phone and sender are what every page knows."""
        lifetimes = {
            "code_minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
            "reset_days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
            "confirmation_days": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
        }
        super().send_mail(template_prefix, email, {**lifetimes, **context})
