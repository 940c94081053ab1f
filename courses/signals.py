"""Signals of `courses`, sent after commit. Each has a sweep: signals are for speed, sweeps are for truth."""

from django.dispatch import Signal

# Sent with (edition_id) for a course's second edition and every later one. Heard by this room's own receivers, which
# mail anyone who has adopted the course; the board says the same for as long as nobody has looked.
edition_printed = Signal()
