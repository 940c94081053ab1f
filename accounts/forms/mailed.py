"""Forms of allauth that send a mail. By themselves, because allauth's forms import `NameForm`."""

from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm

from accounts.models import User
from accounts.queries import leads_to


class CodeForm(RequestLoginCodeForm):
    """A code goes to an address that opens the account; to any other the mail says that there is none."""

    _user: User | None

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if self._user and not leads_to(email, self._user):
            self._user = None
        return email


class ForgottenForm(ResetPasswordForm):
    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [person for person in self.users if leads_to(email, person)]
        return email
