"""Signals of `accounts`."""

from django.dispatch import Signal

# Sent with (user) inside the transaction that closes an account, before the row goes. Heard by certificates (forgets
# who holds what). Needs no sweep: if a receiver fails, the account is not closed.
account_closing = Signal()
