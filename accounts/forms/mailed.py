"""Forms of allauth that send a mail. By themselves, because allauth's forms import `NameForm`."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import joining
from accounts.acts import FAILED
from accounts.limits import may_be_mailed
from accounts.models import User
from accounts.queries import account_of
from accounts.security import note


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
        said = self.cleaned_data
        person = User()
        person.set_password(said["password1"])
        onward = get_next_redirect_url(request) or ""
        typed = joining.Typed(said["email"], said["name"], person.password, onward)
        joining.begin(request, typed)
        return None, redirect("accounts:prove")


class CodeForm(RequestLoginCodeForm):
    """A code goes to an address that opens the account; to any other the mail says that there is none."""

    _user: User | None

    def clean_email(self) -> str:
        email: str = super().clean_email()
        _not_too_often("code", email)
        person = account_of(email)
        self._user = person if person and person.is_active else None
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
        email: str = super().clean_email()
        _not_too_often("reset", email)
        person = account_of(email)
        self.users = [person] if person and person.is_active else []
        return email


def _not_too_often(form: str, email: str) -> None:
    if not may_be_mailed(form, email):
        raise get_adapter().validation_error("too_many_login_attempts")
