from providers.views.audit import record, record_csv
from providers.views.invitation import invitation
from providers.views.logo import logo, logo_image
from providers.views.office import appoint, office_providers, office_record, office_record_csv
from providers.views.places import enter, my_places
from providers.views.public import provider, provider_list, tags
from providers.views.team import again, invite, manage, member, take, team, withdraw

__all__ = [
    "again",
    "appoint",
    "enter",
    "invitation",
    "invite",
    "logo",
    "logo_image",
    "manage",
    "member",
    "my_places",
    "office_providers",
    "office_record",
    "office_record_csv",
    "provider",
    "provider_list",
    "record",
    "record_csv",
    "tags",
    "take",
    "team",
    "withdraw",
]
