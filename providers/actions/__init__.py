from providers.actions.found import found_provider
from providers.actions.invitations import (
    CannotAnswer,
    TooManyInvitations,
    accept_invitation,
    appoint,
    decline_invitation,
    forget_old_invitations,
    invite,
    send_again,
    withdraw_invitation,
)
from providers.actions.logos import end_logo, place_logo
from providers.actions.members import LastOwner, desk_groups, give_role, join, leave, take_role
from providers.actions.record import record_for

__all__ = [
    "CannotAnswer",
    "LastOwner",
    "TooManyInvitations",
    "accept_invitation",
    "appoint",
    "decline_invitation",
    "desk_groups",
    "end_logo",
    "forget_old_invitations",
    "found_provider",
    "give_role",
    "invite",
    "join",
    "leave",
    "place_logo",
    "record_for",
    "send_again",
    "take_role",
    "withdraw_invitation",
]
