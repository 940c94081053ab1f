from providers.views.applications import (
    application_office,
    applications,
    sought,
    sought_no_more,
)
from providers.views.audit import record, record_csv
from providers.views.cards import card, cards, cards_pdf
from providers.views.closing import closing
from providers.views.colours import colour_sheet, colours
from providers.views.companion import companion
from providers.views.details import details
from providers.views.invitation import invitation
from providers.views.joining import (
    application,
    application_page,
    application_withdraw,
    join,
    joined,
)
from providers.views.logo import logo, logo_image
from providers.views.office import (
    appoint,
    heads,
    office_providers,
    office_record,
    office_record_csv,
)
from providers.views.places import enter, my_places
from providers.views.public import provider, provider_list, tags
from providers.views.school import guardians, school_year
from providers.views.team import again, hand_over, invite, manage, member, take, team, withdraw

__all__ = [
    "again",
    "application",
    "application_office",
    "application_page",
    "application_withdraw",
    "applications",
    "appoint",
    "card",
    "cards",
    "cards_pdf",
    "closing",
    "colour_sheet",
    "colours",
    "companion",
    "details",
    "enter",
    "guardians",
    "hand_over",
    "heads",
    "invitation",
    "invite",
    "join",
    "joined",
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
    "school_year",
    "sought",
    "sought_no_more",
    "tags",
    "take",
    "team",
    "withdraw",
]
