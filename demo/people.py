"""The people of the demo city. All invented; the domains do not exist."""

from typing import NamedTuple

from allauth.account.models import EmailAddress

from accounts.models import User
from providers.actions import join
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system

PASSWORD = "lernstadt-demo"  # noqa: S105 -- printed by ./dev for everybody; the demo is for trying out
TUTOR = "tutor@vhs.example"
Role = Membership.Role


class Account(NamedTuple):
    role: str
    email: str
    name: str
    provider: str = ""
    roles: tuple[str, ...] = ()


ACCOUNTS = (
    Account("learner", "aylin@lernende.example", "Aylin Demir"),
    Account("author", "autorin@vhs.example", "Petra Vogt", "vhs", (Role.AUTHOR,)),
    Account("owner", "leitung@vhs.example", "Jens Brandt", "vhs", (Role.OWNER, Role.AUTHOR)),
    Account("reviewer", "prueferin@vhs.example", "Sabine Lang", "vhs", (Role.REVIEWER,)),
    Account("tutor", TUTOR, "Samuel Okoro", "vhs", (Role.TUTOR,)),
    Account(
        "author", "autor@bibliothek.example", "Miriam Keller", "stadtbibliothek", (Role.AUTHOR,)
    ),
    Account("author", "autorin@neckarschule.example", "Ole Winter", "neckarschule", (Role.AUTHOR,)),
    Account("office", "bildungsbuero@stadt.example", "Karin Haas", "stadt", (Role.CLERK,)),
    Account("admin", "leitung-bildung@stadt.example", "Heike Sommer", "stadt", (Role.ADMIN,)),
)


def make_account(email: str, name: str, password: str | None = None) -> User:
    """An account with a confirmed address; the same one when it is there already."""
    user = User.objects.filter(email=email).first()
    if not user:
        user = User.objects.create_user(email, password, name=name)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_staff_and_learner() -> None:
    with look(system("demo accounts")):
        for account in ACCOUNTS:
            user = make_account(account.email, account.name, PASSWORD)
            if account.roles:
                wanted = {"pk": CITY} if account.provider == "stadt" else {"slug": account.provider}
                join(user, Provider.objects.get(**wanted), *account.roles)
