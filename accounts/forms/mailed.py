"""Forms of allauth that send a mail. By themselves, because allauth's forms import `NameForm`."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.core import context, ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import joining
from accounts.audit import FAILED
from accounts.limits import may_be_mailed
from accounts.models import User
from accounts.queries import account_of
from accounts.security import note
from words.emails import canonical


class JoinForm(SignupForm):
    """Signing up does not look whether the address is known (accounts.joining)."""

    def validate_unique_email(self, value: str) -> str:
        return value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        email = cleaned.get("email")
        if email and not self.errors and not may_be_mailed("signup", email):
            self.add_error("email", get_adapter().validation_error("too_many_login_attempts"))
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[None, HttpResponse]:
        cleaned = self.cleaned_data
        person = User()
        person.set_password(cleaned["password1"])
        onward = get_next_redirect_url(request) or ""
        typed = joining.Typed(cleaned["email"], cleaned["name"], person.password, onward)
        joining.begin(request, typed)
        return None, redirect("accounts:prove")


class CodeForm(RequestLoginCodeForm):
    """A code goes to an address that opens the account; to any other the mail says that there is none."""

    _user: User | None

    def clean_email(self) -> str:
        """Without allauth's own look-up, which asks once more when it has found nobody."""
        email = canonical(self.cleaned_data["email"])
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = _active(email, "code")
        return email


class EnterCodeForm(ConfirmLoginCodeForm):
    """A wrong code stands in the security log, if the address has an account."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError:
            stage = context.request._login_stage
            note(context.request, FAILED, stage.login.user, how="code")
            raise
        return code


class ForgottenForm(ResetPasswordForm):
    users: list[User]

    def clean_email(self) -> str:
        email = canonical(self.cleaned_data["email"])
        person = _active(email, "reset")
        self.users = [person] if person else []
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Making a link asks twice for the addresses of its account (allauth's token); so does making none."""
        if not self.users:
            for _question in range(2):
                EmailAddress.objects.filter(user=None).exists()
        email: str = super().save(request, **kwargs)
        return email


def _active(email: str, form: str) -> User | None:
    """Whom the mail is for; nobody: the mail says that there is no account."""
    if not may_be_mailed(form, email):
        raise get_adapter().validation_error("too_many_login_attempts")
    person = account_of(email)
    return person if person and person.is_active else None
