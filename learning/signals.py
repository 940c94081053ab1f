"""Signals of `learning`, sent after commit. Each has a sweep: signals are for speed, sweeps are for truth."""

from django.dispatch import Signal

# Sent with (enrolment_id). Heard by certificates; its sweep is certificates.tasks.issue_missing.
course_completed = Signal()
