"""Signals of `accounts`."""

from django.dispatch import Signal

# Sent with (user) inside the transaction that closes an account, before the row goes. Heard by certificates (forgets
# who holds what). Needs no sweep: if a receiver fails, the account is not closed.
account_closing = Signal()

# Sent with (user) inside the transaction in which all sessions of an account end, or all but one. Heard by api (programs
# end as well). Needs no sweep: if a receiver fails, the sessions stay.
sessions_ended = Signal()

# Sent by (sender: the name of a limit) when somebody asked too often. Heard by config (figures). Needs no sweep: nothing
# hangs on it.
limit_reached = Signal()
