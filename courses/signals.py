"""Signals of `courses`, sent after commit. Each has a sweep: signals are for speed, sweeps are for truth."""

from django.dispatch import Signal

# Sent with (edition_id) for a course's second edition and every later one. Heard by this room's own receivers, which
# mail anyone who has adopted the course; the board says the same for as long as nobody has looked.
edition_printed = Signal()

# Sent with (run) when seats of a run were added or taken away. Heard by `learning`, which moves the queue; its sweep
# does the same every minute.
seats_changed = Signal()

# Sent with (news) when a published run has changed: `learning` tells people who booked, once, and so does its sweep.
run_changed = Signal()

# Sent when a public page says other dates than before; pages kept in memory say so within a second or five anyway.
dates_changed = Signal()
