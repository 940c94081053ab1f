from providers.models.application import (
    Application,
    ApplicationEntry,
    ApplicationLink,
    SoughtOffer,
)
from providers.models.provider import (
    Accountable,
    BasePage,
    Invitation,
    Logo,
    Membership,
    Provider,
    ProviderAddress,
    new_key,
)

__all__ = [
    "Accountable",
    "Application",
    "ApplicationEntry",
    "ApplicationLink",
    "BasePage",
    "Invitation",
    "Logo",
    "Membership",
    "Provider",
    "ProviderAddress",
    "SoughtOffer",
    "new_key",
]
